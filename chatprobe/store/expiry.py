"""Screenshots, DOM snapshots and traces are raw personal data: they go after a month."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from sqlite_utils import Database

_OLD = "SELECT DISTINCT a.probe_id FROM artifacts a JOIN probes p ON p.id = a.probe_id WHERE p.started_at < ?"


def expired(db: Database, before: str) -> list[str]:
    """Probes started before `before` (ISO text) that still have artifacts."""
    return [str(row["probe_id"]) for row in db.query(_OLD, [before])]


def remove(db: Database, folder: Path, probes: Iterable[str]) -> None:
    """Forget the artifacts of `probes`: their rows, then their files under `folder`."""
    for probe_id in probes:
        db.table("artifacts").delete_where("probe_id = ?", [probe_id])
        shutil.rmtree(folder / probe_id, ignore_errors=True)
