"""Columns of names, and the array types of this package."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from chatprobe.columns import NONE, Coded

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int64]
Mask: TypeAlias = NDArray[np.bool_]


@dataclass(frozen=True)
class Names:
    """A column of names: for each row the index of its name, or `NONE`."""

    codes: NDArray[np.int32]
    names: tuple[str, ...]

    @classmethod
    def of(cls, coded: Coded) -> Names:
        """The column as it was read; no copy."""
        return cls(np.frombuffer(coded.codes, np.int32), tuple(coded.names))

    def by_alphabet(self) -> Names:
        """The same column, its codes in the order of the names."""
        order = sorted(self.names)
        places = {name: place for place, name in enumerate(order)}
        table = np.array([*(places[name] for name in self.names), NONE], np.int32)
        return Names(table[self.codes], tuple(order))

    def __getitem__(self, rows: Mask | Ints | slice) -> Names:
        return Names(self.codes[rows], self.names)

    def are(self, name: str) -> Mask:
        """Which rows hold `name`."""
        rows: Mask = self.codes == (self.names.index(name) if name in self.names else NONE - 1)
        return rows

    def among(self, names: Collection[str]) -> Mask:
        """Which rows hold one of `names`."""
        rows: Mask = np.array([*(name in names for name in self.names), False])[self.codes]  # NONE is the last
        return rows

    def known(self) -> Mask:
        """Which rows hold a name."""
        rows: Mask = self.codes != NONE
        return rows

    def met(self) -> list[str]:
        """The different names that occur, by alphabet."""
        return sorted(self.names[code] for code in np.unique(self.codes) if code != NONE)

    def at(self, row: int) -> str | None:
        """The name in `row`."""
        code = int(self.codes[row])
        return None if code == NONE else self.names[code]

    def recoded(self, order: tuple[str, ...]) -> NDArray[np.int8]:
        """The rows as indexes into `order`, a closed list; -1 for what is not in it."""
        places = {name: place for place, name in enumerate(order)}
        table = np.array([*(places.get(name, -1) for name in self.names), -1], np.int8)
        return table[self.codes]  # NONE is the last
