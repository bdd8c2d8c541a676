"""What counts, what is left out, and what is ours."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from chatprobe.analysis.visits import HOUR_MS, visits_of
from chatprobe.model import EndedBy, Outcome
from chatprobe.store import Store
from chatprobe.times import epoch_ms, iso
from tests.analysis.helpers import row, visits
from tests.store.conftest import START


def test_only_the_casinos_doing_enters_statistics() -> None:
    """Faults of ours and pages that failed are left out and counted; a wait we cut short is none of them."""
    rows = [row(n, outcome=outcome) for n, outcome in enumerate(Outcome) if outcome != Outcome.ONLINE]
    rows += [row(20, outcome=Outcome.INTERRUPTED, asking=0), row(21, outcome="of another program")]
    seen = visits(rows)
    kept = {"human_reply", "unsure_reply", "queue_timeout", "offline", "bot_only", "no_reply", "interrupted"}
    names = [str(one) for one in Outcome]
    assert kept == {names[one] for one in seen.survey().outcome}
    left_out = {"not_offered": 1, "site_down": 1, "interrupted": 1, "unknown outcome": 1}
    ours = dict.fromkeys(("login_wall", "captcha", "geo_blocked", "blocked", "scenario_broken", "probe_fault"), 1)
    assert left_out | ours == seen.left_out()


def test_the_survey_is_what_no_outcome_drew() -> None:
    """Estimates leave out hunts, looks and what people ran; without a slot a planned chat counts as drawn evenly."""
    rows = [row(0), row(1, adaptive=1), row(2, planned=0), row(3, chat=0, outcome="online")]
    assert ["P0"] == visits(rows).survey().ids.tolist()
    assert ["P0", "P2"] == visits(rows, everything=True).survey().ids.tolist()


@pytest.mark.parametrize(("cell", "clock", "day"), [(1, 1, 0), (167, 23, -1), (14, 14, 0), (120, 0, 0), (None, 0, 0)])
def test_dates_are_those_of_the_casinos_calendar(cell: Any, clock: int, day: int) -> None:
    """The stored hour of the week tells the casino's clocks; what lies beyond any zone is damaged and taken as UTC."""
    seen = visits([row(0, 0.2, cell=cell)])
    monday = visits([row(0, 0.2)]).day[0]
    assert (clock, monday + day) == (seen.clock[0], seen.day[0])


def test_visits_stand_by_casino_and_time() -> None:
    """In whatever order the rows come, each casino's are together, by time."""
    rows = [row(3, casino="monte"), row(1), row(2, casino="monte"), row(0), row(0.5, at=None)]
    found = [(casino, part.ids.tolist()) for casino, part in visits(rows).by_casino()]
    assert [("lucky", ["P3", "P1"]), ("monte", ["P2", "P0"])] == found


def test_no_visits_are_no_trouble() -> None:
    """An empty database has no visits and nothing left out."""
    seen = visits([])
    assert (0, {}, [], 0) == (len(seen), seen.left_out(), list(seen.by_casino()), len(seen.survey()))


def test_a_polite_leave_is_one_only_while_nobody_had_answered() -> None:
    """Leaving a long line or an overloaded desk is one, a closed or an answered chat is none."""
    ends = {"ended_by": str(EndedBy.OVERLOADED)}
    outcomes = (Outcome.NO_REPLY, Outcome.QUEUE_TIMEOUT, Outcome.HUMAN_REPLY, Outcome.OFFLINE, Outcome.INTERRUPTED)
    seen = visits([row(n, outcome=outcome, **ends) for n, outcome in enumerate(outcomes)])
    assert [True, True, False, False, False] == seen.left.tolist()


def add(store: Store, name: str, **columns: Any) -> None:
    store._connection.db.table("probes").insert(
        {"id": name, "casino": "lucky", "depth": "chat", "started_at": START, "outcome": "human_reply", **columns}
    )


