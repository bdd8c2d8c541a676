"""The system's clock is set while a chat waits: by a time server, an operator, a machine that was resumed."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo
from pathlib import Path

import pytest

from chatprobe import times
from chatprobe.lab import Lab
from chatprobe.model import Event, EventName
from tests.e2e.conftest import Probe
from tests.e2e.helpers import scenario

pytestmark = pytest.mark.slow


async def test_a_clock_that_is_set_ends_and_lengthens_no_wait(
    lab: Lab, visit: Probe, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two hours forward after asking, two back after the answer: the wait is as long as it was, and so is the chat."""
    wrong = timedelta()

    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:
            return datetime.now(tz) + wrong

    def watch(event: Event) -> None:
        nonlocal wrong
        if event.name is EventName.ASKED:
            wrong = timedelta(hours=2)
        elif event.name is EventName.DECIDED and event.detail["speaker"] == "human":
            wrong = timedelta(hours=-2)

    monkeypatch.setattr(times, "datetime", Clock)
    row = await visit(scenario(tmp_path, lab, "bench/static/?delay=2500", "6s"), watch)
    assert ("human_reply", "deadline") == (row["outcome"], row["ended_by"])
    assert 2_500 <= row["first_human_ms"] <= row["waited_ms"]
    assert 6_000 <= row["waited_ms"] < 600_000
