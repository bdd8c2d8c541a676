"""The examples of docs/metrics.md, computed."""

from __future__ import annotations

import re
from collections.abc import Callable
from math import isinf
from pathlib import Path
from typing import Any

import pytest

from chatprobe.analysis.metrics import Metric
from chatprobe.analysis.waits import Share, Wait, Waits, waits_of
from chatprobe.durations import parse_duration
from chatprobe.model import Outcome
from tests.analysis.helpers import row, visits

PAGE = (Path(__file__).parents[2] / "docs/metrics.md").read_text(encoding="utf-8")
EXAMPLES: dict[str, str] = dict(re.findall(r"### Example: (.+?)\n(.+?)(?=\n##)", PAGE, re.DOTALL))
ROW = re.compile(r"^\| (\d+) \| `(\w+)` \| ?(?:`(.*)`)? ?\|$", re.MULTILINE)
RESULT = re.compile(r"^- (\w+)(?: (\w+))?( when open)?: (.+)$", re.MULTILINE)


def _value(text: str) -> Any:
    return float(text) if re.fullmatch(r"[\d.]+", text) else text


def _rows(text: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for count, outcome, columns in ROW.findall(text):
        values = {name: _value(value) for name, value in (part.split("=") for part in columns.split())}
        found += [row(len(found) + n, 12, Outcome(outcome), **values) for n in range(int(count))]
    return found


def _share(share: Share | None) -> str:
    assert share is not None
    estimate = "-" if share.estimate is None else f"{100 * share.estimate:.1f} %"
    return f"{estimate} [{100 * share.low:.1f} % to {100 * share.high:.1f} %]"


def _seconds(ms: float | None) -> str:
    assert ms is not None
    return "inf" if isinf(ms) else f"{ms / 1000:g} s"


def _wait(wait: Wait | None) -> str:
    assert wait is not None
    return f"{_seconds(wait.estimate)} [{_seconds(wait.low)} to {_seconds(wait.high)}]"


def _told(waits: Waits, what: str, duration: str, when_open: str) -> str:
    if what == "median":
        return _wait(waits.quantile(0.5))
    within: Callable[[float], Share | None] = waits.within_when_open if when_open else waits.within
    return _share(within(parse_duration(duration).total_seconds() * 1000))


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples_are_right(name: str) -> None:
    """Each example's table gives the figures below it."""
    text = EXAMPLES[name]
    results = RESULT.findall(text)
    waits = waits_of(visits(_rows(text)).survey())
    assert results
    assert [told for *_, told in results] == [_told(waits, *what) for *what, _ in results]


def test_every_metric_is_defined() -> None:
    """The page has a line for each name that `stats --json` can print."""
    assert [] == [name for name in Metric if f"`{name}`" not in PAGE]
