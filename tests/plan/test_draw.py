"""The plan as a whole: replayable, grown day by day, within every limit."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import pairwise
from zoneinfo import available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatprobe.model import Depth, SlotReason, SlotStatus
from chatprobe.plan.budget import DAY, HOUR, MINUTE, WEEK, Caps
from chatprobe.plan.cells import cell, minute_of_week
from chatprobe.plan.desk import Desk, House, share
from chatprobe.plan.draw import Drawn, Past, draw
from chatprobe.plan.hours import hour_at
from chatprobe.plan.presence import LOOK_MS
from chatprobe.plan.questions import REST_MS, choose
from chatprobe.plan.room import BEFORE_CHAT_MS, BETWEEN_LOOKS_MS
from chatprobe.plan.seen import Seen
from chatprobe.plan.slot import Slot
from chatprobe.times import epoch_ms, iso
from tests.plan.helpers import (
    EVERY_HOUR,
    HUNTED,
    MONDAY,
    QUIET,
    ZONES,
    gaps,
    hunts,
    looks,
    most_within,
    planned,
    probe_row,
    surveys,
    times,
)

SEEDS = st.integers(0, 2**63)
MANY = [Desk(f"casino-{n:03}", ZONES[n % len(ZONES)], hunted=EVERY_HOUR if n % 2 else frozenset()) for n in range(300)]


@settings(max_examples=10, deadline=None)
@given(SEEDS)
def test_same_seed_same_plan(seed: int) -> None:
    """The same arguments give the same plan, ids included, in whatever order the casinos come; another seed another."""
    first = planned(MANY[:6], seed=seed, weeks=1)
    assert first == planned(MANY[:6][::-1], seed=seed, weeks=1)
    assert times(first.slots) != times(planned(MANY[:6], seed=seed + 1, weeks=1).slots)


@settings(max_examples=10, deadline=None)
@given(SEEDS, st.sampled_from(ZONES), st.lists(st.floats(0.01, 3), min_size=30, max_size=30))
def test_plan_grows(seed: int, zone: str, steps: list[float]) -> None:
    """Drawn bit by bit, each time for two days ahead, the plan is the one that is drawn at once."""
    desk, rows, now = Desk("lucky", zone), [], MONDAY + 5 * HOUR
    for step in steps:
        rows += [s.row() for s in draw([desk], Past(rows), House(), seed, now, now + 2 * DAY).slots]
        now += min(step, 2) * DAY
    at_once = draw([desk], Past(), House(), seed, MONDAY + 5 * HOUR, now).slots
    assert [slot.row() for slot in at_once] == [row for row in sorted(rows, key=_order) if row["planned_at"] < iso(now)]


def _order(row: dict[str, object]) -> tuple[object, ...]:
    return row["planned_at"], row["depth"]


@settings(max_examples=25, deadline=None)
@given(
    SEEDS,
    st.sampled_from(sorted(zone for zone in available_timezones() if "/" in zone)),
    st.integers(round(epoch_ms("1995-01-01T00:00:00Z")), round(epoch_ms("2035-01-01T00:00:00Z"))),
    st.builds(Caps, st.integers(0, 3), st.integers(0, 10)),
    st.sampled_from([5, 15, 40, 70, 130]),
)
def test_any_plan_keeps_its_manners(seed: int, zone: str, begun: int, caps: Caps, minutes: int) -> None:
    """In any zone, at any time, under any caps, with chats of any length: caps and gaps hold, no hour is met twice."""
    desk = Desk("lucky", zone, seed % 25, caps, hunted=EVERY_HOUR, chat_ms=minutes * MINUTE, begun=begun)
    drawn = planned(desk, begun, 2, seed=seed)
    chats = times(slot for slot in (*drawn.slots, *drawn.projected) if slot.depth == Depth.CHAT)
    fixed = times(slot for slot in drawn.slots if slot.depth == Depth.CHAT)
    at = times(looks(drawn.slots))
    assert most_within(chats, DAY) <= caps.chats_per_day
    assert most_within(chats, WEEK) <= caps.chats_per_week
    assert min(gaps(chats), default=WEEK) >= 2 * HOUR
    assert min(gaps(at), default=WEEK) >= BETWEEN_LOOKS_MS
    assert [] == [look for look in at for chat in fixed if -BEFORE_CHAT_MS < look - chat < desk.chat_ms]
    assert len(at) == len({hour_at(zone, look).start for look in at})


def test_stored_plan_needs_nothing() -> None:
    """What is stored is not drawn again."""
    rows = [slot.row() for slot in planned(QUIET, weeks=2).slots]
    assert Drawn([], [], []) == planned(QUIET, weeks=2, past=Past(rows))


def test_row_and_back() -> None:
    """A slot is the same after it was stored."""
    slots = planned([HUNTED, Desk("palace", blackout=((0, 600),))], weeks=2).slots
    assert slots == [Slot.from_row(slot.row()) for slot in slots]


def test_cell_of_every_slot() -> None:
    """The stored hour of the week is that of the casino's clocks at the planned time."""
    drawn = planned(MANY[:12], MONDAY + 3 * WEEK, 2)
    zones = {desk.casino: desk.timezone for desk in MANY}
    assert [] == [slot for slot in (*drawn.slots, *drawn.projected) if slot.cell != cell(slot.at, zones[slot.casino])]


