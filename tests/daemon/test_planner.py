"""The plan as it stands in the database."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from chatprobe.daemon.keeper import Keeper
from chatprobe.daemon.planner import AHEAD_MS, Planner
from chatprobe.plan.desk import House as Manners
from chatprobe.times import epoch_ms, iso
from tests.daemon.conftest import MINUTE, House, write

DAY = 24 * 60 * MINUTE


@pytest.fixture
def planner(house: House) -> Planner:
    return Planner(house.store, house.folder, house.clock, seed=7)


def slots(house: House) -> list[dict[str, Any]]:
    return house.store.slots.between("2000", "3000")


def waiting(house: House) -> Counter[tuple[str, str]]:
    return Counter((row["casino"], row["depth"]) for row in slots(house) if row["status"] == "planned")


def test_a_week_is_drawn_ahead(house: House, planner: Planner) -> None:
    """Every casino gets its looks and chats of the next seven days, none in the past, all from one seed."""
    planner.draw(house.clock.now)
    counts = waiting(house)
    assert [("lucky", "chat"), ("lucky", "presence"), ("monte", "chat"), ("monte", "presence")] == sorted(counts)
    assert 48 <= counts["lucky", "presence"] <= 64
    assert 4 <= counts["lucky", "chat"] <= 10
    times = [epoch_ms(row["planned_at"]) for row in slots(house)]
    assert house.clock.now <= min(times)
    assert max(times) < house.clock.now + AHEAD_MS
    assert 1 == len({row["seed"] for row in slots(house)})
    assert 1 == len(house.events("plan_drawn"))


@pytest.mark.parametrize("seed", [1, 6, 37, 75, 286])
def test_drawing_again_adds_nothing(house: House, seed: int) -> None:
    """The same days, drawn a second time or by a daemon started anew, are there already."""
    planner = Planner(house.store, house.folder, house.clock, seed)
    planner.draw(house.clock.now)
    before = slots(house)
    planner.draw(house.clock.now)
    Planner(house.store, house.folder, house.clock).draw(house.clock.now)
    assert before == slots(house)


def test_the_plan_goes_on(house: House, planner: Planner) -> None:
    """Some hours later the days that came nearer are drawn, by the seed that is stored."""
    planner.draw(house.clock.now)
    house.clock.run(DAY)
    planner.draw(house.clock.now)
    assert max(epoch_ms(row["planned_at"]) for row in slots(house)) > house.clock.now + AHEAD_MS - DAY
    assert 1 == len({row["seed"] for row in slots(house)})


def test_a_new_schedule_draws_the_future_anew(house: House, planner: Planner) -> None:
    """An edited schedule cancels the casino's waiting slots and draws others; the other casino's stay."""
    planner.draw(house.clock.now)
    other = [row for row in slots(house) if row["casino"] == "monte"]
    write(house.folder.path, "lucky", "schedule: {presence_per_day: 24}\n")
    house.folder.look(anew=True)
    planner.draw(house.clock.now)
    ends = {(row["status"], row["reason"]) for row in slots(house) if row["casino"] == "lucky"}
    assert {("planned", None), ("cancelled", "scenario_changed")} <= ends
    assert waiting(house)["lucky", "presence"] >= 24 * 6
    assert other == [row for row in slots(house) if row["casino"] == "monte"]


def test_an_edit_that_is_no_matter_of_time_changes_no_slot(house: House, planner: Planner) -> None:
    """A new question leaves the plan as it is."""
    planner.draw(house.clock.now)
    before = slots(house)
    write(house.folder.path, "lucky", "before: []\n")
    house.folder.look(anew=True)
    planner.draw(house.clock.now)
    assert before == slots(house)


def test_a_casino_that_is_gone_is_not_planned(house: House, planner: Planner) -> None:
    """Without its file a casino's waiting slots are cancelled."""
    planner.draw(house.clock.now)
    (house.folder.path / "monte.yaml").unlink()
    house.folder.look(anew=True)
    planner.draw(house.clock.now)
    assert {"lucky"} == {casino for casino, _ in waiting(house)}


def test_an_opted_out_casino_is_not_planned(house: House, planner: Planner) -> None:
    """A casino on the list gets no slot."""
    planner.house = Manners(opted_out=frozenset({"monte"}))
    planner.draw(house.clock.now)
    assert {"lucky"} == {casino for casino, _ in waiting(house)}


def test_a_long_draw_gives_signs_of_life(house: House, planner: Planner) -> None:
    """While many casinos are judged and drawn nobody takes the daemon for hung."""
    signs = []
    planner.alive = lambda: signs.append("alive")
    planner.draw(house.clock.now)
    for_each = 3  # judged, visits read, slots read
    assert 2 * for_each == len(signs)


def test_judging_may_take_several_rounds(house: House, planner: Planner, monkeypatch: pytest.MonkeyPatch) -> None:
    """Casinos are judged a few in a round, so that no round seems hung; the plan is drawn once all are."""
    judged = []

    def slowly(casino: str) -> None:
        judged.append(casino)
        house.clock.run(MINUTE)

    monkeypatch.setattr(planner.settled, "renew", slowly)
    planner.draw(house.clock.now)
    assert (["lucky"], []) == (judged, slots(house))
    planner.draw(house.clock.now)
    assert (["lucky", "monte"], {"lucky", "monte"}) == (judged, {casino for casino, _ in waiting(house)})


def test_a_chat_that_ended_decides_the_next_hunt(house: House, planner: Planner) -> None:
    """Where hours are promised, one hunt at a time is drawn, and another only once it is known how chats ended."""
    write(house.folder.path, "lucky", "timezone: UTC\nclaims: {hours: 24/7}\n")
    house.folder.look(anew=True)
    planner.draw(house.clock.now)
    for _ in range(8):
        chats = [row for row in slots(house) if (row["casino"], row["depth"]) == ("lucky", "chat")]
        hunts = [row for row in chats if (row["mode"], row["status"]) == ("adaptive", "planned")]
        following = min((row for row in chats if row["status"] == "planned"), key=lambda row: row["planned_at"])
        assert hunts in ([], [following])
        house.clock.run(epoch_ms(following["planned_at"]) + MINUTE - house.clock.now)
        house.store.slots.claim(following["id"], iso(house.clock.now))
        house.store.slots.done(following["id"], "01P")
        planner.draw(house.clock.now)
        planner.chat_ended("lucky")
        planner.draw(house.clock.now)
    assert {"adaptive", "even"} == {row["mode"] for row in chats if row["status"] == "done"}


async def test_a_plan_that_cannot_be_drawn_stops_nobody(
    house: House, planner: Planner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bug in the plan is said once, and stored slots are done all the same."""
    monkeypatch.setattr(planner, "draw", lambda _: 1 / 0)
    house.keeper = Keeper(house.store, house.folder, house.gate, planner, house.state)
    for name in "AB":
        house.slot(name, depth="presence")
        await house.fire()
    assert dict.fromkeys("AB", ("done", None)) == house.ends()
    assert ["plan"] == [one["kind"] for one in house.events("trouble")]


async def test_slots_stored_by_hand_do_not_disturb_the_plan(house: House, planner: Planner) -> None:
    """A slot without the columns of a draw is done like any other, and the plan goes on around it."""
    house.slot("A", depth="presence")
    house.keeper = Keeper(house.store, house.folder, house.gate, planner, house.state)
    await house.fire()
    assert "done" == house.ends()["A"][0]
    assert 4 == len(waiting(house))
