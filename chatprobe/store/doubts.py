"""Which messages a person should look at."""

from __future__ import annotations

from chatprobe.store.closing import AUTHOR
from chatprobe.store.connection import Connection
from chatprobe.store.decisions import OPINION

_OVER = """
p.outcome IS NOT NULL AND p.pruned_at IS NULL
AND (:casino IS NULL OR p.casino = :casino) AND (:since IS NULL OR p.started_at >= :since)
"""
_DOUBTFUL = f"""
SELECT m.probe_id, m.seq FROM messages m JOIN probes p ON p.id = m.probe_id
WHERE {_OVER} AND m.speaker <> 'visitor' AND (m.speaker = 'unknown' OR m.confidence IS NULL OR m.confidence <= 0.5)
AND NOT EXISTS (
  SELECT 1 FROM decisions d WHERE d.probe_id = m.probe_id AND d.seq = m.seq
  AND d.author <> :author AND d.rules IS NOT :opinion)
ORDER BY coalesce(m.at_ms, -1) >= 0 AND m.speaker <> 'system' DESC, p.started_at DESC, p.id DESC, m.seq LIMIT :limit
"""  # noqa: S608  # both parts stand above
_DECIDED = f"""
SELECT DISTINCT d.probe_id, d.seq FROM decisions d JOIN probes p ON p.id = d.probe_id
WHERE {_OVER} AND d.author = :author AND d.speaker <> 'visitor' ORDER BY d.probe_id, d.seq
"""  # noqa: S608

Place = tuple[str, int]
"""A message: its probe's id and its `seq`."""


class Doubts:
    """Questions for the review, of probes that are over and not emptied; `casino`, `since` (ISO text) may be None."""

    def __init__(self, connection: Connection) -> None:
        """`Store.doubts` is one."""
        self._connection = connection

    def doubtful(self, casino: str | None, since: str | None, limit: int) -> list[Place]:
        """At most `limit` messages of unknown speakers or of a confidence up to .5 that no person has corrected.

        What was said after the question by others than the system comes first, then the newest probes.
        """
        return self._places(_DOUBTFUL, casino, since, limit)

    def decided(self, casino: str | None, since: str | None) -> list[Place]:
        """All messages but the visitor's, doubtful or not, in the order of their ids."""
        return self._places(_DECIDED, casino, since)

    def _places(self, sql: str, casino: str | None, since: str | None, limit: int = -1) -> list[Place]:
        values = {"casino": casino, "since": since, "limit": limit, "author": AUTHOR, "opinion": OPINION}
        with self._connection.reading() as db:
            return [(row["probe_id"], row["seq"]) for row in db.query(sql, values)]
