"""What an editor is told while writing a scenario: the step, where it looked, what was in the way, what would match."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from chatprobe.lab import Lab
from chatprobe.settings import Limits, Settings
from tests.e2e.conftest import Probe, visit_all

pytestmark = pytest.mark.slow

HEAD = "casino: {name}\nurl: {url}\nquestions: [{{id: q1, text: How long does a withdrawal take?}}]\n"


QUICK = Settings(limits=Limits(step_timeout=timedelta(seconds=6)))
"""What is not there is not looked for longer than the tests need."""


def written(folder: Path, lab: Lab, name: str, chat: str = "") -> Path:
    """A scenario for a casino of the lab, with these lines about its chat."""
    path = folder / f"{name}.yaml"
    path.write_text(HEAD.format(name=name, url=lab.url(name)) + chat, encoding="utf-8")
    return path


def failed_steps(row: dict[str, Any]) -> list[dict[str, Any]]:
    return [event["detail"] for event in row["events"] if event["name"] == "step_failed"]


async def test_a_wrong_launcher_is_named_with_what_would_match(lab: Lab, visit: Probe, tmp_path: Path) -> None:
    """The step, its counts in every frame, near misses, and screenshot, DOM and trace are kept."""
    row = await visit(
        written(tmp_path, lab, "lucky", 'chat: {launcher: "#chat-buton", input: ".lc-input"}\n'), settings=QUICK
    )
    assert ("scenario_broken", "chat.launcher") == (row["outcome"], row["failed_step"])
    step = failed_steps(row)[0]
    assert ("chat.launcher", "#chat-buton") == (step["step"], step["selector"])
    assert [(lab.url("lucky"), 0)] == [(frame["frame"], frame["matches"]) for frame in step["frames"]]
    assert any("lc-launcher" in hint for hint in step["near_misses"])
    assert {"screenshot", "dom", "trace"} == {artifact["kind"] for artifact in row["artifacts"]}
    assert all((tmp_path / artifact["path"]).stat().st_size == artifact["bytes"] for artifact in row["artifacts"])


async def test_a_wrong_input_is_named(lab: Lab, visit: Probe, tmp_path: Path) -> None:
    """An input that matches nothing breaks at chat.input, with nothing asked."""
    row = await visit(
        written(tmp_path, lab, "lucky", 'chat: {launcher: ".lc-launcher", input: "#nothing"}\n'), settings=QUICK
    )
    assert ("scenario_broken", "chat.input", None) == (row["outcome"], row["failed_step"], row["asked_at"])
    assert [[]] == [visit.visitor for visit in lab.truth("lucky")]


async def test_three_lines_are_enough(lab: Lab, visit: Probe, tmp_path: Path) -> None:
    """With casino, address and one question alone, the chat of a common widget is opened, asked and timed."""
    rows = await visit_all(visit, {name: written(tmp_path, lab, name) for name in ("lucky", "vault", "fjord")})
    for row in rows.values():
        assert row["outcome"] in ("human_reply", "unsure_reply")
        assert (row["first_human_ms"] or row["first_unknown_ms"]) >= 2_000
