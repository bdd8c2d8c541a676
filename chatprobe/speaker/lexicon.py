"""Text lexicon: which kind of automatic text a message is, in some thirty languages.

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

from chatprobe.speaker.kinds import Kind
from chatprobe.speaker.phrases import ANCHOR, Phrase, phrase
from chatprobe.speaker.textform import fold, letters_of, words_of

SPACELESS = frozenset({"ar", "he", "hi", "ja", "ko", "th", "zh"})
"""Languages whose words are not parted by blanks, or carry glued particles: matched on bare letters."""

_DOTS = re.compile(
    r"\s*[.\u2026\u2022\u00b7\u25cf\u2219\u22ef\u2025](?:[\s.\u2026\u2022\u00b7\u25cf\u2219\u22ef\u2025])*"
)
"""Dots alone are how typing looks in many widgets."""
_RANK = {kind: rank for rank, kind in enumerate(Kind)}
# Beside the kinds, a word file may explain single words: these help to read notices.
SECTIONS = frozenset({*(str(kind) for kind in Kind), "role", "ahead", "next", "second", "minute", "hour"})


@dataclass(frozen=True)
class Found:
    """A phrase of the lexicon in a text."""

    kind: Kind
    phrase: Phrase
    match: re.Match[str]


@cache
def sections() -> dict[str, tuple[Phrase, ...]]:
    """All phrases by section; ValueError names a word file's wrong line."""
    found: dict[str, list[Phrase]] = defaultdict(list)
    for file in sorted(files("chatprobe.speaker").joinpath("words").iterdir(), key=lambda f: f.name):
        if file.name.endswith(".txt"):
            for section, item in _read(file.read_text("utf-8"), file.name.removesuffix(".txt")):
                found[section].append(item)
    return {section: tuple(items) for section, items in found.items()}


def _read(text: str, language: str) -> Iterator[tuple[str, Phrase]]:
    section = ""
    for number, line in enumerate(map(str.strip, text.splitlines()), 1):
        if line.startswith("["):
            section = line.strip("[]")
        elif line and line[0] != ";":
            if section not in SECTIONS:
                raise ValueError(f"{language}.txt:{number}: no such section: {section!r}")
            yield section, phrase(line, language, spaced=language not in SPACELESS)


@cache
def _index() -> tuple[dict[str, list[tuple[int, Phrase]]], dict[str, list[tuple[int, Phrase]]]]:
    words: dict[str, list[tuple[int, Phrase]]] = defaultdict(list)
    letters: dict[str, list[tuple[int, Phrase]]] = defaultdict(list)
    for kind in Kind:
        for item in sections().get(kind, ()):
            for anchor in item.anchors:
                (words if item.spaced else letters)[anchor].append((_RANK[kind], item))
    return dict(words), dict(letters)


def _candidates(words: str, letters: str) -> list[tuple[int, Phrase]]:
    by_word, by_letters = _index()
    beginnings = {f"{word} "[:length] for word in words.split() for length in range(1, ANCHOR + 1)}
    found = [item for key in beginnings & by_word.keys() for item in by_word[key]]
    pairs = {*letters, *(letters[i : i + 2] for i in range(len(letters) - 1))}
    found += [item for key in pairs & by_letters.keys() for item in by_letters[key]]
    # Of one kind, a phrase that also yields a name is worth more.
    found.sort(key=lambda item: (item[0], "@" not in item[1].source, item[1].source))
    return found


@lru_cache(maxsize=1024)
def find(text: str) -> Found | None:
    """The most telling phrase in `text`, or None."""
    folded = fold(text)
    words, letters = words_of(folded), letters_of(folded)
    kinds = list(Kind)
    for rank, item in _candidates(words, letters):
        match = item.pattern.search(words if item.spaced else letters)
        if match:
            return Found(kinds[rank], item, match)
    return None


def kind_of(text: str) -> Kind | None:
    """The kind of automatic text that `text` is, in whatever language; None for anything else."""
    if _DOTS.fullmatch(fold(text)):
        return Kind.TYPING
    found = find(text)
    if found and found.kind is Kind.DISCLOSURE and _is_asked(found, text):
        return Kind.CHALLENGE
    return found.kind if found else None


def _is_asked(found: Found, text: str) -> bool:
    """Whether what reads like a machine's word on itself is part of the question whether we are one."""
    asked = mentions(Kind.CHALLENGE, fold(text))
    return asked is not None and asked.start() < found.match.end() and found.match.start() < asked.end()


def mentions(section: str, folded: str) -> re.Match[str] | None:
    """The first match of a section's phrases in an already folded text."""
    words, letters = words_of(folded), letters_of(folded)
    matches = (item.pattern.search(words if item.spaced else letters) for item in sections().get(section, ()))
    return next((match for match in matches if match), None)
