"""Visits that manners forbid, before a browser is started."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from chatprobe.errors import BudgetRefused
from chatprobe.model import Depth, Event, EventName
from chatprobe.probe.order import Order
from chatprobe.probe.session import refuse_over_budget
from chatprobe.scenario.load import load_file
from chatprobe.settings import Limits, Settings
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


def order(folder: Path, url: str = "https://lucky.example/", **options: Any) -> Order:
    path = folder / "lucky.yaml"
    path.write_text(f"casino: lucky\nurl: {url}\nquestions: [{{id: q, text: How?}}]\n", encoding="utf-8")
    scenario = load_file(path, {})
    return Order(scenario, scenario.questions[0], "en", **options)


def refused(order: Order, store: Store) -> str | None:
    try:
        refuse_over_budget(order, store, NOW)
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


@pytest.mark.parametrize("options", [{}, {"depth": Depth.PRESENCE}, {"dry_run": True}])
def test_who_opted_out_is_not_even_looked_at(store: Store, tmp_path: Path, options: dict[str, Any]) -> None:
    """A casino on the list is refused at any depth."""
    settings = Settings(opt_out=("lucky",))
    assert "lucky: asked not to be visited" == refused(order(tmp_path, settings=settings, **options), store)
