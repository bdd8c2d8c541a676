"""Corrections of chats whose events are no longer kept."""

from __future__ import annotations

from typing import Any

import pytest

from chatprobe.model import Decision, Speaker
from chatprobe.probe.again import correct, decide_again
from chatprobe.probe.basis import kept_basis
from chatprobe.probe.recount import recounted
from chatprobe.store.store import Store

ASKED = "2026-03-02T10:00:10.000Z"
CHAT = {"asked_at": ASKED, "requested_at": "2026-03-02T10:00:02.000Z"}


def row(*said: tuple[float, str], **columns: Any) -> dict[str, Any]:
    """A probe's row whose messages came after so many milliseconds."""
    messages = [{"seq": seq, "at_ms": at, "speaker": who, "agent": f"a{seq}"} for seq, (at, who) in enumerate(said)]
    lacking = {"ended_by": "deadline", "queue_entered_ms": None, "agent_joined_ms": None}
    return {**lacking, **CHAT, **columns, "messages": messages}


@pytest.mark.parametrize(
    ("stored", "columns", "said", "outcome"),
    [
        ("unsure_reply", {}, Speaker.HUMAN, "human_reply"),
        ("human_reply", {}, Speaker.UNKNOWN, "unsure_reply"),
        ("human_reply", {}, Speaker.BOT, "bot_only"),
        ("human_reply", {}, Speaker.SYSTEM, "no_reply"),
        ("human_reply", {"queue_entered_ms": 10.0}, Speaker.BOT, "queue_timeout"),
        ("human_reply", {"queue_entered_ms": 10.0, "agent_joined_ms": 900.0}, Speaker.BOT, "bot_only"),
        ("unsure_reply", {"ended_by": "offline"}, Speaker.SYSTEM, "offline"),
        ("offline", {}, Speaker.HUMAN, "human_reply"),
        ("offline", {}, Speaker.BOT, "offline"),
        ("interrupted", {}, Speaker.HUMAN, "interrupted"),
        ("probe_fault", {}, Speaker.HUMAN, "probe_fault"),
    ],
)
def test_the_outcome_follows_from_the_rows(stored: str, columns: dict[str, Any], said: Speaker, outcome: str) -> None:
    """Who answered decides by the precedence of outcomes; without an answer, what the chat said of itself."""
    found = recounted(row((1000.0, "unknown"), outcome=stored, **columns), {0: Decision(said, 1.0)})
    assert outcome == found["outcome"]


def test_the_times_follow_from_the_rows() -> None:
    """The first text of each speaker counts from the question, a person's greeting from the request."""
    probe = row((-3000.0, "human"), (900.0, "bot"), (5000.0, "unknown"), (7000.0, "human"), outcome="human_reply")
    found = recounted(probe, {2: Decision(Speaker.HUMAN, 1.0)})
    assert (5000.0, None, 900.0, 5000.0, "a2") == (
        *(found[name] for name in ("first_human_ms", "first_unknown_ms", "first_bot_ms", "greeted_ms")),
        found["agent"],
    )


def test_nothing_is_counted_where_nothing_was_asked() -> None:
    """A visit without a question keeps its columns."""
    assert {} == recounted(row((1000.0, "human"), outcome="offline", asked_at=None), {})


def test_a_correction_needs_no_events(store: Store) -> None:
    """Where only rows are left, a person's word changes its message and the outcome; rules change nothing."""
    recorder = store.begin({"id": "01P", "casino": "lucky", "depth": "chat", "started_at": ASKED, **CHAT}, ASKED)
    said = [(0, 0.0, "visitor"), (1, 4000.0, "unknown"), (2, 9000.0, "system")]
    messages = [{"seq": seq, "at": ASKED, "at_ms": at, "speaker": who, "text": "…"} for seq, at, who in said]
    recorder.finish({"outcome": "unsure_reply", "finished_at": ASKED, "first_unknown_ms": 4000.0}, messages)
    assert decide_again(store, "01P", kept_basis(store)).problem is not None
    done = correct(store, "01P", {1: Speaker.HUMAN}, "ada", kept_basis(store))
    assert (None, ("unsure_reply", "human_reply")) == (done.problem, done.columns["outcome"])
    probe = store.probe("01P")
    assert ("human_reply", 4000.0, None) == tuple(
        probe[name] for name in ("outcome", "first_human_ms", "first_unknown_ms")
    )
    assert ["visitor", "human", "system"] == [message["speaker"] for message in probe["messages"]]
    assert [] == store.check("2026-03-03T10:00:00.000Z")
