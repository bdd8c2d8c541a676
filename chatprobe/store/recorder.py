"""Writing one running probe: buffered, in transactions, nothing half-written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from math import isfinite
from threading import Lock
from typing import Any

from sqlite_utils import Database

from chatprobe.errors import DatabaseError
from chatprobe.model import Event, Outcome
from chatprobe.store import lease, parts
from chatprobe.store.clean import clean_row, clean_value, json_text
from chatprobe.store.closing import close
from chatprobe.store.connection import Connection
from chatprobe.store.pseudonym import Pseudonyms, can_hide
from chatprobe.times import epoch_ms

_EVENT = "INSERT INTO events (probe_id, seq, at_ms, name, detail) VALUES (?, ?, ?, ?, ?)"
_CLOSED = "SELECT 1 FROM probes WHERE id = ? AND outcome IS NOT NULL"
_MESSAGE = (
    "INSERT INTO messages (probe_id, seq, at, at_ms, wire_ms, settled_ms, speaker, confidence, evidence, agent, text,"
    " language) VALUES (:probe_id, :seq, :at, :at_ms, :wire_ms, :settled_ms, :speaker, :confidence, :evidence, :agent,"
    " :text, :language) ON CONFLICT (probe_id, seq) DO UPDATE SET at = excluded.at, at_ms = excluded.at_ms,"
    " wire_ms = excluded.wire_ms, settled_ms = excluded.settled_ms, speaker = excluded.speaker,"
    " confidence = excluded.confidence, evidence = excluded.evidence, agent = excluded.agent, text = excluded.text,"
    " language = excluded.language"
)
_OPTIONAL = dict.fromkeys(("at", "at_ms", "wire_ms", "settled_ms", "confidence", "evidence", "agent", "language"))


class Names:
    """Keeps the names of one chat's authors out of its events."""

    def __init__(self, pseudonyms: Pseudonyms, is_public: Callable[[str], bool]) -> None:
        """`is_public` tells names that are nobody's, a machine's own: they stay as they are."""
        self.pseudonyms = pseudonyms
        self._is_public = is_public
        self._seen: set[str] = set()

    def hidden(self, detail: Mapping[str, Any]) -> dict[str, Any]:
        """`detail` with a pseudonym as its `name`, and every name seen so far gone from its `attributes` and `why`.

        Beside the pseudonym of a name of several words stand those of its words, as `name_parts`: so that who knows
        the words ("Anna joined") can tell later that the name ("Anna K.") holds them.
        """
        kept = dict(detail)
        name, attributes = kept.get("name"), kept.get("attributes")
        if isinstance(name, str) and not self._is_public(name):
            if can_hide(name.strip()):
                self._seen.add(name.strip())
            kept["name"], parts = self.pseudonyms.of(name), self.pseudonyms.parts(name)
            kept |= {"name_parts": parts} if parts != kept["name"] else {}
        if isinstance(attributes, Mapping):
            kept["attributes"] = {key: self._without(value) for key, value in attributes.items()}
        if "why" in kept:
            kept["why"] = self._without(kept["why"])
        return kept

    def out_of_evidence(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """A row of `messages` without the names seen so far in what its evidence cites of the markup."""
        if not row.get("evidence"):
            return dict(row)
        return {
            **row,
            "evidence": [{key: self._cited(key, value) for key, value in one.items()} for one in row["evidence"]],
        }

    def _cited(self, key: str, value: Any) -> Any:
        return self._without(value) if key == "detail" else value

    def _without(self, value: Any) -> Any:
        return self.pseudonyms.hide(value, self._seen) if isinstance(value, str) and self._seen else value


class Recorder:
    """One running probe. `Store.begin` makes it; one task adds to it, any thread may flush."""

    def __init__(self, connection: Connection, probe_id: str, started_at: str, names: Names) -> None:
        """`started_at` is the probe's, as ISO text: events are counted from it."""
        self.probe_id = probe_id
        self.pseudonyms = names.pseudonyms
        self._names = names
        self._connection = connection
        self._started = epoch_ms(started_at)
        self._lock = Lock()  # adding must not wait for the disk, only for another thread's few lines on the buffers
        self._seq = 0
        self._events: list[tuple[Any, ...]] = []
        self._messages: dict[int, dict[str, Any]] = {}
        self._columns: dict[str, Any] = {}

    def add(self, event: Event) -> Event:
        """Take an event for the next `flush`; returns it as it will be read again, but for the names.

        What is decided while the probe runs is decided on that, and so can be decided again.
        """
        detail = clean_value(event.detail)
        hidden = self._names.hidden(detail)  # after cleaning: a pseudonym may look like an account number
        at_ms = event.at - self._started
        cells = (at_ms if isfinite(at_ms) else None, str(event.name), json_text(hidden) if hidden else None)
        with self._lock:
            self._events.append((self.probe_id, self._seq, *cells))
            self._seq += 1
        return replace(event, detail=detail)

    def put_message(self, row: Mapping[str, Any]) -> None:
        """Take a row of `messages` (without `probe_id`) for the next `flush`; one of the same `seq` is replaced."""
        cleaned = clean_row({**_OPTIONAL, **self._names.out_of_evidence(row), "probe_id": self.probe_id})
        with self._lock:
            self._messages[row["seq"]] = cleaned

    def update(self, **columns: Any) -> None:
        """Take columns of the probe's row for the next `flush`."""
        cleaned = clean_row(columns)
        with self._lock:
            self._columns.update(cleaned)

    def flush(self) -> None:
        """Write what was taken, in one transaction. On DatabaseError and StorageFull all is kept for the next try."""
        if self._events or self._messages or self._columns:
            self._write()

    def commit(self, event: Event, **columns: Any) -> None:
        """Write all that was taken, this event and these columns; when it returns they survive even a power cut.

        Raises DatabaseError if somebody else closed the probe: then it must not go on.
        """
        self.add(event)
        self.update(**columns)
        with self._connection.durable():
            self._write_open()

    def renew(self, until: str) -> None:
        """Hold the casino at least until `until` (ISO text); a lease that is gone stays gone."""
        with self._connection.transaction() as db:
            db.execute(
                "UPDATE leases SET expires_at = max(coalesce(expires_at, ''), ?) WHERE probe_id = ?",
                [until, self.probe_id],
            )

    def finish(
        self,
        columns: Mapping[str, Any],
        messages: Iterable[Mapping[str, Any]] = (),
        artifacts: Iterable[Mapping[str, Any]] = (),
        found: Iterable[Mapping[str, Any]] = (),
    ) -> None:
        """Close the probe in one transaction: last columns, messages, decisions, outcome, artifacts; lease released.

        Raises DatabaseError, and writes nothing, if it is closed already: somebody took it for lost. `columns` holds
        at least `outcome` and `finished_at`; `side` follows from the outcome. `artifacts` are rows as `Store.artifact`
        makes them, `found` rows of `parts`.
        """
        self.update(**{**columns, "side": str(Outcome(columns["outcome"]).side)})
        for message in messages:
            self.put_message(message)
        rows = [clean_row({**row, "probe_id": self.probe_id, "seq": seq}) for seq, row in enumerate(artifacts)]

        def conclude(db: Database) -> None:
            db.table("artifacts").insert_all(rows)
            parts.keep(db, self.probe_id, found)
            close(db, self.probe_id, columns["finished_at"])

        self._write_open(conclude)
        self.let_go()

    def let_go(self) -> None:
        """This process runs the probe no more: one that is still open may be closed as `interrupted`."""
        lease.held.discard(self.probe_id)

    def _write_open(self, last: Callable[[Database], None] = lambda _: None) -> None:
        """Write what waits; raise DatabaseError if the probe is closed."""
        if not self._write(last):
            self.let_go()
            hint = "was this machine asleep, or its clock set?"
            raise DatabaseError(f"{self.probe_id}: closed by another process while it ran", hint)

    def _write(self, last: Callable[[Database], None] = lambda _: None) -> bool:
        """Write what waits; False, and nothing written, if the probe is closed."""
        with self._connection.lock:  # two writers would both write what waits
            return self._write_alone(last)

    def _write_alone(self, last: Callable[[Database], None]) -> bool:
        with self._lock:
            events, messages, columns = list(self._events), list(self._messages.values()), dict(self._columns)
        with self._connection.transaction() as db:
            if db.execute(_CLOSED, [self.probe_id]).fetchone():
                return False
            db.conn.executemany(_EVENT, events)
            db.conn.executemany(_MESSAGE, messages)
            if columns:
                db.table("probes").update(self.probe_id, columns)
            last(db)
        with self._lock:
            del self._events[: len(events)]
            for row in messages:
                if self._messages[row["seq"]] is row:
                    del self._messages[row["seq"]]
            self._columns = {name: value for name, value in self._columns.items() if columns.get(name) is not value}
        return True
