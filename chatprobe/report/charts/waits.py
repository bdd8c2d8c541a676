"""How long one waits: the share of visitors that a person has answered, minute by minute."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from chatprobe.report.charts import parts, theme
from chatprobe.report.charts.draw import Chart
from chatprobe.report.language import Language

_MINUTE = 60_000.0


@dataclass(frozen=True)
class Step:
    """The share from a time on, until the next step's."""

    ms: float
    lower: float
    """Lower limit of the low share."""
    low: float
    """If no unsure answer was a person's."""
    high: float
    """If all were."""
    upper: float
    """Upper limit of the high share."""


def waits(
    name: str, steps: Sequence[Step], until_ms: float, language: Language, note: str, marks: Sequence[float] = ()
) -> Chart:
    """The curve up to `until_ms`; `marks` are times (ms) that somebody promised or asks about."""
    last = Step(until_ms, steps[-1].lower, steps[-1].low, steps[-1].high, steps[-1].upper)
    rows = [_row(step) for step in (*(step for step in steps if step.ms < until_ms), last)]
    axis = alt.Axis(title=str(language("minutes_waited")), ticks=False, tickCount=6)
    scale = alt.Scale(domain=[0, until_ms / _MINUTE], nice=False)
    x = alt.X("minutes", type="quantitative", scale=scale, axis=axis)
    y = alt.Y("low", **parts.shares(language))
    base = alt.Chart(parts.data(rows))
    layers: list[Any] = [
        base.mark_area(interpolate="step-after", color=theme.BAND).encode(
            x=x, y=alt.Y("lower", **parts.shares(language)), y2="upper"
        ),
        base.mark_area(interpolate="step-after", color=theme.UNSURE, opacity=0.45).encode(x=x, y=y, y2="high"),
        base.mark_line(interpolate="step-after", color=theme.YES, strokeWidth=2.5).encode(x=x, y=y),
        *(_mark(ms) for ms in marks if 0 < ms < until_ms),
    ]
    spec = parts.finished(alt.layer(*layers).properties(width=parts.WIDE, height=210))
    table = tuple(_told(step, language) for step in _at_minutes(steps, until_ms))
    head = ("wait", "share_low", "share_high", "limits")
    return Chart(
        name,
        str(language("waits_title")),
        note,
        spec,
        tuple(str(language(one)) for one in head),
        table,
        (
            ("line-yes", str(language("waits_line"))),
            *((("box-unsure", str(language("waits_unsure"))),) if any(s.high > s.low for s in steps) else ()),
            ("box-band", str(language("waits_band"))),
            *((("dash", str(language("waits_promised"))),) if any(0 < ms < until_ms for ms in marks) else ()),
        ),
        code=language.code,
    )


def _row(step: Step) -> parts.Row:
    return {
        "minutes": step.ms / _MINUTE,
        "lower": step.lower,
        "low": step.low,
        "high": step.high,
        "upper": step.upper,
    }


def _mark(ms: float) -> Any:
    rule = alt.Chart(parts.data([{"minutes": ms / _MINUTE}])).mark_rule(strokeDash=[3, 3], color=theme.SOFT)
    return rule.encode(x=alt.X("minutes", type="quantitative"))


def _at_minutes(steps: Sequence[Step], until_ms: float) -> list[Step]:
    """The steps in force after 15 s, half a minute, and whole minutes."""
    times = [15_000, 30_000, *(minute * _MINUTE for minute in (1, 2, 3, 5, 10, 15, 30)), until_ms]
    found = []
    for ms in sorted({time for time in times if time <= until_ms}):
        step = next(step for step in reversed(steps) if step.ms <= ms)
        found.append(Step(ms, step.lower, step.low, step.high, step.upper))
    return found


def _told(step: Step, language: Language) -> tuple[str, ...]:
    shares = (language.percent(share) for share in (step.low, step.high))
    limits = language("interval", low=language.percent(step.lower), high=language.percent(step.upper))
    return (language.duration(step.ms), *shares, str(limits))
