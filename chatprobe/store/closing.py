"""The end of a probe in the database, the same whether it closed itself or was found dead."""

from __future__ import annotations

from typing import cast

from sqlite_utils import Database

from chatprobe.model import Depth

AUTHOR = "chatprobe"
"""The author of decisions that no person made."""

_DECISIONS = """
INSERT INTO decisions (probe_id, seq, decided_at, author, rules, speaker, confidence, evidence)
SELECT m.probe_id, m.seq, ?, ?, p.rules, m.speaker, m.confidence, m.evidence
FROM messages m JOIN probes p ON p.id = m.probe_id WHERE p.id = ?
"""
OUTCOME = """
INSERT INTO outcomes (probe_id, decided_at, author, rules, outcome, side,
  first_human_ms, first_unknown_ms, first_bot_ms)
SELECT id, ?, ?, rules, outcome, side, first_human_ms, first_unknown_ms, first_bot_ms FROM probes WHERE id = ?
"""
_SAME_AGAIN = """
SELECT p.outcome = (
  SELECT q.outcome FROM probes q WHERE q.casino = p.casino AND q.depth = p.depth AND q.outcome IS NOT NULL
  AND q.id <> p.id AND q.started_at <= p.started_at ORDER BY q.started_at DESC LIMIT 1)
FROM probes p WHERE p.id = ? AND p.depth = ?
"""


def close(db: Database, probe_id: str, decided_at: str) -> None:
    """Within a transaction: append the decisions and the outcome, release the lease.

    A presence probe that ended as the casino's last one keeps no events: 8 a day of them would say nothing new.
    """
    db.execute(_DECISIONS, [decided_at, AUTHOR, probe_id])
    db.execute(OUTCOME, [decided_at, AUTHOR, probe_id])
    db.execute("DELETE FROM leases WHERE probe_id = ?", [probe_id])
    same = cast("tuple[int | None] | None", db.execute(_SAME_AGAIN, [probe_id, Depth.PRESENCE]).fetchone())
    if same and same[0]:
        db.execute("DELETE FROM events WHERE probe_id = ?", [probe_id])
