"""A full or read-only disk: one clear error, nothing half-written, and on it goes once there is space."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from chatprobe.errors import DatabaseError, StorageFull
from chatprobe.model import Event, EventName
from chatprobe.store import Recorder, Store
from chatprobe.times import epoch_ms

START = "2026-03-02T10:00:00.000Z"
ROW = {"id": "01P", "casino": "lucky", "depth": "chat", "started_at": START}
LATER = "2026-03-02T10:15:00.000Z"


def mount(*arguments: str) -> bool:
    done = subprocess.run(["mount", *arguments], capture_output=True, check=False)
    return done.returncode == 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 1 MB of its own."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if os.geteuid() != 0 or not mount("-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)):
        pytest.skip("only root may mount a small disk; the test with a limited file size stands in for it")
    yield folder
    subprocess.run(["umount", folder], check=True)


def filler(at: float) -> Event:
    return Event(at, EventName.NOTE, {"text": "x" * 4_000})


@contextmanager
def file_size_limit(size: int) -> Iterator[None]:
    """No file of this process may grow past `size` bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def overfill(store: Store) -> None:
    """Write batches of ten events until the disk is full; then all stands there of each batch or nothing."""
    recorder, written = store.begin(ROW, LATER), 0
    while flushes(recorder, range(written, written + 10)):
        written += 10
    assert written == len(store.probe("01P")["events"])
    with pytest.raises(StorageFull) as caught:
        recorder.finish({"outcome": "no_reply", "finished_at": LATER})
    probe = store.probe("01P")
    assert (4, None, written) == (caught.value.exit_code, probe["outcome"], len(probe["events"]))


def flushes(recorder: Recorder, numbers: range) -> bool:
    """Whether the disk takes these events."""
    for n in numbers:
        recorder.add(filler(epoch_ms(START) + n))
    try:
        recorder.flush()
    except StorageFull:
        return False
    return True


def test_full_disk(small_disk: Path) -> None:
    """On a full disk a flush fails with nothing half-written, and after a restart the probe can be closed."""
    ballast = small_disk / "ballast"
    ballast.write_bytes(b"\0" * 400_000)
    path = small_disk / "chatprobe.db"
    with Store.open(path, create=True) as store:
        overfill(store)
        ballast.unlink()
        assert [] == store.recover(START)
    with Store.open(path) as store:
        assert ["01P"] == store.recover(LATER)
        assert [] == store.check(LATER)


def test_buffer_is_written_once_there_is_space(small_disk: Path) -> None:
    """What a full disk refused is kept in memory and written later."""
    ballast = small_disk / "ballast"
    with Store.open(small_disk / "chatprobe.db", create=True) as store:
        recorder = store.begin(ROW, LATER)
        for n in range(40):
            recorder.add(filler(epoch_ms(START) + n))
        with pytest.raises(OSError, match="No space"):
            ballast.write_bytes(b"\0" * 2_000_000)
        with pytest.raises(StorageFull):
            recorder.flush()
        ballast.unlink()
        recorder.flush()
        assert list(range(40)) == [event["seq"] for event in store.probe("01P")["events"]]


def test_no_space_for_a_new_database(small_disk: Path) -> None:
    """A database that cannot be made for lack of space is an error that leaves no file."""
    ballast = small_disk / "ballast"
    with pytest.raises(OSError, match="No space"):
        ballast.write_bytes(b"\0" * 2_000_000)
    with pytest.raises(StorageFull):
        Store.open(small_disk / "chatprobe.db", create=True)
    assert [ballast] == list(small_disk.iterdir())


def test_limited_file_size(path: Path) -> None:
    """A file that may not grow is treated as a full disk."""
    with Store.open(path, create=True) as store, file_size_limit(300_000):
        overfill(store)
    with Store.open(path) as store:
        assert ["01P"] == store.recover(LATER)
        assert [] == store.check(LATER)


def test_read_only_disk(small_disk: Path) -> None:
    """On a read-only disk opening fails with one clear error, for a database that is there and for a new one."""
    path = small_disk / "chatprobe.db"
    Store.open(path, create=True).close()
    assert mount("-o", "remount,ro", str(small_disk))
    for name, create in (("chatprobe.db", False), ("chatprobe.db", True), ("new.db", True)):
        with pytest.raises(DatabaseError) as caught:
            Store.open(small_disk / name, create=create)
        assert 3 == caught.value.exit_code
        assert name in caught.value.message
    assert [path] == list(small_disk.iterdir())


OPEN_AS_NOBODY = """
import os, sys
from pathlib import Path
from chatprobe.errors import DatabaseError
from chatprobe.store import Recorder, Store
if os.geteuid() == 0:
    os.setgroups([])
    os.setuid(65534)
try:
    Store.open(Path(sys.argv[1]), create=True).close()
except DatabaseError as error:
    print(error.message)
"""


@pytest.fixture
def common_folder() -> Iterator[Path]:
    """A folder that other users may enter; pytest keeps its own, and all above them, to itself."""
    with TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.mark.parametrize(("file_mode", "folder_mode"), [(0o444, 0o755), (0o666, 0o555), (0o000, 0o755)])
def test_no_right_to_write(common_folder: Path, file_mode: int, folder_mode: int) -> None:
    """A database or folder without the right to write is an error that names the file."""
    path = common_folder / "chatprobe.db"
    Store.open(path, create=True).close()
    path.chmod(file_mode)
    common_folder.chmod(folder_mode)
    done = subprocess.run([sys.executable, "-c", OPEN_AS_NOBODY, path], capture_output=True, text=True, check=True)
    common_folder.chmod(0o755)
    assert done.stdout.startswith(f"{path}: the database cannot be")
    assert [path] == list(common_folder.iterdir())
