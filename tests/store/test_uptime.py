"""The ledger of when a daemon was alive."""

from __future__ import annotations

import pytest

from chatprobe.store import Store


def at(hour: int) -> str:
    return f"2026-03-02T{hour:02}:00:00.000Z"


def test_heartbeats_lengthen_one_stretch(store: Store) -> None:
    """Beats of one stretch are one row that never shrinks; a new stretch is a new row."""
    for since, moment in ((1, 1), (1, 3), (1, 2), (5, 6)):
        store.uptime.beat(at(since), at(moment))
    rows = [(row["from_at"], row["to_at"]) for row in store._connection.db.table("uptime").rows]
    assert [(at(1), at(3)), (at(5), at(6))] == rows


@pytest.mark.parametrize(
    ("since", "until", "share"), [(0, 10, 0.4), (2, 3, 1.0), (4, 5, 0.0), (2, 6, 0.75), (7, 8, 0.0)]
)
def test_share_of_a_span(store: Store, since: int, until: int, share: float) -> None:
    """The share counts what lies within the span, and stretches that overlap once."""
    for first, last in ((1, 3), (2, 4), (5, 6)):
        store.uptime.beat(at(first), at(last))
    assert pytest.approx(share) == store.uptime.share(at(since), at(until))


def test_a_clock_set_back_ends_no_stretch_before_it_began(store: Store) -> None:
    """A beat before the start of its stretch leaves a stretch of no length."""
    store.uptime.beat(at(5), at(3))
    assert 0.0 == store.uptime.share(at(0), at(10))
