"""`chatprobe run`: one probe now, for writing and debugging a scenario."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from chatprobe.cli.base import (
    browser_option,
    db_option,
    emit_json,
    finish,
    json_option,
    note,
    out,
    safe,
    scenarios_option,
)
from chatprobe.cli.timeline import Timeline
from chatprobe.cli.transcript import next_command, transcript
from chatprobe.errors import UsageError
from chatprobe.model import Depth, Outcome, Side

if TYPE_CHECKING:
    from chatprobe.probe.order import Order
    from chatprobe.scenario.schema import Scenario
    from chatprobe.store.store import Store


@click.command("run")
@click.argument("casino", metavar="CASINO|FILE")
@scenarios_option
@db_option
@browser_option
@click.option("--question", metavar="ID", help="The question to ask; default: the one that rested longest.")
@click.option("--language", metavar="L", help="The language to ask in; default: the one that rested longest.")
@click.option("--deadline", metavar="D", help="How long to wait from asking on, such as 90s; default: the scenario's.")
@click.option(
    "--depth", type=click.Choice([str(d) for d in Depth]), default=str(Depth.CHAT), help="presence reads, chat asks."
)
@click.option("--dry-run", is_flag=True, help="Do everything but sending: nobody is bothered.")
@click.option(
    "--force", is_flag=True, help="Exceed the budget, or come in a blackout; what is exceeded is said and recorded."
)
@click.option("--headed", is_flag=True, help="Show the browser.")
@click.option("--slow-mo", type=click.FloatRange(min=0), default=0.0, metavar="MS", help="Pause after each act.")
@click.option("--pause", is_flag=True, help="Stop at a failure with Playwright's inspector; implies --headed.")
@click.option("--trace", is_flag=True, help="Keep a full trace with screenshots; costs some precision.")
@click.option("--keep", is_flag=True, help="Keep the trace also when all went well.")
@click.option(
    "--expect",
    type=click.Choice([str(o) for o in Outcome]),
    metavar="OUTCOME",
    help="Exit with 5 unless the probe ends so.",
)
@json_option
def run(casino: str, scenarios: Path, db: Path, browser: Path | None, *, as_json: bool, **options: Any) -> None:
    """Probe one casino now: open its chat, ask one question, time the first human reply.

    The timeline goes to stderr while it happens, the result to stdout. Exit code 4 where we could not measure.

    \b
    Examples:
      chatprobe run lucky
      chatprobe run scenarios/lucky.yaml --dry-run --headed
    """
    from chatprobe.log import set_up
    from chatprobe.store.store import Store

    set_up()
    order = _order(casino, scenarios, options)
    with Store.open(db, create=True) as store:
        order = _with_question(order, store, options)
        warn_of_sandbox()
        tell_preset(order.scenario)
        timeline = None if as_json else Timeline(order.scenario.casino, order.text)
        probe_id, interrupted = asyncio.run(_probe(order, store, browser, timeline, options))
        row = store.probe(probe_id)
    if as_json:
        emit_json(row)
    else:
        _tell(row, casino)
    finish(_exit_code(row, options["expect"], interrupted=interrupted, quiet=as_json))


def _order(casino: str, scenarios: Path, options: dict[str, Any]) -> Order:
    from chatprobe.durations import parse_duration
    from chatprobe.probe.order import Order
    from chatprobe.scenario.load import find
    from chatprobe.settings import load_settings

    settings = load_settings()
    scenario = find(casino, scenarios)
    try:
        deadline = parse_duration(options["deadline"]) if options["deadline"] else None
    except ValueError as error:
        raise UsageError(f"--deadline: {error}", "write it as 90s or 10m") from error
    return Order(
        scenario,
        scenario.questions[0],
        next(iter(scenario.questions[0].text)),
        settings,
        depth=Depth(options["depth"]),
        deadline_ms=deadline.total_seconds() * 1000 if deadline else None,
        dry_run=options["dry_run"],
        keep=options["keep"],
        full_trace=options["trace"],
        pause=options["pause"],
        force=options["force"],
    )


def _with_question(order: Order, store: Store, options: dict[str, Any]) -> Order:
    from dataclasses import replace

    from chatprobe.probe.session import question_for

    question, language = question_for(order.scenario, store, options["question"], options["language"])
    return replace(order, question=question, language=language)


def tell_preset(scenario: Scenario) -> None:
    """Say how far the preset can be trusted that a scenario uses."""
    from chatprobe.cli.trust import summary

    if scenario.preset:
        note(f"preset: {summary(scenario.preset)}")


def warn_of_sandbox() -> None:
    """Say that the browser runs without its sandbox: in words to who watches, as an event to a log file."""
    from chatprobe.browser.launch import sandbox_reason
    from chatprobe.log import LogEvent, logger

    reason = sandbox_reason()
    if reason and sys.stderr.isatty():
        note(f"the browser's sandbox is off: {safe(reason)}")
    elif reason:
        logger().warning(LogEvent.SANDBOX_OFF, reason=reason)


async def _probe(
    order: Order, store: Store, browser: Path | None, timeline: Timeline | None, options: dict[str, Any]
) -> tuple[str, bool]:
    from chatprobe.browser.context import Browsers
    from chatprobe.browser.launch import find_browser
    from chatprobe.cli.stopping import stop_on_signals
    from chatprobe.probe.session import probe

    path = find_browser(browser)
    headed = options["headed"] or options["pause"]
    with stop_on_signals() as stop:
        recycle = order.settings.limits.recycle_after
        async with Browsers(
            path, headless=not headed, slow_mo_ms=options["slow_mo"], recycle_after=recycle
        ) as browsers:
            probe_id, _ = await probe(order, store, browsers, stop, timeline)
        return probe_id, stop.is_set()


def _tell(row: dict[str, Any], casino: str) -> None:
    for line in transcript(row):
        out(line)
    if row["failed_step"]:
        note(f"next: {safe(next_command(row, casino))}")


def _exit_code(row: dict[str, Any], expect: str | None, *, interrupted: bool, quiet: bool) -> int:
    if interrupted:
        return 130
    if expect is not None:
        if expect != row["outcome"] and not quiet:
            note(f"expected {expect}, got {row['outcome']}")
        return 0 if expect == row["outcome"] else 5
    return 4 if row["side"] == Side.OURS else 0
