"""The small language in which the lexicon's phrases are written, and how one becomes a regular expression.

``queue``       the word; ``queu*`` any word that begins so; accents, case and signs do not matter
``(a|b c)``     one of these; ``(a|b)?`` or ``word?`` may be missing; ``(a|b)*`` any number of them,
                ``(a|b)+`` at least one
``…``           up to four words of the same sentence
``#``           a number, in the digits of any script
``@``           a name of one to three words
``^`` first     only where a sentence begins; ``$`` last: only where it ends
``=`` first     only if the message says nothing else
``{chat}``      the words that the language's file defines for this meaning (``chat = chat*|conversation*``)
``a & b``       both in either order, up to four words apart; once in a line
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property

from chatprobe.speaker.textform import fold

ANCHOR = 6
"""Letters of a word by which phrases are looked up."""

_MEANING = re.compile(r"\{(\w+)\}")
_TOKENS = re.compile(r"\)[?*+]?|[(|…#@]|[^\s()|…#@]+")
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
    def parts(self) -> tuple[tuple[str, ...], ...]:
        """Its anchors, part by part: beginnings of words (a short one with the blank after it) or pairs of letters.

        A match holds at least one of each part.
        """
        return tuple(self._read()[1])

    def may_match(self, beginnings: Set[str]) -> bool:
        """Whether a text with these beginnings of words (or pairs of letters) has all that a match must hold."""
        for part in self.parts:  # noqa: SIM110  # asked thirty times a message: a generator takes twice as long
            if beginnings.isdisjoint(part):
                return False
        return True

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The phrase as a regular expression over `words_of` or, if not spaced, `letters_of` a folded text."""
        return re.compile(_one_name(self._frame(self._read()[0])))

    def _read(self) -> _Read:
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
    return Phrase(_either_order(" ".join(parted.split())), language, spaced)


def _either_order(line: str) -> str:
    core = line.lstrip("=^ ").rstrip("$ ")
    left, both, right = core.partition(" & ")
    return line.replace(core, f"({left} … {right}|{right} … {left})") if both else line


def filled(line: str, meanings: Mapping[str, str]) -> str | None:
    """The line with each ``{meaning}`` replaced by the language's words for it; None where it lacks one."""
    if not all(name in meanings for name in _MEANING.findall(line)):
        return None
    return _MEANING.sub(lambda found: f"({meanings[found[1]]})", line)


def _one_name(pattern: str) -> str:
    """Only the first name of a phrase is kept: a pattern may hold a group name once."""
    head, found, tail = pattern.partition("?P<name>")
    return head + found + tail.replace("?P<name>", "?:")


_Read = tuple[str, list[tuple[str, ...]]]
"""A pattern, and for each part that cannot be missing the anchors of which a match holds at least one."""


def _best(parts: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    return max(parts, key=lambda anchors: (min(map(len, anchors)), -len(anchors)), default=())


@dataclass
class _Parser:
    """Reads tokens from the left."""

    rest: list[str]
    spaced: bool

    def __init__(self, tokens: Sequence[str], *, spaced: bool) -> None:
        self.rest = list(tokens)
        self.spaced = spaced

    def sequence(self) -> _Read:
        parts: list[_Read] = []
        while self.rest and self.rest[0] != "|" and not self.rest[0].startswith(")"):
            parts.append(self.group() if self.rest[0] == "(" else self.leaf(self.rest.pop(0)))
        return "".join(pattern for pattern, _ in parts), [anchors for _, fixed in parts for anchors in fixed]

    def group(self) -> _Read:
        options = []
        token = self.rest.pop(0)
        while token in {"(", "|"}:
            options.append(self.sequence())
            token = self.rest.pop(0) if self.rest else ")"
        pattern = f"(?:{'|'.join(pattern for pattern, _ in options)})"
        optional = token.removeprefix(")")
        # Bounded: a page must not be able to make a repeated group try every way to split a long text.
        times = {"*": "{0,8}", "+": "{1,8}"}.get(optional, optional)
        return pattern + times, [] if optional in {"?", "*"} else self._certain([f for _, f in options])

    @staticmethod
    def _certain(options: list[list[tuple[str, ...]]]) -> list[tuple[str, ...]]:
        """What every option holds; else the best anchors of each, of which one must be there."""
        if not all(options):
            return []
        shared = [anchors for anchors in options[0] if all(anchors in option for option in options[1:])]
        return shared or [tuple(dict.fromkeys(anchor for option in options for anchor in _best(option)))]

    def leaf(self, token: str) -> _Read:
        if not self.spaced:
            return (_GLUED_LEAVES[token], []) if token in _GLUED_LEAVES else (re.escape(token), [(token[:2],)])
        if token in _SPACED_LEAVES:
            return _SPACED_LEAVES[token], []
        word = token.rstrip("*?")
        begins = token.endswith("*")
        pattern = " " + re.escape(word) + ("[^ .]*" if begins else "")
        anchor = (word if begins else f"{word} ")[:ANCHOR]
        return (f"(?:{pattern})?", []) if token.endswith("?") else (pattern, [(anchor,)])
