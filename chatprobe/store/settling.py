"""What a probe shows when two databases decided about it apart: the newest, and a person's word before the rules'."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from enum import Enum, auto
from typing import Any

from sqlite_utils import Database

from chatprobe.store.closing import AUTHOR, OUTCOME
from chatprobe.store.decisions import OPINION, corrections, later, newest_by_rules
from chatprobe.store.reader import probe

Recount = Callable[[Mapping[str, Any]], Mapping[str, Any]]
"""The columns of `probes` that follow from who spoke, for a probe as `Store.probe` gives it."""

_SHOWN = ("outcome", "side", "greeted_ms", "first_human_ms", "first_unknown_ms", "first_bot_ms", "agent", "rules")
"""Columns of `probes` that a decision sets."""
_DECIDED = ("outcome", "side", "first_human_ms", "first_unknown_ms", "first_bot_ms")
"""Those of them that stand in `outcomes`."""
_CORRECTIONS = """
SELECT seq, decided_at, author FROM {schema}.decisions
WHERE probe_id = ? AND author <> ? AND rules IS NOT ?
"""
_NEWEST = "SELECT max(decided_at) FROM {schema}.outcomes WHERE probe_id = ?"
_TAKE = f"""
UPDATE main.probes SET ({", ".join(_SHOWN)}) = (SELECT {", ".join(_SHOWN)} FROM other.probes o WHERE o.id = probes.id)
WHERE id = ?
"""  # noqa: S608


class Side(Enum):
    """Whose outcome stands."""

    OWN = auto()
    OTHER = auto()
    NEITHER = auto()
    """Each side has a correction that the other does not know: the outcome is counted anew."""


def side_of(db: Database, probe_id: str) -> Side:
    """Which side knows more of this probe, before anything is merged: more corrections, else the newer outcome."""
    own, other = (_corrections(db, schema, probe_id) for schema in ("main", "other"))
    if own == other:
        newest = [db.execute(_NEWEST.format(schema=schema), [probe_id]).fetchone()[0] for schema in ("main", "other")]
        return Side.OTHER if (newest[1] or "") > (newest[0] or "") else Side.OWN
    return Side.OWN if own > other else Side.OTHER if other > own else Side.NEITHER


def _corrections(db: Database, schema: str, probe_id: str) -> set[tuple[Any, ...]]:
    return set(db.execute(_CORRECTIONS.format(schema=schema), [probe_id, AUTHOR, OPINION]).fetchall())


def settle(db: Database, probe_id: str, side: Side, recount: Recount) -> None:
    """Show what stands, once the decisions of both sides are in `main`; what is shown is the newest outcome then."""
    _show_messages(db, probe_id)
    if side is Side.OTHER:
        db.execute(_TAKE, [probe_id])
    elif side is Side.NEITHER:
        with suppress(ValueError):  # a damaged row is none that can be counted: it stays as it is
            db.table("probes").update(probe_id, dict(recount(probe(db, probe_id))))
    order = "decided_at DESC, author = 'chatprobe'"
    newest = next(db.table("outcomes").rows_where("probe_id = ?", [probe_id], order_by=order, limit=1), None)
    shown = next(db.table("probes").rows_where("id = ?", [probe_id]))
    if newest is None or [newest[name] for name in _DECIDED] != [shown[name] for name in _DECIDED]:
        at = newest["decided_at"] if newest else shown["finished_at"]
        db.execute(OUTCOME, [later(db, probe_id, at), AUTHOR, probe_id])


def _show_messages(db: Database, probe_id: str) -> None:
    rows = list(db.table("decisions").rows_where("probe_id = ?", [probe_id], order_by="decided_at, seq"))
    standing = {**newest_by_rules(rows), **corrections(rows)}
    for seq, row in standing.items():
        shown = {name: row[name] for name in ("speaker", "confidence", "evidence")}
        db.table("messages").update((probe_id, seq), shown)
