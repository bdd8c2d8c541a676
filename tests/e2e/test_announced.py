"""Casinos where only the page's public JavaScript tells who writes: without being heard, it is nobody's evidence."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from chatprobe.lab import Lab
from chatprobe.lab.casinos import announced
from tests.e2e.conftest import Probe, visit_all

pytestmark = pytest.mark.slow


async def test_unheard_nobody_is_a_person(lab: Lab, visit: Probe, tmp_path: Path) -> None:
    """The scenarios with their rules, but without the places where the page tells, cannot tell who answers."""
    paths = {}
    for casino in announced.CASINOS:
        deaf = re.sub(r"  events:\n(    .*\n)+", "", casino.scenario_for(lab.base))
        paths[casino.name] = tmp_path / f"{casino.name}.yaml"
        paths[casino.name].write_text(deaf, encoding="utf-8")
    rows = await visit_all(visit, paths)
    assert dict.fromkeys(paths, ("unsure_reply", None)) == {
        name: (row["outcome"], row["first_human_ms"]) for name, row in rows.items()
    }
    events = [event for row in rows.values() for event in row["events"]]
    assert [] == [event for event in events if event["name"] == "wire" and event["detail"]["via"] == "js"]
