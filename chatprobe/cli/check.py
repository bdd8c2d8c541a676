"""`chatprobe check`: are the scenario files right?"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from chatprobe.cli.base import emit_json, finish, json_option, note, out, safe, scenarios_option
from chatprobe.errors import ScenarioError


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
    from chatprobe.scenario.load import load_files, load_folder

    good, errors = load_files(dict.fromkeys(files)) if files else load_folder(scenarios)
    warnings = [warning for scenario in good for warning in scenario.warnings]
    if as_json:
        rows = [{"file": str(one.file), "casino": one.casino, "sha256": one.sha256} for one in good]
        emit_json({"scenarios": rows, "problems": [asdict(problem) for problem in [*errors, *warnings]]})
        finish(ScenarioError.exit_code if errors else 0)
    for scenario in good:
        out(f"ok {safe(str(scenario.file))}: {scenario.casino}")
    for warning in warnings:
        note(f"{click.style('warning:', fg='yellow')} {safe(str(warning))}")
        if warning.hint:
            note(f"hint: {safe(warning.hint)}")
    if errors:
        raise ScenarioError(errors)
    if not good:
        note(f"no scenario files (*.yaml) in {safe(str(scenarios))}")
