"""Rows of another database of ours, added to this one: each once, by its key, however often it is done."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from chatprobe.errors import DatabaseError, UsageError
from chatprobe.store.codebook import codebook_relation, relation
from chatprobe.store.connection import Connection
from chatprobe.store.migrations import migrations, steps
from chatprobe.store.settling import Recount, settle, side_of

BATCH = 500
"""Probes added in one transaction: a daemon at work must not wait long."""
_OF_A_PROBE = ("messages", "events", "parts")
"""What comes with a probe that is new. Artifacts are files beside the other database, and stay there."""
_LATER = ("decisions", "outcomes")
"""What may have been added on either side since."""
_ENDED = "SELECT id FROM other.probes WHERE outcome IS NOT NULL AND id > ? ORDER BY id LIMIT ?"
_CLOSED = """
coalesce(status, '') NOT IN ('planned', 'running') OR id IN (SELECT slot_id FROM other.probes WHERE outcome IS NOT NULL)
"""
_FIRST_SEEN = """
UPDATE main.scenarios SET first_seen = o.first_seen FROM other.scenarios o
WHERE o.sha256 = scenarios.sha256 AND o.first_seen < scenarios.first_seen
"""
_SLOTS_DONE = """
UPDATE main.slots SET (status, reason, claimed_at, probe_id) =
  (SELECT o.status, o.reason, o.claimed_at, o.probe_id FROM other.slots o WHERE o.id = slots.id)
WHERE status <> 'done' AND id IN (SELECT id FROM other.slots WHERE status = 'done')
"""
_UPTIME = """
INSERT INTO main.uptime (machine, from_at, to_at) SELECT machine, from_at, to_at FROM other.uptime WHERE true
ON CONFLICT (machine, from_at) DO UPDATE SET to_at = excluded.to_at WHERE excluded.to_at > to_at
"""
_NEWS = """
SELECT probe_id FROM other.decisions o WHERE probe_id IN (SELECT value FROM json_each(:ids)) AND NOT EXISTS (
  SELECT 1 FROM main.decisions m WHERE m.probe_id = o.probe_id AND m.seq = o.seq AND m.decided_at = o.decided_at
  AND m.author = o.author)
UNION SELECT probe_id FROM other.outcomes o WHERE probe_id IN (SELECT value FROM json_each(:ids)) AND NOT EXISTS (
  SELECT 1 FROM main.outcomes m WHERE m.probe_id = o.probe_id AND m.decided_at = o.decided_at AND m.author = o.author)
"""
_IDS = "SELECT value FROM json_each(:ids)"
_KNOWN = f"SELECT id FROM main.probes WHERE id IN ({_IDS})"  # noqa: S608
_KEYS = f"SELECT DISTINCT pseudonym_key FROM other.probes WHERE pseudonym_key IS NOT NULL AND id IN ({_IDS})"  # noqa: S608
_EMPTIED = f"""
UPDATE main.decisions SET evidence = NULL
WHERE probe_id IN ({_IDS}) AND probe_id IN (SELECT id FROM main.probes WHERE pruned_at IS NOT NULL)
AND json_extract(evidence, '$[0].detail') IS NOT NULL
"""  # noqa: S608
"""Words that were emptied here do not come back from there."""
Progress = Callable[[int], None]
"""Told how many probes were looked at."""


@dataclass
class Merged:
    """What became of one file."""

    added: Counter[str] = field(default_factory=Counter)
    """Rows by table."""
    settled: int = 0
    """Probes known here before, about which something new was decided there."""
    running: int = 0
    """Probes that are not over there: left for the next time."""
    keys: set[str] = field(default_factory=set)
    """Keys that the pseudonyms of new probes were made with."""


def merge(
    connection: Connection, source: Path, recount: Recount, progress: Progress, *, dry_run: bool = False
) -> Merged:
    """Add what the database `source` has and this one has not. See `Store.merge`."""
    ensure_other(connection.path, source)
    merged = Merged()
    with connection.lock, _attached(connection, source, foreign_keys=not dry_run):
        with _step(connection, source, dry_run=dry_run) as db:
            merged.added.update(dict(_around(db)))
        last, looked_at = "", 0
        while True:
            with _step(connection, source, dry_run=dry_run) as db:
                ids = [str(row[0]) for row in db.execute(_ENDED, [last, BATCH])]
                if ids:
                    _add(db, ids, recount, merged)
            if not ids:
                break
            last, looked_at = ids[-1], looked_at + len(ids)
            progress(looked_at)
        with connection.reading() as db:
            merged.running = db.execute("SELECT count(*) FROM other.probes WHERE outcome IS NULL").fetchone()[0]
    return merged


def ensure_other(path: Path, source: Path) -> None:
    """Raise UsageError for one and the same file, DatabaseError for one that is no database of ours of today's form."""
    if not source.is_file():
        raise DatabaseError(f"{source}: no such database", "name a database that another chatprobe made")
    if source.samefile(path):
        raise UsageError(f"{source}: is this very database", "name another one, or this one with --db")
    with _foreign(source) as db:
        tables = set(db.table_names())
        applied = {step.name for step in migrations.applied(db)}
    if not applied:
        what = "a database of another program" if tables else "is empty"
        raise DatabaseError(f"{source}: {what}", "name a database that another chatprobe made")
    if applied - set(steps()):
        raise DatabaseError(f"{source}: written by a newer chatprobe", "update chatprobe")
    if set(steps()) - applied:
        raise DatabaseError(f"{source}: made by an older chatprobe", f"run `chatprobe db migrate --db {source}`")
    if codebook_relation().name in tables:
        hint = "merge the database that it was made of, or a backup of that"
        raise DatabaseError(f"{source}: an export, whose texts are masked", hint)


