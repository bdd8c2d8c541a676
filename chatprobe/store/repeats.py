"""What was said in other probes of a casino, and when."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlite_utils import Database

PROBES = 60
"""Of so many probes, the nearest in time: a year-old template says little, and a pool must not grow for ever."""
# A widget that polls shows everything on its own beat, people's answers too: there, equal delays prove nothing.
_SAID = """
SELECT m.probe_id, m.at, m.speaker, m.text, p.started_at, p.open_ms, p.asked_at
FROM (
  SELECT id, started_at, open_ms, asked_at FROM probes
  WHERE casino = :casino AND substr(started_at, 1, 10) <> substr(:near, 1, 10)
  AND side = 'casino' AND asked_at IS NOT NULL AND pruned_at IS NULL AND coalesce(resolution_ms, 0) <= :resolution
  ORDER BY abs(julianday(started_at) - julianday(:near)), id LIMIT :probes
) p JOIN messages m ON m.probe_id = p.id
WHERE m.at IS NOT NULL ORDER BY p.started_at, m.probe_id, m.at, m.seq
"""


def said(db: Database, casino: str, near: str, resolution_ms: float) -> Iterable[dict[str, Any]]:
    """The messages of a casino's probes of other days. See `Store.said`."""
    return db.query(_SAID, {"casino": casino, "near": near, "resolution": resolution_ms, "probes": PROBES})
