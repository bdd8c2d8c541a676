"""`chatprobe list`: the casinos of the scenario folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from chatprobe.cli.base import emit_json, json_option, note, out, safe, scenarios_option, table

if TYPE_CHECKING:
    from chatprobe.scenario.schema import Scenario

HEAD = ("casino", "address", "questions", "languages", "vendor")


@click.command("list")
@scenarios_option
@json_option
def list_(scenarios: Path, *, as_json: bool) -> None:
    """List the casinos of the scenario folder.

    \b
    Example:
      chatprobe list --scenarios scenarios
    """
    from chatprobe.scenario.load import load_folder

    good, problems = load_folder(scenarios)
    if as_json:
        emit_json([_row(scenario) for scenario in good])
    elif good:
        for line in table([HEAD, *(_cells(scenario) for scenario in good)]):
            out(line)
    bad = sorted({problem.file for problem in problems})
    if bad:
        note(f"cannot be used: {safe(', '.join(bad))}")
        note("hint: chatprobe check says why")
    elif not good:
        note(f"no scenario files (*.yaml) in {safe(str(scenarios))}")
        note("hint: write one with casino, url and one question; docs/scenario.md has an example")


def _row(scenario: Scenario) -> dict[str, Any]:
    return {
        "casino": scenario.casino,
        "url": scenario.url,
        "timezone": scenario.timezone,
        "questions": [{"id": question.id, "languages": list(question.text)} for question in scenario.questions],
        "vendor": scenario.chat.vendor,
        "file": str(scenario.file),
        "sha256": scenario.sha256,
    }


def _cells(scenario: Scenario) -> tuple[str, ...]:
    questions = ", ".join(question.id for question in scenario.questions)
    return (
        scenario.casino,
        safe(scenario.url),
        questions,
        ", ".join(scenario.languages()),
        safe(scenario.chat.vendor or "-"),
    )
