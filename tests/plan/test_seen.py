"""What earlier visits count for."""

from __future__ import annotations

from typing import Any

import pytest

from chatprobe.model import Depth
from chatprobe.plan.budget import HOUR
from chatprobe.plan.seen import Seen
from tests.plan.helpers import MONDAY, probe_row


@pytest.mark.parametrize(
    ("outcome", "columns", "answered"),
    [
        ("human_reply", {}, True),
        ("unsure_reply", {}, True),
        ("queue_timeout", {}, True),
        ("queue_timeout", {"ended_by": "queue_limit"}, True),
        ("offline", {}, False),
        ("not_offered", {}, False),
        ("no_reply", {}, False),
        ("no_reply", {"ended_by": "overloaded"}, True),
        ("no_reply", {"ended_by": "challenged"}, True),
        ("no_reply", {"ended_by": "deadline"}, False),
        ("bot_only", {}, True),
        ("bot_only", {"handoff_turns": 1}, False),
        ("bot_only", {"handoff_clicks": 2}, False),
        ("bot_only", {"handoff_turns": 1, "first_unknown_ms": 900.0}, True),
        ("site_down", {}, None),
        ("interrupted", {}, True),
        ("probe_fault", {"asking_at": None}, None),
        ("captcha", {"asking_at": None}, None),
    ],
)
def test_what_is_arguable_counts_for_the_casino(outcome: str, columns: dict[str, Any], answered: bool | None) -> None:
    """Only an end that cannot be explained otherwise is a miss; what failed before asking says nothing."""
    (chat,) = Seen.of([probe_row(MONDAY, 0, outcome=outcome, **columns)]).chats
    assert answered == chat.answered


@pytest.mark.parametrize(
    ("before", "hours", "counted"),
    [
        (["human_reply"], 24, True),
        (["human_reply"], 72, True),
        (["human_reply"], 73, False),
        ([], 1, False),
        (["unsure_reply"], 24, False),
        (["human_reply", "no_reply"], 24, False),
        (["human_reply", "site_down"], 24, False),
        (["human_reply", "probe_fault"], 24, True),
    ],
)
def test_certificate(before: list[str], hours: float, counted: bool) -> None:
    """A chat counts if the casino's chat before it was answered by a person at most 72 hours ago."""
    start = MONDAY - hours * HOUR
    rows = [probe_row(start + n * HOUR / 10, 0, outcome=how) for n, how in enumerate(before)]
    assert counted == Seen.of([*rows, probe_row(MONDAY, 0, outcome="offline")]).chats[-1].counted


def test_unplanned_visits_prove_nothing() -> None:
    """A chat held by hand uses up the budget and is no evidence; running ones are not there yet."""
    rows = [probe_row(MONDAY, 0, origin="run"), probe_row(MONDAY, 0, outcome="", origin="plan")]
    assert Seen(asked=(MONDAY,)) == Seen.of(rows)


def test_looks_that_read_nothing() -> None:
    """Only looks that read a status are evidence."""
    outcomes = ("online", "offline", "scenario_broken", "site_down")
    seen = Seen.of([probe_row(MONDAY + n, 7, Depth.PRESENCE, how) for n, how in enumerate(outcomes)])
    assert [True, False] == [look.online for look in seen.looks]
