"""Rows as columns: a million probes without a million mappings. What `store` reads and `analysis` takes."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
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
    ids: list[str] = field(default_factory=list)

    @classmethod
    def empty(cls, texts: Iterable[str], numbers: Iterable[str]) -> Columns:
        """No rows yet."""
        return cls({name: Coded() for name in texts}, {name: array("d") for name in numbers})

    def extend(self, rows: Sequence[Sequence[Any]]) -> None:
        """Append rows: the id, then the texts, then the numbers, each in the order they were named in."""
        if not rows:
            return
        ids, *rest = zip(*rows, strict=True)
        self.ids.extend(ids)
        for text, column in zip(self.texts.values(), rest, strict=False):
            text.extend(column)
        for number, column in zip(self.numbers.values(), rest[len(self.texts) :], strict=True):
            number.extend(_floats(column))


def _floats(values: Sequence[Any]) -> array[float]:
    try:
        return array("d", [nan if value is None else value for value in values])
    except TypeError:  # text where a number should stand: SQLite takes it
        return array("d", [value if isinstance(value, int | float) else nan for value in values])
