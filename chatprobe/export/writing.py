"""What every format is to the rest: something that takes columns and is closed at the end."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from chatprobe.store.codebook import Relation

Columns = Sequence[Sequence[Any]]
"""The values of each column of the relation, all of one length."""


class Writer(Protocol):
    """A file of one format, being written."""

    damaged: int
    """Values that were not what their column holds, and were left empty."""

    def write(self, relation: Relation, columns: Columns) -> None:
        """Add rows of `relation`: the one it was opened for, or any where it was opened for all."""

    def close(self) -> None:
        """Finish the file."""

    def discard(self) -> None:
        """Let go of the file as it is: it will be thrown away."""


@dataclass(frozen=True)
class Format:
    """A format that tables and views can be exported to."""

    name: str
    endings: tuple[str, ...]
    """Of file names that mean it."""
    open: Callable[[Path, Relation | None, Mapping[str, str]], Writer]
    """Begin a file for rows of a relation, or of all; the mapping is what is to be known of the export as a whole."""
    streams: bool = False
    """Whether it can go to stdout."""
    carries: bool = False
    """Whether the codebook is in the file itself."""
    whole: bool = False
    """Whether it can hold all tables and views at once."""


@dataclass(frozen=True)
class Wanted:
    """What is to be exported, and where to."""

    table: str | None
    """A table or view; None is the whole database."""
    output: Path
    casino: str | None = None
    since: str | None = None
    """ISO text."""
    where: str | None = None
    """An SQL condition over the table's columns."""
    internal: bool = False
    """With all names as they stand in the texts."""
    force: bool = False
    """Over a file that is there."""
