"""A probe killed, stopped or interrupted at any moment: nothing lost, nothing asked twice, nothing left behind."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sqlite3
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from chatprobe.lab import Lab
from chatprobe.store.store import Store
from chatprobe.times import iso, now_ms
from tests.e2e.helpers import chatprobe, ended, scenario, start, until

pytestmark = pytest.mark.slow

AT_ONCE = 4
PAGE = "bench/static/?delay=2500"
QUESTION = "How long does a withdrawal take?"


def names(database: Path) -> list[str]:
    """The names of the events written so far."""
    if not database.exists():
        return []
    with contextlib.closing(sqlite3.connect(database, timeout=30)) as db:
        if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'events'").fetchone():
            return []  # the tables are still to come
        return [row[0] for row in db.execute("SELECT name FROM events ORDER BY seq")]


def column(database: Path, name: str) -> list[object]:
    with contextlib.closing(sqlite3.connect(database)) as db:
        return [row[0] for row in db.execute(f"SELECT {name} FROM probes ORDER BY started_at")]


def written(*wanted: str, times: int = 1) -> Callable[[Path], bool]:
    """Whether the events are in the database."""
    return lambda database: all(names(database).count(name) >= times for name in wanted)


MOMENTS: dict[str, Callable[[Path], bool]] = {
    "at once": lambda _: True,
    "when the database is there": lambda database: database.exists(),
    "when its row is there": lambda database: bool(names(database)) or _rows(database) > 0,
    "when the page has loaded": written("step_ok"),
    "when the box is found": written("step_ok", times=2),
    "when the question is about to be sent": written("asking"),
    "when it was sent": written("act"),
    "when it stands in the chat": written("echo"),
    "when asking is over": written("asked"),
    "when the answer has come": lambda database: "message" in names(database)[_place(database, "asked") :],
    "when the thanks are sent": written("echo", times=2),
    "when it is over": written("ended"),
}


def _place(database: Path, name: str) -> int:
    """Where an event stands; behind the end where it does not."""
    seen = names(database)
    return seen.index(name) if name in seen else len(seen) + 1_000


def _rows(database: Path) -> int:
    try:
        return len(column(database, "id")) if database.exists() else 0
    except sqlite3.OperationalError:
        return 0


def family(pid: int) -> list[psutil.Process]:
    """A process and all it started."""
    try:
        top = psutil.Process(pid)
        return [top, *top.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def lost(processes: list[psutil.Process]) -> Callable[[], bool]:
    """Whether all of them are gone."""
    return lambda: not [one for one in processes if one.is_running() and one.status() != psutil.STATUS_ZOMBIE]


async def test_a_kill_at_any_moment_loses_nothing(lab: Lab, tmp_path: Path) -> None:
    """Killed at twelve moments, each database opens, holds what it held, and is closed by the next start."""
    gate = asyncio.Semaphore(AT_ONCE)

    async def one(number: int, moment: Callable[[Path], bool]) -> int:
        folder = tmp_path / str(number)
        folder.mkdir()
        async with gate:
            process = await start(folder, "run", scenario(folder, lab, PAGE, "6s"), "--db", "probes.db")
            database = folder / "probes.db"
            await until(lambda: moment(database) or process.returncode is not None)
            before = names(database)
            relatives = family(process.pid)
            with contextlib.suppress(ProcessLookupError):  # the last moments may come after its end
                process.kill()
            await ended(process)
            await until(lost(relatives))
        if database.exists():
            assert before == names(database)[: len(before)]
            with Store.open(database, create=True) as store:
                store.recover(iso(now_ms()))
                assert [] == store.check(iso(now_ms()))
            assert set(column(database, "outcome")) <= {"interrupted", "human_reply", "no_reply"}
            assert None not in column(database, "finished_at")
        return before.count("asking")

    asked = await asyncio.gather(*(one(n, moment) for n, moment in enumerate(MOMENTS.values())))
    heard = sum(text == QUESTION for visit in lab.truth("bench/static") for _, text in visit.visitor)
    assert sum(asked) == pytest.approx(heard, abs=1)  # one was killed between the note and the act
    assert [0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1] == asked
    assert heard <= sum(bool(visit.visitor) for visit in lab.truth("bench/static"))


async def test_the_next_run_closes_what_was_killed(lab: Lab, tmp_path: Path) -> None:
    """`run` after a kill closes the killed probe as interrupted, with its wait, and asks anew under another id."""
    path = scenario(tmp_path, lab, f"{PAGE}&close=300", "60s")
    process = await start(tmp_path, "run", path)
    await until(lambda: "asked" in names(tmp_path / "chatprobe.db"))
    process.kill()
    await ended(process)
    ran = await chatprobe(tmp_path, "run", path)
    assert 0 == ran.code
    assert ["interrupted", "human_reply"] == column(tmp_path / "chatprobe.db", "outcome")
    assert None not in column(tmp_path / "chatprobe.db", "waited_ms")


def interrupt(process: asyncio.subprocess.Process) -> None:
    """Ctrl-C, as a terminal does it: to the whole group, browser included."""
    os.killpg(process.pid, signal.SIGINT)


def terminate(process: asyncio.subprocess.Process) -> None:
    """What a service manager sends, to the program alone."""
    process.send_signal(signal.SIGTERM)


async def test_stopping_leaves_politely(lab: Lab, tmp_path: Path) -> None:
    """Stopped after asking: exit 130, the widget's own end control used, the row closed, no process left."""
    lucky = next(casino.scenario for casino in lab.casinos if casino.name == "lucky")

    async def one(stop: Callable[[asyncio.subprocess.Process], None]) -> None:
        folder = tmp_path / stop.__name__
        folder.mkdir()
        process = await start(folder, "run", lucky, CHATPROBE_LAB=lab.base)
        await until(lambda: "asked" in names(folder / "chatprobe.db"))
        relatives = family(process.pid)
        stop(process)
        ran = await ended(process)
        await until(lost(relatives))
        assert 130 == ran.code
        outcomes, ends = (column(folder / "chatprobe.db", name) for name in ("outcome", "ended_by"))
        assert (["drain"], True) == (ends, outcomes[0] in ("interrupted", "human_reply"))
        assert b"Traceback" not in ran.err

    await asyncio.gather(one(interrupt), one(terminate))
    assert [True, True] == [visit.ended for visit in lab.truth("lucky")]


