"""`chatprobe doctor`: what this machine lacks, and what is wrong with a scenario."""

from __future__ import annotations

import asyncio
import contextlib
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chatprobe.cli.base import (
    FOUND_PROBLEMS,
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
from chatprobe.cli.checks import Check
from chatprobe.errors import BudgetRefused, ScenarioError, UsageError

if TYPE_CHECKING:
    from chatprobe.cli.prescription import Mended
    from chatprobe.daemon.examine import Examined
    from chatprobe.scenario.schema import Scenario
    from chatprobe.store.store import Store

COLOURS = {"ok": "green", "warn": "yellow", "fail": "red"}
UNMEASURED = 4
"""Exit code where a casino could not be looked at."""


@click.command()
@click.argument("casinos", metavar="[CASINO|FILE]...", nargs=-1)
@db_option
@scenarios_option
@browser_option
@click.option("--all-casinos", is_flag=True, help="Examine every scenario of the folder, one after the other.")
@click.option("--fix", is_flag=True, help="Write into the scenarios' files what worked when it was tried.")
@click.option("--notify", is_flag=True, help="Also send a test message to each of notify.urls, and call dead_man_url.")
@json_option
def doctor(
    casinos: tuple[str, ...],
    db: Path,
    scenarios: Path,
    browser: Path | None,
    *,
    all_casinos: bool,
    fix: bool,
    notify: bool,
    as_json: bool,
) -> None:
    """Check this machine; or, with casinos, examine their scenarios.

    Without casinos: browser, database, disk, clock and settings. Starts the browser once, visits nobody, changes
    nothing.

    With casinos: does every step of a visit short of sending, tests every selector in every frame, compares with the
    last good visits, says what is broken or drifts, and proposes what to write instead. What it proposes it tries, in
    up to nine dry runs; nothing is ever sent, and no form is submitted.

    Exit code 6 if anything fails, is broken or drifts; 4 where a casino could not be looked at.

    \b
    Examples:
      chatprobe doctor
      chatprobe doctor lucky
      chatprobe doctor --all-casinos --json
      chatprobe doctor scenarios/lucky.yaml --fix
    """
    if casinos or all_casinos:
        if notify:
            raise UsageError("--notify goes without casinos")
        _examine(_chosen(casinos, scenarios, everything=all_casinos), db, browser, fix=fix, as_json=as_json)
    elif fix:
        raise UsageError("--fix needs to know which casinos", "name some, or say --all-casinos")
    else:
        _check_machine(db, scenarios, browser, notify=notify, as_json=as_json)


# --- this machine ---------------------------------------------------------------------------------------------------


def _check_machine(db: Path, scenarios: Path, browser: Path | None, *, notify: bool, as_json: bool) -> None:
    found = []
    from chatprobe.cli import checks

    for check in chain(_checks(db, scenarios, browser), checks.notify(Path()) if notify else ()):
        found.append(check)
        if not as_json:
            _print(check)
    if as_json:
        emit_json([check.as_row() for check in found])
    else:
        note("scenarios are examined by name: chatprobe doctor CASINO, or --all-casinos")
    if any(check.status == "fail" for check in found):
        finish(FOUND_PROBLEMS)


def _checks(db: Path, scenarios: Path, browser: Path | None) -> Iterator[Check]:
    """All checks, the slow one last."""
    from chatprobe.cli import checks

    yield checks.settings(Path())
    yield checks.scenarios(scenarios)
    yield checks.database(db)
    yield checks.private_files(db)
    yield checks.disk(_nearest_folder(db))
    yield checks.clock(time.time())
    yield checks.time_zones()
    yield from checks.browser(browser)


def _nearest_folder(path: Path) -> Path:
    """The folder `path` is in, or would be in: the nearest that exists."""
    return next(folder for folder in path.absolute().parents if folder.is_dir())


def _print(check: Check) -> None:
    out(f"{click.style(f'{check.status:4}', fg=COLOURS[check.status])} {check.name}: {safe(check.detail)}")
    if check.hint and check.status != "ok":
        out(f"     hint: {safe(check.hint)}")


# --- casinos --------------------------------------------------------------------------------------------------------


def _chosen(casinos: Sequence[str], folder: Path, *, everything: bool) -> list[Scenario]:
    """The scenarios to examine; every mistake in any of their files at once."""
    from chatprobe.scenario.load import find, load_folder

    if not everything:
        return [find(one, folder) for one in casinos]
    if casinos:
        raise UsageError("name casinos or say --all-casinos, not both")
    found, problems = load_folder(folder)
    if problems:
        raise ScenarioError(problems)
    return found


def _examine(chosen: Sequence[Scenario], db: Path, browser: Path | None, *, fix: bool, as_json: bool) -> None:
    from chatprobe.cli.prescription import as_row, has_problems, unmeasured
    from chatprobe.cli.run import warn_of_sandbox
    from chatprobe.log import set_up

    set_up()
    warn_of_sandbox()
    with _store(db) as store:
        found, refused = asyncio.run(_all(chosen, store, browser))
    mended = [_told(one, fix=fix, as_json=as_json) for one in found]
    if as_json:
        emit_json([as_row(one, its) for one, its in zip(found, mended, strict=True)])
    if unwritten := [problem for its in mended for problem in its.problems]:
        if not as_json:
            raise ScenarioError(unwritten)
        finish(ScenarioError.exit_code)
    if any(has_problems(one) for one in found):
        finish(FOUND_PROBLEMS)
    if refused or any(unmeasured(one) for one in found):
        finish(UNMEASURED)


@contextlib.contextmanager
def _store(db: Path) -> Iterator[Store]:
    """The database; where there is none, one that is thrown away: then nothing is known, and nothing is kept."""
    from chatprobe.store.store import Store

    if db.exists():
        with Store.open(db) as store:
            yield store
        return
    note(f"no database {safe(str(db))}: there is no good visit to compare with, and nothing is kept")
    with (
        tempfile.TemporaryDirectory(prefix="chatprobe-") as folder,
        Store.open(Path(folder) / "chatprobe.db", create=True) as store,
    ):
        yield store


async def _all(chosen: Sequence[Scenario], store: Store, browser: Path | None) -> tuple[list[Examined], int]:
    """What became of each, and how many were not visited."""
    from chatprobe.browser.context import Browsers
    from chatprobe.browser.launch import find_browser
    from chatprobe.cli.stopping import stop_on_signals
    from chatprobe.daemon.examine import examine
    from chatprobe.errors import Interrupted
    from chatprobe.settings import load_settings

    settings, found, refused = load_settings(), [], 0
    with stop_on_signals() as stop:
        async with Browsers(find_browser(browser)) as browsers:
            for scenario in chosen:
                note(f"{scenario.casino}: examining, by dry runs")
                try:
                    found.append(await examine(scenario, store, browsers, settings, stop))
                except BudgetRefused as error:
                    note(f"{scenario.casino}: {safe(error.message)}")
                    refused += 1
                if stop.is_set():
                    raise Interrupted("interrupted")
    return found, refused


def _told(one: Examined, *, fix: bool, as_json: bool) -> Mended:
    """Print an account, and write what worked where that is wished."""
    from chatprobe.cli.prescription import Mended, lines, mend

    mended = mend(one) if fix else Mended()
    if as_json:
        return mended
    for line in lines(one):
        out(line)
    file, cases = safe(str(one.doctor.scenario.file)), one.doctor.cases.values()
    if mended.diff:
        for line in mended.diff.splitlines():
            out(f"  {safe(line)}")
        out(f"  written to {file}")
    elif fix and not mended.problems:
        why = "what is proposed is to be written by hand" if any(case.refused for case in cases) else "nothing worked"
        note(f"{file}: nothing was written: {why if any(case.problem for case in cases) else 'nothing is wrong'}")
    elif not fix and any(case.verified for case in cases):
        note(f"hint: chatprobe doctor {file} --fix writes what worked")
    return mended
