"""Many rows at once, known already: for what was not visited by this process."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from chatprobe.store.clean import clean_row
from chatprobe.store.connection import Connection

ORDER = ("scenarios", "slots", "probes", "messages", "artifacts")
"""The tables, each after those that its rows belong to."""


def add(connection: Connection, rows: Mapping[str, Iterable[Mapping[str, Any]]]) -> int:
    """See `Store.add`."""
    before = connection.db.conn.total_changes
    with connection.transaction() as db:
        for table in ORDER:
            db.table(table).insert_all(map(clean_row, rows.get(table, ())), ignore=True)
        return db.conn.total_changes - before
