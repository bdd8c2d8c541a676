"""Text lexicon: which kind of automatic text a message is, in some fifty languages.

The words stand in ``words/<language>.txt``, one section a kind. They are read once, on the first question, and each
phrase is compiled only when a text contains its anchor: a message meets a dozen phrases, not thousands.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from chatprobe.speaker.kinds import Kind
from chatprobe.speaker.phrases import ANCHOR, Phrase, filled, phrase
from chatprobe.speaker.textform import LONGEST, fold, letters_of, readings, words_of

SPACELESS = frozenset({"ar", "he", "hi", "ja", "ko", "th", "zh"})
"""Languages whose words are not parted by blanks, or carry glued particles: matched on bare letters."""

_DOTS = re.compile(
    r"\s*[.\u2026\u2022\u00b7\u25cf\u2219\u22ef\u2025](?:[\s.\u2026\u2022\u00b7\u25cf\u2219\u22ef\u2025])*"
)
"""Dots alone are how typing looks in many widgets."""
_WORD = re.compile(r"\w+")
_DENIABLE = frozenset({Kind.DISCLOSURE, Kind.JOINED, Kind.HANDOVER, Kind.FALLBACK})
"""What "I am no bot" and "you are talking to a real person" only seem to be."""
_RANK = {kind: rank for rank, kind in enumerate(Kind)}
MEANINGS = "meanings"
"""The section in which a language says its words for the meanings that ``everywhere.txt`` puts together."""
# Beside the kinds, a word file may explain single words: these help to read notices.
_UNITS = {"second", "minute", "hour", "day"}
SECTIONS = frozenset(
    {*map(str, Kind), "denial", "nay", "person", "oneself", "thing", "role", "ahead", "next", *_UNITS}
    | {f"one {unit}" for unit in _UNITS}
)
_UNSIGNED = frozenset(
    {Kind.CLOSED, Kind.OFFLINE, Kind.TRANSFERRED, Kind.JOINED, Kind.LEFT, Kind.CONNECTING, Kind.INACTIVITY, Kind.SURVEY}
    | {Kind.NOTICE}
)
"""Notices that speak of nobody as "I": who says "I am closing this chat" is somebody, whoever that may be."""
_OF_THE_DESK = _UNSIGNED - {Kind.SURVEY} | {Kind.QUEUE, Kind.BUSY}
"""Notices about the chat and who sits there: of a game or an account, people say that it is closed or not available."""
_NAMING = frozenset({Kind.JOINED, Kind.LEFT})


@dataclass(frozen=True)
class Found:
    """A phrase of the lexicon in a text."""

    kind: Kind
    phrase: Phrase
    match: re.Match[str]
    folded: str
    """The text as it was matched."""


@cache
def sections() -> dict[str, tuple[Phrase, ...]]:
    """All phrases by section; ValueError names a word file's wrong line."""
    found: dict[str, list[Phrase]] = defaultdict(list)
    folder = files("chatprobe.speaker")
    shared = list(_lines(folder.joinpath("everywhere.txt")))
    for file in sorted(folder.joinpath("words").iterdir(), key=lambda f: f.name):
        for section, item in _read(file, shared):
            found[section].append(item)
    return {section: tuple(items) for section, items in found.items()}


def _read(file: Traversable, shared: list[tuple[str, str, str]]) -> Iterator[tuple[str, Phrase]]:
    language, own = file.name.removesuffix(".txt"), list(_lines(file))
    pairs = (line.partition("=")[::2] for section, line, _ in own if section == MEANINGS)
    meanings = {name.strip(): words.strip() for name, words in pairs}
    for section, line, place in [line for line in own if line[0] != MEANINGS] + shared:
        if section not in SECTIONS:
            raise ValueError(f"{place}: no such section: {section!r}")
        text = filled(line, meanings)
        if text is not None:
            yield section, phrase(text, language, spaced=language not in SPACELESS)


def _lines(file: Traversable) -> Iterator[tuple[str, str, str]]:
    """Section, line and place of each line that says something."""
    section = ""
    for number, line in enumerate(map(str.strip, file.read_text("utf-8").splitlines()), 1):
        if line.startswith("["):
            section = line.strip("[]")
        elif line and line[0] != ";":
            yield section, line, f"{file.name}:{number}"


