"""Visits that manners forbid, before a browser is started."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from chatprobe.errors import BudgetRefused
from chatprobe.model import Depth, Event, EventName
from chatprobe.probe.order import Order
from chatprobe.probe.session import over_budget
from chatprobe.scenario.load import load_file
from chatprobe.settings import Limits, Period, Settings
from chatprobe.store.store import Store
from chatprobe.times import epoch_ms, iso

NOW = epoch_ms("2026-03-16T12:00:00.000Z")
HOUR = 3_600_000.0
ALL = Settings(limits=Limits(chats_per_day=2))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A database in which two other casinos were asked today, and one two days ago."""
    with Store.open(tmp_path / "c.db", create=True) as opened:
        for casino, hours in (("monte", 3), ("palace", 5), ("vault", 48)):
            at = NOW - hours * HOUR
            row = {"id": f"01{casino.upper()}", "casino": casino, "depth": "chat", "started_at": iso(at)}
            recorder = opened.begin(row, iso(at + HOUR))
            recorder.commit(Event(at, EventName.ASKING))
            recorder.finish({"outcome": "no_reply", "finished_at": iso(at)})
        yield opened


def order(folder: Path, url: str = "https://lucky.example/", more: str = "", **options: Any) -> Order:
    path = folder / "lucky.yaml"
    path.write_text(f"casino: lucky\nurl: {url}\nquestions: [{{id: q, text: How?}}]\n{more}", encoding="utf-8")
    scenario = load_file(path, {})
    return Order(scenario, scenario.questions[0], "en", **options)


def refused(order: Order, store: Store) -> str | None:
    try:
        over_budget(order, store, NOW)
    except BudgetRefused as error:
        return error.message
    return None


@pytest.mark.parametrize(
    ("limits", "allowed"),
    [
        (Limits(), True),
        (Limits(chats_per_day=3, chats_per_week=4), True),
        (Limits(chats_per_day=2), False),
        (Limits(chats_per_week=3), False),
        (Limits(agent_minutes_per_week=5), False),
        (Limits(agent_minutes_per_week=6), True),
    ],
)
def test_caps_for_all_casinos_together(store: Store, tmp_path: Path, limits: Limits, *, allowed: bool) -> None:
    """Chats at other casinos count where the settings limit all of them together, and only there."""
    said = refused(order(tmp_path, settings=Settings(limits=limits)), store)
    assert allowed == (said is None)
    assert said is None or said.startswith("all casinos together: ")


def test_looks_and_dry_runs_cost_no_chat(store: Store, tmp_path: Path) -> None:
    """What asks nothing is free, and so is what is forced or meets only this machine."""
    free = ({"depth": Depth.PRESENCE}, {"dry_run": True}, {"force": True}, {"url": "http://127.0.0.1:8000/"})
    assert [None] * 4 == [refused(order(tmp_path, settings=ALL, **options), store) for options in free]


def test_force_tells_what_it_exceeds(store: Store, tmp_path: Path) -> None:
    """All that speaks against a forced chat is told and goes into the probe's row."""
    black = order(
        tmp_path, more="schedule: {blackout: [Mon 11:00-13:00], chats_per_day: 0}\n", settings=ALL, force=True
    )
    said = over_budget(black, store, NOW)
    assert ["lucky: nobody", "lucky: 0 chats", "all casinos"] == [
        " ".join(one.split()[:n]) for one, n in zip(said, (2, 3, 2), strict=True)
    ]
    assert {"force": True, "exceeded": list(said)} == replace(black, exceeded=said).overrides()
    assert {"force": True} == order(tmp_path, force=True).overrides()


@pytest.mark.parametrize("options", [{}, {"depth": Depth.PRESENCE}, {"dry_run": True}])
def test_nobody_comes_in_a_blackout(store: Store, tmp_path: Path, options: dict[str, Any]) -> None:
    """Hours that the scenario leaves out are left out by `run`, too, at any depth; the hour after is free."""
    black = order(tmp_path, more="schedule: {blackout: [Mon 11:00-13:00]}\n", **options)
    assert "schedule.blackout" in str(refused(black, store))
    assert () == over_budget(black, store, NOW + HOUR)
    closed = order(tmp_path, settings=Settings(blackout=(Period(NOW - HOUR, NOW + HOUR),)), **options)
    assert "the settings' blackout" in str(refused(closed, store))
    assert () == over_budget(closed, store, NOW + HOUR)


def test_a_chat_that_runs_takes_its_room(store: Store, tmp_path: Path) -> None:
    """Chats under way count where all casinos are limited together before they have asked; dry runs never do."""
    for name, more in (("01R", {}), ("01D", {"overrides": {"dry_run": True}})):
        row = {"id": name, "casino": name, "depth": "chat", "started_at": iso(NOW - 1_000), **more}
        store.begin(row, iso(NOW + HOUR))
    busy, free = (order(tmp_path, settings=Settings(limits=Limits(chats_per_day=most))) for most in (3, 4))
    assert (True, None) == ("3 chats in 24 hours" in str(refused(busy, store)), refused(free, store))


@pytest.mark.parametrize("options", [{}, {"depth": Depth.PRESENCE}, {"dry_run": True}, {"force": True}])
def test_who_opted_out_is_not_even_looked_at(store: Store, tmp_path: Path, options: dict[str, Any]) -> None:
    """A casino on the list is refused at any depth, and by force, too."""
    settings = Settings(opt_out=("lucky",))
    assert "lucky: asked not to be visited" == refused(order(tmp_path, settings=settings, **options), store)
