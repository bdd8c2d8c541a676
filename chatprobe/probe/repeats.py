"""What visits on other days heard at a casino, and after how long: the pool of the source `repeat`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from chatprobe.model import Speaker
from chatprobe.probe.waited import Waited
from chatprobe.speaker.repeat import WITHIN_MS, key
from chatprobe.store.store import Store
from chatprobe.times import epoch_ms

Row = Mapping[str, Any]


def repeats(store: Store, casino: str, started_at: str) -> dict[str, tuple[float, ...]]:
    """`Rules.repeats` for a probe of `casino` that started at `started_at` (ISO text)."""
    days: dict[str, dict[str, float]] = defaultdict(dict)
    for _, rows in groupby(store.said(casino, started_at, WITHIN_MS), lambda row: row["probe_id"]):
        lines = list(rows)
        try:
            heard_after = list(delays(lines[0], lines))
        except ValueError:
            continue  # a damaged time is that probe's trouble alone
        for message, after in heard_after:
            if after is not None and (text := key(message["text"])):
                days[text].setdefault(lines[0]["started_at"][:10], after)
    return {text: tuple(heard.values()) for text, heard in days.items()}


def delays(probe: Row, messages: Iterable[Row]) -> Iterator[tuple[Row, float | None]]:
    """Each message of a probe that is not ours, in the order of time, with its `Observed.delay_ms`.

    Raises ValueError where a time is damaged.
    """
    asked = epoch_ms(probe["asked_at"]) if probe["asked_at"] else None
    opened = probe["open_ms"]
    waited = Waited(None if opened is None else epoch_ms(probe["started_at"]) + opened, asked)
    for message in messages:
        at = epoch_ms(message["at"]) if message["at"] else None
        if message["speaker"] != Speaker.VISITOR:
            yield message, waited.delay(at)
        else:
            waited.speak(message["text"], at)
