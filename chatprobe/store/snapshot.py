"""The database as it is at one moment, read only: for exports, and for conditions that a user writes in SQL."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from chatprobe.errors import DatabaseError, UsageError
from chatprobe.store.codebook import codebook
from chatprobe.store.connection import BUSY_SECONDS, translated
from chatprobe.store.selection import Selection

BATCH = 1_200_000
"""Values read at once: they are all that is held in memory."""
_CHUNK = 500
"""Rows that are turned into columns while the processor still has them at hand."""
_CACHE_KB = 64_000
_FROM_PROBES = re.compile(r"\b(FROM|JOIN) probes p\b")
_SAID = """
SELECT m.probe_id, m.text, m.agent FROM json_each(?) AS wanted CROSS JOIN messages m ON m.probe_id = wanted.value
ORDER BY wanted.key, m.seq
"""
_PARTS = """
SELECT json_extract(detail, '$.name_parts') FROM events
WHERE probe_id = ?1 AND name = 'message' AND json_valid(detail) AND json_extract(detail, '$.name') = ?2 LIMIT 1
"""
_READABLE = frozenset({*(one.name for one in codebook()), "chosen_probes", "json_each", "json_tree", ""})
_ALLOWED = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_FUNCTION})

_OF_THE_CONDITION = frozenset({"SQLITE_ERROR", "SQLITE_MISMATCH", "SQLITE_AUTH", "SQLITE_TOOBIG", "SQLITE_RANGE"})
"""Errors that a condition brings about, not the file."""

Columns = list[list[Any]]
"""The values of each column, all of one length."""


class Snapshot:
    """A read-only connection in one transaction: what others write meanwhile is not seen. A context manager."""

    def __init__(self, path: Path) -> None:
        """`Store.snapshot` makes one of a database that was found to be ours."""
        self._path = path
        with translated(path):
            uri = f"{path.absolute().as_uri()}?mode=ro"
            self._db = sqlite3.connect(uri, timeout=BUSY_SECONDS, uri=True, isolation_level=None)
            self._db.execute(f"PRAGMA cache_size = -{_CACHE_KB}")
            self._db.execute("BEGIN")
            self._db.execute("SELECT count(*) FROM sqlite_master")  # the moment is that of the first look
            self._db.execute("SELECT 1 FROM json_each('[]'), json_tree('[]')")  # made on first use: not by a condition

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self._db.close()

    def columns(self, selection: Selection) -> Iterator[Columns]:
        """The rows wanted, as columns, some at a time.

        Raises UsageError for a condition that is no SQL expression over the relation's columns, or does more than
        read; DatabaseError where the file is damaged.
        """
        sql = selection.sql()
        with self._guarded(selection):
            self._db.set_authorizer(None)
            self._choose(selection)
            if selection.where is not None:
                self._ensure_expression(selection)
            cursor = self._db.execute(sql, selection.values)
            self._db.set_authorizer(None)
        width = len(selection.relation.names)
        while (batch := self._fetched(cursor, selection, width))[0]:
            yield batch

    def _fetched(self, cursor: sqlite3.Cursor, selection: Selection, width: int) -> Columns:
        columns: Columns = [[] for _ in range(width)]
        with self._guarded(selection):
            while len(columns[0]) * width < BATCH and (rows := cursor.fetchmany(_CHUNK)):
                for column, values in zip(columns, zip(*rows, strict=True), strict=True):
                    column.extend(values)
        return columns

    def said(self, probe_ids: Iterable[str]) -> Iterator[tuple[str, str, str | None]]:
        """Probe, text and agent of every message of these probes, probe by probe."""
        with translated(self._path):
            yield from self._db.execute(_SAID, [json.dumps(list(probe_ids))])

    def name_parts(self, probe_id: str, agent: str) -> str | None:
        """The pseudonyms of the words of a name that was displayed in this probe, as they stand; None if not kept."""
        with translated(self._path):
            row = self._db.execute(_PARTS, [probe_id, agent]).fetchone()
        return row[0] if row and isinstance(row[0], str) else None

    @contextmanager
    def _guarded(self, selection: Selection) -> Iterator[None]:
        """Nothing but reading; what is wrong with the user's condition is a UsageError."""
        with translated(self._path):
            try:
                yield
            except sqlite3.DatabaseError as error:
                if "decode to UTF-8" in str(error):
                    hint = "see `chatprobe db check`"
                    raise DatabaseError(f"{self._path}: a text is damaged: {error}", hint) from error
                name = getattr(error, "sqlite_errorname", "SQLITE_ERROR")
                if selection.where is not None and name in _OF_THE_CONDITION:
                    raise _wrong(selection, str(error)) from error
                raise

    def _ensure_expression(self, selection: Selection) -> None:
        """A text that is one expression can stand in brackets as well as between CASE WHEN and THEN."""
        name, where = selection.relation.name, selection.where
        self._db.set_authorizer(_authorised)
        for probe in (f"({where}\n)", f"CASE WHEN {where}\n THEN 1 END"):
            self._db.execute(f"EXPLAIN SELECT 1 FROM {name} WHERE {probe}")  # noqa: S608

    def _choose(self, selection: Selection) -> None:
        """Put, before a view, one of the same name whose probes are those of the casino and time wanted."""
        name = selection.relation.name
        self._db.execute(f"DROP VIEW IF EXISTS temp.{name}")
        if selection.relation.kind == "table" or (selection.casino, selection.since) == (None, None):
            return
        conditions = [
            f"{column} {_quoted(value)}"
            for column, value in (("casino =", selection.casino), ("started_at >=", selection.since))
            if value is not None
        ]
        (sql,) = self._db.execute("SELECT sql FROM main.sqlite_master WHERE name = ?", [name]).fetchone()
        body = _FROM_PROBES.sub(r"\1 chosen_probes p", sql.split("\n", 1)[1])
        self._db.execute("DROP VIEW IF EXISTS temp.chosen_probes")
        chosen = f"SELECT * FROM main.probes WHERE {' AND '.join(conditions)}"  # noqa: S608
        self._db.execute(f"CREATE TEMP VIEW chosen_probes AS {chosen}")
        self._db.execute(f"CREATE TEMP VIEW {name} AS {body}")


def _authorised(action: int, one: str | None, _two: str | None, _database: str | None, _inner: str | None) -> int:
    reads = action == sqlite3.SQLITE_READ and one in _READABLE
    return sqlite3.SQLITE_OK if reads or action in _ALLOWED else sqlite3.SQLITE_DENY


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _wrong(selection: Selection, said: str) -> UsageError:
    columns = ", ".join(selection.relation.names)
    return UsageError(f"--where: {said}", f"an SQL condition over the columns of {selection.relation.name}: {columns}")