def test_change_redraws_only_the_future() -> None:
    """After a change the cancelled future is drawn anew, keeping its manners towards the past; ids are new."""
    before = planned(QUIET, weeks=3).slots
    now = MONDAY + 10 * DAY
    rows = [replace(s, status=SlotStatus.CANCELLED if s.at > now else SlotStatus.DONE).row() for s in before]
    moved = Desk("lucky", "Asia/Tokyo", presence_per_day=4)
    after = draw([moved], Past(rows), House(), 1, now, MONDAY + 3 * WEEK).slots
    kept = [slot for slot in before if slot.at <= now]
    assert min(slot.at for slot in after) > now
    assert set() == {slot.id for slot in after} & {slot.id for slot in before}
    assert most_within(times([*surveys(kept), *surveys(after)]), DAY) <= 2
    assert 11 * 4 == pytest.approx(len(looks(after)), abs=4)


def test_cancelled_for_nothing() -> None:
    """A plan that was cancelled and is drawn again for the same casino has its old times, under new ids."""
    before = planned(QUIET, weeks=1).slots
    rows = [replace(slot, status=SlotStatus.CANCELLED).row() for slot in before]
    after = planned(QUIET, weeks=1, past=Past(rows)).slots
    assert [slot.at for slot in before] == [slot.at for slot in after]
    assert set() == {slot.id for slot in before} & {slot.id for slot in after}


def test_blackout_takes_visits_and_moves_none() -> None:
    """Visits in a blackout are skipped with that reason, all others stay where they were; the hunt keeps out."""
    nights = tuple((day * 1440, day * 1440 + 450) for day in range(7))
    free, black = planned(HUNTED), planned(replace(HUNTED, blackout=nights))
    skipped = [slot for slot in black.slots if slot.status == SlotStatus.SKIPPED]
    in_the_dark = [s for s in (*black.slots, *black.projected) if minute_of_week(s.at, "UTC") % 1440 < 450]
    assert {SlotReason.BLACKOUT} == {slot.reason for slot in skipped}
    assert sorted(slot.at for slot in skipped) == sorted(slot.at for slot in in_the_dark)
    assert [] == [slot for slot in in_the_dark if slot in hunts(in_the_dark)]
    assert [slot.at for slot in surveys(free.slots)] == [slot.at for slot in surveys(black.slots)]


def test_closed_house() -> None:
    """In a stretch closed by the operator everything is skipped, and nothing else."""
    closed = (MONDAY + 2 * DAY, MONDAY + 4 * DAY)
    slots = planned(HUNTED, weeks=1, house=House(closed=(closed,))).slots
    assert {SlotStatus.SKIPPED} == {s.status for s in slots if closed[0] <= s.at < closed[1]}
    assert {SlotStatus.PLANNED} == {s.status for s in slots if not closed[0] <= s.at < closed[1]}


def test_opted_out() -> None:
    """A casino that opted out is not planned at all."""
    slots = planned(
        [HUNTED, replace(HUNTED, casino="palace")], weeks=1, house=House(opted_out=frozenset({"lucky"}))
    ).slots
    assert {"palace"} == {slot.casino for slot in slots}


@settings(max_examples=5, deadline=None)
@given(SEEDS, st.integers(1, 40), st.integers(1, 120))
def test_caps_of_the_house(seed: int, a_day: int, a_week: int) -> None:
    """All casinos together never exceed the house's caps in any day or week."""
    caps = Caps(a_day, a_week, agent_ms_per_week=1e12)
    house = House(caps=caps, share=share(MANY[:30], caps))
    drawn = planned(MANY[:30], weeks=3, house=house, seed=seed)
    at = times(slot for slot in drawn.slots if slot.depth == Depth.CHAT)
    assert most_within(at, DAY) <= a_day
    assert most_within(at, WEEK) <= a_week
    assert {None, SlotReason.BUDGET} >= {slot.reason for slot in drawn.slots}


