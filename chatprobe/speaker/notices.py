"""Reads what notices tell: a place in line, an announced wait, the name of who joined."""

from __future__ import annotations

import re
from dataclasses import dataclass

from chatprobe.speaker.kinds import Kind
from chatprobe.speaker.lexicon import find, mentions
from chatprobe.speaker.textform import LONGEST, fold

_NUMBER = re.compile(r"(?<!\d)(?<!\d[:./])(\d{1,4})(?![\d:/]|[.,]\d)")
# "2-5 minutes", "2 to 5 minutes": the first number of a range. Words between are short, or of the few longer ones.
_RANGE = re.compile(
    r"\s*(?:[-–—~〜至到から]+|[^\W\d]{1,2}|bis|till?|tot|hasta|fino a|ate|sampai|hingga|den|ile|إلى|الى)\s*\d"
)
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
    places: list[int] = []
    waits: list[float] = []
    for number in _NUMBER.finditer(folded):
        unit = _unit_after(folded[number.end() : number.end() + 14])
        if unit:
            waits.append(int(number[1]) * unit)
        elif not _RANGE.match(folded, number.end()):
            places.append(int(number[1]))
    if not waits:
        waits = [ms for unit, ms in _UNITS.items() if mentions(f"one {unit}", folded)]
    return QueueNotice(_position(folded, places), max(waits, default=None))


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
