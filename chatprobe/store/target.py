"""The file that an export goes to: all of it or nothing, and never over a file that is there unless told to."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from chatprobe.errors import StorageFull, UsageError
from chatprobe.store.lock import lock_path
from chatprobe.store.pseudonym import key_file

STDOUT = Path("-")
"""As a path to write to: not a file but stdout."""
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def ensure_writable(path: Path, database: Path, *, force: bool) -> None:
    """Raise UsageError where `path` is a folder, part of `database`, or there already and not to be replaced."""
    if path.is_dir():
        raise UsageError(f"{path}: is a folder", "name a file in it")
    own = (database, *(database.with_name(database.name + end) for end in ("-wal", "-shm", "-journal")))
    for one in (*own, key_file(database), lock_path(database)):
        if path.absolute() == one.absolute() or (path.exists() and one.exists() and path.samefile(one)):
            raise UsageError(f"{path}: belongs to the database", "name another file")
    if _is_kept(path) and not force:
        raise UsageError(f"{path}: is there already", "--force replaces it")


@contextmanager
def written(path: Path, *, private: bool = False) -> Iterator[Path]:
    """A path to write to, which becomes `path` when the block ends well and vanishes when it does not.

    What is no ordinary file (a pipe, /dev/null) is written to as it is. `private` files are of mode 600. Raises
    UsageError where `path` cannot be made, StorageFull where the disk does not take it.
    """
    if is_special(path):
        yield path
        return
    whole = path.resolve()  # a link stays one
    part = whole.with_name(f".{whole.name}.{os.getpid()}.part")
    _create(path, part, private=private)
    try:
        with _storing(path):
            yield part
            part.replace(whole)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def _storing(path: Path) -> Iterator[None]:
    """Turn what the disk says while `path` is written into StorageFull."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        if error.errno in _FULL:
            raise StorageFull(f"{path}: the disk is full", "free some space; nothing half-written was left") from error
        raise StorageFull(f"{path}: cannot be written: {error.strerror or error}", "check the disk") from error


def is_special(path: Path) -> bool:
    """Whether something else than a file or a folder stands there: a pipe, a device."""
    return path.exists() and not path.is_file() and not path.is_dir()


def _create(path: Path, part: Path, *, private: bool) -> None:
    try:
        os.close(os.open(part, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600 if private else 0o666))
    except OSError as error:
        if error.errno in _FULL:
            raise StorageFull(f"{path}: the disk is full", "free some space") from error
        hint = "check that its folder exists and may be written"
        raise UsageError(f"{path}: cannot be written: {error.strerror}", hint) from error


def _is_kept(path: Path) -> bool:
    """Whether a file stands there whose content would be lost."""
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return path.is_symlink()
