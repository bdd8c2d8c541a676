"""Finding the names that a text says: "I'm Anna", "Anna has joined", "Best regards, Anna", in some fifty languages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from chatprobe.masking.phrases import BESIDE, GLUED, INSIDE, WORD, phrases
from chatprobe.speaker.lexicon import mentions
from chatprobe.speaker.nobody import is_somebody
from chatprobe.speaker.textform import fold

LONGEST_NAME = 3
"""Words."""
_BLANKS = frozenset({" ", "\xa0"})
_WITHIN = frozenset({" ", "\xa0", "-", "'", "’"})
"""What may part the words of one name; after an initial, a full stop may, too."""
_TITLES = frozenset({"mr", "mrs", "ms", "dr", "sr", "sra", "sig", "mme", "m", "p"})
"""Words that a full stop only shortens."""
_AND = frozenset({"and", "et", "und", "y", "e", "i", "en", "og", "och", "ja", "és", "și", "ve", "и", "та"})
"""Parts two names."""
_BESIDE = re.compile(BESIDE)
_GLUED = tuple(re.compile(re.sub(r"\\x\{(\w{4})\}", r"\\u\1", pattern)) for pattern in GLUED)


@lru_cache(maxsize=8192)
def people_in(text: str) -> frozenset[str]:
    """The words of every name that `text` introduces; none for roles, desks and machines."""
    parts = WORD.split(text)
    found = {word for i in range(1, len(parts), 2) for word in _named_at(parts, i)}
    if text and max(text) > "\u08ff":
        found.update(match[1] for pattern in _GLUED for match in pattern.finditer(text))
    return frozenset(word for word in found if may_be_name(word))


@lru_cache(maxsize=65536)
def may_be_name(word: str) -> bool:
    """Whether a word can be a person's name, for all that is known of desks, roles and common words."""
    if len(word) < 2 or word.casefold() in phrases().nobody or not is_somebody(word):
        return len(word) == 1 and word > "\u2fff"  # one Chinese sign is a name
    return mentions("role", fold(word)) is None


def _named_at(parts: Sequence[str], i: int) -> Iterator[str]:
    """The words of a name of which `parts[i]` is the first after, or the last before, a phrase that tells of one."""
    small = parts[i].islower()
    sure = _follows(parts, i)
    if sure is not None and (sure or not small):
        run = _run(parts, i, 2)
        if sure or parts[i - 1] in _BLANKS or _is_title(parts, i) or _ends(parts, run[-1]):
            yield from (parts[at] for at in run)
    if not small and _precedes(parts, i):
        run = _run(parts, i, -2)
        yield from (parts[at] for at in run)
        if run[-1] > 4 and parts[run[-1] - 2].casefold() in _AND:
            yield from (parts[at] for at in _run(parts, run[-1] - 4, -2) if not parts[at].islower())


def _run(parts: Sequence[str], i: int, step: int) -> list[int]:
    """The places of the words of one name, from `i` onwards or backwards."""
    run = [i]
    while len(run) < LONGEST_NAME and 0 < run[-1] + step < len(parts):
        gap, word = parts[run[-1] + step // 2], parts[run[-1] + step]
        initial = gap == ". " and len(parts[run[-1]] if step > 0 else word) == 1
        if not (gap in _WITHIN or initial) or not (word[0].isupper() and parts[i][0].isupper()):
            break
        run.append(run[-1] + step)
    return run


def _ends(parts: Sequence[str], i: int) -> bool:
    """Whether nothing is said of the word: the text, the line or the sentence ends, or a sign follows."""
    return not parts[i + 1] or parts[i + 1][0] in ".!?\n,;:)…"


def _is_title(parts: Sequence[str], i: int) -> bool:
    return parts[i - 1] == ". " and parts[i - 2].casefold() in _TITLES


def _follows(parts: Sequence[str], i: int) -> bool | None:
    """Whether what follows a phrase is surely a name; None where `parts[i]` follows none."""
    if i < 3 or not _BESIDE.fullmatch(parts[i - 1]) or ("." in parts[i - 1] and not _is_title(parts, i)):
        return None
    found = None
    for words, sure in phrases().follows.get(parts[i - 2].casefold(), ()):
        if _stands(parts, i - 2 * len(words), words):
            found = sure or bool(found)
    return found


def _precedes(parts: Sequence[str], i: int) -> bool:
    after_initial = ". " if len(parts[i]) == 1 else " "
    if i + 2 >= len(parts) or parts[i + 1] not in {" ", "\xa0", ", ", after_initial}:
        return False
    return any(_stands(parts, i + 2, words) for words in phrases().precedes.get(parts[i + 2].casefold(), ()))


def _stands(parts: Sequence[str], start: int, words: Sequence[str]) -> bool:
    """Whether `words` stand from `parts[start]` on."""
    end = start + 2 * len(words)
    if start < 1 or end > len(parts):
        return False
    said = parts[start:end:2]
    return all(one.casefold() == word for one, word in zip(said, words, strict=True)) and INSIDE.issuperset(
        parts[start + 1 : end - 2 : 2]
    )
