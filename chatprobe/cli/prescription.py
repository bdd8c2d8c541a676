"""What the doctor found, as text and as JSON, and writing it into the scenario's file."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from chatprobe.cli.base import safe
from chatprobe.cli.wording import count
from chatprobe.errors import Problem, ScenarioError
from chatprobe.model import Outcome, Side

if TYPE_CHECKING:
    from chatprobe.daemon.examine import Examined
    from chatprobe.discover.doctor import Case

_COLOURS = {"ok": "green", "broken": "red", "drift": "yellow"}
_WORKED = {True: "worked", None: "not tried"}
_SHOWN = 3
"""Proposals that are shown of each part; --json has them all."""


@dataclass(frozen=True)
class Mended:
    """What became of a scenario's file."""

    diff: str | None = None
    """What was written; None where nothing was."""
    problems: tuple[Problem, ...] = ()
    """Why what worked could not be written."""


def as_row(examined: Examined, mended: Mended) -> dict[str, Any]:
    """The shape of `doctor CASINO --json`."""
    doctor = examined.doctor
    return {
        "casino": doctor.scenario.casino,
        "file": str(doctor.scenario.file),
        "probe": examined.probe_id,
        "outcome": str(examined.outcome),
        **doctor.told(),
        "diff": mended.diff,
        "unwritten": mended.problems[0].message if mended.problems else None,
    }


def has_problems(examined: Examined) -> bool:
    """Whether any part of the scenario is broken or drifts."""
    return any(case.problem for case in examined.doctor.cases.values())


def unmeasured(examined: Examined) -> bool:
    """Whether nothing could be seen, for a reason that is not the scenario's."""
    ours = examined.outcome.side is Side.OURS and examined.outcome is not Outcome.SCENARIO_BROKEN
    return ours and not has_problems(examined)


def lines(examined: Examined) -> Iterator[str]:
    """The account of one examination."""
    doctor = examined.doctor
    head = click.style(doctor.scenario.casino, bold=True)
    yield f"{head}  {examined.outcome}  {count(doctor.visits, 'dry run')}, probe {examined.probe_id}"
    if doctor.ended:
        yield f"  {safe(doctor.ended)}"
    unseen = [path for path, case in doctor.cases.items() if case.first.state == "later" and not case.first.detail]
    for path, case in doctor.cases.items():
        if path not in unseen:
            yield from _part(path, case)
    if unseen:
        yield f"  later   {', '.join(unseen)}: not to be seen in a dry run, and nothing speaks against them"


def _part(path: str, case: Case) -> Iterator[str]:
    state = str(case.first.state)
    detail = f": {safe(case.first.detail)}" if case.first.detail else ""
    yield f"  {click.style(f'{state:7}', fg=_COLOURS.get(state))} {path}{detail}"
    if not case.problem:
        return
    for selector in case.first.selectors:
        yield f"            {safe(selector)}  {_counted(case, selector)}"
    good = [(one, worked) for one, worked in case.ordered() if worked is not False]
    for number, (one, worked) in enumerate(good[:_SHOWN], 1):
        yield f"          {number}. {click.style(safe(str(one)), bold=True)}  ({_WORKED.get(worked)})"
        yield f"             {safe(one.what)}: {safe(one.why)}"
    if case.refused and not case.verified:
        yield f"          not tried, to be written by hand: {safe(case.refused)}"
    if not good and case.first.wants:
        tried = "nothing that is like it works in its place" if case.proposals else "nothing on the page is like it"
        yield f"          {tried}"


def _counted(case: Case, selector: str) -> str:
    """How often a selector matched, frame by frame."""
    found = [one for one in case.first.matches if one.selector == selector]
    if not found:
        return "matches nothing in any frame"
    return ", ".join(f"{one.count} in {safe(one.frame)} ({one.visible} visible)" for one in found)


def mend(examined: Examined) -> Mended:
    """Write what worked into the scenario's file, unless that has changed meanwhile or cannot be written."""
    from chatprobe.scenario.edit import save
    from chatprobe.scenario.load import load_file

    scenario, text = examined.doctor.scenario, examined.doctor.mended()
    if text is None:
        return Mended()
    try:
        if load_file(scenario.file).yaml != scenario.yaml:
            return Mended(problems=(_changed(str(scenario.file)),))
        save(scenario.file, text)
    except ScenarioError as error:
        return Mended(problems=tuple(error.problems))
    name = str(scenario.file)
    before, after = scenario.yaml.splitlines(keepends=True), text.splitlines(keepends=True)
    lines = difflib.unified_diff(before, after, name, name)
    return Mended("".join(line if line.endswith("\n") else f"{line}\n" for line in lines))


def _changed(file: str) -> Problem:
    return Problem(file, None, "", "changed while it was examined; nothing was written", "run doctor --fix again")
