"""Standing in line: the place that was announced, and the wait that came of it; one sign for each chat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from chatprobe.report.charts import parts, theme
from chatprobe.report.charts.draw import Chart
from chatprobe.report.language import Language

_MINUTE = 60_000.0


@dataclass(frozen=True)
class Stood:
    """One chat in which a place was announced."""

    place: int
    waited_ms: float
    """From getting in line to a person, or to the end of listening."""
    answered: bool


def line(name: str, stood: Sequence[Stood], table: tuple[tuple[str, ...], ...], language: Language, note: str) -> Chart:
    """The chart; `table` are its rows in words, by place."""
    places = {place: [one for one in stood if one.place == place] for place in sorted({one.place for one in stood})}
    rows = [
        {
            "place": place + _aside(number, len(ones)),
            "minutes": one.waited_ms / _MINUTE,
            "told": language(
                "line_chat" if one.answered else "line_left", place=place, wait=language.duration(one.waited_ms)
            ).unescape(),
            "answered": one.answered,
        }
        for place, ones in places.items()
        for number, one in enumerate(ones)
    ]
    most = max(places, default=1)
    axis = alt.Axis(title=str(language("line_place")), tickMinStep=1, values=list(range(1, most + 1)), ticks=False)
    x = alt.X("place", type="quantitative", scale=alt.Scale(domain=[0.5, most + 0.5], nice=False), axis=axis)
    y = alt.Y("minutes", type="quantitative", axis=alt.Axis(title=str(language("minutes_waited")), tickCount=5))
    layers = [
        alt.Chart(parts.data([row for row in rows if row["answered"] == answered]))
        .mark_point(shape=shape, filled=answered, size=46, opacity=0.9, strokeWidth=1.8, color=colour)
        .encode(x=x, y=y, description=alt.Description("told", type="nominal"))
        for answered, shape, colour in ((True, "circle", theme.YES), (False, "triangle-up", theme.NO))
    ]
    spec = parts.finished(alt.layer(*layers).properties(width=parts.WIDE, height=180))
    head = tuple(str(language(one)) for one in ("line_place", "chats", "line_answered", "line_waits"))
    signs = (("dot-yes", str(language("answered"))), ("triangle-no", str(language("line_given_up"))))
    return Chart(name, str(language("line_title")), note, spec, head, table, signs, language.code)


def _aside(number: int, count: int) -> float:
    """Where in its column a sign stands, so that none hides another."""
    return (number - (count - 1) / 2) / max(count, 5) * 0.7
