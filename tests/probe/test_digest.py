"""What is known of a chat, told by the stream of events alone."""

from __future__ import annotations

from typing import Any

import pytest

from chatprobe.model import Event, EventName, Speaker
from chatprobe.probe.digest import Digest, Marks, digest
from chatprobe.speaker.rules import Rules

ASKED = 100_000.0
MARKS = Marks(started=90_000.0, opened=95_000.0, requested=96_000.0, asked=ASKED)
HUMAN = {"matches": ["human"]}


def row(key: str, at_s: float, text: str, **detail: Any) -> Event:
    """A message so many seconds after the question."""
    at = ASKED + at_s * 1000
    return Event(at, EventName.MESSAGE, {"id": key, "text": text, "region": "list", "changed_at": at, **detail})


def status(key: str, at_s: float, text: str) -> Event:
    return row(key, at_s, text, region="status")


def gone(key: str, at_s: float) -> Event:
    return Event(ASKED + at_s * 1000, EventName.MESSAGE_GONE, {"id": key})


def panel(name: EventName, at_s: float, **detail: Any) -> Event:
    return Event(ASKED + at_s * 1000, name, {"panel": True, **detail})


OURS = row("q", 0.05, "How long does a withdrawal take?", visitor=True)


def told(*events: Event, rules: Rules | None = None) -> Digest:
    return digest([OURS, *events], MARKS, rules or Rules())


def since(at: float | None) -> float | None:
    return None if at is None else (at - ASKED) / 1000


def test_a_person_is_timed_from_the_question() -> None:
    """The first and last human texts after the question are the times that matter."""
    chat = told(row("a", 5, "Two days at most.", **HUMAN), row("b", 9, "Anything else?", **HUMAN))
    assert (5.0, 9.0) == (since(chat.first(Speaker.HUMAN)), since(chat.last(Speaker.HUMAN)))


def test_a_greeting_by_a_person_is_no_reply_but_counts_as_one() -> None:
    """A human text between getting in line and asking is told apart from the answer."""
    chat = told(row("a", -2, "Two days at most.", **HUMAN))
    assert (None, -2.0) == (since(chat.first(Speaker.HUMAN)), since(chat.greeted_at))


def test_rows_from_before_the_request_are_history() -> None:
    """What stood there before we got in line greets nobody."""
    assert None is told(row("a", -4.5, "Two days at most.", **HUMAN)).greeted_at


def test_the_visitor_is_nobody_else() -> None:
    """Our own rows are the visitor's, whatever their text looks like."""
    chat = told(row("v", 10, "Thank you, goodbye!", visitor=True))
    assert [Speaker.VISITOR, Speaker.VISITOR] == [said.speaker for said in chat.said]


def test_delay_counts_from_what_we_said_last() -> None:
    """An answer within the floor of our last words is automatic, even late in the chat."""
    thanks = row("v", 60, "Thank you, goodbye!", visitor=True)
    chat = told(thanks, row("a", 61, "You are very welcome."))
    assert (Speaker.BOT, 1000.0) == (chat.said[-1].speaker, chat.said[-1].line.message.delay_ms)


def test_our_words_shown_late_or_drawn_anew_make_nobody_hasty() -> None:
    """A widget that shows the question only together with the answer, or draws it anew beside it, hurries nobody."""
    answer = row("a", 9.1, "It takes a day.", matches=["human"])
    late, anew = row("q", 9, "How long?", visitor=True), row("q2", 9, "21:09 How long?", visitor=True)
    for events in ([late, answer], [row("q", 0.1, "How long?", visitor=True), anew, answer]):
        assert (Speaker.HUMAN, 9_100.0) == (
            (said := digest(events, MARKS, Rules()).said[-1]).speaker,
            said.line.message.delay_ms,
        )


def test_typing_is_no_message() -> None:
    """An indicator is noted with its time, and says nothing."""
    chat = told(row("t", 2, "...", typing=True), row("u", 3, "Anna is typing"))
    assert ([OURS.detail["id"]], (2.0, 3.0)) == (
        [said.line.id for said in chat.said],
        tuple(since(at) for at in chat.typing),
    )


def test_a_status_line_is_never_a_message() -> None:
    """Text outside the list is read for what it announces only."""
    chat = told(status("s", 2, "You are number 3 in the queue"))
    assert ([OURS.detail["id"]], [3], True) == (
        [said.line.id for said in chat.said],
        [sighting.position for sighting in chat.queue],
        chat.in_queue,
    )


