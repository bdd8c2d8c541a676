"""A copy of the database while it is being written."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from chatprobe.errors import DatabaseError
from chatprobe.store.connection import Connection, translated


def backup(connection: Connection, target: Path) -> None:
    """Copy the database, as it is at one moment, to the new file `target` of mode 600. Writers are not kept waiting.

    Raises DatabaseError if the file is there already or cannot be made, StorageFull for lack of space; then nothing is
    left of it.
    """
    if target.exists():
        raise DatabaseError(f"{target}: is there already", "name a new file; a backup overwrites nothing")
    part = target.with_name(f"{target.name}.part")
    try:
        os.close(os.open(part, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600))
        with connection.reading() as db, translated(part), closing(sqlite3.connect(part)) as copy:
            db.conn.backup(copy)  # all pages in one step: from one snapshot
            damage = copy.execute("PRAGMA quick_check").fetchone()[0]
        if damage != "ok":
            raise DatabaseError(f"{connection.path}: the database is damaged: {damage}", "see `chatprobe db check`")
        part.rename(target)
    except OSError as error:
        raise _refused(target, error) from error
    finally:
        part.unlink(missing_ok=True)


def _refused(target: Path, error: OSError) -> DatabaseError:
    return DatabaseError(f"{target}: cannot be written: {error.strerror}", "check that its folder exists")
