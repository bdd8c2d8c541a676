"""One daemon per database: a lock on a file beside it, released by the kernel however the process ends."""

from __future__ import annotations

import fcntl
import json
import os
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

from chatprobe.errors import DatabaseError

_TRIES = 10
_PAUSE_S = 0.05
"""Whoever looks whether a daemon runs holds the lock for a moment."""


class DaemonLock:
    """The lock of the daemon on one database. A context manager."""

    def __init__(self, database: Path, facts: Mapping[str, Any]) -> None:
        """Take the lock and leave `facts` beside the process number, for those who look.

        Raises DatabaseError if another daemon holds it, or the file cannot be made.
        """
        path = lock_path(database)
        try:
            self._file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            hint = "check the rights of its folder"
            raise DatabaseError(f"{path}: cannot be written: {error.strerror}", hint) from error
        if not _taken(self._file):
            holder = _read(path)
            os.close(self._file)
            who = f" (process {holder['pid']})" if "pid" in holder else ""
            raise DatabaseError(f"{database}: another daemon works on it{who}", "`chatprobe status` shows what it does")
        self.tell(facts)

    def tell(self, facts: Mapping[str, Any]) -> None:
        """Replace what those who look are told."""
        text = json.dumps({"pid": os.getpid(), **facts}).encode()
        with suppress(OSError):  # a full disk takes no note; the lock holds all the same
            os.ftruncate(self._file, 0)
            os.pwrite(self._file, text, 0)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        os.close(self._file)


def lock_path(database: Path) -> Path:
    """The file that a daemon on `database` holds locked; it stays when the daemon has gone."""
    return database.with_name(f"{database.name}.daemon")


def daemon_of(database: Path) -> dict[str, Any] | None:
    """What the daemon that works on `database` now says of itself, at least `pid`; None where there is none."""
    try:
        file = os.open(lock_path(database), os.O_RDONLY)
    except OSError:
        return None
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return _read(lock_path(database))
    else:
        return None
    finally:
        os.close(file)


def _taken(file: int) -> bool:
    for _ in range(_TRIES):
        with suppress(BlockingIOError):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        time.sleep(_PAUSE_S)
    return False


def _read(path: Path) -> dict[str, Any]:
    try:
        facts = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):  # taken a moment ago, and nothing told yet
        return {}
    return facts if isinstance(facts, dict) else {}
