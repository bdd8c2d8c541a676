"""A copy of the database for others: written anew, so that nothing of what was left out stands in its free pages."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from chatprobe.store.codebook import Kind, Relation, codebook_relation, codebook_rows
from chatprobe.store.connection import translated
from chatprobe.store.migrations import migrations

_DECLARED = {Kind.REAL: "REAL", Kind.INTEGER: "INTEGER", Kind.BOOLEAN: "INTEGER"}


class Frozen:
    """One file: all tables and views of a database, or one of them as a table, and the codebook as a table."""

    def __init__(self, path: Path, relation: Relation | None = None) -> None:
        """Begin it in the empty file `path`; `relation` is the one that is wanted, None the whole.

        This and all else raises StorageFull where the disk is full.
        """
        self._path = path
        self._later: list[str] = []
        with translated(path):
            self._db = sqlite3.connect(path, isolation_level=None)
            self._db.execute("PRAGMA journal_mode = OFF")  # a file that is not finished is thrown away
            self._db.execute("PRAGMA synchronous = OFF")
            self._db.execute("PRAGMA locking_mode = EXCLUSIVE")
            if relation is None:
                self._make_whole()
            else:
                self._make(relation)
            self._shipped = None if relation is None else [relation]
            self._db.execute("BEGIN")

    def write(self, relation: Relation, columns: Sequence[Sequence[Any]]) -> None:
        """Add rows, given as columns."""
        marks = ", ".join("?" * len(relation.names))
        # Two persons may have corrected one message in one moment; under the name of both they are one.
        insert = f"INSERT OR IGNORE INTO {relation.name} ({', '.join(relation.names)}) VALUES ({marks})"  # noqa: S608
        with translated(self._path):
            self._db.executemany(insert, zip(*columns, strict=True))

    def finish(self) -> None:
        """Add indexes and codebook, and close the file."""
        with translated(self._path):
            for sql in self._later:
                self._db.execute(sql)
            self._make(codebook_relation())
            self.write(codebook_relation(), list(zip(*codebook_rows(self._shipped), strict=True)))
            self._db.execute("COMMIT")
        self.close()

    def close(self) -> None:
        """Close the file as it is."""
        self._db.close()

    def _make_whole(self) -> None:
        migrations.apply(Database(self._db))
        indexes = self._db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
        for name, sql in indexes.fetchall():
            self._db.execute(f"DROP INDEX {name}")  # made in one go when all rows are there
            self._later.append(sql)

    def _make(self, relation: Relation) -> None:
        columns: Iterable[str] = (f"{one.name} {_DECLARED.get(one.kind, 'TEXT')}" for one in relation.columns)
        self._db.execute(f"CREATE TABLE {relation.name} ({', '.join(columns)})")
