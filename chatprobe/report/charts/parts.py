"""What several charts share: data, axes, and the layers they are made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

from chatprobe.report.charts import theme
from chatprobe.report.language import HARD, Language

Row = Mapping[str, Any]


def data(rows: Sequence[Row]) -> alt.InlineData:
    """`rows` as a chart takes them."""
    return alt.InlineData(values=[dict(row) for row in rows])


def hours(language: Language, field: str = "hour", *, labels: bool = True) -> alt.X:
    """The hours of a day from left to right, each sign at its hour's beginning."""
    french = f"datum.value + '{HARD}h'"
    said = french if language.code == "fr" else "format(datum.value, '02d') + ':00'"
    axis = alt.Axis(title=None, values=list(range(0, 25, 6)), labelExpr=said, grid=True, ticks=False, labels=labels)
    return alt.X(field, type="quantitative", scale=alt.Scale(domain=[0, 24], nice=False), axis=axis)


def shares(language: Language, ticks: Sequence[float] = (0, 0.25, 0.5, 0.75, 1)) -> dict[str, Any]:
    """What an axis of shares, 0 to 1, is made with."""
    gap = HARD if language.code == "fr" else ""
    axis = alt.Axis(title=None, values=list(ticks), labelExpr=f"round(datum.value * 100) + '{gap}%'", grid=True)
    return {"type": "quantitative", "scale": alt.Scale(domain=[0, 1], nice=False), "axis": axis}


def fixed(colour: str) -> Any:
    """A colour that no value decides."""
    return alt.value(colour)


def finished(chart: Any) -> dict[str, Any]:
    """The chart as Vega-Lite. What is drawn is of our making: checking it by altair's schema would double the time."""
    return dict(chart.to_dict(validate=False))


WIDE = theme.WIDTH - 52
"""The part of a chart that its values take, beside the labels of its y axis."""
