"""When a chat ends, and what its outcome is: the rules of the house as tables."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatprobe.model import Decision, EndedBy, Observed, Outcome, Speaker
from chatprobe.probe.digest import Digest, Marks, QueueSighting, Said
from chatprobe.probe.ending import Bounds, ending, next_look, outcome_of
from chatprobe.probe.fold import Line

ASKED = 1_000_000.0
DEADLINE = ASKED + 600_000
BOUNDS = Bounds(DEADLINE)
EMPTY = Digest(marks=Marks(0.0, asked=ASKED))


def said(speaker: Speaker, at_s: float, settled_s: float | None = None) -> Said:
    """A message so many seconds after the question; its text stood still at `settled_s`."""
    at = ASKED + at_s * 1000
    settled = ASKED + settled_s * 1000 if settled_s is not None else at
    line = Line(f"{speaker}{at_s}", "list", Observed("words", at, settled_at=settled))
    return Said(line, Decision(speaker, 1.0), None)


def chat(*messages: Said, **facts: object) -> Digest:
    return replace(EMPTY, said=messages, **facts)  # type: ignore[arg-type]


def place(at_s: float, position: int | None = None, wait_ms: float | None = None) -> tuple[QueueSighting, ...]:
    return (QueueSighting(ASKED + at_s * 1000, position, wait_ms),)


HUMAN, UNKNOWN, BOT = Speaker.HUMAN, Speaker.UNKNOWN, Speaker.BOT
MINUTELY = tuple(said(HUMAN, at) for at in range(5, 200, 30))

TIMED = {
    "silence after a person": (chat(said(HUMAN, 10)), 55, EndedBy.HUMAN_SILENT),
    "silence counts from the last text of a person": (chat(said(HUMAN, 10), said(HUMAN, 40)), 85, EndedBy.HUMAN_SILENT),
    "silence counts from the last change of a text": (chat(said(HUMAN, 10, 30)), 75, EndedBy.HUMAN_SILENT),
    "a talkative person gets three minutes": (chat(*MINUTELY), 185, EndedBy.HUMAN_SILENT),
    "a bot's words do not prolong a person's silence": (chat(said(HUMAN, 10), said(BOT, 50)), 55, EndedBy.HUMAN_SILENT),
    "silence after an unknown speaker": (chat(said(UNKNOWN, 10)), 130, EndedBy.UNKNOWN_SILENT),
    "a person's silence counts first": (chat(said(HUMAN, 10), said(UNKNOWN, 50)), 55, EndedBy.HUMAN_SILENT),
    "told that nobody is there": (chat(offline_at=ASKED + 5_000), 20, EndedBy.OFFLINE),
    "a bot may talk until the deadline": (chat(said(BOT, 10)), 600, EndedBy.DEADLINE),
    "nobody at all": (EMPTY, 600, EndedBy.DEADLINE),
    "a silent line": (chat(queue=place(1, 4), in_queue=True), 600, EndedBy.DEADLINE),
    "an agent who joined and never wrote": (chat(joined_at=ASKED + 20_000), 380, EndedBy.AGENT_TIME),
    "an unknown speaker's time is spent like a person's": (
        chat(*(said(UNKNOWN, at) for at in range(5, 600, 60))),
        365,
        EndedBy.AGENT_TIME,
    ),
}


@pytest.mark.parametrize(("facts", "due_s", "why"), TIMED.values(), ids=TIMED.keys())
def test_each_rule_ends_the_chat_when_it_is_due(facts: Digest, due_s: float, why: EndedBy) -> None:
    """A chat goes on until the moment its rule names, and ends for that reason."""
    due = ASKED + due_s * 1000
    assert None is ending(facts, BOUNDS, due - 1)
    assert why == ending(facts, BOUNDS, due)
    assert due == next_look(facts, BOUNDS)


AT_ONCE = {
    "closed by the casino": (chat(closed_at=ASKED + 1), None, EndedBy.CLOSED),
    "asked whether we are automated": (chat(said(HUMAN, 1), challenged_at=ASKED + 1000), None, EndedBy.CHALLENGED),
    "the agent has too much to do": (chat(said(HUMAN, 1), overloaded_at=ASKED + 1000), None, EndedBy.OVERLOADED),
    "a line of more people than we bear": (chat(queue=place(0, 6), in_queue=True), 5, EndedBy.QUEUE_LIMIT),
    "a line longer than we bear": (
        chat(queue=place(0, None, 120_001), in_queue=True),
        timedelta(minutes=2),
        EndedBy.QUEUE_LIMIT,
    ),
    "closed counts before all else": (
        chat(said(HUMAN, 1), closed_at=ASKED + 9, challenged_at=ASKED + 1, overloaded_at=ASKED + 1),
        None,
        EndedBy.CLOSED,
    ),
}


@pytest.mark.parametrize(("facts", "limit", "why"), AT_ONCE.values(), ids=AT_ONCE.keys())
def test_some_things_end_it_at_once(facts: Digest, limit: int | timedelta | None, why: EndedBy) -> None:
    """Being closed, challenged, told of overload, or put in too long a line leaves nothing to wait for."""
    assert why == ending(facts, Bounds(DEADLINE, limit), ASKED + 2_000)


BORNE = {
    "as many people as we bear": (chat(queue=place(0, 5), in_queue=True), 5),
    "a long line that is over": (chat(queue=place(0, 50), in_queue=False), 5),
    "a line of unknown length": (chat(queue=place(0), in_queue=True), 5),
    "a wait as long as we bear": (chat(queue=place(0, None, 120_000), in_queue=True), timedelta(minutes=2)),
    "a position tells nothing of the time": (chat(queue=place(0, 500), in_queue=True), timedelta(minutes=2)),
    "no limit set": (chat(queue=place(0, 500), in_queue=True), None),
}


@pytest.mark.parametrize(("facts", "limit"), BORNE.values(), ids=BORNE.keys())
def test_a_line_within_the_limit_is_stood_in(facts: Digest, limit: int | timedelta | None) -> None:
    """Only a line known to be too long is left."""
    assert None is ending(facts, Bounds(DEADLINE, limit), ASKED + 2_000)


def test_the_deadline_counts_for_a_talkative_person_too() -> None:
    """A short deadline ends the chat though a person wrote just before."""
    assert EndedBy.DEADLINE == ending(chat(said(HUMAN, 9)), Bounds(ASKED + 10_000), ASKED + 10_000)


# What may be true of a chat at its end, strongest first: DESIGN's precedence.
PRECEDENCE = (
    (Outcome.HUMAN_REPLY, {"said": (said(HUMAN, 5),)}),
    (Outcome.UNSURE_REPLY, {"said": (said(UNKNOWN, 4),)}),
    (Outcome.QUEUE_TIMEOUT, {"queue": place(3, 2), "in_queue": True}),
    (Outcome.OFFLINE, {"offline_at": ASKED + 2000}),
    (Outcome.BOT_ONLY, {"said": (said(BOT, 1),)}),
    (Outcome.NO_REPLY, {}),
)


@pytest.mark.parametrize("strongest", range(len(PRECEDENCE)), ids=[str(outcome) for outcome, _ in PRECEDENCE])
def test_the_stronger_outcome_wins(strongest: int) -> None:
    """Of all that is true of a chat, the first of the precedence names its outcome."""
    facts: dict[str, object] = {}
    messages: tuple[Said, ...] = ()
    for _, more in reversed(PRECEDENCE[strongest:]):
        messages += more.get("said", ())  # type: ignore[operator]
        facts |= {key: value for key, value in more.items() if key != "said"}
    assert PRECEDENCE[strongest][0] == outcome_of(chat(*messages, **facts), EndedBy.DEADLINE)


def test_leaving_a_long_line_is_a_queue_timeout() -> None:
    """Who leaves because of the line's length was in it, whatever else was said."""
    assert Outcome.QUEUE_TIMEOUT == outcome_of(chat(said(BOT, 1)), EndedBy.QUEUE_LIMIT)


def test_words_before_the_question_are_no_reply() -> None:
    """A greeting by a person that came before the question does not answer it."""
    assert Outcome.NO_REPLY == outcome_of(chat(said(HUMAN, -5)), EndedBy.DEADLINE)


messages = st.lists(
    st.builds(said, st.sampled_from(Speaker), st.floats(-100, 600), st.none() | st.floats(0, 700)), max_size=8
)


@given(messages, st.floats(0, 1_000_000))
def test_the_next_look_is_when_it_ends(several: list[Said], later_ms: float) -> None:
    """Whatever was said, the chat goes on before the next look and is over from it on."""
    facts = chat(*several)
    due = next_look(facts, BOUNDS)
    assert None is ending(facts, BOUNDS, due - 1)
    assert None is not ending(facts, BOUNDS, due + later_ms)
    assert due <= DEADLINE
