"""The hours of the week: shaded where there is enough to say, else hatched, with a sign for each single visit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from chatprobe.report.charts import parts, theme
from chatprobe.report.charts.draw import Chart
from chatprobe.report.language import Language

ENOUGH = 5
"""Visits from which on an hour of the week has a shade."""
_SIGNS = 4
"""Signs that an hour has room for: one less than `ENOUGH`."""
_GAP = 0.04
_WIDE, _HIGH = 366, 150


@dataclass(frozen=True)
class Cell:
    """What was found in one hour of the week."""

    cell: int
    """0-167."""
    answered: int
    """Chats that a person answered in time."""
    unsure: int
    """Chats that perhaps a person answered in time."""
    missed: int

    @property
    def visits(self) -> int:
        """All chats that count."""
        return self.answered + self.unsure + self.missed


def week(name: str, cells: Sequence[Cell], language: Language, note: str) -> Chart:
    """The heat map; `note` says within what time an answer counts."""
    found = {cell.cell: cell for cell in cells}
    every = [found.get(number, Cell(number, 0, 0, 0)) for number in range(168)]
    base = alt.Chart(parts.data([_square(cell, language) for cell in every]))
    days = alt.Axis(
        title=None,
        values=[day + 0.5 for day in range(7)],
        labelExpr=f"{[language.weekday(day, short=True) for day in range(7)]}[floor(datum.value)]",
        grid=False,
        labelOverlap=False,
    )
    y: dict[str, Any] = {"type": "quantitative", "scale": alt.Scale(domain=[7, 0], nice=False), "axis": days}
    squares = base.mark_rect().encode(
        x=parts.hours(language, "left"),
        x2="right",
        y=alt.Y("top", **y),
        y2="bottom",
        color=alt.Color("colour", type="nominal", scale=None),
        description=alt.Description("told", type="nominal"),
    )
    signs = _signs([sign for cell in every if cell.visits < ENOUGH for sign in _marks(cell)], y)
    spec = parts.finished(alt.layer(squares, *signs).properties(width=_WIDE, height=_HIGH))
    return Chart(
        name,
        str(language("week_title")),
        note,
        spec,
        (str(language("weekday")), *(language.clock(hour) for hour in range(24))),
        tuple((language.weekday(day), *(_brief(every[day * 24 + hour]) for hour in range(24))) for day in range(7)),
        tuple(_key(every, language)),
        code=language.code,
    )


def _key(cells: Sequence[Cell], language: Language) -> Iterator[tuple[str, str]]:
    """What the signs that occur mean."""
    colours = {_colour(cell) for cell in cells}
    for step, colour in enumerate(theme.RAMP):
        if colour in colours:
            yield f"ramp{step}", str(language("week_fifth", low=step * 20, high=step * 20 + 20))
    few = [cell for cell in cells if cell.visits < ENOUGH]
    if few:
        yield "hatch", str(language("week_few", n=ENOUGH))
    for sign, name in (("answered", "answered"), ("unsure", "unsure"), ("missed", "not_answered")):
        if any(getattr(cell, sign) for cell in few):
            yield f"sign-{sign}", str(language(name))


def _square(cell: Cell, language: Language) -> parts.Row:
    day, hour = divmod(cell.cell, 24)
    told = language(
        "week_cell",
        day=language.weekday(day),
        hour=language.clock(hour),
        n=cell.visits,
        answered=cell.answered,
        unsure=cell.unsure,
    )
    return {
        "left": hour + _GAP,
        "right": hour + 1 - _GAP,
        "top": day + _GAP,
        "bottom": day + 1 - _GAP,
        "colour": _colour(cell),
        "told": told.unescape(),
    }


def _colour(cell: Cell) -> str:
    """By fifths of what was surely answered: what is unsure must not make an hour look better than it is."""
    if cell.visits < ENOUGH:
        return theme.HATCH
    return theme.RAMP[min(4, 5 * cell.answered // cell.visits)]


def _marks(cell: Cell) -> Iterator[parts.Row]:
    day, hour = divmod(cell.cell, 24)
    kinds = ["yes"] * cell.answered + ["unsure"] * cell.unsure + ["no"] * cell.missed
    rows = 1 if len(kinds) < 3 else 2
    for number, kind in enumerate(kinds[:_SIGNS]):
        row, column = divmod(number, 2)
        wide = 1 if len(kinds) == 1 or (len(kinds) == 3 and row == 1) else 2
        yield {"x": hour + (column + 0.5) / wide, "y": day + (row + 0.5) / rows, "kind": kind}


def _signs(marks: Sequence[parts.Row], y: dict[str, Any]) -> Iterator[alt.Chart]:
    """A full disc for an answer, a cross for none, a ring for what is unsure: told apart without colours."""
    shapes = {"yes": ("circle", theme.YES), "unsure": ("circle", theme.UNSURE), "no": ("cross", theme.NO)}
    for kind, (shape, colour) in shapes.items():
        rows = [mark for mark in marks if mark["kind"] == kind]
        if rows:
            filled = kind != "unsure"
            sign = alt.Chart(parts.data(rows)).mark_point(
                shape=shape, filled=filled, size=20, opacity=1, strokeWidth=1.2, angle=45 if kind == "no" else 0
            )
            yield sign.encode(
                x=alt.X("x", type="quantitative"),
                y=alt.Y("y", **y),
                color=parts.fixed(colour),
            )


def _brief(cell: Cell) -> str:
    return f"{cell.answered}/{cell.visits}" if cell.visits else ""
