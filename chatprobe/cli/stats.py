"""`chatprobe stats`: what visits found, with what is known of it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chatprobe.cli.base import db_option, emit_json, json_option, note, out, safe, scenarios_option
from chatprobe.cli.figures import across, down, side_by_side
from chatprobe.cli.moments import past
from chatprobe.cli.wording import count

if TYPE_CHECKING:
    from chatprobe.analysis.visits import Visits
    from chatprobe.store.store import Store

_BY = ("hour", "weekday", "casino", "language", "question")


def _duration(_context: click.Context, _parameter: click.Parameter, value: str) -> timedelta:
    from chatprobe.durations import parse_duration

    try:
        return parse_duration(value)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


@click.command("stats")
@click.option("--casino", metavar="NAME", help="Only this casino, with everything there is of it.")
@click.option("--by", type=click.Choice(_BY), help="Split by the casino's clocks, or by what was asked.")
@click.option("--since", metavar="TIME", callback=past, help="Only visits from then on, UTC.")
@click.option("--within", default="5m", show_default=True, metavar="D", callback=_duration, help='What "in time" is.')
@click.option("--all", "everything", is_flag=True, help="Also visits that nobody planned: a convenience sample.")
@scenarios_option
@db_option
@json_option
def stats(
    casino: str | None,
    by: str | None,
    since: str | None,
    *,
    within: timedelta,
    everything: bool,
    scenarios: Path,
    db: Path,
    as_json: bool,
) -> None:
    """Show what visits found: is a chat offered, does a person answer in time, how long is the wait.

    Everything is of the survey, for a visitor who comes at a random hour; every number has its 95 % interval. A chat
    that is closed is never answered, an unanswered one is a wait that we gave up, and replies of unknown author widen
    the interval both ways. Of several casinos the main figures are shown, of one all there are.

    \b
    Examples:
      chatprobe stats
      chatprobe stats --casino lucky --by hour
      chatprobe stats --since 2026-01-01 --json
    """
    from chatprobe.cli.casinos import ensure_known, tell_simulated
    from chatprobe.store.store import Store

    with Store.open(db) as store:
        ensure_known(casino, store, scenarios)
        tell_simulated(store)
        visits, split = _read(store, (casino, since), by, everything=everything)
    if not len(visits) and not as_json:
        _tell_empty(db, everything=everything)
        return
    _tell(visits, split, within / timedelta(milliseconds=1), as_json=as_json)


def _read(
    store: Store, which: tuple[str | None, str | None], by: str | None, *, everything: bool
) -> tuple[Visits, str | None]:
    """The visits, and what they are split by: of several casinos as a whole only the main figures are told."""
    from chatprobe.record import visits

    casino, since = which
    brief = casino is None and by in (None, "hour", "weekday")
    found = visits(store, casino, since, everything=everything, brief=brief)
    if by is None and len(found.casino.met()) > 1:
        return found, "casino"
    return (visits(store, None, since, everything=everything) if brief and by is None else found), by


def _tell(visits: Visits, split: str | None, within_ms: float, *, as_json: bool) -> None:
    from chatprobe.analysis.compare import comparisons
    from chatprobe.analysis.figures import figures
    from chatprobe.analysis.groups import By

    rows = list(figures(visits, By(split) if split else None, within_ms))
    compared = list(comparisons(visits.survey(), within_ms)) if split == "casino" else []
    if as_json:
        emit_json([*(figure.as_row() for figure in rows), *(row for one in compared for row in one.as_rows())])
        return
    for line in across(rows, split, within_ms) if split else down(rows):
        out(line)
    for one in compared:
        out()
        for line in side_by_side(one):
            out(line)
    out()
    out(_rest(visits))


def _rest(visits: Visits) -> str:
    """From when to when, and what entered nothing."""
    from chatprobe.times import iso

    first, last = (iso(at)[:10] for at in (visits.started.min(), visits.started.max()))
    counts = ", ".join(f"{number} {name}" for name, number in visits.left_out().items())
    hunts = int((visits.chat & ~visits.even & visits.counted).sum())
    drawn = f"; {count(hunts, 'hunted chat')} count for verdicts only" if hunts else ""
    return f"{first} to {last}; survey of {len(visits.survey())} chats{drawn}; left out: {counts or 'nothing'}"


def _tell_empty(db: Path, *, everything: bool) -> None:
    note(f"no {'' if everything else 'planned '}visit in {safe(str(db))} that was asked for")
    note("hint: chatprobe daemon visits around the clock; --all also shows what chatprobe run found")
