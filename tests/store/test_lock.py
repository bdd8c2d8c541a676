"""One daemon per database."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from chatprobe.errors import DatabaseError
from chatprobe.store.lock import DaemonLock, daemon_of, lock_path

HOLDER = """
import sys
from pathlib import Path
from chatprobe.store.lock import DaemonLock
with DaemonLock(Path(sys.argv[1]), {"port": 1}):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_daemon_is_refused(path: Path) -> None:
    """While one holds the lock another is refused and told who it is; afterwards the lock is free."""
    with DaemonLock(path, {"port": 9}) as lock:
        with pytest.raises(DatabaseError, match=f"process {os.getpid()}"):
            DaemonLock(path, {})
        assert {"pid": os.getpid(), "port": 9} == daemon_of(path)
        lock.tell({"port": 10})
        assert {"pid": os.getpid(), "port": 10} == daemon_of(path)
    assert daemon_of(path) is None
    with DaemonLock(path, {}):
        assert {"pid": os.getpid()} == daemon_of(path)


def test_a_killed_daemon_releases_its_lock(path: Path) -> None:
    """After kill -9 the next daemon gets the lock at once, and nobody is said to run."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert "held\n" == holder.stdout.readline()
        assert {"pid": holder.pid, "port": 1} == daemon_of(path)
        holder.kill()
        holder.wait()
    assert daemon_of(path) is None
    DaemonLock(path, {}).__exit__()


def test_no_daemon_ever_ran(path: Path) -> None:
    """Without a lock file there is no daemon, and looking makes none."""
    assert daemon_of(path) is None
    assert not lock_path(path).exists()


def test_note_of_a_daemon_that_is_no_json(path: Path) -> None:
    """A held lock with a damaged note is a daemon of which nothing is known."""
    with DaemonLock(path, {}):
        lock_path(path).write_text("{", "utf-8")
        assert {} == daemon_of(path)


def test_folder_that_is_not_there(tmp_path: Path) -> None:
    """A lock that cannot be made is an error that names the file."""
    with pytest.raises(DatabaseError, match="cannot be written"):
        DaemonLock(tmp_path / "no" / "chatprobe.db", {})
