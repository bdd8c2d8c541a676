"""What every table, view and column means: read from the comments in the schema, and from the closed lists.

The one definition behind docs/database.md, what is shipped with every export, and what `db check` looks for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Literal

from sqlite_utils import Database

from chatprobe.errors import UsageError, did_you_mean
from chatprobe.model import Depth, EndedBy, EventName, Mode, Origin, Outcome, Side, SlotReason, SlotStatus, Speaker
from chatprobe.store.migrations import migrations


class Kind(StrEnum):
    """What a column holds, where it holds anything."""

    TEXT = "text"
    INTEGER = "integer"
    REAL = "real"
    BOOLEAN = "boolean"
    """0 or 1 in the database."""
    TIME = "time"
    """UTC text of the form 2026-01-31T12:00:00.000Z in the database."""
    JSON = "json"
    """JSON text in the database."""


@dataclass(frozen=True)
class Column:
    """One column."""

    name: str
    kind: Kind
    unit: str
    """Empty where there is none."""
    values: tuple[str, ...]
    """All that is allowed; empty where anything of its kind is."""
    meaning: str


@dataclass(frozen=True)
class Relation:
    """A table or a view."""

    kind: Literal["table", "view"]
    name: str
    meaning: str
    columns: tuple[Column, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The columns' names."""
        return tuple(column.name for column in self.columns)


LISTS: dict[str, type[StrEnum]] = {
    "depth": Depth,
    "mode": Mode,
    "origin": Origin,
    "outcome": Outcome,
    "side": Side,
    "ended_by": EndedBy,
    "speaker": Speaker,
    "slots.status": SlotStatus,
    "slots.reason": SlotReason,
    "events.name": EventName,
}
"""The closed lists, by column, or by table and column."""

_BOOLEANS = {"answer_match", "answered", "answered_if_unsure_counts"}
_UNITS = {
    "bytes": "bytes",
    "cell": "hour of the week",
    "confidence": "rank",
    "handoff_clicks": "clicks",
    "handoff_turns": "messages",
    "probability": "share of 1",
    "queue_first": "place in line",
    "queue_last": "place in line",
}
_CONFIDENCES = ("0", "0.25", "0.5", "0.75", "1")
_DECLARED = {"TEXT": Kind.TEXT, "INTEGER": Kind.INTEGER, "REAL": Kind.REAL}
_SCHEMAS = "SELECT type, name, sql FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT GLOB '[_]*'"
_TITLE = re.compile(r"CREATE (?:TABLE|VIEW) \w+ (?:\(|AS) -- (.*)")
_COLUMN = re.compile(r"^  (?:.* AS )?(\w+)(?: [A-Z]+\b.*?)?,? -- (.*)$", re.MULTILINE)


@cache
def codebook() -> tuple[Relation, ...]:
    """Every table, then every view, of a database that is up to date."""
    db = Database(memory=True)
    migrations.apply(db)
    return tuple(_relation(db, *row) for row in db.execute(_SCHEMAS).fetchall())


def relation(name: str) -> Relation:
    """The table or view `name`; raises UsageError where there is none."""
    known = {one.name: one for one in codebook()}
    if name not in known:
        hint = did_you_mean(name, known) or f"there are {', '.join(known)}"
        raise UsageError(f"no table or view {name}", hint)
    return known[name]


def allowed(table: str, column: str) -> tuple[str, ...]:
    """The closed list behind a column; empty where there is none."""
    names = LISTS.get(f"{table}.{column}") or LISTS.get(column)
    return tuple(map(str, names)) if names else ()


def _relation(db: Database, kind: Literal["table", "view"], name: str, sql: str) -> Relation:
    title = _TITLE.match(sql)
    declared = {row[1]: row[2] for row in db.execute(f"PRAGMA table_info({name})")}
    columns = tuple(_column(name, column, declared[column], meaning) for column, meaning in _COLUMN.findall(sql))
    return Relation(kind, name, title[1] if title else "", columns)


