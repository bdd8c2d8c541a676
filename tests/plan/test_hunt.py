"""The hunt: where it goes, how often, and what it may know."""

from __future__ import annotations

from dataclasses import replace
from math import exp, lgamma, log

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatprobe.model import Depth
from chatprobe.plan.belief import Belief
from chatprobe.plan.budget import DAY, HOUR, WEEK
from chatprobe.plan.desk import Desk
from chatprobe.plan.draw import Past
from chatprobe.plan.hours import hours_between
from chatprobe.plan.seen import Seen
from chatprobe.times import epoch_ms
from chatprobe.windows import windows, windows_of_cell
from tests.plan.helpers import HUNTED, MONDAY, QUIET, gaps, hunts, most_within, planned, probe_row, surveys, times

DAY_HOURS = hours_between("UTC", MONDAY, MONDAY + DAY)
ENDS = st.sampled_from(["human_reply", "unsure_reply", "offline", "no_reply", "probe_fault", "site_down"])


def history(*ends: tuple[float, str], depth: Depth = Depth.CHAT) -> list[dict[str, object]]:
    """Visits that began so many hours before MONDAY."""
    return [probe_row(MONDAY - ago * HOUR, round(168 - ago) % 168, depth, how) for ago, how in ends]


def test_windows() -> None:
    """2,115 windows whose weights sum to 1; each cell's index is right; gaps run past midnight and the week's end."""
    assert 2115 == len(windows())
    assert sum(weight for weight, _ in windows()) == pytest.approx(1)
    assert [len(cells) for _, cells in windows()] == [
        sum(number in windows_of_cell()[cell] for cell in cells) for number, (_, cells) in enumerate(windows())
    ]
    assert frozenset({166, 167, 0, 1}) in {cells for _, cells in windows()}


def test_chances_are_those_of_the_formula() -> None:
    """The weights of hours agree with the formula of docs/plan.md, written out plainly, looks included."""
    rows = [
        *history((50, "human_reply"), (30, "offline"), (25, "human_reply")),
        *history((40, "offline"), (45, "online"), (2, "offline"), depth=Depth.PRESENCE),
    ]
    seen = Seen.of(sorted(rows, key=lambda row: str(row["started_at"])))

    def betaln(a: float, b: float) -> float:
        return lgamma(a) + lgamma(b) - lgamma(a + b)

    v, both = [], []
    for weight, cells in windows():
        s, m = (sum(c.answered is way and c.cell in cells for c in seen.chats) for way in (True, False))
        v.append(weight * exp(betaln(0.4 + s, 4 + m) + betaln(9 + 2 - s, 1 + 1 - m)))
        # the look of 2 h ago came after the last human reply
        sign = sum(
            0.5 * (log(0.15 / 0.97) if look.online else log(0.85 / 0.03))
            for look in seen.looks[:2]
            if look.cell in cells
        )
        both.append(v[-1] * (1 + exp(min(sign, 40))))
    omega = [0.5 * one / sum(v) + 0.5 * two / sum(both) for one, two in zip(v, both, strict=True)]
    q = [
        sum(
            o / len([h for h in DAY_HOURS if h.cell in cells])
            for o, (_, cells) in zip(omega, windows(), strict=True)
            if hour.cell in cells
        )
        for hour in DAY_HOURS
    ]
    missed = (168 - 30) % 24
    expected = [one**6 / (3 if hour.clock == missed else 1) for one, hour in zip(q, DAY_HOURS, strict=True)]
    weights = Belief(seen).chances(DAY_HOURS, certified=True)
    assert [w / sum(weights) for w in weights] == pytest.approx([one / sum(expected) for one in expected])


def test_new_certificate_is_sought_where_people_answer() -> None:
    """Without a certificate the hours around answers are likelier, those around misses less so, none impossible."""
    rows = history((20, "human_reply"), (10, "offline"))
    weights = Belief(Seen.of(rows)).chances(DAY_HOURS, certified=False)
    assert sum(weights) == pytest.approx(1)
    near = [1.9 / 2, 0.9 / 2, 0.9]
    total = 5 * near[0] ** 6 + 5 * near[1] ** 6 + 14 * near[2] ** 6
    assert [weights[4], weights[14], weights[20]] == pytest.approx([0.3 / 24 + 0.7 * one**6 / total for one in near])


