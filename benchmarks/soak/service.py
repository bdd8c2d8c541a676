"""The daemon and the lab as processes of their own, and what is known of them from outside."""

from __future__ import annotations

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import psutil  # type: ignore[import-untyped]  # its stubs are a package of their own

from benchmarks.memory import pss_kb
from chatprobe.lab.casinos import CASINOS
from chatprobe.store.lock import daemon_of
from chatprobe.store.store import Store
from chatprobe.times import iso, now_ms

PATIENCE_S = 300.0
"""How long anything may take on a machine that is busy with other things."""
_CHATPROBE = (sys.executable, "-m", "chatprobe")
_ROOT = Path(__file__).parents[2]
"""What is measured is what stands beside this file, whatever is installed."""


class Overdue(Exception):
    """Something that had to come did not."""


def until(condition: Callable[[], Any], what: str, timeout_s: float = PATIENCE_S) -> None:
    """Wait until something holds; Overdue where it never does."""
    give_up = time.monotonic() + timeout_s
    while not condition():
        if time.monotonic() > give_up:
            raise Overdue(f"waited {timeout_s:.0f} s in vain: {what}")
        time.sleep(0.05)


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with closing(socket.socket()) as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


class LabProcess:
    """`chatprobe lab`."""

    def __init__(self, folder: Path, *options: str) -> None:
        """It serves when this returns."""
        self.port = free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self._options = options
        self._folder = folder
        self.start()

    def start(self) -> None:
        """Serve, on the same port as before."""
        command = [*_CHATPROBE, "lab", "--port", str(self.port), *self._options]
        with (self._folder / "lab.log").open("ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, cwd=_ROOT)
        until(self._serves, "the lab to serve")

    def stop(self) -> None:
        """Serve no more; what it knew is forgotten."""
        self.process.kill()
        self.process.wait()

    def truth(self) -> list[dict[str, Any]]:
        """Every visit so far, as the lab knows it."""
        return list(self._get("_truth"))

    def _serves(self) -> bool:
        with suppress(OSError):
            return bool(urlopen(f"{self.base}/_control", timeout=30).status == 204)
        return False

    def _get(self, path: str) -> Any:
        with urlopen(f"{self.base}/{path}", timeout=60) as answer:
            return json.load(answer)


class Service:
    """`chatprobe daemon` on a folder with scenarios of the lab and a database."""

    def __init__(
        self,
        folder: Path,
        lab: LabProcess,
        casinos: Iterable[str],
        database: Path | None = None,
        program: str = "chatprobe",
    ) -> None:
        """The database is in `folder` where no other is named; nothing runs yet. `program` is a module."""
        self.folder, self.lab = folder, lab
        self.database = database or folder / "chatprobe.db"
        self.scenarios = folder / "scenarios"
        self.scenarios.mkdir()
        self.variables: dict[str, str] = {}
        self.process: subprocess.Popen[bytes] | None = None
        self.left_behind: list[str] = []
        """Processes that outlived their daemon."""
        self._program = program
        self._log = folder / "daemon.log"
        (folder / "chatprobe.toml").write_text(f'control_url = "{lab.base}/_control"\n[limits]\ndisk_free_mb = 1\n')
        for casino in CASINOS:
            if casino.name in set(casinos):
                self.write(casino.name, casino.scenario_for(lab.base))
        Store.open(self.database, create=True).close()

    # --- the daemon ---------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Start it, and wait until it works. A slot far ahead keeps it from ending."""
        self._keep_waiting()
        command = [sys.executable, "-m", self._program, "daemon", "--once", "--port", "0", "--db", str(self.database)]
        environment = {**os.environ, "PYTHONPATH": str(_ROOT), **self.variables}
        with self._log.open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=self.folder, env=environment, stdout=log, stderr=log, start_new_session=True
            )
        until(lambda: self.ended() or (self.health() or {}).get("ok"), "the daemon to work")
        if self.ended():
            raise Overdue(f"the daemon ended with {self.process.returncode}: {self._log.read_text()[-500:]}")

    def ended(self) -> bool:
        """Whether it runs no more."""
        return self.process is None or self.process.poll() is not None

    def stop(self) -> tuple[int, float]:
        """As a service manager stops it; its exit code, and the seconds it took."""
        assert self.process is not None
        relatives, began = self.family(), time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        code, took = self.process.wait(PATIENCE_S), time.monotonic() - began
        self._bury(relatives)
        return code, took

    def kill(self, victims: Sequence[psutil.Process]) -> None:
        """Kill these at once; if the daemon is among them, wait for its family to go by itself."""
        assert self.process is not None
        relatives = self.family()
        for one in victims:
            with suppress(psutil.NoSuchProcess):
                one.kill()
        if any(one.pid == self.process.pid for one in victims):
            self.process.wait(PATIENCE_S)
            self._bury(relatives)

    def _bury(self, relatives: Sequence[psutil.Process]) -> None:
        _, alive = psutil.wait_procs(relatives, timeout=60)
        self.left_behind += [f"{one.pid} {one.name()}" for one in alive if one.is_running()]
        for one in alive:
            with suppress(psutil.NoSuchProcess):
                one.kill()

    def family(self) -> list[psutil.Process]:
        """The daemon, its driver, its browsers; empty where it does not run."""
        try:
            top = psutil.Process(self.process.pid if self.process else -1)
            return [top, *top.children(recursive=True)]
        except (psutil.NoSuchProcess, ValueError):
            return []

    def browsers(self) -> list[psutil.Process]:
        """All processes of its browsers."""
        found = []
        for one in self.family():
            with suppress(psutil.NoSuchProcess):
                found += [one] if "chrom" in one.name() else []
        return found

    def zombies(self) -> list[str]:
        """Dead processes that nobody has buried, after a moment in which somebody could."""
        return [str(one) for one in self.family() if _is_zombie(one) and not _gone_within(one, 10.0)]

    def pss_mb(self) -> float:
        """Memory of the whole family; pages that several share count once."""
        total = 0
        for one in self.family():
            with suppress(OSError):
                total += pss_kb(Path(f"/proc/{one.pid}/smaps_rollup").read_text("ascii"))
        return total / 1024

    def handles(self) -> int:
        """Open files, sockets and pipes of the daemon itself and of Playwright's process."""
        counts = 0
        for one in self.family():
            with suppress(psutil.NoSuchProcess):
                counts += 0 if "chrom" in one.name() else one.num_fds()
        return counts

    # --- what it works on ---------------------------------------------------------------------------------------

    def write(self, casino: str, text: str) -> Path:
        """A scenario file."""
        path = self.scenarios / f"{casino}.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    def plan(self, rows: Iterable[dict[str, Any]]) -> None:
        """Store slots."""
        with Store.open(self.database) as store:
            store.slots.add(rows)

    def plan_soon(self, casinos: Iterable[str], after_s: float = 1.0, depth: str = "chat") -> None:
        """A slot for each, so long from now."""
        at = iso(now_ms() + after_s * 1000)
        self.plan({"casino": casino, "depth": depth, "planned_at": at} for casino in casinos)

    def _keep_waiting(self) -> None:
        if not self.rows("SELECT 1 FROM slots WHERE status = 'planned' AND planned_at > ?", iso(now_ms() + 86_400_000)):
            self.plan_soon([next(self.scenarios.iterdir()).stem], 30 * 86_400.0)

    def rows(self, sql: str, *values: Any) -> list[dict[str, Any]]:
        """What the database says, by a connection of its own."""
        with closing(sqlite3.connect(f"{self.database.absolute().as_uri()}?mode=ro", uri=True, timeout=60)) as db:
            db.row_factory = sqlite3.Row
            return [dict(row) for row in db.execute(sql, values)]

    def count(self, table: str, where: str = "1") -> int:
        """How many rows of `table` there are."""
        return int(self.rows(f"SELECT count(*) AS n FROM {table} WHERE {where}")[0]["n"])

    def check(self) -> list[str]:
        """What `chatprobe db check` finds."""
        done = subprocess.run(
            [*_CHATPROBE, "db", "check", "--json", "--db", str(self.database)], capture_output=True, check=False
        )
        return list(json.loads(done.stdout)["data"]["problems"])

    def health(self) -> dict[str, Any] | None:
        """What /healthz says; None while nobody answers."""
        address = (daemon_of(self.database) or {}).get("health")
        with suppress(OSError, ValueError), urlopen(f"{address}/healthz", timeout=30) as answer:
            return dict(json.load(answer))
        return None

    def log(self, event: str) -> list[dict[str, Any]]:
        """The log's lines of that event, of all daemons so far."""
        lines = [line for line in self._log.read_bytes().splitlines() if line.startswith(b"{")]
        return [one for line in lines if (one := json.loads(line))["event"] == event]

    def tracebacks(self) -> int:
        """How many lines of the log are no events: a traceback of ours."""
        return sum(line.startswith(b"Traceback") for line in self._log.read_bytes().splitlines())


def _is_zombie(one: psutil.Process) -> bool:
    try:
        return bool(one.status() == psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def _gone_within(one: psutil.Process, timeout_s: float) -> bool:
    give_up = time.monotonic() + timeout_s
    while time.monotonic() < give_up:
        if not _is_zombie(one):
            return True
        time.sleep(0.1)
    return False