def test_columns_come_from_the_database(store: Store) -> None:
    """Times become epoch ms, the mode is the slot's, the language what people wrote, and running probes stay out."""
    db = store._connection.db
    db.table("slots").insert_all(
        [{"id": name, "casino": "lucky", "depth": "chat", "mode": name} for name in ("even", "adaptive")]
    )
    asked = {"asked_at": "2026-03-02T10:00:09.500Z", "requested_at": "2026-03-02T10:00:02.000Z"}
    add(store, "A", slot_id="even", language="pt-BR", first_human_ms=5.0, cell=10, **asked)
    add(store, "B", slot_id="adaptive", casino="monte", outcome="interrupted", side="ours", cell="no number")
    add(store, "C", outcome=None)
    for seq, (speaker, at_ms, language) in enumerate(
        [("human", -5, "en"), ("bot", 1, "fr"), ("human", 5, "en"), ("human", 9, "pt"), ("human", 12, None)]
    ):
        message = {"probe_id": "A", "seq": seq, "speaker": speaker, "at_ms": at_ms, "language": language, "text": ""}
        db.table("messages").insert(message)
    db.table("events").insert({"probe_id": "B", "seq": 0, "at_ms": 1.0, "name": "asking"})
    seen = visits_of(store.visits())
    assert (["A", "B"], [True, False], [True, True]) == (seen.ids.tolist(), seen.even.tolist(), seen.asked.tolist())
    assert (7_500.0, 1_772_445_609_500.0) == (seen.line_ms[0], seen.at[0])
    assert ("pt", "pt") == (seen.language.at(0), seen.answered_in.at(0))
    assert (10, True) == (seen.cell[0], bool(np.isnan(seen.line_ms[1])))
    assert ["A"] == visits_of(store.visits("lucky", START)).ids.tolist()
    add(store, "D", depth="presence", outcome="online")
    add(store, "E", depth="presence", outcome="online", casino="palace")
    brief = visits_of(store.visits(brief=True))
    assert ([None] * 3, None) == (brief.ids.tolist(), brief.language.at(0))
    assert (["lucky", "monte", "palace"], [True, True, False]) == (brief.casino.met(), brief.chat.tolist())


NOON = epoch_ms("2026-03-10T12:00:00Z")


@pytest.mark.parametrize(
    ("before", "after", "other", "proven"),
    [
        (47.9, 47.9, {}, True),
        (48.1, 1.0, {}, False),
        (1.0, 48.1, {}, False),
        (1.0, 1.0, {"depth": "presence", "outcome": "offline"}, True),
        (1.0, 1.0, {"origin": "run"}, True),
        (1.0, 1.0, {"scenario_sha256": "s2"}, False),
        (1.0, 1.0, {"casino": "monte"}, False),
        (1.0, 1.0, {"outcome": "site_down"}, False),
        (1.0, 1.0, {"outcome": "captcha", "side": "ours"}, False),
    ],
)
def test_a_chat_not_offered_counts_between_two_that_found_one(
    store: Store, before: float, after: float, other: dict[str, Any], proven: bool
) -> None:
    """It is the casino's doing only where the same scenario found the chat within 48 h before and after."""
    for name in ("s1", "s2"):
        store.add_scenario("lucky", name, "", START)
    usual = {"scenario_sha256": "s1", "side": "casino"}
    add(store, "A", started_at=iso(NOON), **{**usual, "outcome": "not_offered"})
    for name, at in (("B", NOON - before * HOUR_MS), ("C", NOON + after * HOUR_MS)):
        add(store, name, started_at=iso(at), **{**usual, **other})
    seen = visits_of(store.visits(), everything=True)
    assert [proven] == seen.proven[seen.are(Outcome.NOT_OFFERED)].tolist()
    (row,) = store._connection.db.query("SELECT sum(not_offered) AS n FROM availability_by_hour WHERE casino = 'lucky'")
    assert int(proven) == (row["n"] or 0)


def test_slots_of_the_survey_that_were_lost(store: Store) -> None:
    """By hour of the day: failed, missed and paused ones are lost; what was never meant is left out."""
    db = store._connection.db
    add(store, "A", side="casino")
    add(store, "B", side="ours", outcome="captcha")
    usual = {"casino": "lucky", "depth": "chat", "mode": "even", "planned_at": START}
    ends = [
        (27, "done", None, "A"),
        (3, "done", None, "B"),
        (3, "missed", "overrun", None),
        (3, "skipped", "paused", None),
        (3, "skipped", "budget", None),
        (5, "skipped", "blackout", None),
        (4, "planned", None, None),
        (4, "cancelled", "plan_changed", None),
    ]
    for n, (cell, status, reason, probe) in enumerate(ends):
        db.table("slots").insert(
            {**usual, "id": str(n), "cell": cell, "status": status, "reason": reason, "probe_id": probe}
        )
    db.table("slots").insert({**usual, "id": "x", "cell": 3, "mode": "adaptive", "status": "missed"})
    assert {3: (4, 3)} == store.survey_slots("lucky", "2026")
