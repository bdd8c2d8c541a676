"""Visits in few words, as the database would give them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from chatprobe.analysis.visits import DAY_MS, HOUR_MS, Visits, visits_of
from chatprobe.columns import Columns
from chatprobe.model import Outcome
from chatprobe.store import visits as reader
from chatprobe.times import epoch_ms

MONDAY = epoch_ms("2026-03-02T00:00:00Z")
TEXTS, NUMBERS = tuple(reader.TEXTS), tuple(reader.NUMBERS)
CLOSED = (Outcome.OFFLINE, Outcome.NOT_OFFERED, Outcome.SITE_DOWN, Outcome.SCENARIO_BROKEN)


def row(day: float, hour: float = 12.0, outcome: Outcome = Outcome.HUMAN_REPLY, **columns: Any) -> dict[str, Any]:
    """A chat on that day (0 is Monday) at that time of the day, UTC; `columns` as in `Store.visits`."""
    at = MONDAY + day * DAY_MS + hour * HOUR_MS
    asks = outcome not in CLOSED and bool(columns.get("chat", 1))
    usual = {
        "casino": "lucky",
        "scenario": "s1",
        "planned": 1,
        "chat": 1,
        "outcome": str(outcome),
        "cell": int((at - MONDAY) // HOUR_MS) % 168,
        "adaptive": 0,
        "proven": int(outcome != Outcome.NOT_OFFERED),
        "at": at,
        "asking": int(asks),
        "line_ms": 0.0 if asks else None,
        "first_human_ms": 60_000.0 if outcome == Outcome.HUMAN_REPLY else None,
        "first_unknown_ms": 60_000.0 if outcome == Outcome.UNSURE_REPLY else None,
        "waited_ms": 600_000.0 if asks else None,
        "deadline_ms": 600_000.0,
    }
    return {**usual, **columns}


def columns_of(rows: Iterable[dict[str, Any]]) -> Columns:
    """As `Store.visits` gives them."""
    made = Columns.empty(TEXTS, NUMBERS)
    names = (*TEXTS, *NUMBERS)
    made.extend([(f"P{n}", *(one.get(name) for name in names)) for n, one in enumerate(rows)])
    return made


def visits(rows: Sequence[dict[str, Any]], *, everything: bool = False) -> Visits:
    """The visits of those rows."""
    return visits_of(columns_of(rows), everything=everything)
