"""Opening the file, transactions, and the one place where SQLite's errors become ours."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from chatprobe.errors import DatabaseError, StorageFull
from chatprobe.store.migrations import migrations, steps

BUSY_SECONDS = 20.0
"""How long to wait for another process that is writing."""

_FULL = ("SQLITE_FULL", "SQLITE_IOERR_WRITE", "SQLITE_IOERR_SHMSIZE", "SQLITE_IOERR_TRUNCATE", "SQLITE_IOERR_FSYNC")
_SENTENCES = {
    "SQLITE_NOTADB": ("not a SQLite database", "give another file with --db"),
    "SQLITE_CORRUPT": ("the database is damaged", "restore a backup"),
    "SQLITE_READONLY": ("the database cannot be written", "check the rights of the file and of its folder"),
    "SQLITE_CANTOPEN": ("the database cannot be opened", "check the rights of the file and of its folder"),
    "SQLITE_PERM": ("the database cannot be opened", "check the rights of the file and of its folder"),
    "SQLITE_BUSY": (f"another process has been writing for {BUSY_SECONDS:.0f} s", "try again when it is done"),
    "SQLITE_IOERR": ("the disk reports an error", "check the disk"),
}


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn SQLite's complaints about the file into DatabaseError or StorageFull; leave those about our SQL alone."""
    try:
        yield
    except sqlite3.Error as error:
        name = getattr(error, "sqlite_errorname", "")
        if name in _FULL:
            hint = "free some space; nothing half-written was left behind"
            raise StorageFull(f"{path}: the disk is full or does not take what is written", hint) from error
        known = next((said for prefix, said in _SENTENCES.items() if name.startswith(prefix)), None)
        if known is None:
            raise
        raise DatabaseError(f"{path}: {known[0]}", known[1]) from error


class Connection:
    """A database connection that threads of one process may share."""

    def __init__(self, path: Path) -> None:
        """Open an existing file; raises DatabaseError or StorageFull if it cannot be read and written."""
        self.path = path
        self.lock = threading.RLock()
        """Held by the thread that uses the connection."""
        uri = f"{path.absolute().as_uri()}?mode=rw"
        with translated(path), ExitStack() as undo:
            raw = sqlite3.connect(uri, timeout=BUSY_SECONDS, check_same_thread=False, uri=True)
            undo.callback(raw.close)
            self.db = Database(raw, execute_plugins=False)
            self.db.execute("PRAGMA foreign_keys = ON")
            self.db.execute("PRAGMA synchronous = NORMAL")
            undo.pop_all()

    @contextmanager
    def transaction(self) -> Iterator[Database]:
        """All of the block or nothing, holding the write lock from its start."""
        with self.lock, translated(self.path):
            self.db.execute("BEGIN IMMEDIATE")
            try:
                yield self.db
                self.db.execute("COMMIT")
            except BaseException:
                self.db.rollback()
                raise

    @contextmanager
    def durable(self) -> Iterator[None]:
        """Transactions in this block survive a power cut, not only the end of the process; each costs a disk flush."""
        with self.lock:
            self.db.execute("PRAGMA synchronous = FULL")
            try:
                yield
            finally:
                self.db.execute("PRAGMA synchronous = NORMAL")

    @contextmanager
    def reading(self) -> Iterator[Database]:
        """Reads, one thread at a time."""
        with self.lock, translated(self.path):
            yield self.db

    def rows(self, sql: str, *values: object) -> list[dict[str, Any]]:
        """What a question of constant `sql` gives, with `values` for its marks."""
        with self.reading() as db:
            return list(db.query(sql, list(values)))

    def migrate(self) -> list[str]:
        """Bring the schema up to date; returns the names of the steps taken."""
        with self.transaction() as db:  # one for all steps, so that a second process finds them done
            names = [step.name for step in migrations.pending(db)]
            migrations.apply(db)
        with self.reading() as db:
            _enable_wal(db)
        return names

    def ensure_ours(self) -> None:
        """Raise DatabaseError unless this is a chatprobe database, not newer than this program, that can be written."""
        with self.transaction() as db:
            applied = {step.name for step in migrations.applied(db)}
            tables = db.table_names()
        if tables and not applied:
            raise DatabaseError(f"{self.path}: a database of another program", "give another file with --db")
        if applied - set(steps()):
            raise DatabaseError(f"{self.path}: written by a newer chatprobe", "update chatprobe")

    def pending(self) -> list[str]:
        """Names of the steps that `migrate` would take."""
        with self.reading() as db:
            return [step.name for step in migrations.pending(db)]

    def close(self) -> None:
        """Close the connection; harmless when already closed."""
        with self.lock:
            self.db.close()


def _enable_wal(db: Database) -> None:
    """Switch to WAL. SQLite does not wait for a process that is switching, too, so we do."""
    give_up = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            db.enable_wal()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname != "SQLITE_BUSY" or time.monotonic() > give_up:
                raise
        else:
            return
        time.sleep(0.02)


def create_empty(path: Path) -> bool:
    """Create an empty file of mode 600; False if there is one already. Raises DatabaseError if that is impossible."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        return False
    except OSError as error:
        raise DatabaseError(
            f"{path}: cannot be created: {error.strerror}", "check that its folder exists and may be written"
        ) from error
    return True
