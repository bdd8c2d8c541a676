"""The arithmetic: errors of measured waits, their quantiles, and what the targets say of them. Pure."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Measurement:
    """One visit: what was measured, and what was true."""

    measured_ms: float | None
    """First response time as the tool says; None where it says none."""
    page_ms: float | None
    """The same wait on the page's own clock: send act to the answer's insertion into the document."""
    server_ms: float | None
    """The same wait on the server's clock: receipt of the question to sending of the answer."""


@dataclass(frozen=True)
class Spread:
    """Absolute errors, in milliseconds."""

    count: int
    median: float
    p95: float
    p99: float
    max: float


@dataclass(frozen=True)
class Cell:
    """All visits of one tool to one page with so many at once."""

    tool: str
    page: str
    wanted: int
    """Visitors who were to wait at once."""
    at_once: int
    """Fewest who really did in any round."""
    measurements: tuple[Measurement, ...]
    chat_mb: float | None = None
    """Memory of all browser processes for each waiting chat; None where it could not be read."""

    @property
    def lost(self) -> int:
        """Visits that ended without a time."""
        return sum(one.measured_ms is None for one in self.measurements)

    @property
    def against_page(self) -> Spread | None:
        """Errors against the page's clock."""
        return spread(errors((one.measured_ms, one.page_ms) for one in self.measurements))

    @property
    def against_server(self) -> Spread | None:
        """Errors against the server's log."""
        return spread(errors((one.measured_ms, one.server_ms) for one in self.measurements))


@dataclass(frozen=True)
class Target:
    """Something that must hold."""

    what: str
    limit: float
    got: float | None
    """None where it could not be measured."""
    unit: str

    @property
    def met(self) -> bool:
        """Whether it holds; what could not be measured does not."""
        return self.got is not None and self.got <= self.limit


def errors(pairs: Iterable[tuple[float | None, float | None]]) -> list[float]:
    """Absolute differences of the pairs of which both are known."""
    return [abs(measured - true) for measured, true in pairs if measured is not None and true is not None]


def quantile(values: Sequence[float], share: float) -> float:
    """The smallest of `values` that at least `share` of them do not exceed (nearest rank: never an invented value).

    With fewer than 100 values the 0.99 quantile is the largest. ValueError for no values.
    """
    if not values:
        raise ValueError("no values")
    return sorted(values)[max(0, math.ceil(round(share * len(values), 9)) - 1)]


def spread(values: Sequence[float]) -> Spread | None:
    """Median, tail and maximum; None for no values."""
    if not values:
        return None
    return Spread(len(values), statistics.median(values), quantile(values, 0.95), quantile(values, 0.99), max(values))


def ratio(times: Sequence[float], others: Sequence[float]) -> float:
    """Median of the ratios of runs made side by side: a machine that is slow for a while slows both."""
    return statistics.median(one / other for one, other in zip(times, others, strict=True))


def targets(cells: Iterable[Cell], help_ratio: float | None) -> list[Target]:
    """What must hold of chatprobe on the static page, with what was found."""
    found = {cell.wanted: cell for cell in cells if cell.tool == "chatprobe" and cell.page == "static"}
    twenty, fifty = found.get(20), found.get(50)
    near, far = (cell.against_page if cell else None for cell in (twenty, fifty))
    return [
        Target("20 at once, median error", 2.0, near.median if near else None, "ms"),
        Target("20 at once, p99 error", 25.0, near.p99 if near else None, "ms"),
        Target("50 at once, median error", 5.0, far.median if far else None, "ms"),
        Target("50 at once, lost", 0.0, fifty.lost if fifty else None, ""),
        Target("`chatprobe --help` against `import click`", 2.5, help_ratio, "times"),
    ]
