"""Figures as tables in a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from chatprobe.cli.base import safe, table
from chatprobe.cli.numbers import NOT_REACHED, between, told, wait

if TYPE_CHECKING:
    from chatprobe.analysis.compare import Comparison
    from chatprobe.analysis.metrics import Figure

_WIDE = ("offered", "human_within", "wait_median", "never_answered")
_HOURS = ("offered", "any_answer", "human_within")
_HEADS = {
    "offered": "chat offered",
    "any_answer": "any answer",
    "human_within": "a person in {within}",
    "wait_median": "median wait",
    "never_answered": "never answered",
    "same_language": "answered in it",
    "answer_right": "right",
}
_LISTED = 3
"""More hours than these are counted, not named."""
_SPLIT = {"hour": _HOURS, "language": (*_WIDE, "same_language"), "question": (*_WIDE, "answer_right")}


def across(figures: Sequence[Figure], split: str, within_ms: float) -> Iterator[str]:
    """One line for each casino and part of it, one column for each of the main figures."""
    metrics = _SPLIT.get(split, _WIDE)
    parts: dict[tuple[str, str], dict[str, Figure]] = {}
    for figure in figures:
        parts.setdefault((figure.casino, figure.group or ""), {})[figure.metric] = figure
    heads = [_HEADS[metric].format(within=wait(within_ms)) for metric in metrics]
    named = split != "casino"
    lines = [["casino", *([split] if named else []), "chats", *heads]]
    for (casino, group), row in parts.items():
        first = next(iter(row.values()))
        cells = [cell(row[metric]) if metric in row else "-" for metric in metrics]
        lines.append([safe(casino), *([safe(group)] if named else []), str(first.counts["n"]), *cells])
    yield from table(lines)


def down(figures: Iterable[Figure]) -> Iterator[str]:
    """One line for each figure."""
    lines = [("figure", "of", "value", "95 % interval", "n", "remark")]
    for one in figures:
        value, interval = told(one.estimate, one.unit), between(one.low, one.high, one.unit)
        name = str(one.metric).replace("_", " ")
        remark = "" if one.note == NOT_REACHED else one.note or ""
        lines.append((name, safe(one.group or ""), value, interval, str(one.counts["n"]), remark))
    yield from table(lines)


def cell(figure: Figure) -> str:
    """``93 % [85 % to 97 %]``, or what it lacks."""
    interval = between(figure.low, figure.high, figure.unit)
    if figure.estimate is None:
        return interval or (_short(figure.note) if figure.note else "-")
    return f"{told(figure.estimate, figure.unit)} {interval}".rstrip()


def _short(note: str) -> str:
    """A remark for a narrow column."""
    hours = note.count(", ") + 1
    return f"no chat yet at {hours} of 24 hours" if note.endswith(" h") and hours > _LISTED else note


def side_by_side(comparison: Comparison) -> Iterator[str]:
    """Casinos that can be compared, by name, with the places that each may have."""
    language, deadline = safe(comparison.language), wait(comparison.deadline_ms)
    yield f"asked in {language}, deadline {deadline}: a person within {wait(comparison.within_ms)}"
    lines = [("casino", "chats", "95 % interval", "place")]
    for one in comparison.casinos:
        first, last = one.ranks
        place = f"{first}" if first == last else f"{first} to {last}"
        lines.append((safe(one.casino), str(one.chats), between(*one.interval, "share"), place))
    yield from (f"  {line}" for line in table(lines))
    for casino, why in comparison.left_out.items():
        yield f"  not compared: {safe(casino)}: {why}"
