"""What `db check` looks for: everything the tables themselves do not forbid."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from sqlite_utils import Database

from chatprobe.model import Outcome
from chatprobe.store.clean import JSON_COLUMNS
from chatprobe.store.codebook import allowed, codebook
from chatprobe.store.lease import is_over

_CLOSES = "the next run or daemon closes it"
_ISO = "????-??-??T??:??:??.???Z"


def problems(db: Database, path: Path, now: str) -> list[str]:
    """Everything wrong in the database at `path`, one sentence each."""
    broken = list(_integrity(db))
    if broken:
        return broken  # nothing read from a damaged file can be relied on
    checks = (
        _foreign_keys(db),
        _json(db),
        _lists(db),
        _sides(db),
        _times(db),
        _leases(db, now),
        _artifacts(db, path.parent),
    )
    return [problem for check in checks for problem in check]


def _integrity(db: Database) -> Iterator[str]:
    try:
        yield from (f"integrity: {said}" for (said,) in db.execute("PRAGMA integrity_check") if said != "ok")
    except sqlite3.DatabaseError as error:  # some damage stops even the search for damage
        yield f"integrity: {error}"


def _foreign_keys(db: Database) -> Iterator[str]:
    for table, rowid, parent, _ in db.execute("PRAGMA foreign_key_check"):
        yield f"{table}: row {rowid} belongs to no row of {parent}"


def _json(db: Database) -> Iterator[str]:
    for table, columns in JSON_COLUMNS.items():
        for column in columns:
            count = db.table(table).count_where(f"{column} IS NOT NULL AND NOT json_valid({column})")
            if count:
                yield f"{table}.{column}: {count} rows hold no valid JSON"


def _lists(db: Database) -> Iterator[str]:
    for table in (one for one in codebook() if one.kind == "table"):
        for column in table.names:
            known = allowed(table.name, column)
            where, what = f"{column} NOT IN ({', '.join('?' * len(known))})", f"DISTINCT {column} AS name"
            for row in db.table(table.name).rows_where(where, known, select=what) if known else ():
                yield f"{table.name}.{column}: {row['name']!r} is no name of the list"


def _sides(db: Database) -> Iterator[str]:
    for row in db.table("probes").rows_where("outcome IS NOT NULL", select="DISTINCT outcome, side"):
        if row["outcome"] in list(Outcome) and row["side"] != Outcome(row["outcome"]).side:
            yield f"probes.side: {row['side']!r} stands with the outcome {row['outcome']}"


def _times(db: Database) -> Iterator[str]:
    for table in db.tables:
        for column in table.columns:
            if column.name == "at" or column.name.endswith("_at"):
                count = table.count_where(f"{column.name} NOT GLOB ?", [_ISO]) if not table.name.startswith("_") else 0
                if count:
                    yield f"{table.name}.{column.name}: {count} rows hold no time of the form 2026-01-31T12:00:00.000Z"


def _leases(db: Database, now: str) -> Iterator[str]:
    for row in db.table("leases").rows:
        if is_over(row, now):
            yield f"leases: probe {row['probe_id']} holds {row['casino']} and nobody runs it; {_CLOSES}"
    unheld = "outcome IS NULL AND id NOT IN (SELECT probe_id FROM leases)"
    for row in db.table("probes").rows_where(unheld, select="id"):
        yield f"probes: {row['id']} has neither an outcome nor a lease; {_CLOSES}"


def _artifacts(db: Database, folder: Path) -> Iterator[str]:
    for row in db.table("artifacts").rows:
        file = folder / (row["path"] or "")
        if not file.is_file():
            yield f"artifacts: {row['path']} of probe {row['probe_id']} is missing"
        elif file.stat().st_size != row["bytes"]:
            yield f"artifacts: {row['path']} of probe {row['probe_id']} has another size than when it was written"
