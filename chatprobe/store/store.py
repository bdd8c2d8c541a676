"""The database as the rest of the program sees it."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from math import inf
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from chatprobe.columns import Columns
from chatprobe.errors import BudgetRefused, DatabaseError, MissingKey
from chatprobe.store import backup, bulk, check, expiry, lease, merging, pruning, reader, recover, repeats, visits
from chatprobe.store.account import Account
from chatprobe.store.clean import clean_row
from chatprobe.store.connection import Connection, create_empty
from chatprobe.store.decisions import Decisions
from chatprobe.store.doubts import Doubts
from chatprobe.store.merging import Merged, Progress
from chatprobe.store.migrations import steps
from chatprobe.store.overview import Overview
from chatprobe.store.parts import Parts
from chatprobe.store.pseudonym import Pseudonyms, key_file, load_key
from chatprobe.store.recorder import Names, Recorder
from chatprobe.store.settling import Recount
from chatprobe.store.slots import Slots
from chatprobe.store.snapshot import Snapshot
from chatprobe.store.uptime import Uptime
from chatprobe.times import epoch_ms


class Store:
    """One SQLite file. Several processes may use it at once; so may threads of this one. A context manager."""

    def __init__(self, connection: Connection) -> None:
        """Use `Store.open`."""
        self._connection = connection
        self.decisions = Decisions(connection)
        """Who said what, decided anew."""
        self.slots = Slots(connection)
        """Planned times."""
        self.uptime = Uptime(connection)
        """When a daemon was alive."""
        self.overview = Overview(connection)
        """Questions over all casinos."""
        self.account = Account(connection)
        """What visits cost and what they were made with."""
        self.doubts = Doubts(connection)
        """What a person should look at."""
        self.parts = Parts(connection)
        """How the chats' parts were made."""
        self.migrated: list[str] = []
        """Names of the schema's steps that opening took."""

    @classmethod
    def open(cls, path: Path, *, create: bool = False) -> Self:
        """Open the database at `path`; `create` makes a missing one and brings an old one up to date.

        Raises DatabaseError if it is missing (nothing is created then), not ours, newer than this program, in need of
        `migrate`, or cannot be written; StorageFull if the disk is full.
        """
        created = create and create_empty(path)
        if not path.is_file():
            raise DatabaseError(f"{path}: no such database", "`chatprobe run` or `chatprobe db migrate` create one")
        store = cls(Connection(path))
        try:
            store._prepare(create=create)
        except BaseException:
            store.close()
            if created:
                _remove(path)
            raise
        return store

    def _prepare(self, *, create: bool) -> None:
        self._connection.ensure_ours()
        if create:
            self.migrated = self.migrate()
        elif pending := self._connection.pending():
            what = "is empty" if pending == steps() else "made by an older chatprobe"
            raise DatabaseError(f"{self.path}: {what}", "run `chatprobe db migrate`")

    @property
    def path(self) -> Path:
        """The database file."""
        return self._connection.path

    def close(self) -> None:
        """Close the file. Probes that still run in this process stay open until their lease expires."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def migrate(self) -> list[str]:
        """Bring the schema up to date; returns the names of the steps taken, none when it was."""
        return self._connection.migrate()

    @cached_property
    def pseudonyms(self) -> Pseudonyms:
        """Agents' pseudonyms; where no probe has any yet, the first use makes the key file beside the database.

        Raises MissingKey where the file is gone that probes' pseudonyms were made with: a new visit makes a new one.
        """
        with self._connection.transaction() as db:  # two processes starting together must agree on one key
            if not key_file(self.path).exists() and db.table("probes").count_where("pseudonym_key IS NOT NULL"):
                key = key_file(self.path).name
                raise MissingKey(f"{key}: the key of the pseudonyms is missing", f"copy {key} beside {self.path.name}")
            return load_key(self.path)

    def _key_for_visits(self) -> Pseudonyms:
        """The key for new pseudonyms: whoever deleted the old one to part with all names goes on with another."""
        if not key_file(self.path).exists():
            with self._connection.transaction():
                self.__dict__["pseudonyms"] = load_key(self.path)
        return self.pseudonyms

    def add_scenario(self, casino: str, sha256: str, yaml: str, at: str) -> None:
        """Keep a scenario's text, once; `at` is ISO text."""
        row = clean_row({"sha256": sha256, "casino": casino, "yaml": yaml, "first_seen": at})
        with self._connection.transaction() as db:
            db.table("scenarios").insert(row, pk="sha256", ignore=True)

    def add(self, rows: Mapping[str, Iterable[Mapping[str, Any]]]) -> int:
        """Store `rows` of several tables, all or none; those whose key is known are left alone. How many were new.

        Every row of a table has the same columns.
        """
        return bulk.add(self._connection, rows)

    def begin(
        self,
        row: Mapping[str, Any],
        lease_until: str,
        lease_key: str | None = None,
        is_public: Callable[[str], bool] = lambda _: False,
    ) -> Recorder:
        """Open a probe: its row in `probes` and its lease, both or none. Closes lost probes first.

        `row` has at least `id`, `casino`, `depth` and `started_at`; `lease_until` is ISO text; `lease_key` stands for
        the casino where several visitors at once do no harm (loopback); `is_public` tells authors' names that are
        nobody's, such as a machine's own, and need no pseudonym. Raises BudgetRefused if another probe holds it.
        """
        key = lease_key or row["casino"]
        pseudonyms = self._key_for_visits()
        names = Names(pseudonyms, is_public)
        facts = {"machine": lease.machine(), "pseudonym_key": pseudonyms.key_name, **row}
        lease.held.add(row["id"])
        try:
            with self._connection.transaction() as db:
                recover.recover(db, row["started_at"])
                db.table("probes").insert(clean_row(facts))
                db.table("leases").insert(lease.lease_row(key, row["id"], lease_until))
        except BaseException as error:
            lease.held.discard(row["id"])
            if isinstance(error, sqlite3.IntegrityError) and "leases.casino" in str(error):
                hint = "wait until it is over; `chatprobe show last` shows it"
                raise BudgetRefused(f"{key}: another probe is visiting this casino now", hint) from error
            raise
        return Recorder(self._connection, row["id"], row["started_at"], names)

    def recover(self, now: str) -> list[str]:
        """Close as `interrupted` every probe nobody runs any more (`now` is ISO text); returns their ids."""
        with self._connection.transaction() as db:
            return recover.recover(db, now)

    def hold_on(self, until: str) -> None:
        """Hold what this process visits until `until` (ISO text) at least: a clock that was set ends no visit."""
        with self._connection.transaction() as db:
            lease.hold_on(db, until)

    def probe(self, wanted: str) -> dict[str, Any]:
        """A probe by its id, the start of it, or ``last``: its row with lists `messages`, `events`, `artifacts`.

        Raises DatabaseError if there is none or more than one.
        """
        with self._connection.reading() as db:
            return reader.probe(db, wanted)

    def history(self, casino: str | None, since: str) -> list[dict[str, Any]]:
        """The casino's probes started at or after `since` (ISO text), oldest first, for budget and question choice.

        Those of all casinos where `casino` is None.
        Each is its row of `probes` and `asking_at`: when its question was about to be sent, or None.
        """
        with self._connection.reading() as db:
            return reader.history(db, casino, since)

    def visits(self, casino: str | None = None, since: str | None = None, *, brief: bool = False) -> Columns:
        """Every visit that ended, of whatever origin, in no certain order: what statistics are made of.

        Of one casino, and started at or after `since` (ISO text), where they are given. Times are epoch ms. A `brief`
        reading, in a third of the time, leaves out languages, questions, agents, places in line and the way past a bot,
        and looks at casinos that were also asked something.
        """
        with self._connection.reading() as db:
            return visits.visits(db, casino, since, brief=brief)

    def scenario_texts(self, casino: str | None = None) -> list[dict[str, Any]]:
        """The rows of every kept scenario text, of one casino or of all, the oldest first."""
        with self._connection.reading() as db:
            return visits.texts(db, casino)

    def survey_slots(self, casino: str, since: str) -> dict[int, tuple[int, int]]:
        """By hour of the day (0-23): the survey's slots that are over, and how many of them were lost.

        Planned at or after `since` (ISO text). Lost is what was missed, skipped as the casino was paused or the machine
        slow, or failed on our side; what the budget or a blackout takes was never meant.
        """
        with self._connection.reading() as db:
            return visits.survey_slots(db, casino, since)

    def said(self, casino: str, near: str, resolution_ms: float) -> list[dict[str, Any]]:
        """The messages of the casino's probes nearest to `near` (ISO text), but for those of that day, in order.

        Only of chats in which something was asked and whose `resolution_ms` is no more than the one given. Each row has
        `probe_id`, `at`, `speaker`, `text`, and of its probe `started_at`, `open_ms`, `asked_at`.
        """
        with self._connection.reading() as db:
            return list(repeats.said(db, casino, near, resolution_ms))

    def check(self, now: str) -> list[str]:
        """Everything wrong in the file, one sentence each; empty when all is well."""
        with self._connection.reading() as db:
            return check.problems(db, self.path, now)

    def expire_artifacts(self, before: str, most_bytes: float = inf) -> int:
        """Delete the artifacts of probes started before `before` (ISO text), and what killed probes left as long ago.

        Of the others the oldest go until the rest is no larger than `most_bytes`. Returns of how many probes.
        """
        folder = self.path.absolute().parent / "artifacts"
        with self._connection.transaction() as db:
            old = {*expiry.expired(db, folder, epoch_ms(before)), *expiry.beyond(db, most_bytes)}
            expiry.remove(db, folder, old)
        return len(old)

    def prune(self, before: str, now: str) -> int:
        """Empty texts, frames and the words of evidence of probes started before `before`; how many there were.

        Times are ISO text; `now` becomes their `pruned_at`.
        """
        return pruning.prune(self._connection, before, now)

    def snapshot(self) -> Snapshot:
        """The database as it is now, read only, whatever is written meanwhile; a context manager."""
        return Snapshot(self.path)

    def merge(
        self, source: Path, recount: Recount, progress: Progress = lambda _: None, *, dry_run: bool = False
    ) -> Merged:
        """Add what the database `source` has and this one has not: ended probes, decisions, slots, scenarios, uptime.

        Rows that are here stay. Where both decided about one probe, the newest shows, a person's correction before the
        rules; where each side has a correction of its own, `recount` gives the outcome. `progress` is told how many
        probes were looked at. Nothing stays of a `dry_run`. Raises UsageError if `source` is this very file,
        DatabaseError if it is no database of ours, of another version, an export, or damaged.
        """
        return merging.merge(self._connection, source, recount, progress, dry_run=dry_run)

    def ensure_other(self, source: Path) -> None:
        """Raise what `merge` would, where `source` cannot be merged at all."""
        merging.ensure_other(self.path, source)

    def backup(self, target: Path) -> None:
        """Copy the database to the new file `target`, also while it is written. Raises DatabaseError or StorageFull."""
        backup.backup(self._connection, target)

    def artifact_folder(self, probe_id: str) -> Path | None:
        """The folder for a probe's files, made with mode 700: they are raw personal data. None where it cannot be."""
        top = self.path.absolute().parent / "artifacts"
        try:
            for folder in (top, top / probe_id):
                folder.mkdir(mode=0o700, exist_ok=True)
        except OSError:  # the disk is full: what happens to the chat must not hang on its screenshot
            return None
        return top / probe_id

    def artifact(self, kind: str, file: Path) -> dict[str, Any]:
        """The row of `artifacts` for a file under `artifact_folder`; ValueError for a file elsewhere."""
        path = file.absolute().relative_to(self.path.absolute().parent)
        content = file.read_bytes()
        return {
            "kind": kind,
            "path": path.as_posix(),
            "sha256": hashlib.sha256(content).hexdigest(),
            "bytes": len(content),
        }


def _remove(path: Path) -> None:
    """Leave nothing of a database that could not be made."""
    for file in (
        path,
        path.with_name(f"{path.name}-wal"),
        path.with_name(f"{path.name}-shm"),
        path.with_name(f"{path.name}-journal"),
    ):
        file.unlink(missing_ok=True)
