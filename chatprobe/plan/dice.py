"""Chance that can be replayed: every draw follows from a seed and the name of what is drawn, and from nothing else."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from hashlib import blake2b
from itertools import accumulate
from typing import TypeVar

T = TypeVar("T")
_BITS = 53


class Dice:
    """A stream of random numbers named by a seed and words.

    The stream is a hash of its name, so that it is the same on every machine and version of Python, and what one
    casino draws never shifts the numbers of another.
    """

    def __init__(self, seed: int, *names: object) -> None:
        """The stream `names` of `seed`; a name must not hold a slash."""
        self._name = "/".join(map(str, (seed, *names)))
        self._count = 0

    def unit(self) -> float:
        """The next number, uniform in [0, 1)."""
        self._count += 1
        digest = blake2b(f"{self._name}#{self._count}".encode(), digest_size=8).digest()
        return (int.from_bytes(digest, "big") >> (64 - _BITS)) / (1 << _BITS)

    def below(self, bound: int) -> int:
        """A whole number, uniform in [0, `bound`)."""
        return int(self.unit() * bound)

    def pick(self, items: Sequence[T]) -> T:
        """One of `items`, each with the same chance."""
        return items[self.below(len(items))]

    def weighted(self, weights: Sequence[float]) -> int:
        """An index of `weights`, with chances in their proportion; their sum must be positive."""
        sums = list(accumulate(weights))
        chosen = bisect_right(sums, self.unit() * sums[-1])
        # Rounding can carry the point to the very end, behind which there is nothing.
        return chosen if chosen < len(sums) else max(index for index, weight in enumerate(weights) if weight)
