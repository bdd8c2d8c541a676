"""Screenshots, DOM snapshots and traces are raw personal data: they go after a month."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from math import inf
from pathlib import Path

from sqlite_utils import Database

from chatprobe.times import iso

_SIZES = """
SELECT a.probe_id, sum(a.bytes) AS bytes FROM artifacts a JOIN probes p ON p.id = a.probe_id
GROUP BY a.probe_id ORDER BY p.started_at DESC, p.id DESC
"""
_OLD = "SELECT DISTINCT a.probe_id FROM artifacts a JOIN probes p ON p.id = a.probe_id WHERE p.started_at < ?"


def expired(db: Database, folder: Path, before: float) -> list[str]:
    """Probes started before `before` (epoch ms) that still have artifacts, and folders under `folder` as old.

    A probe that was killed has files and no rows: there the time of their last change counts.
    """
    listed = {str(row["probe_id"]) for row in db.query(_OLD, [iso(before)])}
    return sorted(listed | {one.name for one in _folders(folder) if _changed_ms(one) < before})


def beyond(db: Database, most_bytes: float) -> list[str]:
    """The oldest probes whose artifacts do not fit into `most_bytes` together with all younger ones."""
    total, found = 0.0, []
    for row in db.query(_SIZES):
        total += row["bytes"] or 0
        if total > most_bytes:
            found.append(str(row["probe_id"]))
    return found


def _folders(folder: Path) -> list[Path]:
    return [one for one in folder.iterdir() if one.is_dir() and not one.is_symlink()] if folder.is_dir() else []


def _changed_ms(folder: Path) -> float:
    """When a file in `folder` was last changed, or an empty one itself; one that goes meanwhile is new."""
    try:
        return 1000.0 * max(file.lstat().st_mtime for file in [*folder.rglob("*")] or [folder])
    except OSError:
        return inf


def remove(db: Database, folder: Path, probes: Iterable[str]) -> None:
    """Forget the artifacts of `probes`: their rows, then their files under `folder`."""
    for probe_id in probes:
        db.table("artifacts").delete_where("probe_id = ?", [probe_id])
        shutil.rmtree(folder / probe_id, ignore_errors=True)
