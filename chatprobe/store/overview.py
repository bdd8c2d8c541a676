"""What goes on and what went before, over all casinos: for `status`, the metrics and the daemon itself."""

from __future__ import annotations

from typing import Any

from chatprobe.model import SlotStatus
from chatprobe.store.connection import Connection
from chatprobe.store.reader import decoded

_RUNNING = """
SELECT id, casino, depth, origin, started_at, asked_at FROM probes WHERE outcome IS NULL ORDER BY started_at, id
"""
_NEXT = """
SELECT id, casino, depth, mode, planned_at FROM slots WHERE status = ? AND planned_at >= ?
ORDER BY planned_at, id LIMIT ?
"""
_LATEST = """
SELECT casino, id, depth, outcome, side, failed_step, max(started_at) AS started_at, finished_at
FROM probes WHERE outcome IS NOT NULL AND origin = 'plan' GROUP BY casino ORDER BY casino
"""
_COUNTS = """
SELECT casino, depth, status, reason, count(*) AS count FROM slots WHERE planned_at >= ? AND planned_at < ?
GROUP BY casino, depth, status, reason ORDER BY casino, depth, status, reason
"""
_COVERAGE = """
SELECT casino, depth, count(DISTINCT cell) AS cells, count(*) AS visits FROM probes
WHERE origin = 'plan' AND side = 'casino' AND started_at >= ? GROUP BY casino, depth ORDER BY casino, depth
"""
_EXAMINED = """
SELECT p.casino, p.id, p.started_at, p.scenario_sha256, e.detail FROM probes p JOIN events e ON e.probe_id = p.id
WHERE p.started_at >= ? AND p.origin = 'doctor' AND e.name = 'examined' ORDER BY p.started_at, p.id
"""
_KEY = "SELECT pseudonym_key FROM probes WHERE pseudonym_key IS NOT NULL ORDER BY started_at DESC LIMIT 1"
_LAGS = "SELECT page_lag_ms FROM probes WHERE page_lag_ms IS NOT NULL AND finished_at >= ? AND started_at >= ?"


class Overview:
    """Reading questions over all casinos. Times are ISO text."""

    def __init__(self, connection: Connection) -> None:
        """`Store.overview` is one."""
        self._connection = connection

    def running(self) -> list[dict[str, Any]]:
        """The probes that run now, the oldest first."""
        return self._connection.rows(_RUNNING)

    def upcoming(self, since: str, count: int) -> list[dict[str, Any]]:
        """The next `count` slots planned from `since` on."""
        return self._connection.rows(_NEXT, str(SlotStatus.PLANNED), since, count)

    def latest(self) -> list[dict[str, Any]]:
        """The last planned probe of each casino that ended."""
        return self._connection.rows(_LATEST)

    def examined(self, since: str) -> dict[str, dict[str, Any]]:
        """By casino the doctor's newest report since then, as `detail`, with its probe's id, start and scenario."""
        return {row["casino"]: row for row in decoded("events", self._connection.rows(_EXAMINED, since))}

    def counts(self, since: str, until: str) -> list[dict[str, Any]]:
        """How many slots planned from `since` to before `until` ended how: by casino, depth, status and reason."""
        return self._connection.rows(_COUNTS, since, until)

    def coverage(self, since: str) -> list[dict[str, Any]]:
        """In how many hours of the week each casino was visited since then, and how often, by depth.

        Only planned visits that tell something about the casino.
        """
        return self._connection.rows(_COVERAGE, since)

    def page_lags(self, since: str, started: str) -> list[float]:
        """`page_lag_ms` of the chats that ended since then; `started` only bounds how far the search goes back."""
        return [row["page_lag_ms"] for row in self._connection.rows(_LAGS, since, started)]

    def key_name(self) -> str | None:
        """Which key the newest probe's pseudonyms were made with; None where there are none."""
        rows = self._connection.rows(_KEY)
        return rows[0]["pseudonym_key"] if rows else None
