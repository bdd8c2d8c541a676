"""Who answers when: a row for each name that was seen, a disc for each hour of the day it was seen at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from chatprobe.report.charts import parts, theme
from chatprobe.report.charts.draw import Chart
from chatprobe.report.language import Language

MOST = 24
"""Names that are drawn, those met most often; the note says how many are not."""


@dataclass(frozen=True)
class Met:
    """One name."""

    label: str
    """What it is called here: no name of a person."""
    hours: tuple[int, ...]
    """Chats it answered, by hour of the day: 24 counts."""


def crew(name: str, met: Sequence[Met], language: Language, note: str) -> Chart:
    """The chart of the names, in the order given."""
    rows: list[dict[str, Any]] = [
        {
            "hour": hour + 0.5,
            "name": one.label,
            "chats": count,
            "told": language("crew_hour", name=one.label, hour=language.clock(hour), n=count).unescape(),
        }
        for one in met
        for hour, count in enumerate(one.hours)
        if count
    ]
    labels = [one.label for one in met]
    most = max((row["chats"] for row in rows), default=1)
    discs = alt.Chart(parts.data(rows)).mark_circle(opacity=0.85, color=theme.YES)
    spec = parts.finished(
        discs.encode(
            x=parts.hours(language),
            y=alt.Y(
                "name",
                type="nominal",
                sort=labels,
                axis=alt.Axis(title=None, grid=True),
                scale=alt.Scale(domain=labels),
            ),
            size=alt.Size("chats", type="quantitative", scale=alt.Scale(domain=[0, most], range=[0, 170]), legend=None),
            description=alt.Description("told", type="nominal"),
        ).properties(width=parts.WIDE, height=alt.Step(19))
    )
    return Chart(
        name,
        str(language("crew_title")),
        note,
        spec,
        (str(language("crew_name")), *(language.clock(hour) for hour in range(24))),
        tuple((one.label, *(str(count or "") for count in one.hours)) for one in met),
        code=language.code,
    )
