"""How texts name people: the phrases of ``phrases.txt``, ready to be looked up by a word."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

WORD = re.compile(r"([^\W\d_]+)")
"""A run of letters; `split` by it gives gap, word, gap, word, …, gap."""
INSIDE = frozenset(" '’-\xa0")
"""What may part the words of a phrase."""
BESIDE = r"[\s'’.,:;!*()\-–—]{1,4}"
"""What may part a phrase and a name, as a regular expression."""
GLUED = (
    r"(?:担当の|私は|わたくし)([一-龯々ァ-ヶー]{1,8}|[ぁ-ん]{2,6})(?:と申します|です|が担当)",
    r"([一-龯々ァ-ヶーA-Za-z]{1,10})(?:さん|様)(?:が|は)",
    r"([一-龯々ァ-ヶーA-Za-z]{1,10})と申します",
    r"(?:我叫|我的名字是|我的名字叫|您正在与|正在与)\s?([一-龯]{2,4}|[A-Za-z]{2,12})",
    r"([一-龯]{2,4}?|[A-Za-z]{2,12})\s?(?:已经?)?(?:加入|接受|进入|离开|退出|正在输入)",
    r"(?:저는|제 이름은|상담원|상담사)\s?([가-힣]{2,4}?|[A-Za-z]{2,12})(?:입니다|이라고|라고|예요|이에요|님)",
    r"([가-힣]{2,4}?|[A-Za-z]{2,12})\s?님(?:이|께서)",
    r"ชื่อ\s?([\x{0e01}-\x{0e5b}]{2,12}?|[A-Za-z]{2,12})(?:ค่ะ|คะ|ครับ|นะ|\s|$)",
    r"मेरा नाम ([\x{0900}-\x{097f}]{2,20}) है",
)
"""Scripts that do not part words, or with marks that are no letters: the name in a group, as RE2 writes it."""
_LONGEST = 9_000
"""Characters of an expression that RE2 still makes a table of states of; past it, it is a hundred times slower."""

Words = tuple[str, ...]


@dataclass(frozen=True)
class Phrases:
    """All of them, casefolded, each also without its accents."""

    follows: dict[str, tuple[tuple[Words, bool], ...]]
    """By its last word: a phrase before a name, and whether what follows is a name however it is written."""
    precedes: dict[str, tuple[Words, ...]]
    """By its first word: a phrase after a name."""
    nobody: frozenset[str]
    """Words that are no names."""

    def __iter__(self) -> Iterator[Words]:
        """Every phrase."""
        for group in self.follows.values():
            yield from (words for words, _ in group)
        for known in self.precedes.values():
            yield from known


@cache
def phrases() -> Phrases:
    """Read once; ValueError names a line that is none."""
    follows: dict[str, dict[Words, bool]] = defaultdict(dict)
    precedes: dict[str, dict[Words, None]] = defaultdict(dict)
    nobody: set[str] = set()
    for section, words in _lines():
        if section == "precedes":
            precedes[words[0]][words] = None
        elif section in {"named", "follows"}:
            follows[words[-1]][words] = section == "named" or follows[words[-1]].get(words, False)
        else:
            nobody.update(words)
    return Phrases(
        {word: tuple(group.items()) for word, group in follows.items()},
        {word: tuple(group) for word, group in precedes.items()},
        frozenset(nobody),
    )


def _lines() -> Iterator[tuple[str, Words]]:
    """Section and words of every phrase, with and without accents."""
    section = ""
    lines = files("chatprobe.masking").joinpath("phrases.txt").read_text("utf-8").splitlines()
    for number, line in enumerate(lines, 1):
        if line.startswith("["):
            section = line.strip("[]")
        elif line and line[0] != ";":
            language, colon, said = line.partition(": ")
            if section not in {"named", "follows", "precedes", "nobody"} or not colon or len(language) > 3:
                raise ValueError(f"phrases.txt:{number}: neither a section nor a language's phrases")
            for phrase in said.split("|"):
                for form in {phrase, _plain(phrase)}:
                    yield section, tuple(WORD.findall(form.casefold()))


def _plain(text: str) -> str:
    """The text as written where keyboards have no accents."""
    apart = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", "".join(sign for sign in apart if not "\u0300" <= sign <= "\u036f"))


def hints() -> list[str]:
    """Regular expressions for RE2: every text in which `people_in` finds somebody matches one of them, and few others.

    They are many times quicker than looking for names.
    """
    named = {words for group in phrases().follows.values() for words, sure in group if sure}
    follows = {words for group in phrases().follows.values() for words, sure in group if not sure}
    precedes = {words for group in phrases().precedes.values() for words in group}
    return [
        *_within_bounds(named, rf"(?i:(?:^|\PL)(?:…)){BESIDE}\pL"),
        *_within_bounds(follows, rf"(?i:(?:^|\PL)(?:…)){BESIDE}[\p{{Lu}}\p{{Lo}}]"),
        *_within_bounds(precedes, r"(?i:(?:^|\PL)(?:…)(?:\PL|$))"),
        "|".join(GLUED),
    ]


def _within_bounds(words: Iterable[Words], frame: str) -> Iterator[str]:
    """Expressions that together hold all phrases where `frame` has its ``…``, none of them too long."""
    parted = f"[{''.join(sorted(INSIDE - {'-'}))}-]"
    held = ""
    for phrase in sorted(parted.join(one) for one in words):
        if len(held) + len(phrase) > _LONGEST:
            yield frame.replace("…", held)
            held = ""
        held += f"|{phrase}" if held else phrase
    yield frame.replace("…", held)
