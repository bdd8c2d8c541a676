"""Rows as columns: a million probes without a million mappings. What `store` reads and `analysis` takes."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from math import nan
from typing import Any

NONE = -1
"""The code of NULL."""


class _Codes(dict[Any, int]):
    """Numbers values in the order of their first appearance; looking one up is all it takes."""

    def __missing__(self, value: Any) -> int:
        self[value] = code = len(self) - 1  # NULL, known from the start, is not counted
        return code


class Coded:
    """A column of text in which few different values stand often."""

    def __init__(self) -> None:
        """Empty."""
        self.codes = array("i")
        """For each row the index of its text in `names`, or `NONE`."""
        self._known = _Codes({None: NONE})

    @property
    def names(self) -> list[str]:
        """The different texts."""
        return [str(name) for name in self._known if name is not None]

    def extend(self, values: Iterable[Any]) -> None:
        """Append `values`, texts or None."""
        self.codes.extend(map(self._known.__getitem__, values))


@dataclass
class Columns:
    """All rows of a question to the database."""

    texts: dict[str, Coded]
    numbers: dict[str, array[float]]
    """NaN where the database holds NULL, or no number."""
    left_out: frozenset[str] = frozenset()
    """Columns that were not asked for: empty, whatever the database holds."""
    ids: list[str] = field(default_factory=list)
    count: int = 0
    """Rows."""

    @classmethod
    def empty(cls, texts: Iterable[str], numbers: Iterable[str], left_out: Collection[str] = ()) -> Columns:
        """No rows yet; `left_out` may also hold ``id``."""
        return cls({name: Coded() for name in texts}, {name: array("d") for name in numbers}, frozenset(left_out))

    def extend(self, rows: Sequence[Sequence[Any]]) -> None:
        """Append rows: the id, then the texts, then the numbers, in their order, without those left out."""
        if not rows:
            return
        self.count += len(rows)
        columns = iter(zip(*rows, strict=True))
        if "id" not in self.left_out:
            self.ids.extend(next(columns))
        for name, text in self.texts.items():
            if name not in self.left_out:
                text.extend(next(columns))
        for name, number in self.numbers.items():
            if name not in self.left_out:
                number.extend(_floats(next(columns)))


def _floats(values: Sequence[Any]) -> array[float]:
    try:
        return array("d", [nan if value is None else value for value in values])
    except TypeError:  # text where a number should stand: SQLite takes it
        return array("d", [value if isinstance(value, int | float) else nan for value in values])