def test_thinning_favours_no_hour() -> None:
    """Where the house allows a third of the chats wanted, all hours of the day keep about a third."""
    desks = [Desk(f"casino-{n}") for n in range(100)]
    caps = Caps(100, 200, agent_ms_per_week=1e12)
    slots = surveys(planned(desks, weeks=6, house=House(caps=caps, share=share(desks, caps))).slots)
    held, wanted = (
        Counter(int(s.at % DAY // HOUR) for s in some) for some in ([s for s in slots if not s.reason], slots)
    )
    assert share(desks, caps) == pytest.approx(1 / 3)
    assert [] == [hour for hour in range(24) if not 0.15 < held[hour] / wanted[hour] < 0.5]


@pytest.mark.parametrize("at_once", [12, 20])
def test_many_casinos_at_once(at_once: int) -> None:
    """However many casinos there are, visits at one time stay within the limit, each counted at its longest."""
    slots = [s for s in planned(MANY, weeks=0.5, house=House(at_once=at_once)).slots if s.status == SlotStatus.PLANNED]
    changes = sorted(change for s in slots for change in ((s.at, 1), (s.at + duration(s), -1)))
    busy = peak = 0
    for _, change in changes:
        busy += change
        peak = max(peak, busy)
    assert peak <= at_once
    assert len(slots) > 300 * 3.5 * 8 * 0.95


def duration(slot: Slot) -> float:
    """The longest that a visit lasts."""
    return 15 * MINUTE if slot.depth == Depth.CHAT else LOOK_MS


def test_full_hours_are_skipped_with_a_reason() -> None:
    """Visits for which there is no moment are skipped for want of budget."""
    slots = planned(MANY[:60], weeks=0.2, house=House(at_once=1)).slots
    assert {None, SlotReason.BUDGET} == {slot.reason for slot in slots}


def test_one_visitor_at_a_casino() -> None:
    """No two visits at one casino overlap, also where a chat was planned after the looks around it."""
    rows: dict[str, dict[str, object]] = {}
    probes: list[dict[str, object]] = []
    desk = replace(HUNTED, presence_per_day=24)
    now = MONDAY
    while now < MONDAY + 2 * WEEK:
        drawn = draw([desk], Past(list(rows.values()), {"lucky": Seen.of(probes)}), House(), 3, now, now + 3 * DAY)
        rows.update({slot.id: slot.row() for slot in drawn.slots})
        for cancelled in drawn.cancelled:
            rows[cancelled]["status"] = "cancelled"
        chats = [Slot.from_row(r) for r in rows.values() if r["depth"] == "chat" and r["status"] == "planned"]
        due = min(chats, key=lambda slot: slot.at)
        rows[due.id]["status"] = "done"
        probes.append(probe_row(due.at, due.cell))
        now = due.at + desk.chat_ms
    visits = sorted((s for s in map(Slot.from_row, rows.values()) if s.status != "cancelled"), key=lambda s: s.at)
    assert [] == [(a, b) for a, b in pairwise(visits) if b.at < a.at + duration(a)]
    assert len({row["id"] for row in rows.values() if row["status"] == "cancelled"}) > 0
    assert len(hunts(visits)) >= 8


def test_questions_rest() -> None:
    """With questions enough none is asked twice at one desk within 14 days."""
    questions = {f"question-{n}": ["en", "fr"] for n in range(21)}
    asked: list[dict[str, object]] = []
    for slot in sorted(
        (s for s in [*planned(HUNTED, weeks=8).slots, *planned(HUNTED, weeks=8).projected]), key=lambda s: s.at
    ):
        if slot.depth == Depth.CHAT:
            question, language = choose(questions, asked, slot.at)
            last = [row["at"] for row in asked if row["question_id"] == question]
            assert [] == [at for at in last if slot.at - at < REST_MS]
            asked.append({"asking_at": iso(slot.at), "at": slot.at, "question_id": question, "language": language})
    assert len(asked) > 8 * 8


@pytest.mark.slow
def test_three_hundred_casinos_for_four_weeks() -> None:
    """300 casinos are planned for four weeks across a change of clocks, each with all its looks and chats."""
    drawn = planned(MANY, MONDAY + 2 * WEEK, 4)
    kinds = Counter((slot.depth, slot.mode) for slot in (*drawn.slots, *drawn.projected))
    assert 300 * 28 * 8 == pytest.approx(len(looks(drawn.slots)), rel=0.005)
    assert 150 * 4 * (4 + 6) == pytest.approx(len(surveys(drawn.slots)), rel=0.02)
    assert 150 * 4 * 4.3 == pytest.approx(kinds[Depth.CHAT, "adaptive"], rel=0.1)
