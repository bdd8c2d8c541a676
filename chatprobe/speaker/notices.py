"""Reads what notices tell: a place in line, an announced wait, the name of who joined."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from chatprobe.speaker.kinds import Kind
from chatprobe.speaker.lexicon import find, mentions
from chatprobe.speaker.textform import LONGEST, fold

_NUMBER = re.compile(r"(?<![\d])(?<!\d[:./,])(\d{1,4}(?:[.,]\d)?)(?![\d:/]|[.,]\d)")
# "2-5 minutes", "2 to 5 minutes": the first number of a range. Words between are short, or of the few longer ones.
_RANGE = re.compile(
    r"\s*(?:[-–—~〜至到から]+|[^\W\d]{1,2}|bis|till?|tot|hasta|fino a|ate|sampai|hingga|den|ile|إلى|الى)\s*(?=\d)"
)
_THEN = re.compile(r"[^\W\d]{1,9}[.,]?\s*(?:and|und|et|y|e|en|och|og|i|и|та|ve)?\s*")
"""Between an hour and its minutes: the unit, and perhaps a word that joins them."""
_UNITS = {"second": 1_000.0, "minute": 60_000.0, "hour": 3_600_000.0, "day": 86_400_000.0}


@dataclass(frozen=True)
class QueueNotice:
    """What a queue notice announces."""

    position: int | None
    """Place in line, from 1: nobody is before the first."""
    wait_ms: float | None
    """Announced waiting time; the longer end of a range."""


def read_queue(text: str) -> QueueNotice | None:
    """The announced place and wait, digits in any script; None where `text` is no queue notice."""
    found = find(text)
    if found is None or found.kind not in {Kind.QUEUE, Kind.BUSY}:
        return None
    folded = fold(text)
    numbers = [_Number(one, folded) for one in _NUMBER.finditer(folded)]
    waits = [one.wait_ms for one in numbers if one.wait_ms is not None]
    for one, after in pairwise(numbers):
        if one.wait_ms is not None and after.wait_ms is not None and after.goes_on(one):
            waits.append(one.wait_ms + after.wait_ms)
    if not waits:
        waits = [ms for unit, ms in _UNITS.items() if mentions(f"one {unit}", folded)]
    places = [one.place for one in numbers if one.place is not None]
    return QueueNotice(_position(folded, places), max(waits, default=None))


class _Number:
    """A number in a notice, and what it counts."""

    def __init__(self, found: re.Match[str], folded: str) -> None:
        self._found, self._folded = found, folded
        self.unit_ms = _unit_after(folded[found.end() : found.end() + 14])

    @property
    def wait_ms(self) -> float | None:
        """It is a time."""
        return float(self._found[1].replace(",", ".")) * self.unit_ms if self.unit_ms else None

    @property
    def place(self) -> int | None:
        """It is a place in line: neither a time nor where a span of time begins ("2 to 5 minutes", not "2 of 5")."""
        span = _RANGE.match(self._folded, self._found.end())
        to = _NUMBER.match(self._folded, span.end()) if span else None
        timed = to is not None and _unit_after(self._folded[to.end() : to.end() + 14]) is not None
        return int(self._found[1]) if not self.unit_ms and not timed and self._found[1].isdecimal() else None

    def goes_on(self, before: _Number) -> bool:
        """Whether it is the rest of a time: the minutes after an hour."""
        between = self._folded[before._found.end() : self._found.start()].strip()
        return (before.unit_ms or 0) > (self.unit_ms or 0) and _THEN.fullmatch(f"{between} ") is not None


def _position(folded: str, places: list[int]) -> int | None:
    if mentions("next", folded):
        return 1
    if not places:
        return None
    return places[0] + 1 if mentions("ahead", folded) else places[0]


def _unit_after(rest: str) -> float | None:
    head = re.match(r"[^\d.,;!?]*", rest)
    for section, ms in _UNITS.items():
        match = mentions(section, head[0] if head else "")
        # The unit stands right after its number: "position 3, wait 2 minutes" gives 3 no unit.
        if match and match.start() <= 2:
            return ms
    return None


def joined_name(text: str) -> str | None:
    """Who joined, as displayed ("Anna joined the chat" gives "Anna"); None for roles, and where nobody joined."""
    found = find(text)
    if found is None or found.kind is not Kind.JOINED or "name" not in found.match.groupdict():
        return None
    folded_name = found.match["name"]
    return _as_displayed(folded_name, text[:LONGEST]) if folded_name else None


def _as_displayed(folded_name: str, text: str) -> str | None:
    parts = list(re.finditer(r"\w+", text))
    wanted = folded_name.split()
    for i in range(len(parts) - len(wanted) + 1):
        run = parts[i : i + len(wanted)]
        if [fold(part[0]) for part in run] == wanted:
            return _proper([part[0] for part in run])
    glued = re.search(r"\s*".join(map(re.escape, folded_name.replace(" ", ""))), text, re.IGNORECASE)
    return _proper([glued[0]]) if glued else None


def _proper(words: list[str]) -> str | None:
    """The words that make a name: none for a role ("an operator"), and none written small beside others."""
    while words and mentions("role", fold(words[0])):
        words = words[1:] if words[0][:1].isupper() else []
    named = [word for word in words if not word[:1].islower() or len(words) == 1]
    return " ".join(named) or None
