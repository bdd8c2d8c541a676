"""The daemon as a whole, on the real clock, with a dispatch that needs no browser."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from chatprobe.daemon.clock import SystemClock
from chatprobe.daemon.daemon import Daemon
from chatprobe.daemon.folder import Folder
from chatprobe.settings import Limits, Settings
from chatprobe.store import Store
from chatprobe.times import epoch_ms, iso, now_ms
from tests.daemon.fakes import RowDispatch

PATIENCE_S = 60


@pytest.fixture
def dispatch(store: Store) -> RowDispatch:
    return RowDispatch(store, now_ms)


def make(store: Store, scenarios: Path, dispatch: RowDispatch) -> Daemon:
    daemon = Daemon(store, Folder(scenarios, {}), dispatch, SystemClock(), once=True)
    daemon.round_s = 0.05
    return daemon


def plan(store: Store, *after_ms: float, casino: str = "lucky") -> None:
    now = now_ms()  # looks: a chat is not begun on a machine that is out of breath, as one with tests may be
    store.slots.add([{"casino": casino, "depth": "presence", "planned_at": iso(now + after)} for after in after_ms])


def rows(store: Store) -> list[dict[str, Any]]:
    return store.slots.between("2000", "3000")


@asynccontextmanager
async def started(daemon: Daemon) -> AsyncIterator[asyncio.Event]:
    """The daemon at work, given the event that stops it; at the end of the block it is waited for."""
    stop = asyncio.Event()
    running = asyncio.create_task(daemon.run(stop))
    async with asyncio.timeout(PATIENCE_S):
        await daemon.ready.wait()
        yield stop
        await running


async def test_stored_slots_are_done_at_their_times(
    store: Store, scenarios: Path, dispatch: RowDispatch, said: list[dict[str, Any]]
) -> None:
    """Each slot is claimed at its time and not before, in order; the daemon ends after the last."""
    async with started(make(store, scenarios, dispatch)):
        plan(store, 0, 300, 600)
    assert ["done"] * 3 == [row["status"] for row in rows(store)]
    assert [row["id"] for row in rows(store)] == [errand.slot_id for errand in dispatch.errands]
    assert [] == [row for row in rows(store) if epoch_ms(row["claimed_at"]) < epoch_ms(row["planned_at"])]
    assert {"daemon_started", "probe_started", "probe_ended", "daemon_stopping", "daemon_stopped"} <= {
        one["event"] for one in said
    }


async def test_stopping_lets_what_runs_leave(
    store: Store, scenarios: Path, dispatch: RowDispatch, said: list[dict[str, Any]]
) -> None:
    """Told to stop, the running probe is asked to leave and its slot is done; nothing new begins."""
    dispatch.hold = True
    async with started(make(store, scenarios, dispatch)) as stop:
        plan(store, 0)
        plan(store, 3_600_000, casino="monte")
        await dispatch.holding.wait()
        stop.set()
    assert {"lucky": "done", "monte": "planned"} == {row["casino"]: row["status"] for row in rows(store)}
    assert "interrupted" == store.probe("last")["outcome"]
    assert [1] == [one["running"] for one in said if one["event"] == "daemon_stopping"]


async def test_what_does_not_leave_is_cut_off(store: Store, scenarios: Path, dispatch: RowDispatch) -> None:
    """A probe that does not hear the stop is cut off at the limit; a later start closes it."""
    dispatch.hold = dispatch.deaf = True
    daemon = make(store, scenarios, dispatch)
    daemon.drain_s = 0.05
    async with started(daemon) as stop:
        plan(store, 0)
        await dispatch.holding.wait()
        stop.set()
    assert (0, "running") == (dispatch.held, rows(store)[0]["status"])
    store.recover(iso(now_ms() + 3_600_000))
    async with started(make(store, scenarios, dispatch)):
        assert ["done"] == [row["status"] for row in rows(store)]


async def test_settings_are_gone_by(store: Store, scenarios: Path, dispatch: RowDispatch) -> None:
    """An opted-out casino is skipped, and no more run at once than the settings allow."""
    daemon = make(store, scenarios, dispatch)
    daemon.use(Settings(opt_out=("monte",), limits=Limits(at_once=1)))
    async with started(daemon):
        plan(store, 0)
        plan(store, 0, casino="monte")
    expected = {"lucky": ("done", None), "monte": ("skipped", "opt_out")}
    assert expected == {row["casino"]: (row["status"], row["reason"]) for row in rows(store)}


async def test_a_bug_in_a_round_is_said_and_survived(
    store: Store, scenarios: Path, dispatch: RowDispatch, said: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rounds that fail for a reason nobody foresaw are said once, and the daemon goes on."""
    daemon = make(store, scenarios, dispatch)
    real, failures = store.uptime.beat, iter([True] * 3)

    def beat(since: str, at: str) -> None:
        if next(failures, False):
            raise ZeroDivisionError
        real(since, at)

    monkeypatch.setattr(store.uptime, "beat", beat)
    async with started(daemon):
        plan(store, 0)
    assert ["done"] == [row["status"] for row in rows(store)]
    assert ["ZeroDivisionError: "] == [one["what"] for one in said if one["event"] == "trouble"]
    assert 1 == len([one for one in said if one["event"] == "trouble_over"])
