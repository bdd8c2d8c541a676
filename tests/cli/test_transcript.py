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
    return "\n".join(transcript(probe(messages=messages, language=asked)))


def probe(**known: Any) -> dict[str, Any]:
    """A probe's row of which only this is known."""
    waits = ("first_human_ms", "first_unknown_ms", "first_bot_ms", "greeted_ms", "agent_joined_ms", "waited_ms")
    line = ("queue_entered_ms", "queue_first", "queue_last", "handoff_ms", "handoff_turns", "handoff_clicks")
    rest = ("resolution_ms", "page_lag_ms", "clock_offset_ms", "detail", "asked_at", "language")
    row: dict[str, Any] = dict.fromkeys((*waits, *line, *rest))
    lists = {"messages": [], "events": [], "artifacts": []}
    return {**row, **lists, "id": "1", "casino": "c", "outcome": "human_reply", **known}


@pytest.mark.parametrize(
    ("known", "line"),
    [
        (
            {"handoff_ms": 6_100.0, "handoff_turns": 1, "handoff_clicks": 0, "first_human_ms": 9_000.0},
            "asked for a person: 6.100 s, 1 sentence, 0 clicks; a person 2.900 s later",
        ),
        (
            {"handoff_ms": 6_100.0, "handoff_turns": 0, "handoff_clicks": 1},
            "asked for a person: 6.100 s, 0 sentences, 1 click",
        ),
        ({"queue_entered_ms": 600.0, "queue_first": 14, "queue_last": 13}, "in line from 600.0 ms: 14 → 13"),
        ({"queue_entered_ms": 600.0, "queue_first": 2, "queue_last": 2}, "in line from 600.0 ms: 2"),
        ({"queue_entered_ms": -600.0}, "in line before the question"),
        (
            {"asked_at": "2026-01-01T00:00:00Z", "resolution_ms": 0.0, "page_lag_ms": 103.2, "clock_offset_ms": -0.2},
            "precision: the page was busy for at most 103 ms",
        ),
    ],
)
def test_the_way_to_a_person_is_told_in_words(known: dict[str, Any], line: str) -> None:
    """The handoff, the places in line, and how precise the times are have a line each, where there is something."""
    assert line in [one.strip() for one in transcript(probe(**known))]


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


@pytest.mark.parametrize("evidence", ["{", None, [7, {"source": "dom"}], {"source": "dom"}])
def test_damaged_rows_are_shown_as_they_are(evidence: object) -> None:
    """An outcome nobody knows and broken evidence stop no account."""
    message = {"at_ms": 5.0, "speaker": "alien", "text": "Hello", "evidence": evidence, "language": None}
    said = "\n".join(transcript(probe(outcome="of tomorrow", messages=[message])))
    assert ["of tomorrow (damaged", "alien    Hello"] == [
        part for part in ("of tomorrow (damaged", "alien    Hello") if part in said
    ]


def test_what_the_doctor_said_is_part_of_his_visit() -> None:
    """Each part that is not as it should be has a line; where all is well, that is said."""
    proposed = {"text": "#new", "verified": True}
    parts = [
        {"part": "chat.send", "state": "drift", "detail": "it says 'Go'", "proposals": []},
        {"part": "chat.launcher", "state": "broken", "detail": "nothing matches", "proposals": [proposed]},
        {"part": "chat.input", "state": "ok", "proposals": []},
    ]
    seen = [{"name": "examined", "detail": {"visits": 2, "parts": parts}}]
    assert [
        "  doctor: chat.launcher is broken (nothing matches); write: #new, which worked when it was tried",
        "  doctor: chat.send drifts (it says 'Go')",
    ] == list(transcript(probe(events=seen)))[1:]
    fine = [{"name": "examined", "detail": {"visits": 1, "parts": parts[2:]}}]
    assert ["  doctor: nothing is wrong with the scenario"] == list(transcript(probe(events=fine)))[1:]
