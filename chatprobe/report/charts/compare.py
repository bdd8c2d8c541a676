"""Casinos side by side: intervals, in the alphabet's order. Nobody is ranked whom the numbers do not tell apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from chatprobe.report.charts import parts, theme
from chatprobe.report.charts.draw import Chart
from chatprobe.report.language import Language


@dataclass(frozen=True)
class Place:
    """One casino."""

    casino: str
    chats: int
    lower: float
    low: float
    high: float
    upper: float
    """As in `waits.Step`, at the time that is compared."""
    best: int
    worst: int
    """Its rank set: the ranks that the numbers do not rule out."""


def compare(name: str, places: Sequence[Place], language: Language, note: str) -> Chart:
    """The dot plot."""
    rows = [
        {
            "casino": place.casino,
            "lower": place.lower,
            "low": place.low,
            "high": place.high,
            "upper": place.upper,
            "ranks": _ranks(place, language),
            "told": ", ".join(_told(place, language)),
        }
        for place in places
    ]
    names = [place.casino for place in places]
    base = alt.Chart(parts.data(rows))
    axis = alt.Axis(title=None, labelLimit=150, domain=False, ticks=False)
    y = alt.Y("casino", type="nominal", sort=names, axis=axis)
    x = alt.X("lower", **parts.shares(language))
    told = alt.Description("told", type="nominal")
    layers = (
        base.mark_bar(height=9, color=theme.BAND, cornerRadius=4).encode(x=x, x2="upper", y=y, description=told),
        base.mark_bar(height=9, color=theme.UNSURE, opacity=0.6).encode(
            x=alt.X("low", type="quantitative"), x2="high", y=y
        ),
        base.mark_point(shape="circle", filled=True, size=80, opacity=1, color=theme.YES).encode(
            x=alt.X("low", type="quantitative"), y=y, description=told
        ),
    )
    spec = parts.finished(alt.layer(*layers).properties(width=theme.WIDTH - 120, height=alt.Step(30)))
    head = ("casino", "chats", "share_low", "share_high", "limits", "ranks")
    return Chart(
        name,
        str(language("compare_title")),
        note,
        spec,
        tuple(str(language(one)) for one in head),
        tuple(_told(place, language) for place in places),
        code=language.code,
    )


def _ranks(place: Place, language: Language) -> str:
    if place.best == place.worst:
        return str(language("rank", rank=place.best))
    return str(language("rank_set", best=place.best, worst=place.worst))


def _told(place: Place, language: Language) -> tuple[str, ...]:
    low, high, lower, upper = map(language.percent, (place.low, place.high, place.lower, place.upper))
    limits = str(language("interval", low=lower, high=upper))
    return place.casino, language.number(place.chats), low, high, limits, _ranks(place, language)
