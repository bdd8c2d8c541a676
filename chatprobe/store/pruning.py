"""Words of people go after half a year. Times, speakers, outcomes, names of evidence stay, and so do all numbers."""

from __future__ import annotations

import json
from contextlib import suppress

from sqlite_utils import Database

from chatprobe.model import EventName
from chatprobe.store.connection import Connection

_BATCH = 200
"""Probes emptied in one transaction: a daemon at work must not wait long."""
_OLD = """
SELECT id FROM probes WHERE started_at < ? AND outcome IS NOT NULL AND pruned_at IS NULL ORDER BY started_at LIMIT ?
"""
_REPORTS = (
    *(EventName.STEP_OK, EventName.STEP_FAILED, EventName.ENDED),
    *(EventName.LISTENED, EventName.RETRY, EventName.EXAMINED),
)
"""Events whose detail is our own account and holds no word of a chat."""
_OURS = ("id", "speaker", "act", "via", "direction", "region")
"""Texts in the detail of any other event that are ours."""
OWN_DETAIL = """
CASE WHEN name IN (SELECT value FROM json_each(:reports)) THEN detail WHEN name <> 'wire' AND json_valid(detail) THEN (
  SELECT json_group_object(key, json(CASE WHEN type IN ('true', 'false') THEN type ELSE json_quote(value) END))
  FROM json_each(events.detail)
  WHERE type IN ('integer', 'real', 'true', 'false') OR key IN (SELECT value FROM json_each(:ours))
) END
"""
"""What stays of `events.detail`: our own account, numbers and marks, no word of a chat. Needs `OWN`."""
OWN = {"ours": json.dumps(_OURS), "reports": json.dumps(_REPORTS)}
_EVENTS = f"""
UPDATE events SET detail = {OWN_DETAIL}
WHERE probe_id IN (SELECT value FROM json_each(:ids)) AND detail IS NOT NULL
AND name NOT IN (SELECT value FROM json_each(:reports))
"""  # noqa: S608  # written above
_EVIDENCE = """
UPDATE messages SET evidence = CASE WHEN json_valid(evidence) THEN (
  SELECT json_group_array(json_remove(value, '$.detail')) FROM json_each(messages.evidence) WHERE type = 'object'
) END
WHERE probe_id IN (SELECT value FROM json_each(:ids)) AND evidence IS NOT NULL
"""
_PRUNE = (
    "UPDATE messages SET text = '' WHERE probe_id IN (SELECT value FROM json_each(:ids))",
    _EVENTS,
    _EVIDENCE,
    _EVIDENCE.replace("messages", "decisions"),
    "UPDATE probes SET pruned_at = :now WHERE id IN (SELECT value FROM json_each(:ids))",
)


def prune(connection: Connection, before: str, now: str) -> int:
    """Empty the texts and frames of ended probes started before `before`, and overwrite where they stood in the file.

    Times are ISO text. Returns how many probes that were. Interrupted, it goes on where it stopped when called again.
    """
    with connection.reading() as db:
        db.execute("PRAGMA secure_delete = ON")
    try:
        count = 0
        while batch := _batch(connection, before, now):
            count += batch
        return count
    finally:
        with connection.reading() as db:
            db.execute("PRAGMA secure_delete = OFF")
            with suppress(Exception):  # readers that are still there may hold on to the old pages for a while
                db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def _batch(connection: Connection, before: str, now: str) -> int:
    with connection.transaction() as db:
        ids = [row["id"] for row in db.query(_OLD, [before, _BATCH])]
        if ids:
            _empty(db, ids, now)
        return len(ids)


def _empty(db: Database, ids: list[str], now: str) -> None:
    names = {"ids": json.dumps(ids), **OWN, "now": now}
    for statement in _PRUNE:
        db.execute(statement, names)
