"""A probe's account: what it finds worth saying."""

from __future__ import annotations

from typing import Any

import pytest

from chatprobe.cli.transcript import transcript


def account(asked: str | None, *answers: tuple[str, float, str | None]) -> str:
    """The account of a probe asked in this language; each answer is speaker, ms after asking, language."""
    messages = [
        {"at_ms": at_ms, "speaker": speaker, "text": "…", "evidence": [], "language": language}
        for speaker, at_ms, language in answers
    ]
    columns = ("first_human_ms", "first_unknown_ms", "first_bot_ms", "greeted_ms", "agent_joined_ms")
    row: dict[str, Any] = dict.fromkeys((*columns, "queue_entered_ms", "waited_ms", "detail", "asked_at"))
    lists = {"messages": messages, "events": [], "artifacts": []}
    return "\n".join(
        transcript({**row, **lists, "id": "1", "casino": "c", "outcome": "human_reply", "language": asked})
    )


def test_an_answer_in_another_language_is_a_finding() -> None:
    """Asked in French and answered in English only, the account says so."""
    said = account("fr", ("visitor", 0.0, "fr"), ("human", 9_000.0, None), ("human", 12_000.0, "en"))
    assert "  finding: asked in fr, answered in en" in said.splitlines()


@pytest.mark.parametrize(
    "answers",
    [
        [("human", 9_000.0, "fr"), ("human", 12_000.0, "en")],
        [("bot", 9_000.0, "en"), ("unknown", 12_000.0, "en")],
        [("human", -9_000.0, "en")],
        [("human", 9_000.0, None)],
    ],
)
def test_no_finding_without_a_person_who_only_answers_otherwise(answers: list[tuple[str, float, str | None]]) -> None:
    """A line in the question's language, a bot's, a greeting before the question, a text of no known language: none."""
    assert "finding" not in account("fr", *answers)
