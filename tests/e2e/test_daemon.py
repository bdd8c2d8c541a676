"""The real daemon over the lab: stopped, killed, its browser killed, its scenarios edited; no slot without an end."""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import signal
import socket
import time
import urllib.request
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from chatprobe.lab import Lab
from chatprobe.store.lock import daemon_of
from chatprobe.store.store import Store
from chatprobe.times import iso, now_ms
from tests.e2e.helpers import Ran, ended, scenario, start, until
from tests.e2e.test_killed import family, lost

pytestmark = pytest.mark.slow

SECOND = 1_000.0
PAGE = "bench/static/?delay=2500&close=300"
SILENT = "bench/static/?delay=600000"
"""Nobody answers there for as long as a test may take."""


class Service:
    """A folder with scenarios and a database, and the daemon that works on it."""

    def __init__(self, folder: Path, lab: Lab) -> None:
        self.folder, self.lab = folder, lab
        self.scenarios = folder / "scenarios"
        self.scenarios.mkdir()
        self.database = folder / "chatprobe.db"
        self.process: asyncio.subprocess.Process
        self.store = Store.open(self.database, create=True)

    def add(self, *casinos: str, page: str = PAGE) -> None:
        """Scenario files of the lab's smallest chat, under these names."""
        for casino in casinos:
            path = scenario(self.folder, self.lab, page, "120s")
            text = path.read_text("utf-8").replace("casino: bench-static", f"casino: {casino}")
            (self.scenarios / f"{casino}.yaml").write_text(text, encoding="utf-8")

    def plan(self, after_ms: float, *casinos: str, depth: str = "chat") -> None:
        """A slot for each, so long from now."""
        at = iso(now_ms() + after_ms)
        self.store.slots.add([{"casino": casino, "depth": depth, "planned_at": at} for casino in casinos])

    async def start(self, **variables: str) -> None:
        """The daemon as a process, waited for until it works; a slot far ahead keeps it waiting."""
        if not self.store.slots.any_open():
            self.plan(3_600 * SECOND, next(self.scenarios.iterdir()).stem)
        self.process = await start(self.folder, "daemon", "--once", "--port", "0", **variables)
        await until(lambda: self.health is not None or self.process.returncode is not None)

    @property
    def health(self) -> dict[str, Any] | None:
        """What /healthz says; None while nobody works."""
        address = (daemon_of(self.database) or {}).get("health")
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=30) as answer:
                return dict(json.load(answer))
        except (OSError, ValueError):
            return None

    async def rounds(self, count: int) -> None:
        """Wait for the end of so many rounds."""
        for _ in range(count):
            ended_at = self.round_at
            await until(lambda ended_at=ended_at: self.round_at > ended_at + 1.0)

    @property
    def round_at(self) -> float:
        """When the last round ended, in seconds of the test's clock."""
        before, health = time.monotonic(), self.health
        return before - health["round_age_s"] if health else float("-inf")

    async def stop(self) -> Ran:
        """What a service manager does."""
        relatives = family(self.process.pid)
        self.process.send_signal(signal.SIGTERM)
        ran = await ended(self.process)
        await until(lost(relatives))
        return ran

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """What the database says."""
        with self.store._connection.reading() as db:
            return list(db.execute(sql).fetchall())

    def ends(self) -> Counter[tuple[str, str | None]]:
        """How many slots ended how."""
        return Counter(self.rows("SELECT status, reason FROM slots"))

    def events(self, name: str) -> int:
        """How many events of that name there are."""
        return int(self.rows(f"SELECT count(*) FROM events WHERE name = '{name}'")[0][0])


@pytest.fixture
async def service(lab: Lab, tmp_path: Path) -> AsyncIterator[Service]:
    one = Service(tmp_path, lab)
    yield one
    if getattr(one, "process", None) and one.process.returncode is None:
        one.process.kill()
        await ended(one.process)
    one.store.close()


async def test_ten_chats_are_left_politely(service: Service) -> None:
    """SIGTERM during ten chats: all are left with thanks, every row is closed, exit 0, no process stays."""
    casinos = [f"c{number}" for number in range(10)]
    service.add(*casinos, page=SILENT)
    await service.start()
    service.plan(SECOND, *casinos)
    await until(lambda: service.events("asked") >= len(casinos))
    ran = await service.stop()
    assert 0 == ran.code
    assert {("done", None): 10, ("planned", None): 1} == service.ends()
    assert {("drain",)} >= set(service.rows("SELECT DISTINCT ended_by FROM probes WHERE outcome = 'interrupted'"))
    assert [(0,)] == service.rows("SELECT count(*) FROM probes WHERE outcome IS NULL OR finished_at IS NULL")
    assert [] == service.store.check(iso(now_ms()))
    assert b"Traceback" not in ran.err


async def test_every_line_of_the_log_is_json(service: Service) -> None:
    """Not on a terminal each line of stderr is a JSON object with a known event and no word of a transcript."""
    service.add("lucky")
    await service.start()
    service.plan(SECOND, "lucky")
    await until(lambda: service.ends()["done", None] == 1)
    ran = await service.stop()
    lines = [json.loads(line) for line in ran.err.splitlines()]
    events = [line["event"] for line in lines]
    assert (0, 1, 1) == (ran.code, events.count("probe_started"), events.count("probe_ended"))
    assert b"withdrawal" not in ran.err
    assert {("done", None): 1, ("planned", None): 1} == service.ends()
    assert {"human_reply"} == {row[0] for row in service.rows("SELECT outcome FROM probes")}


