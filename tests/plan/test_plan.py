"""Budget, choice of questions and hours of the week."""

from __future__ import annotations

from typing import Any

import pytest

from chatprobe.plan.budget import DAY, HOUR, MINUTE, Caps, agent_ms, is_loopback, refusal
from chatprobe.plan.cells import cell
from chatprobe.plan.questions import choose
from chatprobe.times import epoch_ms, iso

NOW = epoch_ms("2026-03-16T12:00:00.000Z")


def chat(ago: float, **columns: Any) -> dict[str, Any]:
    """A chat whose question was sent `ago` ms before NOW."""
    at = iso(NOW - ago)
    signs = dict.fromkeys(("agent_joined_ms", "first_human_ms", "first_unknown_ms", "greeted_ms", "waited_ms"))
    times = {"asking_at": at, "asked_at": at, "requested_at": at, "finished_at": at}
    return {**signs, **times, "question_id": "payout", "language": "en", **columns}


def test_first_chat_is_allowed() -> None:
    """Nothing speaks against the first chat, nor do visits that asked nothing."""
    silent = [{**chat(HOUR), "asking_at": None, "asked_at": None} for _ in range(50)]
    assert [None, None] == [refusal([], NOW), refusal(silent, NOW)]


@pytest.mark.parametrize(
    ("hours_ago", "reason"),
    [
        ([1.99], "the last chat was less than 2 h ago; free at 2026-03-16T12:00:36.000Z"),
        ([2], None),
        ([2, 5, 23.9], "3 chats in 24 hours, 3 allowed; free at 2026-03-16T12:06:00.000Z"),
        ([2, 5, 24], None),
        ([23, 2.5, 12, 18], "4 chats in 24 hours, 3 allowed; free at 2026-03-16T18:00:00.000Z"),
        (
            [3, 20, 30, 40, 60, 80, 100, 120, 140, 160],
            "10 chats in 7 days, 10 allowed; free at 2026-03-16T20:00:00.000Z",
        ),
        ([3, 20, 30, 40, 60, 80, 100, 120, 140, 168], None),
    ],
)
def test_number_of_chats(hours_ago: list[float], reason: str | None) -> None:
    """At most 3 chats in any 24 hours and 10 in any 7 days, 2 hours apart; the reason says when the next may start."""
    assert reason == refusal([chat(ago * HOUR) for ago in hours_ago], NOW)


def test_question_sent_before_a_crash_counts() -> None:
    """A chat counts from the moment its question was about to be sent, whatever became of it."""
    lost = {**chat(HOUR), "asked_at": None, "outcome": "interrupted"}
    assert "2 h" in str(refusal([lost], NOW))


@pytest.mark.parametrize(("minutes", "refused"), [(54, False), (54.1, True)])
def test_agents_time_of_a_week(minutes: float, refused: bool) -> None:
    """A chat is refused when its six minutes would exceed the hour a week, counted over the last 7 days."""
    half = {"first_human_ms": 0.0, "waited_ms": minutes / 2 * MINUTE}
    history = [chat(days * DAY, **half) for days in (2, 6.9, 7.1)]
    assert refused == (refusal(history, NOW) is not None)


@pytest.mark.parametrize(
    ("columns", "busy"),
    [
        ({}, 0.0),
        ({"first_human_ms": 1_000.0, "waited_ms": 61_000.0}, 60_000.0),
        ({"first_human_ms": 9_000.0, "agent_joined_ms": 1_000.0, "waited_ms": 61_000.0}, 60_000.0),
        ({"first_unknown_ms": 1_000.0, "waited_ms": 61_000.0}, 60_000.0),
        ({"greeted_ms": 5_000.0, "requested_at": iso(NOW - HOUR - 10_000), "waited_ms": 60_000.0}, 65_000.0),
        ({"first_human_ms": 1_000.0, "finished_at": iso(NOW - HOUR + 31_000)}, 30_000.0),
        ({"first_human_ms": 1_000.0, "asked_at": None}, 0.0),
    ],
)
def test_agents_time_of_a_chat(columns: dict[str, Any], busy: float) -> None:
    """A person is busy from the first sign of one, in line or after the question, to the close."""
    assert busy == agent_ms({**chat(HOUR), **columns})


