"""`chatprobe status`: what an operator sees."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from chatprobe.cli import cli
from chatprobe.daemon.clock import SystemClock
from chatprobe.daemon.health import Health
from chatprobe.daemon.state import State
from chatprobe.model import SlotReason
from chatprobe.store import Store
from chatprobe.store.lock import DaemonLock
from chatprobe.times import iso, now_ms

HOUR = 3_600_000.0
SCENARIO = "casino: lucky\nurl: https://lucky.example/\nquestions: [{id: q, text: How?}]\n"


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """A database after some visits, and a scenario folder with a good and a bad file beside it."""
    (tmp_path / "lucky.yaml").write_text(SCENARIO, encoding="utf-8")
    (tmp_path / "bad.yaml").write_text("casino: bad\n", encoding="utf-8")
    now = now_ms()
    with Store.open(tmp_path / "c.db", create=True) as store:
        store.uptime.beat(iso(now - 84 * HOUR), iso(now))
        for number, hours in enumerate((-3, -2, -1, 1, 2)):
            slot = {"id": f"S{number}", "casino": "lucky", "depth": "presence", "planned_at": iso(now + hours * HOUR)}
            store.slots.add([slot])
        store.slots.drop("S0", SlotReason.OFFLINE)
        store.slots.drop("S1", SlotReason.LAG)
        store.slots.claim("S2", iso(now - HOUR))
        row = {"id": "01P", "casino": "lucky", "depth": "presence", "cell": 7, "started_at": iso(now - HOUR)}
        store.begin(row, iso(now)).finish({"outcome": "online", "finished_at": iso(now - HOUR)})
        store.slots.done("S2", "01P")
        store.begin({**row, "id": "01R", "casino": "monte", "started_at": iso(now)}, iso(now + HOUR))
    return tmp_path / "c.db"


def facts(db: Path) -> dict[str, Any]:
    done = CliRunner().invoke(cli, ["status", "--db", str(db), "--scenarios", str(db.parent), "--json"])
    assert 0 == done.exit_code
    return dict(json.loads(done.stdout)["data"])


def test_everything_an_operator_asks_for(db: Path) -> None:
    """One document tells what runs, what comes, what was, what was lost and why, and which files are bad."""
    told = facts(db)
    assert {"alive": False} == told["daemon"]
    assert 0.5 == pytest.approx(told["uptime_week"], abs=0.001)
    assert ["01R"] == [row["id"] for row in told["running"]]
    assert ["S3", "S4"] == [row["id"] for row in told["next"]]
    assert [("lucky", "online")] == [(row["casino"], row["outcome"]) for row in told["latest"]]
    assert [("done", None), ("missed", "offline"), ("skipped", "lag")] == [
        (row["status"], row["reason"]) for row in told["slots_week"]
    ]
    assert [("lucky", "presence", 1, 1)] == [tuple(row.values()) for row in told["coverage_4_weeks"]]
    assert ([], 2) == (told["paused"], len(told["broken"]))


def test_a_person_reads_it_as_text(db: Path) -> None:
    """The same as lines: the daemon first, then what wants attention, then tables."""
    done = CliRunner().invoke(cli, ["status", "--db", str(db), "--scenarios", str(db.parent)])
    lines = done.stdout.splitlines()
    assert "daemon: not running; alive 50.0% of the last 7 days" == lines[0]
    assert lines[1].startswith("cannot be used: ")
    assert "last 7 days: 1 done, 1 missed offline, 1 skipped lag" == lines[-1]
    titles = [line for line in lines if line.endswith(":")]
    assert (["running:", "next:", "last visits:"], 3) == (titles, sum(line.startswith("  lucky") for line in lines))


def test_a_living_daemon_is_asked(db: Path) -> None:
    """Its process, address and troubles are told; one that does not answer is a trouble itself."""
    clock = SystemClock()
    state = State(clock.steady_ms())
    state.ticked_ms = clock.steady_ms()
    state.troubles["network"] = "down"
    with DaemonLock(db, {}) as lock:
        assert {"daemon": "it does not answer"} == facts(db)["daemon"]["troubles"]
        health = Health(state, clock, 0)
        lock.tell({"health": health.address})
        daemon = facts(db)["daemon"]
        health.close()
    assert (True, health.address, {"network": "down"}) == (daemon["alive"], daemon["health"], daemon["troubles"])


def test_a_paused_casino_is_named(db: Path) -> None:
    """A casino whose scenario found nothing three times running stands there with the reason and the next visit."""
    with Store.open(db) as store:
        sha = hashlib.sha256(SCENARIO.encode()).hexdigest()
        store.add_scenario("lucky", sha, SCENARIO, iso(now_ms()))
        for number in range(3):
            at = iso(now_ms() - (3 - number) * HOUR)
            row = {"id": f"01B{number}", "casino": "lucky", "depth": "chat", "started_at": at, "scenario_sha256": sha}
            store.begin(row, iso(now_ms() + HOUR)).finish({"outcome": "scenario_broken", "finished_at": at})
    assert ["lucky"] == [one["casino"] for one in facts(db)["paused"]]
    assert "found nothing usable" in facts(db)["paused"][0]["why"]


def test_without_a_database(tmp_path: Path) -> None:
    """A missing database is an error that creates nothing."""
    done = CliRunner().invoke(cli, ["status", "--db", str(tmp_path / "no.db")])
    assert (3, []) == (done.exit_code, list(tmp_path.iterdir()))
