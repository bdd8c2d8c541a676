"""What a drawn chat's probe is worth, beside the truth."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from benchmarks.chats import KINDS, draw
from benchmarks.speakers import known
from benchmarks.verdicts import Verdict, judge, table
from chatprobe.lab import Conversation, Send
from chatprobe.lab.truth import PageRow
from chatprobe.model import Outcome
from chatprobe.scenario.load import load_file

TRUTH = Conversation(
    "c-1",
    "c",
    visitor=[(1000.0, "Hi?")],
    sends=[Send(3000.0, "bot", "Beep", "Emma", 1), Send(5000.0, "human", "Hello", "Anna", 2)],
    page_asked_at=990.0,
    page_rows=[PageRow(3010.0, "Beep", 1), PageRow(5010.0, "Hello", 2)],
)


def said(speaker: str, text: str, at_ms: float) -> dict[str, Any]:
    return {"speaker": speaker, "text": text, "at_ms": at_ms, "agent": None, "evidence": []}


def verdict(seed: int, outcome: str, first_human_ms: float | None, *messages: dict[str, Any]) -> Verdict:
    row = {"outcome": outcome, "first_human_ms": first_human_ms, "page_lag_ms": 1.0, "detail": None}
    return judge(draw(seed), {**row, "messages": list(messages)}, TRUTH)


def test_a_right_probe_has_no_failures() -> None:
    """Outcome, time and every line agree with the truth."""
    right = verdict(0, "human_reply", 4021.0, said("bot", "Beep", 2020.0), said("human", "Hello", 4021.0))
    assert ([], 1.0) == (right.failures, right.error_ms)


@pytest.mark.parametrize(
    ("outcome", "first_human_ms", "message", "failures"),
    [
        ("unsure_reply", None, said("unknown", "Hello", 4021.0), ["unsure_reply instead of human_reply"]),
        ("human_reply", 2020.0, said("human", "Beep", 2020.0), ["1 fatal", "off by -2000 ms"]),
        ("human_reply", 4071.0, said("human", "Hello", 4071.0), ["off by 51 ms"]),
        ("human_reply", 4020.0, said("human", "Anna joined the chat", 3900.0), ["1 fatal"]),
    ],
)
def test_each_kind_of_mistake_is_named(
    outcome: str, first_human_ms: float | None, message: dict[str, Any], failures: list[str]
) -> None:
    """A wrong outcome, a machine called human and a time that is off are failures, each by itself."""
    assert failures == verdict(0, outcome, first_human_ms, message).failures


def test_the_table_counts_by_evidence() -> None:
    """Each kind of evidence has its row, with quantiles of the errors and the mistakes, and all together another."""
    right = verdict(0, "human_reply", 4022.0, said("human", "Hello", 4022.0))
    wrong = verdict(5, "human_reply", 2020.0, said("human", "Beep", 2020.0))
    rows = table([right, wrong]).splitlines()
    assert "| attribute | 1 | 1 | 2.0 ms | 2.0 ms | 2.0 ms | 0 | 0 | 0 |" in rows
    assert "| none | 1 | 1 | 2000.0 ms | 2000.0 ms | 2000.0 ms | 1 | 1 | 1 |" in rows
    assert "| all | 2 | 2 | 2.0 ms | 2000.0 ms | 2000.0 ms | 1 | 1 | 1 |" in rows
    assert "| bot | 1 | 0 | 0 | 0 | 0 |" in rows


def test_a_run_can_be_gone_on_with(tmp_path: Path) -> None:
    """What was told of an earlier run is read back whole; without a file nothing is known."""
    one = verdict(0, "human_reply", 4022.0, said("human", "Hello", 4022.0))
    (tmp_path / "told.jsonl").write_text(json.dumps(asdict(one)) + "\n", encoding="utf-8")
    assert [one] == known(tmp_path / "told.jsonl")
    assert [] == known(tmp_path / "none.jsonl")


@pytest.mark.parametrize("first", range(0, 300, 60))
def test_drawn_chats_have_sound_scenarios(first: int, tmp_path: Path) -> None:
    """Each seed gives the same chat every time, of the kind that follows from it, with a scenario that loads."""
    for seed in range(first, first + 60):
        chat = draw(seed)
        assert (chat, KINDS[seed % len(KINDS)]) == (draw(seed), chat.kind)
        assert chat.casino.expect.outcome in set(Outcome)
        path = tmp_path / "chat.yaml"
        path.write_text(chat.casino.scenario_for("http://127.0.0.1:8800"), encoding="utf-8")
        assert load_file(path).warnings == ()
