"""`chatprobe plan`: when visits are due."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from chatprobe.cli.base import db_option, emit_json, json_option, note, out, safe, scenarios_option, table
from chatprobe.cli.heatmap import DAYS, heat_maps
from chatprobe.cli.moments import moment
from chatprobe.model import Depth, SlotStatus

if TYPE_CHECKING:
    from chatprobe.plan.desk import Desk, House

SHOWN = 40
"""Lines of the table; --json has all."""
_LOST = (SlotStatus.MISSED, SlotStatus.SKIPPED)
_KINDS = {str(Depth.PRESENCE): "looks", str(Depth.CHAT): "chats"}
_ORDER = (*_KINDS.values(), "planned", "done", "missing")


@click.command("plan")
@scenarios_option
@db_option
@click.option("--from", "start", metavar="TIME", callback=moment, help="First moment shown, UTC; default: now.")
@click.option("--days", type=click.IntRange(1, 366), default=7, show_default=True, metavar="N", help="How many days.")
@click.option("--seed", type=click.IntRange(0), metavar="S", help="Simulate a plan of this seed, from nothing.")
@json_option
def plan(scenarios: Path, db: Path, start: str | None, days: int, seed: int | None, *, as_json: bool) -> None:
    """Show when visits are due: a table, and a heat map over the hours of the week.

    Shows the stored plan. With --seed, or where there is no database, it is a simulation for the scenarios of the
    folder that begins from nothing and writes nothing. "projected" is what would follow if every chat until then were
    answered: of a hunt only the next chat is ever fixed.

    \b
    Examples:
      chatprobe plan
      chatprobe plan --from 2026-03-02 --days 28 --seed 1
    """
    from chatprobe.plan.budget import DAY
    from chatprobe.times import epoch_ms, now_ms

    begin = epoch_ms(start) if start else now_ms()
    span = begin, begin + days * DAY
    desks, house = _known(scenarios)
    if seed is None and db.is_file():
        said, rows = "stored plan", _stored((desks, house), scenarios, db, span)
    else:
        said, rows = f"simulation from nothing with seed {seed or 0}", _simulated(desks, house, seed or 0, span)
    if as_json:
        emit_json(rows)
    else:
        _tell(rows, {desk.casino: desk.timezone for desk in desks}, f"{days} days: {said}")


def _known(scenarios: Path) -> tuple[list[Desk], House]:
    """The casinos of the folder, and what holds for all of them; files that cannot be used are said."""
    from dataclasses import replace

    from chatprobe.daemon.planner import desk_of
    from chatprobe.plan.desk import share
    from chatprobe.plan.house import house_of
    from chatprobe.scenario.load import load_folder
    from chatprobe.settings import load_settings

    good, problems = load_folder(scenarios)
    settings = load_settings()
    if problems:
        note(f"cannot be used: {safe(', '.join(sorted({problem.file for problem in problems})))}")
        note("hint: chatprobe check says why")
    desks, house = [desk_of(one) for one in good], house_of(settings)
    return desks, replace(house, share=share(desks, house.caps) if house.caps else 1.0)


def _simulated(desks: Sequence[Desk], house: House, seed: int, span: tuple[float, float]) -> list[dict[str, Any]]:
    from dataclasses import replace

    from chatprobe.plan.draw import Past, draw

    drawn = draw([replace(desk, begun=span[0]) for desk in desks], Past(), house, seed, *span)
    return _rows([], drawn.slots, drawn.projected)


def _stored(
    known_now: tuple[list[Desk], House], scenarios: Path, db: Path, span: tuple[float, float]
) -> list[dict[str, Any]]:
    """The stored slots of `span`, and as projected ones what the daemon would add by the end of it."""
    from chatprobe.daemon.planner import known, survey_only
    from chatprobe.daemon.settled import hours_settled
    from chatprobe.plan.draw import draw
    from chatprobe.record import Record
    from chatprobe.store.store import Store
    from chatprobe.times import iso, now_ms

    now, (desks, house) = now_ms(), known_now
    with Store.open(db) as store:
        stored = store.slots.between(*map(iso, span))
        seed = store.slots.seed()
        if seed is None or span[1] <= now:
            return _rows(stored)
        record = Record.of(store, scenarios)  # all as the daemon knows it, or others would be drawn
        settled = {desk.casino for desk in desks if desk.hunted and hours_settled(record.case(desk.casino))}
        desks = [survey_only(desk) if desk.casino in settled else desk for desk in desks]
        drawn = draw(desks, known(store, desks, house, now), house, seed, now, span[1])
    later = [slot for slot in (*drawn.slots, *drawn.projected) if slot.at >= span[0]]
    return _rows([row for row in stored if row["id"] not in drawn.cancelled], (), later)


def _rows(
    stored: Sequence[Mapping[str, Any]], fixed: Sequence[Any] = (), projected: Sequence[Any] = ()
) -> list[dict[str, Any]]:
    """Rows of `slots`, by time, each saying whether it is `projected`."""
    rows = [{**row, "projected": False} for row in stored]
    rows += [{**slot.row(), "projected": False} for slot in fixed]
    rows += [{**slot.row(), "id": None, "projected": True} for slot in projected]
    return sorted(rows, key=lambda row: (row["planned_at"], row["casino"], row["depth"]))


def _tell(rows: Sequence[Mapping[str, Any]], zones: Mapping[str, str], said: str) -> None:
    if not rows:
        note(f"nothing is planned ({said})")
        note("hint: chatprobe daemon draws the plan; chatprobe plan --seed 1 simulates one")
        return
    for line in _table(rows[:SHOWN], zones):
        out(safe(line))
    if len(rows) > SHOWN:
        out(f"… and {len(rows) - SHOWN} more; --json has all")
    out()
    for line in heat_maps(_maps(rows)):
        out(line)
    out()
    out(safe(f"{said}; {_summary(rows)}"))


def _table(rows: Sequence[Mapping[str, Any]], zones: Mapping[str, str]) -> list[str]:
    cells = [("UTC", "there", "casino", "visit", "drawn", "chance", "state"), *(_cells(row, zones) for row in rows)]
    return list(table(cells))


def _cells(row: Mapping[str, Any], zones: Mapping[str, str]) -> tuple[str, ...]:
    utc = row["planned_at"][:16].replace("T", " ")
    return utc, _there(row, zones), row["casino"], row["depth"], row["mode"] or "-", _chance(row), _state(row)


def _state(row: Mapping[str, Any]) -> str:
    return "projected" if row["projected"] else " ".join(filter(None, (row["status"], row["reason"])))


def _there(row: Mapping[str, Any], zones: Mapping[str, str]) -> str:
    """The casino's own weekday and time; unknown for a casino that left the folder."""
    from chatprobe.plan.cells import minute_of_week
    from chatprobe.times import epoch_ms

    if row["casino"] not in zones:
        return "-"
    hours, minute = divmod(minute_of_week(epoch_ms(row["planned_at"]), zones[row["casino"]]), 60)
    return f"{DAYS[hours // 24]} {hours % 24:02}:{minute:02}"


def _chance(row: Mapping[str, Any]) -> str:
    return "-" if row["probability"] is None else f"{row['probability']:.1%}"


def _maps(rows: Sequence[Mapping[str, Any]]) -> dict[str, Counter[int]]:
    """By the casinos' clocks: what is planned, done and missing; where nothing is done yet, looks and chats apart."""
    begun = any(row["status"] == SlotStatus.DONE for row in rows)
    maps: dict[str, Counter[int]] = {}
    for row in rows:
        title = "missing" if row["status"] in _LOST else "done" if row["status"] == SlotStatus.DONE else "planned"
        if title == "planned" and not begun:
            title = _KINDS[row["depth"]]
        if row["status"] != SlotStatus.CANCELLED:
            maps.setdefault(title, Counter())[row["cell"]] += 1
    return dict(sorted(maps.items(), key=lambda one: _ORDER.index(one[0])))


def _summary(rows: Sequence[Mapping[str, Any]]) -> str:
    counts: Counter[str] = Counter()
    for row in rows:
        counts[f"{_KINDS[row['depth']]} {_state(row)}"] += 1
    return ", ".join(f"{count} {kind}" for kind, count in counts.items())
