"""A slot from its time to its end."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from chatprobe.daemon.worker import FIRST_REST_MS
from chatprobe.errors import BrowserMissing, BudgetRefused, DatabaseError
from chatprobe.model import Depth, Outcome
from chatprobe.plan.desk import House as Manners
from chatprobe.times import iso
from tests.daemon.conftest import MINUTE, House, write


async def test_a_slot_becomes_a_probe(house: House) -> None:
    """A slot whose time has come is probed once with the scenario as it is, and is done with that probe's id."""
    house.slot("A")
    await house.fire()
    await house.fire()
    errand = house.dispatch.errands[0]
    assert (1, "A", Depth.CHAT, "lucky") == (
        len(house.dispatch.errands),
        errand.slot_id,
        errand.depth,
        errand.scenario.casino,
    )
    assert {"A": ("done", None)} == house.ends()
    row = house.store.slots.between(iso(house.clock.now), iso(house.clock.now + 1))[0]
    assert (house.store.probe("last")["id"], iso(house.clock.now)) == (row["probe_id"], row["claimed_at"])
    assert {("chat", "human_reply"): 1} == house.state.probes
    assert ["human_reply"] == [one["outcome"] for one in house.events("probe_ended")]


async def test_one_visitor_at_a_casino(house: House) -> None:
    """While a probe visits a casino its next slot waits, that of another casino does not."""
    house.dispatch.hold = True
    for name, casino in (("A", "lucky"), ("B", "lucky"), ("C", "monte")):
        house.slot(name, casino)
    await house.fire()
    assert ["lucky", "monte"] == sorted(errand.scenario.casino for errand in house.dispatch.errands)
    assert ("planned", None) == house.ends()["B"]
    await house.let_go()
    await house.fire()
    assert dict.fromkeys("ABC", ("done", None)) == house.ends()


async def test_no_more_at_once_than_allowed(house: House) -> None:
    """With room for one, the second slot waits for the first."""
    house.worker.at_once = 1
    house.dispatch.hold = True
    house.slot("A", "lucky")
    house.slot("B", "monte")
    await house.fire()
    assert 1 == len(house.dispatch.errands)


async def test_a_slot_that_waited_too_long_is_missed(house: House) -> None:
    """A casino that was busy for longer than the grace costs the second slot: it overran."""
    house.dispatch.hold = True
    house.slot("A")
    house.slot("B", after_ms=1)
    house.clock.run(1)
    await house.fire()
    for _ in range(13):  # the heartbeat goes on
        house.clock.run(MINUTE / 2)
        await asyncio.to_thread(house.keeper.round)
    await house.let_go()
    assert {"A": ("done", None), "B": ("missed", "overrun")} == house.ends()


BLACKOUT = "schedule: {blackout: [Mon 11:00-13:00]}\n"


async def test_nobody_is_visited_in_a_blackout_of_the_settings(house: House) -> None:
    """Slots of the stretch that the settings leave out are skipped at every casino; afterwards all goes on."""
    now = house.clock.now
    house.gate.house = Manners(closed=((now - MINUTE, now + MINUTE),))
    house.slot("A")
    house.slot("B", "monte", "presence")
    await house.fire()
    house.clock.run(MINUTE)
    house.slot("C")
    await house.fire()
    skipped = ("skipped", "blackout")
    assert {"A": skipped, "B": skipped, "C": ("done", None)} == house.ends()


@pytest.mark.parametrize("reason", ["opt_out", "blackout", "paused", "lag", "offline", "budget"])
async def test_reasons_not_to_go(house: House, reason: str) -> None:
    """Each reason not to go, known when the time has come, closes the slot with its name, and no probe is opened."""
    _bring_about(house, reason)
    house.slot("A")
    await house.fire()
    assert {"A": ("missed" if reason == "offline" else "skipped", reason)} == house.ends()
    assert "slot_dropped" in [one["event"] for one in house.said]
    assert [] == [row for row in house.store.history("lucky", "2026") if row["slot_id"] == "A"]


def _bring_about(house: House, reason: str) -> None:
    if reason == "opt_out":
        house.gate.house = Manners(opted_out=frozenset({"lucky"}))
    elif reason == "blackout":
        write(house.folder.path, "lucky", BLACKOUT)
        house.keeper.anew = True
    elif reason == "paused":
        for number in (3, 2, 1):
            _visited(house, number * 60, "scenario_broken")
    elif reason == "lag":
        _slow_pages(house, 80.0, 150.0, 900.0)
    elif reason == "offline":
        house.dispatch.reachable = False
    else:
        house.dispatch.error = BudgetRefused("enough")