def test_live_looks_do_not_lead() -> None:
    """What looks showed since the last human reply changes nothing: who follows it finds everybody closed."""
    chats = history((30, "human_reply"), (20, "unsure_reply"))
    told = sorted(
        [*chats, *history((10, "offline"), (5, "offline"), depth=Depth.PRESENCE)], key=lambda r: str(r["started_at"])
    )
    plain, led = (hunts(planned(HUNTED, past=Past((), {"lucky": Seen.of(rows)})).slots) for rows in (chats, told))
    assert plain == led


@pytest.mark.slow
@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2**63), st.lists(ENDS, min_size=45, max_size=45))
def test_manners_of_all_chats(seed: int, ends: list[str]) -> None:
    """Whatever is found, week for week: one hunt in 24 h, 5 in 168 h; of all chats 3 and 10, two hours apart."""
    rows: list[dict[str, object]] = []
    probes: list[dict[str, object]] = []
    now = MONDAY
    for end in ends:
        drawn = planned(HUNTED, now, 0.5, seed=seed, past=Past(rows, {"lucky": Seen.of(probes)}))
        due = min((slot for slot in drawn.slots if slot.depth == Depth.CHAT), key=lambda slot: slot.at)
        rows.append({**due.row(), "status": "done"})
        probes.append(probe_row(due.at, due.cell, outcome=end))
        now = due.at + HUNTED.chat_ms
    at = [slot_time(row) for row in rows]
    hunted = [slot_time(row) for row in rows if row["mode"] == "adaptive"]
    assert [1, 5] >= [most_within(hunted, DAY), most_within(hunted, WEEK)]
    assert most_within(at, DAY) <= 3
    assert most_within(at, WEEK) <= 10
    assert min(gaps(at)) >= 2 * HOUR
    assert len(hunted) > 10


def slot_time(row: dict[str, object]) -> float:
    """When a stored slot was due."""
    return epoch_ms(str(row["planned_at"]))


def test_only_the_next_chat_is_meant() -> None:
    """A hunt's chat is fixed only if no other chat comes before it; all that follow are projections."""
    for seed in range(40):
        drawn = planned(HUNTED, seed=seed)
        fixed = hunts(drawn.slots)
        first = min(times(slot for slot in drawn.slots if slot.depth == Depth.CHAT))
        assert [first] * len(fixed) == times(fixed)
        assert {True} == {slot.projected for slot in drawn.projected}
        assert 16 <= len(fixed) + len(drawn.projected) <= 20


def test_hunt_in_promised_hours_only() -> None:
    """Where office hours are promised, a miss at night proves nothing: the hunt does not go there."""
    office = frozenset(day * 24 + hour for day in range(5) for hour in range(9, 17))
    drawn = planned(replace(HUNTED, hunted=office))
    assert set() == {slot.cell for slot in (*hunts(drawn.slots), *drawn.projected)} - office
    assert len(drawn.projected) >= 10


def test_no_hunt_without_a_promise() -> None:
    """Where nothing is to be settled all chats are the survey's, and there are more of them."""
    quiet, hunted = planned(QUIET), planned(HUNTED)
    assert [] == [*quiet.projected, *hunts(quiet.slots)]
    assert [24, 16] == pytest.approx([len(surveys(quiet.slots)), len(surveys(hunted.slots))], abs=1)


def test_unplanned_chats_use_the_budget() -> None:
    """Chats held by hand take their place in the day and the week of the hunt, and it keeps two hours from them."""
    by_hand = [probe_row(MONDAY - hours * HOUR, 0, origin="run") for hours in (20, 12, 1)]
    fixed = hunts(planned(Desk("lucky", hunted=HUNTED.hunted), past=Past((), {"lucky": Seen.of(by_hand)})).slots)
    assert [] == [slot for slot in fixed if slot.at < MONDAY + 4 * HOUR]
