"""Text lexicon: which kind of automatic text a message is, in some fifty languages.

The words stand in ``words/<language>.txt``, one section a kind. They are read once, on the first question, and each
phrase is compiled only when a text holds its anchors: a message meets a dozen phrases, not thousands.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from operator import itemgetter

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
    {*map(str, Kind), "denial", "nay", "coming", "person", "oneself", "thing", "role", "ahead", "next", *_UNITS}
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


_Entry = tuple[int, Kind, Phrase]
"""A phrase and its kind, with its place among all: the first of those that match counts."""


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


@dataclass(frozen=True)
class _Index:
    """The phrases of all kinds by what a text must hold for them to match."""

    words: Mapping[str, list[_Entry]]
    """By anchors of spaced languages."""
    letters: Mapping[str, list[_Entry]]
    """By anchors of the others."""
    known: frozenset[str]
    """Everything that any spaced phrase asks a text for."""


@cache
def _index() -> _Index:
    words: dict[str, list[_Entry]] = defaultdict(list)
    letters: dict[str, list[_Entry]] = defaultdict(list)
    known: set[str] = set()
    every = [(kind, item) for kind in Kind for item in sections().get(kind, ())]
    # Of one kind, a phrase that also yields a name is worth more.
    every.sort(key=lambda one: (_RANK[one[0]], "@" not in one[1].source, one[1].source))
    shared = Counter(anchor for _, item in every for part in item.parts for anchor in part)
    for place, (kind, item) in enumerate(every):
        # Looked up by what fewest phrases hold: of thousands, twenty are left for a message.
        rarest = min(item.parts, key=lambda part: sum(shared[anchor] for anchor in part) / min(map(len, part)))
        for anchor in rarest:
            (words if item.spaced else letters)[anchor].append((place, kind, item))
        if item.spaced:
            known.update(*item.parts)
    return _Index(dict(words), dict(letters), frozenset(known))


def load() -> None:
    """Read the word files, once: some 0.6 s of work, better done in a thread before anybody waits for an answer."""
    _index()


@lru_cache(maxsize=20_000)
def _beginnings(word: str) -> frozenset[str]:
    """The beginnings of a word, of which `ANCHOR` letters are given, that any phrase asks for."""
    return _index().known.intersection(word[:length] for length in range(1, ANCHOR + 1))


def _candidates(words: str, letters: str) -> list[_Entry]:
    """The phrases that may match, the most telling first."""
    index = _index()
    beginnings = frozenset().union(*(_beginnings(f"{word} "[:ANCHOR]) for word in set(words.split())))
    pairs = {*letters, *(letters[i : i + 2] for i in range(len(letters) - 1))}
    found = {
        entry
        for keys, by_anchor in ((beginnings, index.words), (pairs, index.letters))
        for key in keys & by_anchor.keys()
        for entry in by_anchor[key]
        if entry[2].may_match(keys)
    }
    return sorted(found, key=itemgetter(0))


def find(text: str) -> Found | None:
    """The most telling phrase in `text`, or None."""
    # What a page may make of any length is not kept.
    return _find_known(text) if len(text) <= LONGEST else _find_any(text)


def _find_any(text: str) -> Found | None:
    found = [one for one in map(_find, readings(text)) if one]
    return min(found, key=lambda one: _RANK[one.kind], default=None)


_find_known = lru_cache(maxsize=1024)(_find_any)


def _find(text: str) -> Found | None:
    folded = fold(text)
    words, letters = words_of(folded), letters_of(folded)
    for _, kind, item in _candidates(words, letters):
        match = item.pattern.search(words if item.spaced else letters)
        if match and _holds(found := Found(kind, item, match, folded), text):
            return replace(found, kind=Kind.INACTIVITY) if _is_to_come(found) else found
    return None


def _is_to_come(found: Found) -> bool:
    """Whether the end of the chat is only announced: "will be closed in two minutes"."""
    if found.kind is not Kind.CLOSED:
        return False
    return mentions("coming", _up_to_end(found.match), found.phrase.language) is not None


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
    matches = (item.pattern.search(words if item.spaced else letters) for item in _said_in(section, language))
    return next((match for match in matches if match), None)


@cache
def _said_in(section: str, language: str | None) -> tuple[Phrase, ...]:
    return tuple(item for item in sections().get(section, ()) if language in (None, item.language))
