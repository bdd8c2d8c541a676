"""All ended visits as columns, for statistics: one pass over the table, no mapping per row."""

from __future__ import annotations

from typing import Any

from sqlite_utils import Database

from chatprobe.columns import Columns
from chatprobe.model import Depth, EventName, Mode, Outcome, Side, SlotReason, SlotStatus, Speaker

_CHUNK = 10_000
# In the queries below only names of closed lists stand.
_ASKED_IN = "substr(p.language, 1, instr(p.language || '-', '-') - 1)"
"""Of pt-BR only pt: more is not known of answers."""
_SPOKEN = f"""
messages m WHERE m.probe_id = p.id AND m.speaker = '{Speaker.HUMAN}' AND m.language IS NOT NULL AND m.at_ms >= 0
"""
_FOUND = f"""
SELECT 1 FROM probes q WHERE q.casino = p.casino AND q.scenario_sha256 = p.scenario_sha256 AND q.side = '{Side.CASINO}'
AND q.outcome NOT IN ('{Outcome.NOT_OFFERED}', '{Outcome.SITE_DOWN}') AND q.started_at
"""  # noqa: S608
"""A visit that found a chat, by the same text; as in the view `availability_by_hour`."""


def _epoch(time: str) -> str:
    return f"(julianday({time}) - 2440587.5) * 86400000.0"


TEXTS = {
    "casino": "p.casino",
    "outcome": "p.outcome",
    "ended_by": "p.ended_by",
    "scenario": "p.scenario_sha256",
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
NUMBERS = {
    "planned": "p.origin = 'plan'",
    "chat": f"p.depth = '{Depth.CHAT}'",
    "adaptive": f"""EXISTS (
      SELECT 1 FROM slots s INDEXED BY slots_adaptive WHERE s.id = p.slot_id AND s.mode = '{Mode.ADAPTIVE}')""",  # noqa: S608
    # CASE and not OR: SQLite works out both sides of an OR.
    "proven": f"""CASE WHEN p.outcome <> '{Outcome.NOT_OFFERED}' THEN 1 ELSE
      EXISTS ({_FOUND} < p.started_at AND q.started_at >= strftime('%Y-%m-%dT%H:%M:%fZ', p.started_at, '-48 hours'))
      AND EXISTS ({_FOUND} > p.started_at
        AND q.started_at <= strftime('%Y-%m-%dT%H:%M:%fZ', p.started_at, '+48 hours')) END""",
    # Only where something failed it matters that we were about to ask and nothing tells whether it was sent.
    "asking": f"""CASE WHEN p.asked_at IS NOT NULL THEN 1 WHEN p.side <> '{Side.OURS}' THEN 0 ELSE EXISTS (
      SELECT 1 FROM events e WHERE e.probe_id = p.id AND e.name = '{EventName.ASKING}') END""",  # noqa: S608
    "at": _epoch("coalesce(p.asked_at, p.started_at)"),
    "cell": "p.cell",
    "line_ms": f"{_epoch('p.asked_at')} - {_epoch('p.requested_at')}",
    **{
        name: f"p.{name}"
        for name in (
            "first_bot_ms",
            "first_unknown_ms",
            "first_human_ms",
            "waited_ms",
            "deadline_ms",
            "greeted_ms",
            "queue_entered_ms",
            "queue_first",
            "handoff_turns",
            "handoff_clicks",
            "answer_match",
        )
    },
}
"""Columns of `Columns.numbers`, as SQL."""
_DETAILS = frozenset(
    {
        *("id", "scenario", "question", "language", "agent", "key", "answered_in", "line_ms", "greeted_ms"),
        *("queue_entered_ms", "queue_first", "handoff_turns", "handoff_clicks", "answer_match"),
    }
)
"""What single visits tell beyond whether and when somebody answered: half of the time that reading takes."""
_SURVEY = f"""
SELECT s.casino, s.cell % 24 AS hour, count(*) AS slots,
  sum(s.status <> '{SlotStatus.DONE}' OR coalesce(p.side, '{Side.OURS}') = '{Side.OURS}') AS lost
FROM slots s LEFT JOIN probes p ON p.id = s.probe_id
WHERE s.depth = '{Depth.CHAT}' AND s.mode = '{Mode.EVEN}' AND s.planned_at >= ?
  AND s.status IN ('{SlotStatus.DONE}', '{SlotStatus.MISSED}', '{SlotStatus.SKIPPED}')
  AND coalesce(s.reason, '') NOT IN ('{SlotReason.BUDGET}', '{SlotReason.BLACKOUT}', '{SlotReason.OPT_OUT}')
"""  # noqa: S608


def visits(db: Database, casino: str | None, since: str | None, *, brief: bool) -> Columns:
    """See `Store.visits`."""
    columns = Columns.empty(TEXTS, NUMBERS, _DETAILS if brief else frozenset())
    _read(db, columns, casino, since, f"p.depth = '{Depth.CHAT}'" if brief else "1")
    if brief:  # whom nobody has asked yet is known by looks only, and not forgotten
        chatted = set(columns.texts["casino"].names)
        for (name,) in db.execute("SELECT DISTINCT casino FROM probes").fetchall():
            if casino in (None, name) and name not in chatted:
                _read(db, columns, name, since, "1")
    return columns


def _read(db: Database, columns: Columns, casino: str | None, since: str | None, condition: str) -> None:
    """Append the rows for which `condition`, of constant text, holds."""
    sources = {"id": "p.id", **TEXTS, **NUMBERS}
    wanted = ", ".join(source for name, source in sources.items() if name not in columns.left_out)
    query, values = f"SELECT {wanted} FROM probes p WHERE p.outcome IS NOT NULL AND {condition}", list[str]()  # noqa: S608
    for column, sign, value in (("casino", "=", casino), ("started_at", ">=", since)):
        if value is not None:
            query, values = f"{query} AND p.{column} {sign} ?", [*values, value]
    cursor = db.execute(query, values)
    while rows := cursor.fetchmany(_CHUNK):
        columns.extend(rows)


def survey_slots(db: Database, casino: str, since: str) -> dict[int, tuple[int, int]]:
    """See `Store.survey_slots`."""
    rows = db.execute(f"{_SURVEY} AND s.casino = ? GROUP BY hour", [since, casino])
    return {hour: (slots, lost) for _, hour, slots, lost in rows if hour is not None}


def texts(db: Database, casino: str | None) -> list[dict[str, Any]]:
    """See `Store.scenario_texts`."""
    where, values = ("yaml IS NOT NULL AND casino = ?", [casino]) if casino else ("yaml IS NOT NULL", [])
    return list(db.table("scenarios").rows_where(where, values, order_by="first_seen, sha256"))
