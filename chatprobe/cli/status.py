"""`chatprobe status`: what the daemon does, did, and will do."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from chatprobe.cli.base import db_option, emit_json, json_option, out, safe, scenarios_option, table

if TYPE_CHECKING:
    from chatprobe.store.store import Store

NEXT = 8
"""Slots ahead that are shown."""
HEALTH_TIMEOUT_S = 3.0


@click.command("status")
@scenarios_option
@db_option
@json_option
def status(scenarios: Path, db: Path, *, as_json: bool) -> None:
    """Show what the daemon does, did and will do, and what went wrong.

    Whether it is alive, what runs, what comes next, how the last visits ended, what was missed and why, which casinos
    are paused, which scenario files cannot be used, and what does not work right now.

    \b
    Example:
      chatprobe status --db chatprobe.db
    """
    from chatprobe.store.store import Store
    from chatprobe.times import now_ms

    with Store.open(db) as store:
        facts = _facts(store, scenarios, now_ms())
    if as_json:
        emit_json(facts)
        return
    for line in _lines(facts):
        out(line)


def _facts(store: Store, scenarios: Path, now: float) -> dict[str, Any]:
    from chatprobe.daemon.pausing import LOOKED_BACK_MS, paused
    from chatprobe.plan.budget import WEEK
    from chatprobe.scenario.load import load_folder
    from chatprobe.times import iso

    good, problems = load_folder(scenarios)
    pauses = {one.casino: paused(store.history(one.casino, iso(now - LOOKED_BACK_MS)), one.sha256, now) for one in good}
    overview, week_ago = store.overview, iso(now - WEEK)
    return {
        "daemon": _daemon(store.path),
        "uptime_week": round(store.uptime.share(week_ago, iso(now)), 4),
        "running": overview.running(),
        "next": overview.upcoming(iso(now), NEXT),
        "latest": overview.latest(),
        "slots_week": overview.counts(week_ago, iso(now)),
        "coverage_4_weeks": overview.coverage(iso(now - 4 * WEEK)),
        "paused": [{"casino": c, "why": p.why, "until": iso(p.until)} for c, p in pauses.items() if p],
        "broken": [str(problem) for problem in problems],
        "examined": _examined(overview.examined(week_ago), {one.casino: one.sha256 for one in good}),
    }


def _examined(reports: Mapping[str, Any], texts: Mapping[str, str]) -> list[dict[str, Any]]:
    """What the doctor found wrong with scenarios that nobody has changed since."""
    from chatprobe.discover.advice import advice

    return [
        {"casino": casino, "probe": row["id"], "at": row["started_at"], "says": said, "report": row["detail"]}
        for casino, row in sorted(reports.items())
        if row["scenario_sha256"] == texts.get(casino) and (said := advice(row["detail"]))
    ]


def _daemon(db: Path) -> dict[str, Any]:
    """What the lock and the daemon itself say."""
    from urllib.request import urlopen

    from chatprobe.store.lock import daemon_of

    note = daemon_of(db)
    if note is None:
        return {"alive": False}
    said: dict[str, Any] = {"alive": True, "pid": note.get("pid"), "health": note.get("health"), "troubles": {}}
    try:
        with urlopen(f"{note['health']}/healthz", timeout=HEALTH_TIMEOUT_S) as answer:  # noqa: S310  # our own address
            said["troubles"] = json.load(answer)["troubles"]
    except (OSError, ValueError, KeyError):  # it starts, ends or hangs
        said["troubles"] = {"daemon": "it does not answer"}
    return said


def _lines(facts: Mapping[str, Any]) -> Iterator[str]:
    daemon = facts["daemon"]
    where = f"running as process {daemon['pid']}, {daemon['health']}" if daemon["alive"] else "not running"
    yield f"daemon: {where}; alive {facts['uptime_week']:.1%} of the last 7 days"
    for kind, what in daemon.get("troubles", {}).items():
        yield click.style(f"trouble: {kind}: {safe(what)}", fg="red")
    for one in facts["paused"]:
        yield click.style(f"paused: {one['casino']} until {_time(one['until'])}: {safe(one['why'])}", fg="yellow")
    for problem in facts["broken"]:
        yield click.style(f"cannot be used: {safe(problem)}", fg="yellow")
    for one in facts["examined"]:
        yield click.style(f"doctor: {one['casino']}, {_time(one['at'])}: {safe(one['says'])}", fg="yellow")
        yield f"  all of it: chatprobe show {one['probe']} --json; mend it: chatprobe doctor {one['casino']} --fix"
    yield from _block("running", ("casino", "visit", "since", "asked"), map(_running, facts["running"]))
    yield from _block("next", ("casino", "visit", "at"), map(_next, facts["next"]))
    coverage = _coverage(facts["coverage_4_weeks"])
    latest = (_latest(row, coverage) for row in facts["latest"])
    yield from _block("last visits", ("casino", "visit", "ended", "outcome", "hours of the week, 4 weeks"), latest)
    yield from _week(facts["slots_week"])


def _running(row: Mapping[str, Any]) -> tuple[str, ...]:
    return row["casino"], row["depth"], _time(row["started_at"]), _time(row["asked_at"])


def _next(row: Mapping[str, Any]) -> tuple[str, ...]:
    return row["casino"], row["depth"], _time(row["planned_at"])


def _latest(row: Mapping[str, Any], coverage: Mapping[str, str]) -> tuple[str, ...]:
    step = f" at {safe(row['failed_step'])}" if row["failed_step"] else ""
    return (
        row["casino"],
        row["depth"],
        _time(row["finished_at"]),
        row["outcome"] + step,
        coverage.get(row["casino"], "-"),
    )


def _coverage(rows: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """By casino in how many of the 168 hours of the week it was seen."""
    said: dict[str, list[str]] = {}
    for row in rows:
        said.setdefault(row["casino"], []).append(f"{row['depth']} {row['cells']}/168")
    return {casino: ", ".join(parts) for casino, parts in said.items()}


def _week(rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    counts: Counter[str] = Counter()
    for row in rows:
        counts[" ".join(filter(None, (row["status"], row["reason"])))] += row["count"]
    if counts:
        yield ""
        yield "last 7 days: " + ", ".join(f"{count} {what}" for what, count in sorted(counts.items()))


def _block(title: str, head: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> Iterator[str]:
    """A table under its title; nothing where it has no rows."""
    cells = list(rows)
    if cells:
        yield ""
        yield f"{title}:"
        yield from (f"  {line}" for line in table([head, *cells]))


def _time(text: str | None) -> str:
    """ISO text as people read it, UTC to the second."""
    return "-" if text is None else text[:19].replace("T", " ")
