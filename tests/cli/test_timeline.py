"""The live timeline of a probe."""

from __future__ import annotations

import sys

import pytest

from chatprobe.browser import launch
from chatprobe.cli.run import warn_of_sandbox
from chatprobe.cli.timeline import Timeline
from chatprobe.log import set_up
from chatprobe.model import Event, EventName, Speaker


def test_only_the_question_is_told_to_stand_in_the_chat(capsys: pytest.CaptureFixture[str]) -> None:
    """The echo of thanks or of a request for a person is not the question's."""
    timeline = Timeline("lucky", "How long?")
    timeline(Event(0.0, EventName.ECHO, {}))
    timeline(Event(5_000.0, EventName.ECHO, {}))
    assert ["lucky: How long?", "    0.00 s  the question stands in the chat"] == capsys.readouterr().err.splitlines()


def test_a_cut_line_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    """A message that a decision repeats is cut with an ellipsis."""
    timeline = Timeline("lucky", "How long?")
    text = "Withdrawals are paid within 24 hours, once approved."
    timeline(Event(0.0, EventName.MESSAGE, {"id": 1, "text": text, "region": "list"}))
    timeline(Event(0.0, EventName.DECIDED, {"id": 1, "speaker": Speaker.BOT, "why": "a bot's name"}))
    decided = capsys.readouterr().err.splitlines()[-1]
    assert "    0.00 s  = bot: Withdrawals are paid within 24 hours, o…  (a bot's name)" == decided


@pytest.mark.parametrize(
    ("terminal", "begins"), [(True, "the browser's sandbox is off: running as root"), (False, "at=")]
)
def test_who_watches_reads_words_and_a_file_gets_the_log(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *, terminal: bool, begins: str
) -> None:
    """That the sandbox is off is a sentence on a terminal and an event anywhere else."""
    set_up()
    monkeypatch.setattr(launch, "sandbox_reason", lambda: "running as root")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: terminal)
    warn_of_sandbox()
    assert capsys.readouterr().err.startswith(begins)