def _visited(house: House, minutes_ago: float, outcome: str, **columns: Any) -> None:
    """A chat at `lucky` that began so long ago and took no time."""
    scenario, at = house.folder.scenarios["lucky"], iso(house.clock.now - minutes_ago * MINUTE)
    house.store.add_scenario("lucky", scenario.sha256, scenario.yaml, at)
    row = {"id": f"01V{minutes_ago:04}", "casino": "lucky", "depth": "chat", "started_at": at}
    recorder = house.store.begin({**row, "scenario_sha256": scenario.sha256}, iso(house.clock.now + 1))
    recorder.finish({"outcome": outcome, "finished_at": at, **columns})


def _slow_pages(house: House, *lags_ms: float) -> None:
    """Chats that ended some minutes ago, the longest lag of each's page."""
    for number, lag in enumerate(lags_ms):
        _visited(house, 4 - number, "human_reply", page_lag_ms=lag)


@pytest.mark.parametrize("lags", [(900.0, 900.0), (80.0, 90.0, 900.0)])
async def test_a_page_that_is_slow_by_itself_stops_nobody(house: House, lags: tuple[float, ...]) -> None:
    """One slow page among others, or a few alone, say nothing about this machine."""
    _slow_pages(house, *lags)
    house.slot("A")
    await house.fire()
    assert {"A": ("done", None)} == house.ends()


async def test_lag_does_not_keep_from_looking(house: House) -> None:
    """A machine too slow to time a chat still looks whether the chat is offered; when it keeps up chats go on."""
    _slow_pages(house, 80.0, 150.0, 900.0)
    house.slot("A", depth="presence")
    await house.fire()
    house.clock.run(5 * MINUTE)
    house.slot("B")
    await house.fire()
    assert {"A": ("done", None), "B": ("done", None)} == house.ends()


async def test_a_paused_casino_is_said_once_and_its_return_too(house: House) -> None:
    """The pause is told with its reason at the first slot it costs, and its end when a slot is taken again."""
    for number in (3, 2, 1):
        _visited(house, number * 60, "scenario_broken")
    for name in "AB":
        house.slot(name)
        await house.fire()
    assert ["lucky"] == [one["casino"] for one in house.events("casino_paused")]
    assert "found nothing usable" in house.state.paused["lucky"]
    write(house.folder.path, "lucky", "claims: {first_reply: 1m}\n")
    house.keeper.anew = True
    house.keeper.round()
    assert {} == house.state.paused
    house.slot("C")
    await house.fire()
    assert ("done", None) == house.ends()["C"]
    assert 1 == len(house.events("casino_resumed"))


async def test_a_browser_that_does_not_start_is_left_alone_for_a_while(house: House) -> None:
    """The slot is done with a probe that says so; nobody tries again until the rest is over, each twice as long."""
    house.dispatch.error = BrowserMissing("it does not start")
    house.slot("A")
    await house.fire()
    house.slot("B")
    await house.fire()
    assert {"A": ("done", None), "B": ("planned", None)} == house.ends()
    assert "probe_fault" == house.store.probe("last")["outcome"]
    house.clock.run(FIRST_REST_MS)
    await house.fire()
    house.slot("C")
    house.clock.run(FIRST_REST_MS)
    await house.fire()
    assert 2 == len(house.dispatch.errands)
    house.dispatch.error = None
    house.clock.run(FIRST_REST_MS)
    await house.fire()
    assert dict.fromkeys("ABC", ("done", None)) == house.ends()
    assert (["browser"], ["browser"], {}) == (
        [one["kind"] for one in house.events("trouble")],
        [one["kind"] for one in house.events("trouble_over")],
        house.state.troubles,
    )


async def test_failures_of_one_moment_are_one_failure(house: House) -> None:
    """Two probes that find no browser together cost the first rest, not the second, longer one."""
    house.dispatch.error = BrowserMissing("it does not start")
    house.slot("A", "lucky")
    house.slot("B", "monte")
    await house.fire()
    house.dispatch.error = None
    house.clock.run(FIRST_REST_MS)
    house.slot("C")
    await house.fire()
    assert dict.fromkeys("ABC", ("done", None)) == house.ends()


