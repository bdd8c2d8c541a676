"""Chats that stand open without a launcher, and come late."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from chatprobe.browser import opening
from chatprobe.lab import Casino, Expect, Lab
from chatprobe.lab.acts import Close, Say
from chatprobe.lab.casino import Script, Site, Widget
from tests.e2e.conftest import Probe

pytestmark = pytest.mark.slow

LATE = Casino(
    "late",
    "Late Casino",
    "an open chat without a launcher, six seconds after everything else",
    Expect("human_reply", "human"),
    Widget(prefix="lt", mark="role", launcher="open"),
    Script(answer=(Say(2.5, "A day at most.", "human", "Anna"), Close(1.0))),
    Site(late_s=6.0),
)
HEAD = "casino: late\nurl: {url}\nquestions: [{{id: q1, text: How long does a withdrawal take?}}]\n"


@pytest_asyncio.fixture
async def lab() -> AsyncIterator[Lab]:
    async with Lab(casinos=[LATE]) as running:
        yield running


@pytest.mark.parametrize("chat", ['chat: {deadline: 20s, input: ".lt-input"}\n', "chat: {deadline: 20s}\n"])
async def test_an_open_chat_may_come_late(
    lab: Lab, visit: Probe, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chat: str
) -> None:
    """When the search for a launcher has ended, the box is looked for again: the named one, else any chat's."""
    # With a named box the search ends long before the box is there, without one soon after.
    monkeypatch.setattr(opening, "LATE_S", 1.0 if "input" in chat else 7.0)
    path = tmp_path / "late.yaml"
    path.write_text(HEAD.format(url=lab.url("late")) + chat, encoding="utf-8")
    row = await visit(path)
    assert ("human_reply", 1) == (row["outcome"], len(lab.truth("late")))
