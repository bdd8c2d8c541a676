"""`chatprobe doctor`: what this machine lacks."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import click

from chatprobe.cli.base import (
    FOUND_PROBLEMS,
    browser_option,
    db_option,
    emit_json,
    finish,
    json_option,
    out,
    safe,
    scenarios_option,
)
from chatprobe.cli.checks import Check

COLOURS = {"ok": "green", "warn": "yellow", "fail": "red"}


@click.command()
@db_option
@scenarios_option
@browser_option
@click.option("--notify", is_flag=True, help="Also send a test message to each of notify.urls, and call dead_man_url.")
@json_option
def doctor(db: Path, scenarios: Path, browser: Path | None, notify: bool, as_json: bool) -> None:
    """Check browser, database, disk, clock and settings.

    Starts the browser once, visits nobody and changes nothing. Exit code 6 if anything fails.

    \b
    Examples:
      chatprobe doctor
      chatprobe doctor --notify
    """
    found = []
    from chatprobe.cli import checks

    for check in chain(_checks(db, scenarios, browser), checks.notify(Path()) if notify else ()):
        found.append(check)
        if not as_json:
            _print(check)
    if as_json:
        emit_json([check.as_row() for check in found])
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