@pytest.mark.parametrize("error", [RuntimeError("a bug"), DatabaseError("locked")])
async def test_a_probe_that_fails_touches_no_other(house: House, error: Exception) -> None:
    """One probe's bug is said, its slot is closed as an overrun, and the other casino's probe ends as ever."""
    house.dispatch.error = error
    house.slot("A")
    await house.fire()
    house.dispatch.error = None
    house.slot("B", "monte")
    await house.fire()
    assert {"A": ("missed", "overrun"), "B": ("done", None)} == house.ends()
    assert 1 == len(house.events("trouble"))


async def test_nothing_begins_once_stopped(house: House) -> None:
    """After the stop a slot whose time comes stays as it is."""
    house.worker.stop.set()
    house.slot("A")
    await house.fire()
    assert ({"A": ("planned", None)}, []) == (house.ends(), house.dispatch.errands)


async def test_the_network_is_said_to_be_down_once(house: House) -> None:
    """Slots while our own network is down are each missed; the trouble is said once, and when it is over."""
    house.dispatch.reachable = False
    for name in "AB":
        house.slot(name)
        await house.fire()
    house.dispatch.reachable = True
    house.slot("C")
    await house.fire()
    assert {"A": ("missed", "offline"), "B": ("missed", "offline"), "C": ("done", None)} == house.ends()
    assert (1, 1) == (len(house.events("trouble")), len(house.events("trouble_over")))


async def test_a_slot_of_a_casino_without_a_scenario(house: House) -> None:
    """A casino whose file is gone is not visited: the plan changed; with a file that cannot be read it is paused."""
    house.slot("A", "nobody")
    await house.fire()
    (house.folder.path / "bad.yaml").write_text("casino: bad\n", encoding="utf-8")
    house.keeper.anew = True
    house.slot("B", "bad")
    await house.fire()
    assert {"A": ("cancelled", "scenario_changed"), "B": ("skipped", "paused")} == house.ends()


async def test_an_edit_holds_from_the_next_probe_on(house: House) -> None:
    """The errand carries the text as it is when its time has come."""
    house.slot("A")
    write(house.folder.path, "lucky", "claims: {first_reply: 1m}\n")
    await asyncio.to_thread(house.keeper.round)
    await house.fire()
    assert "first_reply" in house.dispatch.errands[0].scenario.yaml
    assert Outcome.HUMAN_REPLY == house.store.probe("last")["outcome"]


async def test_the_doctor_is_sent_once_when_a_scenario_breaks(house: House) -> None:
    """After the first visit that found nothing usable he looks, in the same errand; after the second he does not."""
    house.dispatch.outcome = Outcome.SCENARIO_BROKEN
    house.slot("A")
    await house.fire()
    assert (["lucky"], {"A": ("done", None)}) == (house.dispatch.examined, house.ends())
    assert ["chat.launcher is broken"] == [one["said"] for one in house.events("scenario_examined")]
    house.clock.run(MINUTE)
    house.slot("B")
    await house.fire()
    assert ["lucky"] == house.dispatch.examined


async def test_a_doctor_who_cannot_look_stops_nothing(house: House) -> None:
    """Where somebody else visits the casino at that moment, its slot is done all the same, and nobody is alarmed."""
    house.dispatch.outcome = Outcome.SCENARIO_BROKEN
    house.dispatch.refused = BudgetRefused("another probe is visiting this casino now")
    house.slot("A")
    await house.fire()
    assert ([], {"A": ("done", None)}) == (house.dispatch.examined, house.ends())
    assert {} == house.state.troubles


async def test_the_operator_is_told_what_to_write(house: House) -> None:
    """The message that a casino is paused names what the doctor proposes."""
    told: list[str] = []
    house.state.tell = lambda _event, _about, text: told.append(text)
    house.dispatch.outcome = Outcome.SCENARIO_BROKEN
    for name in "ABCD":
        house.slot(name)
        await house.fire()
        house.clock.run(MINUTE)
    assert ("skipped", "paused") == house.ends()["D"]
    assert told[0].endswith(
        "The doctor: chat.launcher is broken; write: #new, which worked when it was tried. Try: chatprobe doctor lucky"
    )
