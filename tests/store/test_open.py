"""Opening, creating and updating the file."""

from __future__ import annotations

import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from chatprobe.errors import DatabaseError
from chatprobe.store import Store
from chatprobe.store.migrations import steps

CREATE = """
import sys
from pathlib import Path
from chatprobe.store import Store
from chatprobe.store.migrations import steps
Store.open(Path(sys.argv[1]), create=True).close()
"""


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_missing_database_is_refused_and_not_created(path: Path) -> None:
    """Opening a database that is not there is an error that creates nothing."""
    with pytest.raises(DatabaseError, match="no such database") as caught:
        Store.open(path)
    assert 3 == caught.value.exit_code
    assert [] == list(path.parent.iterdir())


def test_create_needs_the_folder(path: Path) -> None:
    """A database is not created in a folder that does not exist."""
    with pytest.raises(DatabaseError, match="cannot be created"):
        Store.open(path.parent / "no" / "x.db", create=True)


def test_folder_in_place_of_the_file(path: Path) -> None:
    """A folder of the database's name is an error, with and without `create`."""
    path.mkdir()
    for create in (False, True):
        with pytest.raises(DatabaseError):
            Store.open(path, create=create)


def test_files_are_private(store: Store) -> None:
    """Database, write-ahead log and key can be read by their owner only, artifacts entered by him only."""
    assert 8 == len(store.pseudonyms.key_name)
    folder = store.artifact_folder("01P")
    assert {0o600} == {mode(file) for file in store.path.parent.iterdir() if file.is_file()}
    assert 0o700 == mode(folder) == mode(folder.parent)
    assert 4 == len([file for file in store.path.parent.iterdir() if file.is_file()])


def test_connection_settings(store: Store) -> None:
    """The file is in WAL mode, commits do not wait for the disk, foreign keys are enforced."""
    values = [
        store._connection.db.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "foreign_keys")
    ]
    assert ["wal", 1, 1] == values


@pytest.mark.parametrize("content", [b"casino,outcome\n" * 200, b"SQLite format 3\0" + b"\xff" * 4096])
def test_other_file_is_left_alone(path: Path, content: bytes) -> None:
    """A file that is no SQLite database is refused and not touched."""
    path.write_bytes(content)
    for create in (False, True):
        with pytest.raises(DatabaseError):
            Store.open(path, create=create)
    assert content == path.read_bytes()


def test_database_of_another_program_is_left_alone(path: Path) -> None:
    """A SQLite database without our tables is refused and gets no tables of ours."""
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE recipes (id)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(DatabaseError, match="another program"):
        Store.open(path, create=True)
    assert before == path.read_bytes()


def test_newer_schema_is_refused(store: Store) -> None:
    """A file that a newer version has changed is refused rather than misread."""
    with store._connection.transaction() as db:
        db.table("_sqlite_migrations").insert(
            {"migration_set": "chatprobe", "name": "999_future", "applied_at": "2030"}
        )
    with pytest.raises(DatabaseError, match="newer chatprobe"):
        Store.open(store.path, create=True)


def test_old_schema_needs_migrate(path: Path) -> None:
    """A file without some of our steps is refused with the command that helps, and updated where asked to."""
    path.touch()
    with pytest.raises(DatabaseError) as caught:
        Store.open(path)
    assert "run `chatprobe db migrate`" == caught.value.hint
    with Store.open(path, create=True) as updated:
        assert steps() == updated.migrated
        assert [] == updated.migrate()


def test_failed_migration_leaves_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the tables cannot be made, no empty database stays behind."""
    monkeypatch.setattr("chatprobe.store.migrations._statements", lambda _: iter(["CREATE TABLE a (b)", "NONSENSE"]))
    with pytest.raises(sqlite3.OperationalError):
        Store.open(path, create=True)
    assert [] == list(path.parent.iterdir())


def test_many_processes_create_one_database(path: Path) -> None:
    """Processes that create the database at the same moment all succeed and find it complete."""
    creators = [subprocess.Popen([sys.executable, "-c", CREATE, path]) for _ in range(8)]
    assert [0] * 8 == [creator.wait() for creator in creators]
    with Store.open(path) as store:
        assert [] == store.check("2026-03-02T10:00:00.000Z")
