"""The ledger of when a daemon was alive: what was missed can be told from what nobody tried."""

from __future__ import annotations

from chatprobe.store.connection import Connection
from chatprobe.store.lease import machine
from chatprobe.times import epoch_ms

_BEAT = (
    "INSERT INTO uptime (machine, from_at, to_at) VALUES (?, ?, ?)"
    " ON CONFLICT (machine, from_at) DO UPDATE SET to_at = max(to_at, excluded.to_at)"
)
_SPANS = """
SELECT max(from_at, :since) AS first, min(to_at, :until) AS last FROM uptime WHERE to_at > :since AND from_at < :until
"""


class Uptime:
    """The table `uptime`, for this machine."""

    def __init__(self, connection: Connection) -> None:
        """`Store.uptime` is one."""
        self._connection = connection

    def beat(self, since: str, at: str) -> None:
        """The daemon was alive from `since`, the start of the stretch, to `at` (both ISO text)."""
        with self._connection.transaction() as db:
            db.execute(_BEAT, [machine(), since, max(since, at)])

    def share(self, since: str, until: str) -> float:
        """The share of the time from `since` to `until` (ISO text) in which a daemon was alive, 0 to 1."""
        with self._connection.reading() as db:
            rows = list(db.query(_SPANS, {"since": since, "until": until}))
        spans = [(epoch_ms(row["first"]), epoch_ms(row["last"])) for row in rows]
        covered, end = 0.0, epoch_ms(since)
        for first, last in sorted(spans):
            covered += max(0.0, last - max(first, end))
            end = max(end, last)
        return covered / (epoch_ms(until) - epoch_ms(since))
