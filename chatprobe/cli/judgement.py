"""Verdicts in words: what is said, from when to when, by how many visits, and what would settle the rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

import click

from chatprobe.cli.base import safe, table
from chatprobe.cli.heatmap import DAYS
from chatprobe.cli.numbers import between, percent
from chatprobe.cli.wording import count

if TYPE_CHECKING:
    from chatprobe.analysis.verdict import Settling, Verdict

_COLOURS = {"refuted": "yellow", "contradicted": "yellow", "upheld so far": "green"}
_NAMES = {
    "hours": "somebody answers",
    "status": "the widget says open",
    "first_reply": "a person answers within",
    "languages": "answers in",
}
_BROKEN = ("refuted", "contradicted")


def lines(found: Sequence[Verdict], *, why: bool) -> Iterator[str]:
    """All verdicts, casino by casino, and how many of them may be wrong."""
    for casino, group in groupby(found, lambda one: one.casino):
        yield click.style(safe(casino), bold=True)
        for one in group:
            yield from _verdict(one)
            if why:
                yield from (f"    {line}" for line in _why(one))
        yield ""
    claims = count(len(found), "claim")
    yield f"{claims}: if all were true, {len(found) / 100:g} at most would be expected to be refuted by chance, ever"


def _verdict(one: Verdict) -> Iterator[str]:
    standing = click.style(one.standing, fg=_COLOURS.get(one.standing))
    dates = "" if one.since is None or one.until is None else f", {_day(one.since)} to {_day(one.until)}"
    yield f"  {_NAMES[one.claim]} {safe(one.promise)}: {standing}{_evidence(one)}{dates}"
    if one.reason:
        yield f"    no verdict: {one.reason}"
    if one.estimate is not None:
        share, interval = percent(one.estimate), between(*one.interval, "share")
        yield f"    so in {share} of {count(one.shared_by, 'visit')} {interval}, an interval that holds at every look"
    if one.claim == "hours" and one.standing in _BROKEN:
        yield f"    nobody answered: {_clocks(one)}"
    if one.excluded:
        yield f"    excluded: {one.excluded}"
    for way in one.settling:
        yield f"    {_settling(way)}"


def _evidence(one: Verdict) -> str:
    """What the bets are worth, where that says anything."""
    if one.evidence is None or one.evidence < 1 or one.since is None:
        return ""
    from chatprobe.analysis.verdict import odds

    return f", evidence {odds(one.evidence)} {'for' if one.standing == 'upheld so far' else 'against'} it"


def _clocks(one: Verdict) -> str:
    """No hour is named without a miss."""
    met = [hour for hour in one.clocks if hour.missed]
    return ", ".join(f"at {hour.hour:02} h {hour.missed} of {hour.missed + hour.answered} times" for hour in met)


def _settling(way: Settling) -> str:
    how = "that are answered" if way.towards == "upheld so far" else "in vain"
    times: dict[int, list[int]] = {}
    for hour, number in way.hours.items():
        times.setdefault(number, []).append(hour)
    parts = [f"{number} at {_spans(hours)}" for number, hours in sorted(times.items())]
    where = f": {'; '.join(parts)}" if parts else ""
    return f"{way.towards} after {count(way.visits, 'more visit')} {how}{where}"


def _spans(hours: Sequence[int]) -> str:
    """``02-04, 07 h``."""
    runs: list[list[int]] = []
    for hour in hours:
        if runs and hour == runs[-1][-1] + 1:
            runs[-1].append(hour)
        else:
            runs.append([hour])
    return ", ".join(f"{run[0]:02}" if len(run) == 1 else f"{run[0]:02}-{run[-1]:02}" for run in runs) + " h"


def _why(one: Verdict) -> Iterator[str]:
    cells = [("when, UTC", "there", "probe", "outcome", "speaks")]
    for seen in one.witnesses:
        there = f"{DAYS[seen.cell // 24]} {seen.cell % 24:02} h"
        cells.append((_time(seen.at), there, seen.probe_id, seen.outcome, "for it" if seen.answered else "against it"))
    yield from table(cells)


def _day(at: float) -> str:
    return _time(at)[:10]


def _time(at: float) -> str:
    from chatprobe.times import iso

    return iso(at)[:16].replace("T", " ")
