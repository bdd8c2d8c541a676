"""What visits on other days heard at a casino, and after how long: the pool of the source `repeat`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from chatprobe.model import Speaker
from chatprobe.probe.digest import delay
from chatprobe.speaker.repeat import WITHIN_MS, key
from chatprobe.store.store import Store
from chatprobe.times import epoch_ms


def repeats(store: Store, casino: str, started_at: str) -> dict[str, tuple[float, ...]]:
    """`Rules.repeats` for a probe of `casino` that started at `started_at` (ISO text)."""
    days: dict[str, dict[str, float]] = defaultdict(dict)
    rows = store.said(casino, started_at, WITHIN_MS)
    for _, lines in groupby(rows, lambda row: row["probe_id"]):
        for text, day, after in _delays(list(lines)):
            if text:
                days[text].setdefault(day, after)
    return {text: tuple(delays.values()) for text, delays in days.items()}


def _delays(rows: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str, float]]:
    """Key, day and delay of each message of one probe that is not ours."""
    spoke_at: float | None = None
    for number, row in enumerate(rows):
        if number == 0 and row["open_ms"] is not None:
            spoke_at = epoch_ms(row["started_at"]) + row["open_ms"]
        at = epoch_ms(row["at"])
        if row["speaker"] == Speaker.VISITOR:
            spoke_at = at
        elif (after := delay(at, spoke_at, epoch_ms(row["asked_at"]))) is not None:
            yield key(row["text"]), row["started_at"][:10], after
