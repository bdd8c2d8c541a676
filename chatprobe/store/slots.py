"""Planned times: drawn, claimed by one process each, and closed with a reason."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, cast

from ulid import ULID

from chatprobe.model import SlotReason, SlotStatus
from chatprobe.store.clean import clean_row
from chatprobe.store.connection import Connection
from chatprobe.store.lease import machine

_COLUMNS = ("id", "casino", "depth", "cell", "planned_at", "mode", "probability", "seed", "status", "reason")
_INSERT = """
INSERT OR IGNORE INTO slots (id, casino, depth, cell, planned_at, mode, probability, seed, status, reason)
VALUES (:id, :casino, :depth, :cell, :planned_at, :mode, :probability, :seed, coalesce(:status, 'planned'), :reason)
"""
_CLAIM = "UPDATE slots SET status = ?, claimed_at = ? WHERE id = ? AND status = ?"
_CLOSE = "UPDATE slots SET status = ?, reason = ?, probe_id = ? WHERE id = ? AND status IN (?, ?)"
_CANCEL = "UPDATE slots SET status = ?, reason = ? WHERE casino = ? AND planned_at > ? AND status = ?"
_MISS = """
UPDATE slots SET status = ?, reason = CASE WHEN EXISTS (
  SELECT 1 FROM uptime u WHERE u.machine = ? AND slots.planned_at BETWEEN u.from_at AND u.to_at
) THEN ? ELSE ? END WHERE status = ? AND planned_at < ? RETURNING *
"""
_RUNNING = """
SELECT s.id, p.id AS probe_id, p.outcome FROM slots s LEFT JOIN probes p ON p.slot_id = s.id WHERE s.status = ?
"""


class Slots:
    """The table `slots`. A slot is `planned`, then `running`, then one of the other states, which never change."""

    def __init__(self, connection: Connection) -> None:
        """`Store.slots` is one."""
        self._connection = connection

    def add(self, rows: Iterable[Mapping[str, Any]]) -> int:
        """Store planned times and return how many were new; a row without `id` gets one, a known `id` is left alone.

        Each row has `casino`, `depth`, `planned_at` (ISO text) and the other columns of the draw where they are known;
        its `status` is `planned` unless it says why nobody will go.
        """
        blank = dict.fromkeys(_COLUMNS)
        cleaned = [clean_row({**blank, **row, "id": row.get("id") or str(ULID())}) for row in rows]
        with self._connection.transaction() as db:
            return db.conn.executemany(_INSERT, cleaned).rowcount if cleaned else 0

    def between(self, since: str, until: str, casino: str | None = None) -> list[dict[str, Any]]:
        """The slots planned from `since` to before `until` (ISO text), of all casinos or of one, oldest first."""
        where, values = "planned_at >= ? AND planned_at < ?", [since, until]
        if casino is not None:
            where, values = f"{where} AND casino = ?", [*values, casino]
        with self._connection.reading() as db:
            return list(db.table("slots").rows_where(where, values, order_by="planned_at, id"))

    def due(self, before: str) -> list[dict[str, Any]]:
        """The slots that still wait and are planned before `before` (ISO text), oldest first."""
        with self._connection.reading() as db:
            where, values = "status = ? AND planned_at < ?", [str(SlotStatus.PLANNED), before]
            return list(db.table("slots").rows_where(where, values, order_by="planned_at, id"))

    def any_open(self) -> bool:
        """Whether any slot waits or is being worked on."""
        with self._connection.reading() as db:
            where, values = "status IN (?, ?)", [str(SlotStatus.PLANNED), str(SlotStatus.RUNNING)]
            return bool(db.table("slots").count_where(where, values))

    def seed(self) -> int | None:
        """The seed of the newest draw; None before the first."""
        with self._connection.reading() as db:
            row = db.execute(
                "SELECT seed FROM slots WHERE seed IS NOT NULL ORDER BY planned_at DESC LIMIT 1"
            ).fetchone()
        return cast("int | None", row[0] if row else None)

    def claim(self, slot_id: str, at: str) -> bool:
        """Take a waiting slot at `at` (ISO text); False where somebody else did, or its time is over."""
        with self._connection.transaction() as db:
            values = [SlotStatus.RUNNING, at, slot_id, SlotStatus.PLANNED]
            return db.execute(_CLAIM, values).rowcount == 1

    def done(self, slot_id: str, probe_id: str) -> None:
        """A probe was made of this slot, whatever its outcome."""
        self._close(slot_id, SlotStatus.DONE, None, probe_id)

    def drop(self, slot_id: str, reason: SlotReason) -> None:
        """No probe was made of this slot, for `reason`; it becomes missed, skipped or cancelled as that says."""
        self._close(slot_id, reason.status, reason, None)

    def _close(self, slot_id: str, status: SlotStatus, reason: SlotReason | None, probe_id: str | None) -> None:
        with self._connection.transaction() as db:
            db.execute(_CLOSE, [status, reason, probe_id, slot_id, SlotStatus.PLANNED, SlotStatus.RUNNING])

    def cancel(self, casino: str, after: str, reason: SlotReason) -> int:
        """Cancel a casino's waiting slots that are planned after `after` (ISO text); how many there were."""
        with self._connection.transaction() as db:
            return db.execute(_CANCEL, [reason.status, reason, casino, after, SlotStatus.PLANNED]).rowcount

    def miss(self, before: str) -> list[dict[str, Any]]:
        """Give up the waiting slots planned before `before` (ISO text); returns their rows.

        The reason is `overrun` where the daemon of this machine was alive at the time, else `daemon_down`.
        """
        reasons = (SlotReason.OVERRUN, SlotReason.DAEMON_DOWN)
        values = [SlotStatus.MISSED, machine(), *reasons, SlotStatus.PLANNED, before]
        with self._connection.transaction() as db:
            return list(db.query(_MISS, values))

    def settle(self, busy: Collection[str], reason: SlotReason) -> int:
        """Close slots that were claimed and that nobody works on; `busy` are the ids of those that somebody does.

        `busy` may grow meanwhile, as long as a slot stands in it before it is claimed: it is asked last. A slot whose
        probe is closed is done; one without a probe is given up for `reason`; one whose probe is still open waits for
        `Store.recover`. Returns how many were closed.
        """
        with self._connection.reading() as db:
            rows = list(db.query(_RUNNING, [str(SlotStatus.RUNNING)]))
        loose = [row for row in rows if row["id"] not in busy]
        for row in loose:
            if row["outcome"] is not None:
                self.done(row["id"], row["probe_id"])
            elif row["probe_id"] is None:
                self.drop(row["id"], reason)
        return sum(row["outcome"] is not None or row["probe_id"] is None for row in loose)
