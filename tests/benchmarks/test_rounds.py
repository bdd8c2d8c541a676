"""A round of the benchmark, with real visitors in a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.hall import Hall
from benchmarks.rounds import measure
from benchmarks.visitors import chatprobe_visitors, script_visitors
from chatprobe.browser.launch import find_browser
from chatprobe.lab.casino import Casino, Expect
from chatprobe.lab.extras import extra_casino


async def test_nobody_answers_by_himself() -> None:
    """In the hall a question waits until the bench has it answered; then the answer is a person's."""
    hall = Hall()
    desk = hall.admit(extra_casino("bench/static", 0.0))
    desk.receive({"type": "say", "text": "Hello?"})
    assert [desk] == hall.waiting(["Hello?"])
    assert () == desk.script.answer


async def test_visitors_are_told_apart_by_their_question() -> None:
    """Only who asked one of the questions is among the waiting, and each finds his own conversation."""
    hall = Hall()
    first, second = (hall.admit(Casino("b", "B", "for tests", Expect("human_reply"))) for _ in range(2))
    first.receive({"type": "say", "text": "One?"})
    second.receive({"type": "say", "text": "Two?"})
    assert [second] == hall.waiting(["Two?", "Three?"])
    assert first.conversation is hall.conversation("One?")
    assert hall.conversation("Three?") is None


@pytest.mark.slow
@pytest.mark.parametrize("visitors", [chatprobe_visitors, script_visitors], ids=["chatprobe", "script"])
async def test_all_wait_at_once_and_all_are_timed(visitors: type, tmp_path: Path) -> None:
    """Three visitors wait at the same time, none is lost, each error is known, and each chat took memory."""
    async with Hall() as hall, visitors(find_browser(), tmp_path) as tool:
        cell = await measure(hall, tool, "static", 3, 1)
    assert (3, 0, 3) == (cell.at_once, cell.lost, len(cell.measurements))
    assert cell.against_page is not None
    assert 3 == cell.against_page.count
    assert cell.chat_mb is None or cell.chat_mb > 1
