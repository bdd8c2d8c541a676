"""Deciding anew: rows are appended, never changed; `messages` and `probes` show the newest, a person's before ours."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from sqlite_utils import Database

from chatprobe.model import Decision
from chatprobe.store.clean import clean_row
from chatprobe.store.closing import AUTHOR, OUTCOME
from chatprobe.store.connection import Connection
from chatprobe.store.reader import decoded
from chatprobe.times import epoch_ms, iso

OPINION = "opinion"
"""In `decisions.rules`: a person's blind second look, which decides nothing."""

_SHOWN = """
UPDATE messages SET speaker = :speaker, confidence = :confidence, evidence = :evidence
WHERE probe_id = :probe_id AND seq = :seq
"""
_PROBES = """
SELECT id FROM probes
WHERE (:casino IS NULL OR casino = :casino) AND (:since IS NULL OR started_at >= :since) ORDER BY started_at, id
"""
_NEWEST = """
SELECT max(decided_at) FROM (
  SELECT decided_at FROM decisions WHERE probe_id = ?1 UNION ALL SELECT decided_at FROM outcomes WHERE probe_id = ?1)
"""


@dataclass(frozen=True)
class Verdict:
    """What was decided anew about one probe."""

    seen: int
    """How many rows of `decisions` were known: where there are more by now, it was decided on too little."""
    rules: str
    """Version of the rules; `OPINION` for what the author `said` but does not mean to change."""
    messages: Mapping[int, Decision] = field(default_factory=dict)
    """By the rules, by `seq`."""
    columns: Mapping[str, Any] = field(default_factory=dict)
    """Of `probes`: the outcome and its times; empty where they stay."""
    author: str = AUTHOR
    """Whose doing it is."""
    said: Mapping[int, Decision] = field(default_factory=dict)
    """By `author` in person, by `seq`."""


class Decisions:
    """The decisions of a database."""

    def __init__(self, connection: Connection) -> None:
        """`connection` is the store's."""
        self._connection = connection

    def of(self, probe_id: str) -> list[dict[str, Any]]:
        """All of a probe's, oldest first: rows of `decisions`, `evidence` decoded."""
        with self._connection.reading() as db:
            rows = db.table("decisions").rows_where("probe_id = ?", [probe_id], order_by="decided_at, seq")
            return decoded("decisions", rows)

    def add(self, probe_id: str, verdict: Verdict, now: str) -> bool:
        """Append what was decided anew at `now` (ISO text), and show it: all of it or nothing.

        False, and nothing written, if other decisions were added since: then decide again.
        """
        with self._connection.transaction() as db:
            if db.table("decisions").count_where("probe_id = ?", [probe_id]) != verdict.seen:
                return False
            _add(db, probe_id, verdict, later(db, probe_id, now))
            return True

    def probes(self, casino: str | None = None, since: str | None = None) -> list[str]:
        """Ids of the probes of a casino (else of all) that started at or after `since` (ISO text), oldest first."""
        with self._connection.reading() as db:
            return [row["id"] for row in db.query(_PROBES, {"casino": casino, "since": since})]

    def casinos(self) -> list[str]:
        """The casinos that have probes, in the order of the alphabet."""
        with self._connection.reading() as db:
            return [row["casino"] for row in db.query("SELECT DISTINCT casino FROM probes ORDER BY casino")]

    def scenario(self, sha256: str) -> str | None:
        """The kept text of a scenario by its digest, or by the start of it; None where there is none."""
        with self._connection.reading() as db:
            rows = db.query("SELECT yaml FROM scenarios WHERE substr(sha256, 1, length(?1)) = ?1 LIMIT 1", [sha256])
            return next((row["yaml"] for row in rows), None)


def corrections(rows: Iterable[Mapping[str, Any]]) -> dict[int, Mapping[str, Any]]:
    """The newest correction of each message among `rows` of one probe, oldest first: it stands against all rules."""
    return {row["seq"]: row for row in rows if row["author"] != AUTHOR and row["rules"] != OPINION}


def newest_by_rules(rows: Iterable[Mapping[str, Any]]) -> dict[int, Mapping[str, Any]]:
    """The newest decision by the rules of each message among `rows` of one probe, oldest first."""
    return {row["seq"]: row for row in rows if row["author"] == AUTHOR}


def _add(db: Database, probe_id: str, verdict: Verdict, at: str) -> None:
    by_rules = [_row(probe_id, seq, one, at, AUTHOR, verdict.rules) for seq, one in verdict.messages.items()]
    kind = OPINION if verdict.rules == OPINION else None
    in_person = [_row(probe_id, seq, one, at, verdict.author, kind) for seq, one in verdict.said.items()]
    db.table("decisions").insert_all([*by_rules, *in_person])
    db.conn.executemany(_SHOWN, by_rules if kind else [*by_rules, *in_person])
    if verdict.messages or verdict.columns:
        db.table("probes").update(probe_id, {**clean_row(verdict.columns), "rules": verdict.rules})
    if verdict.columns:
        db.execute(OUTCOME, [at, verdict.author, probe_id])


def later(db: Database, probe_id: str, now: str) -> str:
    """`now`, or right after the newest decision: the order must hold even where two share a moment."""
    (newest,) = cast("tuple[str | None]", db.execute(_NEWEST, [probe_id]).fetchone())
    return now if newest is None or newest < now else iso(epoch_ms(newest) + 1)


def _row(probe_id: str, seq: int, decision: Decision, at: str, author: str, rules: str | None) -> dict[str, Any]:
    made = {"probe_id": probe_id, "seq": seq, "decided_at": at, "author": author, "rules": rules}
    return clean_row({**made, **decision.as_row()})
