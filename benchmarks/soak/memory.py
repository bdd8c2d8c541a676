"""Many probes in one process: what it takes of memory and of file handles, after the first fifty and at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from benchmarks.soak.service import LabProcess, Overdue, Service, until
from chatprobe.times import iso, now_ms

NAMES = ("lucky", "orbit", "fjord", "velvet", "metro", "castle", "lumiere", "incognito", "relay", "matryoshka")
BATCH = 50
"""Probes between two looks; a browser serves as many before it is replaced."""
TURN_S = 12.0
"""From one probe at a casino to the next, so that they do not pile up."""
MOST = 1.3
_TRIES = 4
"""What a busy machine began too late is planned anew, so often."""


@dataclass(frozen=True)
class Look:
    """What the daemon, its driver and its browsers take with nothing running."""

    probes: int
    pss_mb: float
    daemon_mb: float
    """Of that the daemon's own process."""
    handles: int


@dataclass
class Found:
    """The looks, and what was wrong."""

    looks: list[Look] = field(default_factory=list)
    outcomes: Counter[str] = field(default_factory=Counter)
    dropped: Counter[str] = field(default_factory=Counter)
    """Slots that did not become a probe, and were planned anew."""
    wrong: list[str] = field(default_factory=list)

    @property
    def growth(self) -> float:
        """Memory at the end, as a multiple of that after the first batch."""
        return self.looks[-1].pss_mb / self.looks[0].pss_mb


def endure(folder: Path, probes: int) -> Found:
    """Have one daemon do `probes` probes, half of them chats."""
    found = Found()
    lab = LabProcess(folder)
    service = Service(folder, lab, NAMES, program="benchmarks.soak.unhurried")
    try:
        service.start()
        for done in range(BATCH, probes + 1, BATCH):
            for _ in range(_TRIES):
                _batch(service, done - _done(service))
            if _done(service) < done:
                raise Overdue(f"{_done(service)} probes of {done}")
            found.looks.append(_look(service, done))
        code, _ = service.stop()
        _judge(service, found, code)
    finally:
        for one in service.family():
            one.kill()
        lab.stop()
    return found


def _done(service: Service) -> int:
    return service.count("slots", "status = 'done'")


def _batch(service: Service, probes: int) -> None:
    """So many more slots, to their end: chats and looks in turn, every casino as often."""
    begin = now_ms() + 1_000
    rows = [
        {"casino": casino, "depth": ("chat", "presence")[number // len(NAMES) % 2], "planned_at": iso(at)}
        for number, casino in enumerate(islice(cycle(NAMES), probes))
        for at in [begin + number // len(NAMES) * TURN_S * 1000 + number % len(NAMES) * 700]
    ]
    service.plan(rows)
    open_ = "status = 'running' OR (status = 'planned' AND planned_at < ?)"
    soon = iso(begin + 3_600_000)
    until(lambda: not service.rows(f"SELECT 1 FROM slots WHERE {open_}", soon), f"{probes} slots to end", 1_200)
    until(lambda: (service.health() or {}).get("running") == [], "the last of them to be gone")


def _look(service: Service, done: int) -> Look:
    own = service.family()[0].memory_full_info().pss / 2**20
    return Look(done, service.pss_mb(), own, service.handles())


def _judge(service: Service, found: Found, code: int) -> None:
    looks = found.looks
    found.outcomes = Counter(row["outcome"] for row in service.rows("SELECT outcome FROM probes"))
    ends = service.rows(
        "SELECT reason, count(*) AS n FROM slots WHERE status NOT IN ('done', 'planned') GROUP BY reason"
    )
    found.dropped = Counter({row["reason"]: row["n"] for row in ends})
    ours = service.count("probes", "side = 'ours'")
    checks: Sequence[tuple[bool, Any]] = (
        (found.growth <= MOST, f"memory grew to {found.growth:.2f} times"),
        (max(one.handles for one in looks) <= looks[0].handles + 5, f"handles: {[one.handles for one in looks]}"),
        (ours == 0, f"{ours} probes ended on our side"),
        (code == 0, f"it ended with {code}"),
        (not service.left_behind, f"left behind: {service.left_behind}"),
        (not (problems := service.check()), f"db check: {problems}"),
    )
    found.wrong += [said for right, said in checks if not right]
