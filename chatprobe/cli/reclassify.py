"""`chatprobe reclassify`: stored probes decided again by today's rules."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from chatprobe.cli.base import (
    FOUND_PROBLEMS,
    db_option,
    emit_json,
    finish,
    json_option,
    note,
    out,
    safe,
    scenarios_option,
)
from chatprobe.cli.casinos import ensure_known
from chatprobe.cli.moments import moment
from chatprobe.cli.wording import count, when
from chatprobe.errors import UnknownProbe, UsageError

if TYPE_CHECKING:
    from chatprobe.model import Decision
    from chatprobe.probe.again import Again, Changed
    from chatprobe.probe.basis import BasisFor
    from chatprobe.store.store import Store

TOLD_EVERY = 500
"""Probes between two lines of progress where nobody watches a terminal."""


@click.command("reclassify")
@click.argument("probes", nargs=-1, metavar="[PROBE]...")
@click.option("--casino", metavar="CASINO", help="Only this casino's probes.")
@click.option("--since", callback=moment, metavar="TIME", help="Only probes that started then or later, as 2026-01-31.")
@click.option("--current-scenario", is_flag=True, help="Use today's scenario files instead of those of the probes.")
@click.option("--dry-run", is_flag=True, help="Show what would change, change nothing.")
@scenarios_option
@db_option
@json_option
def reclassify(
    probes: tuple[str, ...],
    casino: str | None,
    since: str | None,
    scenarios: Path,
    db: Path,
    *,
    current_scenario: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Decide stored probes again by today's rules, without visiting anyone.

    Who wrote each message is decided from the stored facts as on the day, by this version's rules, and so is how each
    probe ended. Old decisions are kept, a person's correction stands. PROBE is an id, the beginning of one, or `last`;
    without one, all probes are decided again.

    Each probe is decided with the scenario text it ran with. --current-scenario takes names, wire rules and
    joined_is_human from today's file instead, and the timing floor from today's settings; from then on the probe is
    decided with those. What selectors matched stays as it was.

    Exit code 6 if some probes could not be decided again.

    \b
    Example:
      chatprobe reclassify --casino lucky --since 2026-01-31 --dry-run
    """
    from chatprobe.store.store import Store

    if probes and (casino or since):
        raise UsageError("PROBE stands for itself", "leave out --casino and --since")
    with Store.open(db) as store:
        ensure_known(casino, store, scenarios)
        wanted = probes or store.decisions.probes(casino, since)
        done = []
        for one in _each(store, wanted, _basis(store, scenarios if current_scenario else None), dry_run=dry_run):
            done.append(one)
            if not as_json:
                _tell(one)
    if as_json:
        emit_json({"dry_run": dry_run, "counts": _counts(done), "probes": [_row(one) for one in done if _tells(one)]})
    else:
        _sum_up(_counts(done), dry_run=dry_run)
    finish(FOUND_PROBLEMS if any(one.problem for one in done) else 0)


def _basis(store: Store, folder: Path | None) -> BasisFor:
    from chatprobe.probe.basis import current_basis, kept_basis
    from chatprobe.settings import load_settings

    if folder is None:
        return kept_basis(store)
    return current_basis(folder, load_settings().limits.timing_floor.total_seconds() * 1000)


def _each(store: Store, wanted: Sequence[str], basis: BasisFor, *, dry_run: bool) -> Iterator[Again]:
    from chatprobe.probe.again import Again, decide_again

    for number, probe in enumerate(wanted, 1):
        with _progress(number, len(wanted)):
            try:
                one = decide_again(store, probe, basis, dry_run=dry_run)
            except UnknownProbe as error:
                one = Again(probe, "", "", problem=error.message)
        yield one


@contextlib.contextmanager
def _progress(number: int, total: int) -> Iterator[None]:
    """One rewritten line on a terminal while a probe is decided, a line now and then elsewhere."""
    watched, line = sys.stderr is not None and sys.stderr.isatty(), f"{number} of {total}"
    if watched:
        click.echo(line, nl=False, err=True)
    yield
    if watched:
        click.echo(f"\r{' ' * len(line)}\r", nl=False, err=True)
    elif number % TOLD_EVERY == 0:
        note(line)


def _tells(one: Again) -> bool:
    return bool(one.changed or one.gone or one.problem or one.running)


def _counts(done: Iterable[Again]) -> dict[str, int]:
    found = list(done)
    return {
        "probes": len(found),
        "changed": sum(one.changed for one in found),
        "messages": sum(len(one.messages) for one in found),
        "outcomes": sum("outcome" in one.columns for one in found),
        "kept": sum(len(one.gone) for one in found),
        "running": sum(one.running for one in found),
        "problems": sum(one.problem is not None for one in found),
    }


# --- as text ----------------------------------------------------------------------------------------------------------


def _tell(one: Again) -> None:
    if one.problem:
        note(f"{click.style('error:', fg='red')} {safe(one.probe_id)}: {safe(one.problem)}")
    elif one.running:
        note(f"{one.probe_id}: still running, left alone")
    elif one.changed or one.gone:
        out(f"{one.probe_id}  {one.casino}  {one.started_at}")
        for message in one.messages:
            out(_message(message))
        for name, (before, after) in one.columns.items():
            out(f"  {name}: {_value(before)} -> {_value(after)}")
        if one.gone:
            out(f"  facts no longer kept for message {', '.join(map(str, one.gone))}: decided as before")


def _message(message: Changed) -> str:
    what = f"{_who(message.before)} -> {_who(message.after)}"
    why = message.after.reason
    reason = f"  ({why.source}: {safe(why.detail)})" if why else ""
    return f"  {when(message.at_ms)}  {what}  {safe(message.text)[:80]}{reason}"


def _who(decision: Decision) -> str:
    return f"{decision.speaker} {decision.confidence:g}"


def _value(value: Any) -> str:
    return "-" if value is None else f"{value:.0f}" if isinstance(value, float) else safe(str(value))


def _sum_up(counts: dict[str, int], *, dry_run: bool) -> None:
    would = "would change" if dry_run else "changed"
    if not counts["probes"]:
        note("hint: without --casino and --since all probes are decided again")
    changed = f"{count(counts['messages'], 'message')} and {count(counts['outcomes'], 'outcome')} {would}"
    out(f"{count(counts['probes'], 'probe')}: {changed}")
    if counts["kept"]:
        out(f"{count(counts['kept'], 'message')} decided as before: facts no longer kept")
    if counts["running"]:
        out(f"{counts['running']} still running")
    if counts["problems"]:
        out(f"{counts['problems']} could not be decided again")


# --- as JSON ----------------------------------------------------------------------------------------------------------


def _row(one: Again) -> dict[str, Any]:
    return {
        "probe_id": one.probe_id,
        "casino": one.casino or None,
        "started_at": one.started_at or None,
        "messages": [_message_row(message) for message in one.messages],
        "columns": {name: {"before": before, "after": after} for name, (before, after) in one.columns.items()},
        "kept": list(one.gone),
        "running": one.running,
        "problem": one.problem,
    }


def _message_row(message: Changed) -> dict[str, Any]:
    return {
        "seq": message.seq,
        "at_ms": message.at_ms,
        "text": message.text,
        "before": message.before.as_row(),
        "after": message.after.as_row(),
    }
