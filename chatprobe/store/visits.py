"""All ended visits as columns, for statistics: one pass over the table, no mapping per row."""

from __future__ import annotations

from typing import Any

from sqlite_utils import Database

from chatprobe.columns import Columns
from chatprobe.model import Depth, EventName, Mode, Side, SlotStatus, Speaker

_CHUNK = 10_000
# In the queries below only names of closed lists stand.
_ASKED_IN = "substr(p.language, 1, instr(p.language || '-', '-') - 1)"
"""Of pt-BR only pt: more is not known of answers."""
_SPOKEN = f"""
messages m WHERE m.probe_id = p.id AND m.speaker = '{Speaker.HUMAN}' AND m.language IS NOT NULL AND m.at_ms >= 0
"""
TEXTS = {
    "casino": "p.casino",
    "scenario": "p.scenario_sha256",
    "origin": "p.origin",
    "depth": "p.depth",
    "outcome": "p.outcome",
    "ended_by": "p.ended_by",
    "question": "p.question_id",
    "language": _ASKED_IN,
    "agent": "p.agent",
    "key": "p.pseudonym_key",
    # Of several languages the one that was asked in, or an agent's greeting in English would be held against him.
    "answered_in": f"""CASE WHEN p.first_human_ms IS NULL THEN NULL
      WHEN EXISTS (SELECT 1 FROM {_SPOKEN} AND m.language = {_ASKED_IN}) THEN {_ASKED_IN}
      ELSE (SELECT m.language FROM {_SPOKEN} ORDER BY m.at_ms LIMIT 1) END""",  # noqa: S608
}
"""Columns of `Columns.texts`, as SQL."""


def _epoch(column: str) -> str:
    return f"(julianday({column}) - 2440587.5) * 86400000.0"


NUMBERS = {
    "cell": "p.cell",
    "adaptive": f"""EXISTS (
      SELECT 1 FROM slots s INDEXED BY slots_adaptive WHERE s.id = p.slot_id AND s.mode = '{Mode.ADAPTIVE}')""",  # noqa: S608
    "started": _epoch("p.started_at"),
    "asked": _epoch("p.asked_at"),
    "requested": _epoch("p.requested_at"),
    # Only where something failed it matters that we were about to ask and nothing tells whether it was sent.
    "asking": f"""p.asked_at IS NOT NULL OR (p.side = '{Side.OURS}' AND EXISTS (
      SELECT 1 FROM events e WHERE e.probe_id = p.id AND e.name = '{EventName.ASKING}'))""",  # noqa: S608
    **{
        name: f"p.{name}"
        for name in (
            "greeted_ms",
            "first_bot_ms",
            "first_unknown_ms",
            "first_human_ms",
            "queue_entered_ms",
            "queue_first",
            "handoff_ms",
            "handoff_turns",
            "handoff_clicks",
            "waited_ms",
            "deadline_ms",
            "answer_match",
        )
    },
}
"""Columns of `Columns.numbers`, as SQL."""
_DETAILS = frozenset(
    {
        *("id", "question", "language", "agent", "key", "answered_in", "requested", "greeted_ms", "answer_match"),
        *("queue_entered_ms", "queue_first", "handoff_ms", "handoff_turns", "handoff_clicks"),
    }
)
"""What single visits tell beyond whether and when somebody answered: half of the time that reading takes."""
_SURVEY = f"""
SELECT s.casino, s.cell % 24 AS hour, count(*) AS slots,
  sum(s.status <> '{SlotStatus.DONE}' OR coalesce(p.side, '{Side.OURS}') = '{Side.OURS}') AS lost
FROM slots s LEFT JOIN probes p ON p.id = s.probe_id
WHERE s.depth = '{Depth.CHAT}' AND s.mode = '{Mode.EVEN}' AND s.planned_at >= ?
  AND s.status IN ('{SlotStatus.DONE}', '{SlotStatus.MISSED}', '{SlotStatus.SKIPPED}')
"""  # noqa: S608


def visits(db: Database, casino: str | None, since: str | None, *, brief: bool) -> Columns:
    """See `Store.visits`."""
    sought = {"id": "p.id", **TEXTS, **NUMBERS}
    sql = ", ".join("NULL" if brief and name in _DETAILS else source for name, source in sought.items())
    query, values = f"SELECT {sql} FROM probes p WHERE p.outcome IS NOT NULL", list[str]()  # noqa: S608
    for column, sign, value in (("casino", "=", casino), ("started_at", ">=", since)):
        if value is not None:
            query, values = f"{query} AND p.{column} {sign} ?", [*values, value]
    columns = Columns.empty(TEXTS, NUMBERS)
    cursor = db.execute(query, values)
    while rows := cursor.fetchmany(_CHUNK):
        columns.extend(rows)
    return columns


def survey_slots(db: Database, casino: str, since: str) -> dict[int, tuple[int, int]]:
    """See `Store.survey_slots`."""
    rows = db.execute(f"{_SURVEY} AND s.casino = ? GROUP BY hour", [since, casino])
    return {hour: (slots, lost) for _, hour, slots, lost in rows if hour is not None}


def texts(db: Database, casino: str | None) -> list[dict[str, Any]]:
    """See `Store.scenario_texts`."""
    where, values = ("yaml IS NOT NULL AND casino = ?", [casino]) if casino else ("yaml IS NOT NULL", [])
    return list(db.table("scenarios").rows_where(where, values, order_by="first_seen, sha256"))
