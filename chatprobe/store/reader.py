"""Reading probes back."""

from __future__ import annotations

from typing import Any

from sqlite_utils import Database

from chatprobe.errors import UnknownProbe
from chatprobe.store.clean import JSON_COLUMNS, from_json

_CHILDREN = ("messages", "events", "artifacts")
_HISTORY = """
SELECT p.*, (
  SELECT coalesce(strftime('%Y-%m-%dT%H:%M:%fZ', julianday(p.started_at) + min(e.at_ms) / 86400000.0), p.started_at)
  FROM events e WHERE e.probe_id = p.id AND e.name = 'asking' GROUP BY e.probe_id) AS asking_at
FROM probes p WHERE p.casino = ? AND p.started_at >= ? ORDER BY p.started_at, p.id
"""


def probe(db: Database, wanted: str) -> dict[str, Any]:
    """A probe's row, JSON columns decoded, with its rows of the other tables. See `Store.probe`."""
    row = _find(db, wanted)
    lists = {
        table: decoded(table, db.table(table).rows_where("probe_id = ?", [row["id"]], order_by="seq"))
        for table in _CHILDREN
    }
    return {**decoded("probes", [row])[0], **lists}


def history(db: Database, casino: str | None, since: str) -> list[dict[str, Any]]:
    """A casino's probes since a time, or all casinos'. See `Store.history`."""
    if casino is None:
        return decoded("probes", db.query(_HISTORY.replace("p.casino = ? AND ", ""), [since]))
    return decoded("probes", db.query(_HISTORY, [casino, since]))


def _find(db: Database, wanted: str) -> dict[str, Any]:
    probes = db.table("probes")
    if wanted == "last":
        rows = list(probes.rows_where(order_by="started_at DESC, id DESC", limit=1))
    else:
        rows = (
            list(probes.rows_where("substr(id, 1, length(?1)) = ?1", [wanted.upper()], order_by="id", limit=3))
            if wanted.isascii() and wanted
            else []
        )
    if not rows and not probes.count:
        raise UnknownProbe("no probe yet", "`chatprobe run CASINO` makes one")
    if not rows:
        raise UnknownProbe(f"no probe {wanted}", "`chatprobe show last` shows the newest")
    if len(rows) > 1:
        raise UnknownProbe(f"several probes begin with {wanted}", f"among them {rows[0]['id']} and {rows[1]['id']}")
    return rows[0]


def decoded(table: str, rows: Any) -> list[dict[str, Any]]:
    """`rows` of a table, their JSON columns decoded."""
    columns = JSON_COLUMNS.get(table, ())
    return [{**row, **{column: from_json(row[column]) for column in columns}} for row in rows]
