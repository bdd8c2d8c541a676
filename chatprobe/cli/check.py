"""`chatprobe check`: are the scenario files right?"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from chatprobe.cli.base import emit_json, finish, json_option, note, out, safe, scenarios_option
from chatprobe.errors import ScenarioError

if TYPE_CHECKING:
    from chatprobe.scenario.schema import Scenario


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@scenarios_option
@json_option
def check(files: tuple[Path, ...], scenarios: Path, *, as_json: bool) -> None:
    """Check scenario FILES, or all of the folder, without visiting anyone.

    Every mistake is listed with its file and line, also in selectors as far as they can be judged without a browser.
    Exit code 3 if a file cannot be used; warnings alone end with 0.

    \b
    Example:
      chatprobe check scenarios/lucky.yaml
    """
    from chatprobe.cli.trust import summary
    from chatprobe.scenario.load import load_files, load_folder

    good, errors = load_files(dict.fromkeys(files)) if files else load_folder(scenarios)
    warnings = [warning for scenario in good for warning in scenario.warnings]
    if as_json:
        rows = [_row(one) for one in good]
        emit_json({"scenarios": rows, "problems": [asdict(problem) for problem in [*errors, *warnings]]})
        finish(ScenarioError.exit_code if errors else 0)
    for scenario in good:
        out(f"ok {safe(str(scenario.file))}: {scenario.casino}")
        if scenario.preset:
            out(f"   preset: {summary(scenario.preset)}")
    for warning in warnings:
        note(f"{click.style('warning:', fg='yellow')} {safe(str(warning))}")
        if warning.hint:
            note(f"hint: {safe(warning.hint)}")
    if errors:
        raise ScenarioError(errors)
    if not good:
        note(f"no scenario files (*.yaml) in {safe(str(scenarios))}")


def _row(scenario: Scenario) -> dict[str, Any]:
    from chatprobe.cli.trust import row

    preset = row(scenario.preset) if scenario.preset else None
    return {"file": str(scenario.file), "casino": scenario.casino, "sha256": scenario.sha256, "preset": preset}
