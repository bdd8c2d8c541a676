"""What speaks for and against promised hours: answers upwards, chats without one downwards, by the hour of the day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from chatprobe.report.charts import parts, theme
from chatprobe.report.charts.draw import Chart
from chatprobe.report.language import Language


@dataclass(frozen=True)
class Hour:
    """The chats of one hour of the day."""

    hour: int
    answered: int
    """Counts for the casino."""
    counted: int
    """Nobody answered, and it counts as evidence."""
    uncounted: int
    """Nobody answered, but nobody had just answered before either: no evidence."""


def evidence(name: str, hours: Sequence[Hour], language: Language, note: str) -> Chart:
    """The chart of the hours of a day."""
    rows = [row for hour in hours for row in _bars(hour, language)]
    most = max((max(hour.answered, hour.counted + hour.uncounted) for hour in hours), default=1) or 1
    down = max((hour.counted + hour.uncounted for hour in hours), default=0)
    up = max((hour.answered for hour in hours), default=0)
    low, high = max(down, most / 4), max(up, most / 4)
    step = max(1, round((low + high) / 5))
    ticks = [step * number for number in range(-int(low / step), int(high / step) + 1)]
    axis = alt.Axis(title=None, labelExpr="abs(datum.value)", values=ticks, labelOverlap=False)
    scale = alt.Scale(domain=[-low, high], nice=False)
    bars = alt.Chart(parts.data(rows)).mark_rect()
    zero = alt.Chart(parts.data([{"zero": 0}])).mark_rule(color=theme.SOFT)
    spec = parts.finished(
        alt.layer(
            bars.encode(
                x=parts.hours(language, "left"),
                x2="right",
                y=alt.Y("from", type="quantitative", scale=scale, axis=axis),
                y2="to",
                color=alt.Color("colour", type="nominal", scale=None),
                description=alt.Description("told", type="nominal"),
            ),
            zero.encode(y=alt.Y("zero", type="quantitative", scale=scale, axis=axis)),
        ).properties(width=parts.WIDE, height=140)
    )
    names = ("answered", "missed_counted", "missed_uncounted")
    return Chart(
        name,
        str(language("evidence_title")),
        note,
        spec,
        (str(language("hour")), *(str(language(one)) for one in names)),
        tuple(
            (language.clock(hour.hour), str(hour.answered), str(hour.counted), str(hour.uncounted)) for hour in hours
        ),
        (
            ("box-yes", str(language("answered"))),
            ("box-no", str(language("missed_counted"))),
            ("hatch", str(language("missed_uncounted"))),
        ),
        code=language.code,
    )


def _bars(hour: Hour, language: Language) -> list[parts.Row]:
    told = language(
        "evidence_hour",
        hour=language.clock(hour.hour),
        answered=hour.answered,
        counted=hour.counted,
        uncounted=hour.uncounted,
    ).unescape()
    place = {"left": hour.hour + 0.12, "right": hour.hour + 0.88, "told": told}
    missed = hour.counted + hour.uncounted
    bars = (
        (0, hour.answered, theme.YES),
        (-hour.counted, 0, theme.NO),
        (-missed, -hour.counted, theme.HATCH),
    )
    return [{**place, "from": low, "to": high, "colour": colour} for low, high, colour in bars if low < high]