@cache
def _index() -> tuple[dict[str, list[tuple[int, Phrase]]], dict[str, list[tuple[int, Phrase]]]]:
    words: dict[str, list[tuple[int, Phrase]]] = defaultdict(list)
    letters: dict[str, list[tuple[int, Phrase]]] = defaultdict(list)
    for kind in Kind:
        for item in sections().get(kind, ()):
            for anchor in item.anchors:
                (words if item.spaced else letters)[anchor].append((_RANK[kind], item))
    return dict(words), dict(letters)


def load() -> None:
    """Read the word files, once: some 0.6 s of work, better done in a thread before anybody waits for an answer."""
    _index()


def _candidates(words: str, letters: str) -> list[tuple[int, Phrase]]:
    by_word, by_letters = _index()
    beginnings = {f"{word} "[:length] for word in words.split() for length in range(1, ANCHOR + 1)}
    pairs = {*letters, *(letters[i : i + 2] for i in range(len(letters) - 1))}
    found = [
        item
        for keys, index in ((beginnings, by_word), (pairs, by_letters))
        for key in keys & index.keys()
        for item in index[key]
        if item[1].may_match(keys)
    ]
    # Of one kind, a phrase that also yields a name is worth more.
    found.sort(key=lambda item: (item[0], "@" not in item[1].source, item[1].source))
    return found


@lru_cache(maxsize=1024)
def find(text: str) -> Found | None:
    """The most telling phrase in `text`, or None."""
    found = [one for one in map(_find, readings(text)) if one]
    return min(found, key=lambda one: _RANK[one.kind], default=None)


def _find(text: str) -> Found | None:
    folded = fold(text)
    words, letters = words_of(folded), letters_of(folded)
    kinds = list(Kind)
    for rank, item in _candidates(words, letters):
        match = item.pattern.search(words if item.spaced else letters)
        if match and _holds(found := Found(kinds[rank], item, match, folded), text):
            return found
    return None


def _holds(found: Found, text: str) -> bool:
    """Whether the text around a phrase leaves it its meaning."""
    if found.kind in _DENIABLE and _denies(found.folded):
        return False
    language = found.phrase.language
    if found.kind in _UNSIGNED and mentions("oneself", found.folded, language):
        return False
    if found.kind in _OF_THE_DESK and mentions("thing", _up_to_end(found.match), language):
        return False
    name = found.match.groupdict().get("name") if found.kind in _NAMING else None
    return name is None or _may_be_name(name.split(), text, language)


def _up_to_end(match: re.Match[str]) -> str:
    """The sentence around a phrase up to its end: what is said of something names it before."""
    begun = match.string[: match.end()].rstrip(" .")
    return begun[max(begun.rfind(" . ", 0, match.start() + 1), 0) :]


def _denies(folded: str) -> bool:
    """Whether a text says that no machine writes it."""
    if mentions("denial", folded):
        return True
    nay = mentions("nay", folded)
    # "Not a person but a bot" denies the other.
    return nay is not None and not mentions("person", nay[0])


def _may_be_name(name: list[str], text: str, language: str) -> bool:
    """Whether words are written as a name is: "Anna Weber", not "Your withdrawal" (which left this morning)."""
    written = {fold(word): word for word in reversed(_WORD.findall(text[:LONGEST]))}
    return len(name) < 2 or not any(
        written.get(word, "").islower() and not mentions("role", word, language) for word in name
    )


def kind_of(text: str) -> Kind | None:
    """The kind of automatic text that `text` is, in whatever language; None for anything else."""
    if _DOTS.fullmatch(fold(text)):
        return Kind.TYPING
    found = find(text)
    if found and found.kind is Kind.DISCLOSURE and _is_asked(found):
        return Kind.CHALLENGE
    return found.kind if found else None


def _is_asked(found: Found) -> bool:
    """Whether what reads like a machine's word on itself is part of the question whether we are one."""
    asked = mentions(Kind.CHALLENGE, found.folded)
    return asked is not None and asked.start() < found.match.end() and found.match.start() < asked.end()


def mentions(section: str, folded: str, language: str | None = None) -> re.Match[str] | None:
    """The first match of a section's phrases, or of those in one language, in an already folded text."""
    words, letters = words_of(folded), letters_of(folded)
    items = (item for item in sections().get(section, ()) if language in (None, item.language))
    matches = (item.pattern.search(words if item.spaced else letters) for item in items)
    return next((match for match in matches if match), None)
