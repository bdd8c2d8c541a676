"""The system's clock is set while a chat waits: by a time server, an operator, a machine that was resumed."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo

import pytest

from chatprobe import times
from chatprobe.lab import Lab
from chatprobe.model import Event, EventName
from tests.e2e.conftest import Probe

pytestmark = pytest.mark.slow


async def test_a_clock_that_is_set_ends_and_lengthens_no_wait(
    lab: Lab, visit: Probe, monkeypatch: pytest.MonkeyPatch
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
    row = await visit(next(casino.scenario for casino in lab.casinos if casino.name == "lucky"), watch)
    assert ("human_reply", "closed") == (row["outcome"], row["ended_by"])
    true = lab.truth("lucky")[-1].true_page_frt_ms
    assert true is not None
    assert true - 50 <= row["first_human_ms"] <= true + 2_000
    assert row["first_human_ms"] <= row["waited_ms"] < 600_000