def test_scenario_may_ask_for_less() -> None:
    """Smaller caps of a scenario are kept; none at all means no chat."""
    assert "1 chats in 24 hours, 1 allowed" in str(refusal([chat(3 * HOUR)], NOW, Caps(chats_per_day=1)))
    assert "0 chats in 24 hours, 0 allowed" in str(refusal([], NOW, Caps(chats_per_day=0)))


@pytest.mark.parametrize(
    ("url", "loopback"),
    [
        ("http://127.0.0.1:8080/x", True),
        ("http://127.9.9.9", True),
        ("http://[::1]:80/", True),
        ("http://localhost", True),
        ("http://lucky.localhost:99/", True),
        ("http://LOCALHOST./", True),
        ("https://lucky.example/", False),
        ("https://localhost.example/", False),
        ("https://127.0.0.1.example/", False),
        ("https://user:127.0.0.1@lucky.example/", False),
        ("http://10.0.0.1/", False),
    ],
)
def test_loopback(url: str, loopback: bool) -> None:
    """Only addresses that cannot leave this machine have no budget."""
    assert loopback == is_loopback(url)


QUESTIONS = {"payout": ["en", "fr"], "bonus": ["en"], "limits": ["en", "fr"]}


def test_first_question_is_the_first() -> None:
    """Without history the scenario's order decides."""
    assert ("payout", "en") == choose(QUESTIONS, [], NOW)


def test_question_rests_for_14_days() -> None:
    """A question asked within 14 days is not asked again in any language while another has rested."""
    recent = [chat(13.9 * DAY, question_id="payout"), chat(3 * DAY, question_id="limits")]
    assert ("bonus", "en") == choose(QUESTIONS, recent, NOW)
    assert ("payout", "fr") == choose(QUESTIONS, [chat(14 * DAY, question_id="payout"), *recent[1:]], NOW)


def test_languages_take_turns() -> None:
    """Among rested questions the language asked least recently comes first."""
    assert ("limits", "fr") == choose(QUESTIONS, [chat(DAY, question_id="payout", language="en")], NOW)


def test_too_few_questions() -> None:
    """When all were asked lately, the one asked least recently is asked again."""
    recent = [chat(days * DAY, question_id=name) for name, days in (("payout", 2), ("bonus", 9), ("limits", 5))]
    assert ("bonus", "en") == choose(QUESTIONS, recent, NOW)
    assert ("limits", "fr") == choose(QUESTIONS, recent, NOW, "fr")


def test_repeated_question_counts_from_its_last_time() -> None:
    """What counts is the last time, in whatever order the history comes."""
    recent = [chat(DAY, question_id="payout"), chat(9 * DAY, question_id="payout"), chat(5 * DAY, question_id="bonus")]
    assert ("bonus", "en") == choose({"payout": ["en"], "bonus": ["en"]}, recent, NOW)


def test_visits_without_asking_do_not_count() -> None:
    """A question that was chosen but never sent has not been asked."""
    assert ("payout", "en") == choose(QUESTIONS, [{**chat(DAY), "asking_at": None}], NOW)


def test_no_question_in_that_language() -> None:
    """Asking for a language no question has is an error."""
    with pytest.raises(ValueError, match="no question in de"):
        choose(QUESTIONS, [], NOW, "de")


@pytest.mark.parametrize(
    ("at", "timezone", "expected"),
    [
        ("2026-03-02T00:00:00.000Z", "UTC", 0),
        ("2026-03-02T00:59:59.999Z", "UTC", 0),
        ("2026-03-01T23:59:59.999Z", "UTC", 167),
        ("2026-03-01T23:00:00.000Z", "Europe/Malta", 0),
        ("2026-03-29T00:30:00.000Z", "Europe/Malta", 145),
        ("2026-03-29T01:30:00.000Z", "Europe/Malta", 147),
        ("2026-10-25T00:30:00.000Z", "Europe/Malta", 146),
        ("2026-10-25T01:30:00.000Z", "Europe/Malta", 146),
        ("2026-03-02T00:00:00.000Z", "Asia/Kathmandu", 5),
        ("1969-12-31T23:00:00.000Z", "UTC", 71),
    ],
)
def test_cell(at: str, timezone: str, expected: int) -> None:
    """The hour of the week is that of the scenario's clocks, also where they go forward or back."""
    assert expected == cell(epoch_ms(at), timezone)