@contextmanager
def _foreign(source: Path) -> Iterator[Database]:
    with _blaming(source):
        raw = sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)
        try:
            yield Database(raw, execute_plugins=False)
        finally:
            raw.close()


@contextmanager
def _blaming(source: Path) -> Iterator[None]:
    """Turn errors that only a file that is read can bring about into a DatabaseError about `source`."""
    try:
        yield
    except sqlite3.Error as error:
        name = getattr(error, "sqlite_errorname", "")
        if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_CANTOPEN", "SQLITE_CONSTRAINT")):
            hint = f"see `chatprobe db check --db {source}`"
            raise DatabaseError(f"{source}: cannot be read as a database of chatprobe: {error}", hint) from error
        raise


@contextmanager
def _attached(connection: Connection, source: Path, *, foreign_keys: bool) -> Iterator[None]:
    """The source as `other`, read only."""
    with connection.reading() as db:
        with _blaming(source):
            db.execute("ATTACH ? AS other", [f"{source.absolute().as_uri()}?mode=ro"])
        db.execute(f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}")
        try:
            yield
        finally:
            db.execute("PRAGMA foreign_keys = ON")
            db.execute("DETACH other")


class _NotMeant(Exception):
    """Undoes what a dry run did."""


@contextmanager
def _step(connection: Connection, source: Path, *, dry_run: bool) -> Iterator[Database]:
    """A transaction; of a dry run nothing stays."""
    with suppress(_NotMeant), connection.transaction() as db, _blaming(source):
        yield db
        if dry_run:
            raise _NotMeant


def _around(db: Database) -> Iterator[tuple[str, int]]:
    """Rows that belong to no single probe: scenarios, slots that are over, uptime; how many by table."""
    yield "scenarios", _copy(db, "scenarios", "true")
    db.execute(_FIRST_SEEN)
    # What is still planned there is planned by a daemon of its own.
    yield "slots", _copy(db, "slots", _CLOSED) + db.execute(_SLOTS_DONE).rowcount
    yield "uptime", db.execute(_UPTIME).rowcount


def _add(db: Database, ids: list[str], recount: Recount, merged: Merged) -> None:
    """What the other database knows of these probes."""
    values = {"ids": json.dumps(ids)}
    known = {row[0] for row in db.execute(_KNOWN, values)}
    news = [str(row[0]) for row in db.execute(_NEWS, values) if row[0] in known]
    sides = {probe_id: side_of(db, probe_id) for probe_id in news}
    fresh = {"ids": json.dumps([probe_id for probe_id in ids if probe_id not in known])}
    merged.keys.update(row[0] for row in db.execute(_KEYS, fresh))
    merged.added["probes"] += _copy(db, "probes", f"id IN ({_IDS})", fresh)
    for table in _OF_A_PROBE:
        merged.added[table] += _copy(db, table, f"probe_id IN ({_IDS})", fresh)
    both = {"ids": json.dumps([probe_id for probe_id in ids if probe_id not in known or probe_id in sides])}
    for table in _LATER:
        merged.added[table] += _copy(db, table, f"probe_id IN ({_IDS})", both)
    db.execute(_EMPTIED, {"ids": json.dumps(news)})
    for probe_id, side in sides.items():
        settle(db, probe_id, side, recount)
    merged.settled += len(sides)


def _copy(db: Database, table: str, where: str, values: dict[str, Any] | None = None) -> int:
    """Add the other's rows for which `where` holds and whose key is not here; how many."""
    names = ", ".join(relation(table).names)
    insert = f"INSERT OR IGNORE INTO main.{table} ({names}) SELECT {names} FROM other.{table} WHERE {where}"  # noqa: S608
    return db.execute(insert, values or {}).rowcount
