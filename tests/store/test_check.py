"""`db check` and `db migrate`, on files that were spoilt on purpose."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from chatprobe.cli.db import db
from chatprobe.store import Store
from chatprobe.store.migrations import steps

if TYPE_CHECKING:
    from tests.store.conftest import Begin

FINISHED = "2026-03-02T10:05:00.000Z"

SPOILT = [
    ("UPDATE probes SET outcome = 'answered'", "probes.outcome: 'answered' is no name of the list"),
    ("UPDATE probes SET side = 'ours'", "probes.side: 'ours' stands with the outcome online"),
    ("UPDATE probes SET side = NULL", "probes.side: None stands with the outcome online"),
    ("UPDATE probes SET ended_by = 'boredom'", "probes.ended_by: 'boredom' is no name of the list"),
    ("UPDATE messages SET speaker = 'agent'", "messages.speaker: 'agent' is no name of the list"),
    ("UPDATE messages SET evidence = '{'", "messages.evidence: 1 rows hold no valid JSON"),
    ("UPDATE probes SET overrides = 'yes'", "probes.overrides: 1 rows hold no valid JSON"),
    (
        "UPDATE probes SET started_at = '2026-03-02 10:00'",
        "probes.started_at: 1 rows hold no time of the form 2026-01-31T12:00:00.000Z",
    ),
    (
        "INSERT INTO events VALUES ('01P', 0, 1.0, 'sneeze', NULL)",
        "events.name: 'sneeze' is no name of the list",
    ),
    (
        "INSERT INTO artifacts VALUES ('01P', 0, 'dom', 'artifacts/01P/dom.html', 'x', 1)",
        "artifacts: artifacts/01P/dom.html of probe 01P is missing",
    ),
    (
        "INSERT INTO leases VALUES ('lucky', '01P', 'elsewhere', 1, '', '2026-01-01T00:00:00.000Z')",
        "leases: probe 01P holds lucky and nobody runs it; the next run or daemon closes it",
    ),
    (
        "UPDATE probes SET outcome = NULL",
        "probes: 01P has neither an outcome nor a lease; the next run or daemon closes it",
    ),
    (
        "UPDATE messages SET probe_id = '01X'",
        "messages: row 1 belongs to no row of probes",
    ),
]


@pytest.fixture
def finished(store: Store, begin: Begin) -> Path:
    """A healthy database with one finished probe."""
    message = {"seq": 0, "speaker": "bot", "text": "Hi", "evidence": [{"source": "text"}]}
    begin(id="01P").finish({"outcome": "online", "finished_at": FINISHED}, [message])
    store.close()
    return store.path


@pytest.mark.parametrize(("statement", "problem"), SPOILT)
def test_spoilt_row_is_told(finished: Path, statement: str, problem: str) -> None:
    """Each kind of damage that the tables do not forbid is one sentence and exit code 6."""
    raw = sqlite3.connect(finished)
    raw.execute(statement)
    raw.commit()
    raw.close()
    done = CliRunner().invoke(db, ["check", "--db", str(finished)])
    assert (6, True) == (done.exit_code, problem in done.stdout.splitlines())


def test_artifact_of_another_size_is_told(finished: Path) -> None:
    """A file that was changed after it was recorded is told."""
    with Store.open(finished) as store:
        file = store.artifact_folder("01P") / "dom.html"
        file.write_text("<p>")
        store._connection.db.table("artifacts").insert({**store.artifact("dom", file), "probe_id": "01P", "seq": 0})
        file.write_text("")
        assert [
            "artifacts: artifacts/01P/dom.html of probe 01P has another size than when it was written"
        ] == store.check(FINISHED)


def test_damaged_file_is_told(finished: Path) -> None:
    """A file with a broken page is told, not crashed on."""
    with sqlite3.connect(finished) as raw:
        pages = [page for (page,) in raw.execute("SELECT rootpage FROM sqlite_master WHERE name = 'messages_speaker'")]
        size = raw.execute("PRAGMA page_size").fetchone()[0]
    raw.close()
    content = bytearray(finished.read_bytes())
    content[(pages[0] - 1) * size : pages[0] * size] = b"\0" * size
    finished.write_bytes(content)
    done = CliRunner().invoke(db, ["check", "--db", str(finished)])
    assert (6, "integrity:") == (done.exit_code, done.stdout[:10])


def test_healthy_database(finished: Path) -> None:
    """A healthy file gives exit code 0, in words and as JSON."""
    done = CliRunner().invoke(db, ["check", "--db", str(finished)])
    assert (0, f"{finished}: no problems found\n") == (done.exit_code, done.stdout)
    done = CliRunner().invoke(db, ["check", "--json", "--db", str(finished)])
    assert {"schema": 1, "data": {"database": str(finished), "problems": []}} == json.loads(done.stdout)


def test_check_creates_nothing(path: Path) -> None:
    """Checking a database that is not there is exit code 3 and makes no file."""
    done = CliRunner().invoke(db, ["check", "--db", str(path)])
    assert (3, False) == (done.exit_code, path.exists())
    assert f"error: {path}: no such database\n" in done.stderr


def test_migrate_creates_once(path: Path) -> None:
    """`db migrate` makes a missing database and says so; a second time there is nothing to do."""
    said = [CliRunner().invoke(db, ["migrate", "--db", str(path)]).stdout for _ in range(2)]
    assert [f"{path}: brought up to date: {', '.join(steps())}\n", f"{path}: up to date\n"] == said
    done = CliRunner().invoke(db, ["migrate", "--json", "--db", str(path)])
    assert {"schema": 1, "data": {"database": str(path), "steps": []}} == json.loads(done.stdout)