def _column(table: str, name: str, declared: str, meaning: str) -> Column:
    kind = _kind(name, declared, meaning)
    values = allowed(table, name) or (_CONFIDENCES if name == "confidence" else ())
    return Column(name, kind, _unit(name, kind), values, meaning)


def _kind(name: str, declared: str, meaning: str) -> Kind:
    if meaning.startswith("JSON: "):
        return Kind.JSON
    if name == "at" or name.endswith("_at") or name == "first_seen":
        return Kind.TIME
    if name in _BOOLEANS:
        return Kind.BOOLEAN
    # A view declares no type for what it computes: durations say so by their name, all else are counts.
    return _DECLARED.get(declared, Kind.REAL if name.endswith("_ms") else Kind.INTEGER)


def _unit(name: str, kind: Kind) -> str:
    if kind is Kind.TIME:
        return "UTC"
    return "ms" if name.endswith("_ms") else _UNITS.get(name, "")


# --- as rows ----------------------------------------------------------------------------------------------------------

_OWN = {
    "relation": "Name of the table or view",
    "kind": "table or view",
    "column_name": "Name of the column; empty in the line on the table or view itself",
    "type": "text, integer, real, boolean, time or json",
    "unit": "Unit, where there is one",
    "meaning": "What it means",
    "allowed": "All that is allowed, parted by commas; empty where anything of its type is",
}


def codebook_relation() -> Relation:
    """The codebook as a table of its own."""
    columns = tuple(Column(name, Kind.TEXT, "", (), meaning) for name, meaning in _OWN.items())
    return Relation("table", "codebook", "What every table, view and column means", columns)


def codebook_rows(wanted: Iterable[Relation] | None = None) -> list[tuple[str, ...]]:
    """Its rows, on the `wanted` tables and views, else on all."""
    rows: list[tuple[str, ...]] = []
    for one in codebook() if wanted is None else wanted:
        rows.append((one.name, one.kind, "", "", "", one.meaning, ""))
        for column in one.columns:
            told = (column.name, str(column.kind), column.unit, column.meaning, ", ".join(column.values))
            rows.append((one.name, one.kind, *told))
    return rows


# --- as a page --------------------------------------------------------------------------------------------------------

PAGE_HEAD = """# The database

One SQLite file, by default `chatprobe.db`. It opens in anything that reads SQLite (`sqlite3`, Datasette, pandas, DB
Browser), also while chatprobe is writing. This page is made from the comments in the schema, which the file itself
carries: `sqlite3 chatprobe.db .schema` shows them too. To hand data on, or to take it elsewhere, see
[export.md](export.md).

- Times are UTC text of the form `2026-01-31T12:00:00.000Z`: text order is time order.
- Durations are in milliseconds and end in `_ms`.
- `slots.id` and `probes.id` are ULIDs, and what belongs to a probe has the key (`probe_id`, `seq`): files from several
  machines can be [put together](export.md#putting-databases-together).
- Booleans are 0 or 1. Columns of type json hold valid JSON or NULL. A table may hold NULL wherever nothing was found.
- Nothing here is a verdict. `messages.speaker` and `probes.outcome` show the newest decision; all earlier ones stay in
  `decisions` and `outcomes`.
- Statistics use planned probes (`origin = 'plan'`) whose outcome is the casino's doing (`side = 'casino'`); the views
  `availability_by_hour` and `waits` do so already.
- Beside the file lie its key for pseudonyms (`chatprobe.db.key`, mode 600) and the folder `artifacts` (mode 700).
"""


def markdown(head: str = PAGE_HEAD, wanted: Iterable[Relation] | None = None) -> str:
    """The `wanted` tables and views, else all, below `head`: docs/database.md."""
    return head + "".join(line for one in wanted or codebook() for line in _section(one))


def _section(one: Relation) -> Iterator[str]:
    yield f"\n## {one.kind} `{one.name}`\n\n{one.meaning}.\n"
    yield "\n| column | type | unit | meaning | values |\n|---|---|---|---|---|\n"
    for column in one.columns:
        values = ", ".join(f"`{value}`" for value in column.values)
        yield f"| `{column.name}` | {column.kind} | {column.unit} | {column.meaning} | {values} |\n"
