"""Who visits a casino now, and whether that process still lives."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from sqlite_utils import Database

_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")

held: set[str] = set()
"""Ids of the probes that this very process runs: a restarted container may give a new process the old one's number."""


@cache
def _boot_id() -> str | None:
    with suppress(OSError):
        return _BOOT_ID.read_text("ascii").strip()
    return None


def machine() -> str:
    """The name of this machine."""
    return platform.node()


def lease_row(key: str, probe_id: str, expires_at: str) -> dict[str, Any]:
    """The row of `leases` by which this process holds `key`."""
    return {
        "casino": key,
        "probe_id": probe_id,
        "machine": machine(),
        "pid": os.getpid(),
        "boot_id": _boot_id(),
        "expires_at": expires_at,
    }


def hold_on(db: Database, until: str) -> None:
    """Within a transaction: lengthen the leases of this process's probes to `until` (ISO text)."""
    for row in list(db.table("leases").rows_where("machine = ? AND pid = ?", [machine(), os.getpid()])):
        if row["probe_id"] in held:
            later = max(row["expires_at"] or "", until)
            db.table("leases").update(row["casino"], {"expires_at": later})


def is_over(lease: Mapping[str, Any], now: str) -> bool:
    """Whether `lease` binds nobody any more: expired at `now`, or its process on this machine is gone."""
    if lease["expires_at"] is None or lease["expires_at"] <= now:
        return True
    if lease["machine"] != machine():
        return False
    if lease["boot_id"] != _boot_id():
        return True
    return lease["probe_id"] not in held if lease["pid"] == os.getpid() else not _alive(lease["pid"])


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    with suppress(OSError, IndexError):  # a killed process that nobody waited for still answers
        state = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()[0]
        return state not in "ZX"
    return True