LEAVING = {
    "somebody answers": [row("a", 9, "Two days at most.", **HUMAN)],
    "somebody unknown answers": [row("a", 9, "Two days at most.")],
    "the notice vanishes": [gone("s", 9)],
}


@pytest.mark.parametrize("events", LEAVING.values(), ids=LEAVING.keys())
def test_the_line_is_over(events: list[Event]) -> None:
    """In line until somebody comes or the notice is taken away."""
    line = status("s", 2, "You are number 3 in the queue")
    assert [True, False] == [told(line).in_queue, told(line, *events).in_queue]


STAYING = {
    "a bot talks on": [row("a", 9, "Did you know our bonus?", matches=["bot"])],
    "the notice is renewed": [gone("s", 8), status("t", 9, "You are number 2 in the queue")],
}


@pytest.mark.parametrize("events", STAYING.values(), ids=STAYING.keys())
def test_the_line_goes_on(events: list[Event]) -> None:
    """A bot's words, or the next notice, do not end the line."""
    assert told(status("s", 2, "You are number 3 in the queue"), *events).in_queue


def test_positions_are_kept_in_order() -> None:
    """The first and the last place in line are both known."""
    chat = told(status("s", 2, "You are number 3 in the queue"), status("t", 5, "You are number 1 in the queue"))
    assert [3, 1] == [sighting.position for sighting in chat.queue]


def test_the_scenarios_own_queue_selector_counts() -> None:
    """A place read from the page by the scenario's selector is one; its end is one too."""
    begins, ends = panel(EventName.QUEUE, 2, position=4), panel(EventName.QUEUE, 8, over=True)
    assert (True, [4]) == (told(begins).in_queue, [sighting.position for sighting in told(begins).queue])
    assert not told(begins, ends).in_queue


def test_closed_counts_only_after_the_question() -> None:
    """The end of an old conversation in the list does not end ours."""
    words = "The chat has ended."
    assert None is told(row("a", -3, words)).closed_at
    assert 30.0 == since(told(row("a", 30, words)).closed_at)


def test_offline_told_after_asking() -> None:
    """Told that nobody is there, or shown so where the scenario says to look."""
    assert 1.0 == since(told(row("a", 1, "All our agents are offline at the moment.")).offline_at)
    assert 4.0 == since(told(panel(EventName.OFFLINE, 4)).offline_at)


def test_a_challenge_is_heard_from_a_person() -> None:
    """An agent's question whether we are automated ends the chat, though a person said it."""
    assert 8.0 == since(told(row("a", 8, "Are you a robot?", **HUMAN)).challenged_at)


def test_a_person_who_joins_after_a_queue_is_one() -> None:
    """A place in line and then somebody who joins: what is written next is a person's."""
    chat = told(
        status("s", 2, "You are number 2 in the queue"),
        row("j", 10, "Anna joined the chat", status_like=True),
        row("a", 14, "Two days at most.", name="Anna"),
    )
    assert (10.0, 14.0) == (since(chat.joined_at), since(chat.first(Speaker.HUMAN)))


def test_an_empty_stream_is_an_empty_chat() -> None:
    """Nothing seen, nothing said."""
    assert Digest(marks=MARKS) == digest([], MARKS, Rules())


def test_who_calls_himself_a_machine_was_one_before() -> None:
    """A disclosure under a name takes the weaker reasons for a person from that name's earlier rows."""
    line = [row("n", 1, "You are number 2 in the queue"), row("j", 5, "Luna joined the chat")]
    said = row("a", 8, "Two days at most.", name="Luna")
    before = told(*line, said)
    after = told(*line, said, row("b", 11, "I am Luna, an AI assistant.", name="Luna"))
    assert (8.0, None, 8.0) == (
        since(before.first(Speaker.HUMAN)),
        since(after.first(Speaker.HUMAN)),
        since(after.first(Speaker.BOT)),
    )


def test_another_names_disclosure_is_its_own() -> None:
    """A bot that says what it is does not make a machine of the person who came before it."""
    line = [row("n", 1, "You are number 2 in the queue"), row("j", 5, "Anna joined the chat")]
    chat = told(*line, row("a", 8, "Two days.", name="Anna"), row("b", 11, "I am a virtual assistant.", name="Luna"))
    assert 8.0 == since(chat.first(Speaker.HUMAN))
