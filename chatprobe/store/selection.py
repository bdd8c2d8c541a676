"""Which rows of a table or view are wanted, as SQL that reads them in the order of time without sorting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from chatprobe.errors import UsageError
from chatprobe.store.closing import AUTHOR
from chatprobe.store.codebook import Relation
from chatprobe.store.pruning import OWN, OWN_DETAIL

PERSON = "person"
"""Stands for everybody who corrected something, where names are not shown."""
_WITHIN = {"decisions": "seq, decided_at, author", "outcomes": "decided_at, author"}
"""What orders the rows of a probe, where it is not their number."""
_SLOT_OF_PROBE = "id IN (SELECT slot_id FROM probes WHERE started_at >= :since)"
_USED_SINCE = "(first_seen >= :since OR sha256 IN (SELECT scenario_sha256 FROM probes WHERE started_at >= :since))"
_PUBLIC = {
    ("events", "detail"): OWN_DETAIL,
    ("decisions", "author"): f"CASE author WHEN '{AUTHOR}' THEN author ELSE '{PERSON}' END",
    ("outcomes", "author"): f"CASE author WHEN '{AUTHOR}' THEN author ELSE '{PERSON}' END",
}
"""What takes the place of a column for readers who may not see everything; the rest of it is for `masking`."""


@dataclass(frozen=True)
class Own:
    """How a table's own columns choose its rows."""

    order: str
    casino: str | None = None
    since: str | None = None


_OWN = {
    "probes": Own("started_at, id", "casino = :casino", "started_at >= :since"),
    "slots": Own("planned_at, id", "casino = :casino", f"(planned_at >= :since OR {_SLOT_OF_PROBE})"),
    "scenarios": Own("first_seen, sha256", "casino = :casino", _USED_SINCE),
    "leases": Own("casino", "casino = :casino"),
    "uptime": Own("from_at, machine", since="to_at >= :since"),
}


@dataclass(frozen=True)
class Selection:
    """Rows of one table or view."""

    relation: Relation
    casino: str | None = None
    since: str | None = None
    """ISO text: rows of probes that started then or later, slots planned, scenarios used, uptime that lasted until."""
    where: str | None = None
    """An SQL expression over the relation's own columns."""
    public: bool = True
    """Without persons' names among our own words, and without what was said beside the messages."""

    @property
    def whole(self) -> bool:
        """Whether every row of the relation is wanted."""
        return (self.casino, self.since, self.where) == (None, None, None)

    @property
    def values(self) -> Mapping[str, Any]:
        """What the parameters of `sql` stand for."""
        known = {"casino": self.casino, "since": self.since, **OWN}
        return {name: value for name, value in known.items() if f":{name}" in self.sql()}

    def sql(self) -> str:
        """The SELECT. Raises UsageError where rows of this relation have no casino or no time to choose by."""
        name = self.relation.name
        if self.relation.kind == "view":  # `casino` and `since` are chosen among the probes below it
            return f"SELECT {self._columns()} FROM {self._source()} ORDER BY 1, 2"  # noqa: S608
        if "probe_id" in self.relation.names and name not in _OWN:
            return self._of_probes(_WITHIN.get(name, "seq"))
        own = _OWN[name]
        wanted = [self._choice("casino", own.casino), self._choice("since", own.since)]
        conditions = " AND ".join(one for one in wanted if one) or "1"
        return f"SELECT {self._columns()} FROM {self._source()} WHERE {conditions} ORDER BY {own.order}"  # noqa: S608

    def _choice(self, what: str, condition: str | None) -> str | None:
        if getattr(self, what) is None:
            return None
        if condition is None:
            raise UsageError(f"--{what} says nothing of {self.relation.name}", f"leave out --{what}")
        return condition

    def _source(self) -> str:
        """The relation's rows for which `where` holds; in brackets, so that it sees no other table's columns."""
        name = self.relation.name
        if self.where is None:
            return name
        return f"(SELECT * FROM {name} WHERE ({self.where}\n)) AS {name}"  # noqa: S608

    def _columns(self) -> str:
        name = self.relation.name
        public = {column: sql for (table, column), sql in _PUBLIC.items() if table == name and self.public}
        return ", ".join(f"{public[one]} AS {one}" if one in public else f"{name}.{one}" for one in self.relation.names)

    def _of_probes(self, order: str) -> str:
        name = self.relation.name
        if (self.casino, self.since) == (None, None):
            return f"SELECT {self._columns()} FROM {self._source()} ORDER BY probe_id, {order}"  # noqa: S608
        wanted = {"casino": "chosen.casino = :casino", "since": "chosen.started_at >= :since"}
        conditions = " AND ".join(sql for what, sql in wanted.items() if getattr(self, what) is not None)
        # CROSS JOIN keeps SQLite from reading all rows first and sorting them.
        return (
            f"SELECT {self._columns()} FROM probes AS chosen CROSS JOIN {self._source()}"  # noqa: S608
            f" ON {name}.probe_id = chosen.id WHERE {conditions} ORDER BY chosen.started_at, chosen.id, {order}"
        )
