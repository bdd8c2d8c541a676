"""A copy of a database that is being written."""

from __future__ import annotations

import stat
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from chatprobe.cli.db import db as db_commands
from chatprobe.errors import DatabaseError
from chatprobe.model import Event, EventName
from chatprobe.store import Store

if TYPE_CHECKING:
    from tests.store.conftest import Begin


def test_a_copy_is_whole_while_another_writes(store: Store, path: Path, begin: Begin, start: float) -> None:
    """A backup taken in the middle of writing is sound, holds whole batches, and keeps nobody from writing."""
    recorder = begin(id="01P")
    stop = threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            for _ in range(10):
                recorder.add(Event(start + number, EventName.NOTE, {"text": "x" * 2_000}))
                number += 1
            recorder.flush()

    writer = threading.Thread(target=write)
    writer.start()
    targets = [path.with_name(f"copy{number}.db") for number in range(3)]
    with Store.open(path) as reader:
        for target in targets:
            reader.backup(target)
    stop.set()
    writer.join()
    for target in targets:
        with Store.open(target) as copy:
            assert 0 == len(copy.probe("01P")["events"]) % 10
            assert [] == copy.check("2026-03-02T10:00:01.000Z")
        assert 0o600 == stat.S_IMODE(target.stat().st_mode)


def test_a_backup_overwrites_nothing(store: Store, tmp_path: Path) -> None:
    """A file that is there is refused and left as it was."""
    target = tmp_path / "precious"
    target.write_text("mine", "utf-8")
    with pytest.raises(DatabaseError, match="is there already"):
        store.backup(target)
    assert "mine" == target.read_text("utf-8")


def test_a_folder_that_is_not_there(store: Store, tmp_path: Path) -> None:
    """A backup that cannot be made is an error that names the file."""
    with pytest.raises(DatabaseError, match="cannot be written"):
        store.backup(tmp_path / "no" / "copy.db")


def test_backup_command(store: Store, path: Path, begin: Begin) -> None:
    """`db backup` says where the copy is and how large; a second time it ends with 3."""
    begin(id="01P")
    target = path.with_name("copy.db")
    arguments = ["backup", str(target), "--db", str(path)]
    first, second = (CliRunner().invoke(db_commands, arguments) for _ in range(2))
    assert (f"{target}: {target.stat().st_size / 1e6:.1f} MB\n", 0, 3) == (
        first.stdout,
        first.exit_code,
        second.exit_code,
    )