async def test_stopping_before_asking_asks_nothing(lab: Lab, tmp_path: Path) -> None:
    """Stopped while the page loads: exit 130, nothing sent, the row closed."""

    async def one(stop: Callable[[asyncio.subprocess.Process], None], page: str) -> None:
        folder = tmp_path / stop.__name__
        folder.mkdir()
        process = await start(folder, "run", scenario(folder, lab, page))
        await until(lambda: bool(lab.truth(page)))
        relatives = family(process.pid)
        stop(process)
        ran = await ended(process)
        await until(lost(relatives))
        assert (130, ["interrupted"]) == (ran.code, column(folder / "chatprobe.db", "outcome"))
        assert [] == lab.truth(page)[-1].visitor

    await asyncio.gather(one(interrupt, "hostile/busy-load"), one(terminate, "hostile/alert-storm"))


async def test_a_second_interrupt_ends_at_once(lab: Lab, tmp_path: Path) -> None:
    """Who presses Ctrl-C twice does not wait for politeness; the next start closes the row."""
    process = await start(tmp_path, "run", scenario(tmp_path, lab, PAGE, "60s"))
    await until(lambda: "asked" in names(tmp_path / "chatprobe.db"))
    relatives = family(process.pid)
    assert process.stderr is not None
    interrupt(process)
    while b"stopping" not in await process.stderr.readline():
        continue
    interrupt(process)
    assert 130 == (await ended(process)).code
    await until(lost(relatives))
    with Store.open(tmp_path / "chatprobe.db", create=True) as store:
        store.recover(iso(now_ms()))
    assert ["interrupted"] == column(tmp_path / "chatprobe.db", "outcome")
