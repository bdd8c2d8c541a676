"""The hours of the day: three shares one above the other, each with the interval that its few chats leave open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from chatprobe.report.charts import parts, theme
from chatprobe.report.charts.draw import Chart
from chatprobe.report.language import Language


@dataclass(frozen=True)
class Share:
    """A share at one hour of the day."""

    hour: int
    low: float
    high: float
    """The ends of its interval."""
    count: int
    least: int
    """Chats of which it is surely true."""
    most: int
    """The same if all unsure ones were."""


def profile(name: str, panels: Sequence[tuple[str, Sequence[Share]]], language: Language, note: str) -> Chart:
    """The chart of `panels`, each a title and its hours; hours without a chat are left out."""
    charts = [
        _panel(title, shares, language, last=number == len(panels) - 1) for number, (title, shares) in enumerate(panels)
    ]
    spec = parts.finished(alt.vconcat(*charts, spacing=12))
    return Chart(
        name,
        str(language("profile_title")),
        note,
        spec,
        (str(language("hour")), str(language("chats")), *(title for title, _ in panels)),
        tuple(_row(hour, panels, language) for hour in range(24) if _at(panels[0][1], hour)),
        code=language.code,
    )


def _panel(title: str, shares: Sequence[Share], language: Language, *, last: bool) -> Any:
    rows = [
        {
            "hour": share.hour + 0.5,
            "low": share.low,
            "high": share.high,
            "least": share.least / share.count,
            "most": share.most / share.count,
            "told": f"{language.clock(share.hour)}: {_told(share, language)}",
        }
        for share in shares
        if share.count
    ]
    base = alt.Chart(parts.data(rows))
    x = parts.hours(language, labels=last)
    y = alt.Y("low", **parts.shares(language, (0, 0.5, 1)))
    told = alt.Description("told", type="nominal")
    width = 9
    interval = base.mark_bar(width=width, opacity=0.3).encode(
        x=x, y=y, y2="high", color=parts.fixed(theme.YES), description=told
    )
    span = base.mark_bar(width=width, minBandSize=2).encode(
        x=x, y=alt.Y("least", type="quantitative"), y2="most", color=parts.fixed(theme.UNSURE)
    )
    point = base.mark_tick(orient="horizontal", size=width, thickness=3).encode(
        x=x, y=alt.Y("least", type="quantitative"), color=parts.fixed(theme.YES)
    )
    head = alt.TitleParams(
        title, anchor="start", frame="group", fontSize=12.5, fontWeight="bold", color=theme.INK, offset=4
    )
    return alt.layer(interval, span, point).properties(width=parts.WIDE, height=64, title=head)


def _told(share: Share, language: Language) -> str:
    low, high = language.percent(share.low), language.percent(share.high)
    found = f"{share.least}" if share.least == share.most else f"{share.least}–{share.most}"
    return language("of_chats", found=found, n=share.count, low=low, high=high).unescape()


def _at(shares: Sequence[Share], hour: int) -> Share | None:
    return next((share for share in shares if share.hour == hour and share.count), None)


def _row(hour: int, panels: Sequence[tuple[str, Sequence[Share]]], language: Language) -> tuple[str, ...]:
    found = [_at(shares, hour) for _, shares in panels]
    chats = next((share.count for share in found if share), 0)
    return (language.clock(hour), str(chats), *(_told(share, language) if share else "" for share in found))
