"""Casinos where only the page's public JavaScript tells who writes: without being heard, it is nobody's evidence."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from chatprobe.lab import Lab
from chatprobe.lab.casinos import announced
from tests.e2e.conftest import Probe

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("name", [casino.name for casino in announced.CASINOS])
async def test_unheard_nobody_is_a_person(lab: Lab, visit: Probe, tmp_path: Path, name: str) -> None:
    """The scenario with its rules, but without the places where the page tells, cannot tell who answers."""
    casino = next(casino for casino in lab.casinos if casino.name == name)
    deaf = re.sub(r"  events:\n(    .*\n)+", "", casino.scenario_for(lab.base))
    path = tmp_path / f"{name}.yaml"
    path.write_text(deaf, encoding="utf-8")
    row = await visit(path)
    assert ("unsure_reply", None) == (row["outcome"], row["first_human_ms"])
    assert [] == [event for event in row["events"] if event["name"] == "wire" and event["detail"]["via"] == "js"]
