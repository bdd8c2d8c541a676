"""What the tests of the plan share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from chatprobe.model import Depth, Mode, SlotStatus
from chatprobe.plan.budget import WEEK
from chatprobe.plan.desk import Desk, House
from chatprobe.plan.draw import Drawn, Past, draw
from chatprobe.plan.slot import Slot
from chatprobe.times import epoch_ms, iso

MONDAY = epoch_ms("2026-03-02T00:00:00Z")
EVERY_HOUR = frozenset(range(168))
HUNTED = Desk("lucky", hunted=EVERY_HOUR)
QUIET = Desk("lucky")
ZONES = ["UTC", "Europe/Paris", "Asia/Kathmandu", "Australia/Lord_Howe", "America/Sao_Paulo", "Pacific/Chatham"]


def planned(desks: Desk | Iterable[Desk], start: float = MONDAY, weeks: float = 4, **options: Any) -> Drawn:
    """The plan of some weeks from nothing."""
    desks = [desks] if isinstance(desks, Desk) else desks
    house, seed = options.get("house", House()), options.get("seed", 1)
    return draw(desks, options.get("past", Past()), house, seed, start, start + weeks * WEEK)


def looks(slots: Iterable[Slot]) -> list[Slot]:
    """The looks among `slots`."""
    return [slot for slot in slots if slot.depth == Depth.PRESENCE]


def surveys(slots: Iterable[Slot]) -> list[Slot]:
    """The survey chats among `slots`."""
    return [slot for slot in slots if slot.depth == Depth.CHAT and slot.mode == Mode.EVEN]


def hunts(slots: Iterable[Slot]) -> list[Slot]:
    """The hunt's chats among `slots`."""
    return [slot for slot in slots if slot.mode == Mode.ADAPTIVE]


def times(slots: Iterable[Slot]) -> list[int]:
    """When the slots that are not skipped are due, in order."""
    return sorted(slot.at for slot in slots if slot.status == SlotStatus.PLANNED)


def gaps(at: Sequence[float]) -> list[float]:
    """The time from each to the next, in ms."""
    return [after - before for before, after in pairwise(at)]


def most_within(at: Sequence[float], span: float) -> int:
    """How many of `at` lie in the fullest stretch of `span` ms."""
    return max((sum(end - span < other <= end for other in at) for end in at), default=0)


def probe_row(
    at: float, cell: int, depth: Depth = Depth.CHAT, outcome: str = "human_reply", **columns: Any
) -> dict[str, Any]:
    """A row of `Store.history`."""
    asked = iso(at) if depth == Depth.CHAT and outcome not in ("offline", "not_offered") else None
    return {
        "depth": str(depth),
        "origin": "plan",
        "outcome": outcome,
        "started_at": iso(at),
        "asking_at": asked,
        "cell": cell,
        "ended_by": None,
        "first_unknown_ms": None,
        "handoff_turns": None,
        "handoff_clicks": None,
        "greeted_ms": None,
        **columns,
    }
