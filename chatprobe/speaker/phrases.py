"""The small language in which the lexicon's phrases are written, and how one becomes a regular expression.

``queue``       the word; ``queu*`` any word that begins so; accents, case and signs do not matter
``(a|b c)``     one of these; ``(a|b)?`` or ``word?`` may be missing; ``(a|b)*`` any number of them
``…``           up to four words of the same sentence
``#``           a number, in the digits of any script
``@``           a name of one to three words
``^`` first     only where a sentence begins; ``$`` last: only where it ends
``=`` first     only if the message says nothing else
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from chatprobe.speaker.textform import fold

ANCHOR = 6
"""Letters of a word by which phrases are looked up."""

_TOKENS = re.compile(r"\)[?*]?|[(|…#@]|[^\s()|…#@]+")
_SPACED_LEAVES = {"…": r"(?: [^ .]+){0,4}?", "#": r" \d+[^ .\d]{0,3}", "@": r" (?P<name>[^ .]+(?: [^ .]+){0,2}?)"}
_GLUED_LEAVES = {"…": r".{0,12}?", "#": r"\d+", "@": r"(?P<name>\w{1,20}?)"}


@dataclass(frozen=True)
class Phrase:
    """One line of the lexicon."""

    source: str
    """The line as written, folded."""
    language: str
    spaced: bool
    """Whether the language parts its words by blanks; else phrases are matched anywhere in the bare letters."""

    @cached_property
    def anchors(self) -> tuple[str, ...]:
        """Beginnings of words (a short one with the blank after it) or pairs of letters: a match holds one of them."""
        return self._read()[1]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The phrase as a regular expression over `words_of` or, if not spaced, `letters_of` a folded text."""
        return re.compile(_one_name(self._frame(self._read()[0])))

    def _read(self) -> tuple[str, tuple[str, ...]]:
        parser = _Parser(_TOKENS.findall(self.source.lstrip("=^").rstrip("$")), spaced=self.spaced)
        found = parser.sequence()
        if parser.rest or not found[1]:
            fault = "stray bracket" if parser.rest else "no fixed word"
            raise ValueError(f"{fault} in the phrase {self.source!r} ({self.language})")
        return found

    def _frame(self, body: str) -> str:
        first, last = (r" \.", r" \.") if self.spaced else ("", "")
        if self.source.startswith("="):
            return f"^{first}{body}{last} ?$"
        begin = first if self.source.startswith("^") else ""
        return begin + body + (last if self.source.endswith("$") else r"(?= )" if self.spaced else "")


def phrase(line: str, language: str, *, spaced: bool) -> Phrase:
    """One line of the lexicon as a phrase."""
    # Folding would turn the gap sign into three full stops.
    plain = "…".join(fold(part) for part in line.split("…"))
    parted = re.sub(r"['’\-]", " " if spaced else "", plain)
    return Phrase(" ".join(parted.split()), language, spaced)


def _one_name(pattern: str) -> str:
    """Only the first name of a phrase is kept: a pattern may hold a group name once."""
    head, found, tail = pattern.partition("?P<name>")
    return head + found + tail.replace("?P<name>", "?:")


@dataclass
class _Parser:
    """Reads tokens from the left; each rule gives a pattern and the anchors of which a match holds at least one."""

    rest: list[str]
    spaced: bool

    def __init__(self, tokens: Sequence[str], *, spaced: bool) -> None:
        self.rest = list(tokens)
        self.spaced = spaced

    def sequence(self) -> tuple[str, tuple[str, ...]]:
        parts: list[tuple[str, tuple[str, ...]]] = []
        while self.rest and self.rest[0] != "|" and not self.rest[0].startswith(")"):
            parts.append(self.group() if self.rest[0] == "(" else self.leaf(self.rest.pop(0)))
        fixed = [anchors for _, anchors in parts if anchors]
        best = max(fixed, key=lambda anchors: (min(map(len, anchors)), -len(anchors)), default=())
        return "".join(pattern for pattern, _ in parts), best

    def group(self) -> tuple[str, tuple[str, ...]]:
        options = []
        token = self.rest.pop(0)
        while token in {"(", "|"}:
            options.append(self.sequence())
            token = self.rest.pop(0) if self.rest else ")"
        pattern = f"(?:{'|'.join(pattern for pattern, _ in options)})"
        optional = token.removeprefix(")")
        certain = not optional and all(anchors for _, anchors in options)
        # Bounded: a page must not be able to make a repeated group try every way to split a long text.
        bounded = pattern + optional.replace("*", "{0,8}")
        return bounded, tuple({a for _, anchors in options for a in anchors}) if certain else ()

    def leaf(self, token: str) -> tuple[str, tuple[str, ...]]:
        if not self.spaced:
            return (_GLUED_LEAVES[token], ()) if token in _GLUED_LEAVES else (re.escape(token), (token[:2],))
        if token in _SPACED_LEAVES:
            return _SPACED_LEAVES[token], ()
        word = token.rstrip("*?")
        begins = token.endswith("*")
        pattern = " " + re.escape(word) + ("[^ .]*" if begins else "")
        anchor = (word if begins else f"{word} ")[:ANCHOR]
        return (f"(?:{pattern})?", ()) if token.endswith("?") else (pattern, (anchor,))
