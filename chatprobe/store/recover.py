"""Closing probes whose process is gone, from what they wrote before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlite_utils import Database

from chatprobe.model import EndedBy, EventName, Outcome, Speaker
from chatprobe.store.closing import close
from chatprobe.store.lease import is_over
from chatprobe.times import epoch_ms, iso

_RUNNING = """
SELECT p.*, l.expires_at, l.machine AS lease_machine, l.pid, l.boot_id
FROM probes p LEFT JOIN leases l ON l.probe_id = p.id WHERE p.outcome IS NULL ORDER BY p.started_at, p.id
"""
_RELEASE = """
DELETE FROM leases WHERE EXISTS (SELECT 1 FROM probes p WHERE p.id = leases.probe_id AND p.outcome IS NOT NULL)
"""
_SPAN = """
SELECT name, min(at_ms) AS first, max(at_ms) AS last FROM events
WHERE probe_id = ? AND at_ms BETWEEN 0 AND ? GROUP BY name
"""
_SAID = "SELECT at, speaker FROM messages WHERE probe_id = ? AND at IS NOT NULL ORDER BY at, seq"
_FIRST = {Speaker.HUMAN: "first_human_ms", Speaker.BOT: "first_bot_ms", Speaker.UNKNOWN: "first_unknown_ms"}


def recover(db: Database, now: str) -> list[str]:
    """Within a transaction: close as `interrupted` every probe nobody runs any more; returns their ids."""
    dead = [row for row in db.query(_RUNNING) if _abandoned(row, now)]
    for row in dead:
        db.table("probes").update(row["id"], _last_columns(db, row, epoch_ms(now)))
        close(db, row["id"], now)
    db.execute(_RELEASE)
    return [row["id"] for row in dead]


def _abandoned(row: Mapping[str, Any], now: str) -> bool:
    """A running probe without a lease came from a merged file or was released by hand: nobody runs it either."""
    return is_over({**row, "machine": row["lease_machine"], "probe_id": row["id"]}, now)


def _last_columns(db: Database, row: Mapping[str, Any], now: float) -> dict[str, Any]:
    """What the events and messages of a probe still tell, as columns of its row. Times after `now` are lies."""
    started = epoch_ms(row["started_at"])
    events = {r["name"]: r for r in db.query(_SPAN, [row["id"], now - started])}
    ended = started + max((e["last"] for e in events.values()), default=0)
    columns = {
        "outcome": str(Outcome.INTERRUPTED),
        "side": str(Outcome.INTERRUPTED.side),
        "ended_by": str(EndedBy.FAULT),
        "finished_at": iso(ended),
        "asked_at": row["asked_at"],
    }
    if columns["asked_at"] is None and EventName.ASKED in events:
        columns["asked_at"] = iso(started + events[EventName.ASKED]["first"])
    if columns["asked_at"] is not None:
        columns.update(_waits(db, row, epoch_ms(columns["asked_at"]), ended, now))
    return columns


def _waits(db: Database, row: Mapping[str, Any], asked: float, ended: float, now: float) -> dict[str, Any]:
    """The durations from `asked` (epoch ms), those the probe had already written kept."""
    found: dict[str, Any] = {"waited_ms": max(0.0, ended - asked)}
    for message in db.query(_SAID, [row["id"]]):
        after = epoch_ms(message["at"]) - asked
        column = _FIRST.get(message["speaker"])
        if column and 0 <= after <= now - asked:
            found.setdefault(column, after)
    return {**found, **{name: row[name] for name in found if row[name] is not None}}