async def test_the_service_manager_is_kept_informed(service: Service) -> None:
    """It is told when the daemon is ready, that it lives, and when it stops, in this order."""
    service.add("lucky")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(str(service.folder / "notify"))
        manager.settimeout(0)
        await service.start(NOTIFY_SOCKET=str(service.folder / "notify"))
        heard: list[bytes] = []

        def listen() -> bool:
            with contextlib.suppress(BlockingIOError):
                heard.append(manager.recv(100))
            return b"WATCHDOG=1" in heard

        await until(listen)
        assert 0 == (await service.stop()).code
        with contextlib.suppress(BlockingIOError):
            while True:
                heard.append(manager.recv(100))
    assert ([b"READY=1", b"WATCHDOG=1"], b"STOPPING=1") == (heard[:2], heard[-1])


async def test_a_second_daemon_is_refused(service: Service) -> None:
    """While one works on the database another ends at once with 3 and names it; the first is not disturbed."""
    service.add("lucky")
    await service.start()
    ran = await ended(await start(service.folder, "daemon", "--port", "0"))
    assert (3, True) == (ran.code, str(service.process.pid).encode() in ran.err)
    assert service.health is not None
    assert 0 == (await service.stop()).code


async def test_a_killed_browser_costs_only_what_ran(service: Service) -> None:
    """The browser killed in one chat, its driver in another: both are closed, and the next chat has a new browser."""
    service.add("lucky", "monte", page=SILENT)
    service.add("palace")
    await service.start()
    for casino, victim in (("lucky", "chrom"), ("monte", "node"), ("palace", "nobody")):
        service.plan(SECOND, casino)
        await until(lambda casino=casino: bool(service.rows(f"{_ASKED} WHERE casino = '{casino}'")))
        for one in family(service.process.pid):
            with contextlib.suppress(psutil.NoSuchProcess):  # some end on their own when others do
                if victim in one.name():
                    one.kill()
        await until(lambda: not service.rows("SELECT 1 FROM slots WHERE status = 'running'"))
    assert 0 == (await service.stop()).code
    assert {("done", None): 3, ("planned", None): 1} == service.ends()
    outcomes = dict(service.rows("SELECT casino, outcome FROM probes"))
    assert {"lucky": "probe_fault", "monte": "probe_fault", "palace": "human_reply"} == outcomes


async def test_edits_while_it_runs(service: Service) -> None:
    """A bad edit is said once and the old text goes on; SIGHUP reads all anew; a deleted scenario is not visited."""
    service.add("lucky", "monte")
    await service.start()
    good = (service.scenarios / "lucky.yaml").read_text("utf-8")
    (service.scenarios / "lucky.yaml").write_text(good + "nonsense: 1\n", encoding="utf-8")
    (service.scenarios / "monte.yaml").unlink()
    service.process.send_signal(signal.SIGHUP)
    await service.rounds(2)
    service.plan(SECOND, "lucky", "monte")
    await until(lambda: service.ends().total() - service.ends()["planned", None] == 2)
    await until(lambda: service.ends()["running", None] == 0)
    ran = await service.stop()
    assert {("done", None): 1, ("skipped", "paused"): 1, ("planned", None): 1} == service.ends()
    events = [json.loads(line)["event"] for line in ran.err.splitlines()]
    assert (0, 1, 1, 1) == (
        ran.code,
        events.count("scenario_refused"),
        events.count("scenario_gone"),
        events.count("reloaded"),
    )


async def test_killed_again_and_again(service: Service) -> None:
    """Daemon, browser or both killed at five random moments: no event lost, nothing asked twice, every slot ends."""
    casinos = [f"c{number}" for number in range(4)]
    service.add(*casinos)
    lot = random.Random(4)
    for _ in range(5):
        await service.start()
        service.plan(SECOND, *casinos)
        asked = service.events("asking") + lot.randrange(4)
        await until(lambda asked=asked: service.events("asking") > asked)
        before = service.events("message") + service.events("asking")
        relatives = family(service.process.pid)
        for one in relatives if lot.random() < 0.5 else relatives[:1]:
            with contextlib.suppress(psutil.NoSuchProcess):
                one.kill()
        await ended(service.process)
        await until(lost(relatives))
        assert before <= service.events("message") + service.events("asking")
    await service.start()
    assert 0 == (await service.stop()).code
    assert {"done", "missed", "planned"} >= {status for status, _ in service.ends()}
    assert 1 == service.ends()["planned", None]
    assert [] == service.rows("SELECT slot_id FROM probes GROUP BY slot_id HAVING count(*) > 1")
    assert [] == [row for row in service.rows(_ASKED_TWICE) if row]
    assert [] == service.store.check(iso(now_ms()))


_ASKED = "SELECT 1 FROM events e JOIN probes p ON p.id = e.probe_id AND e.name = 'asked'"
_ASKED_TWICE = "SELECT probe_id FROM events WHERE name = 'asking' GROUP BY probe_id HAVING count(*) > 1"
