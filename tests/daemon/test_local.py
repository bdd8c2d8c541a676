"""Probes in the daemon's own process."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from chatprobe.browser.context import Browsers
from chatprobe.browser.launch import find_browser
from chatprobe.daemon.dispatch import Errand
from chatprobe.daemon.local import LocalDispatch
from chatprobe.errors import BrowserMissing, BudgetRefused
from chatprobe.lab import Lab
from chatprobe.model import Depth, Outcome
from chatprobe.scenario.load import load_file
from chatprobe.settings import Settings
from chatprobe.store import Store
from chatprobe.times import iso, now_ms
from tests.daemon.fakes import HandClock

SCENARIO = "casino: lucky\nurl: {url}\nquestions: [{{id: q1, text: How?}}]\n"


def errand(store: Store, folder: Path, url: str, depth: Depth = Depth.PRESENCE) -> Errand:
    """A stored slot and its scenario."""
    path = folder / "lucky.yaml"
    path.write_text(SCENARIO.format(url=url), encoding="utf-8")
    planned_at = iso(now_ms())
    store.slots.add([{"id": "S", "casino": "lucky", "depth": str(depth), "planned_at": planned_at}])
    return Errand("S", planned_at, depth, load_file(path, {}))


async def test_a_planned_probe_is_a_row_that_names_its_slot(store: Store, tmp_path: Path) -> None:
    """The probe's row has origin `plan`, the slot and its time; statistics go by that."""
    async with Lab() as lab, Browsers(find_browser()) as browsers:
        one = errand(store, tmp_path, lab.url("bench/static"))
        made = await LocalDispatch(store, browsers, Settings(vantage="here"), HandClock()).probe(one, asyncio.Event())
    row = store.probe(made.probe_id)
    assert ("plan", "S", one.planned_at, "presence", "here") == tuple(
        row[name] for name in ("origin", "slot_id", "planned_at", "depth", "vantage")
    )
    assert made.outcome == Outcome(row["outcome"])


async def test_our_own_network_is_known_by_the_control_address(store: Store) -> None:
    """Online while the address answers, offline once it does not; an answer is relied on for half a minute."""
    clock = HandClock()
    async with Browsers(find_browser()) as browsers:
        async with Lab() as lab:
            dispatch = LocalDispatch(store, browsers, Settings(control_url=lab.control_url), clock)
            assert await dispatch.online()
        assert await dispatch.online()
        clock.run(30_000)
        assert not await dispatch.online()
        dispatch.settings = Settings()
        assert await dispatch.online()  # without an address there is no way to tell


async def test_a_browser_that_does_not_start(store: Store, tmp_path: Path) -> None:
    """A program that is no browser: BrowserMissing, and the row is closed as our own fault."""
    fake = tmp_path / "browser"
    fake.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    fake.chmod(0o700)
    async with Lab() as lab, Browsers(fake) as browsers:
        one = errand(store, tmp_path, lab.url("bench/static"))
        with pytest.raises(BrowserMissing):
            await LocalDispatch(store, browsers, Settings(), HandClock()).probe(one, asyncio.Event())
    row = store.probe("last")
    assert ("probe_fault", "S") == (row["outcome"], row["slot_id"])


async def test_over_budget_nothing_is_opened(store: Store, tmp_path: Path) -> None:
    """Where manners forbid the visit there is no row."""
    async with Browsers(find_browser()) as browsers:
        dispatch = LocalDispatch(store, browsers, Settings(opt_out=("lucky",)), HandClock())
        with pytest.raises(BudgetRefused):
            await dispatch.probe(errand(store, tmp_path, "https://lucky.example/", Depth.CHAT), asyncio.Event())
    assert [] == store.history("lucky", "2000")
