"""When a bot is asked for a person, and what counts as having got one: the stream of events alone decides."""

from __future__ import annotations

from typing import Any

import pytest

from chatprobe.model import Event, EventName, Speaker
from chatprobe.probe.digest import Digest, Marks, digest
from chatprobe.probe.handoff import due
from chatprobe.probe.timings import columns_of
from chatprobe.speaker.rules import Rules

ASKED = 100_000.0
DEADLINE = ASKED + 600_000
MARKS = Marks(started=90_000.0, opened=95_000.0, asked=ASKED)
BOT, HUMAN = {"matches": ["bot"]}, {"matches": ["human"]}
ANSWER = "A withdrawal takes one day."


def at(seconds: float) -> float:
    return ASKED + seconds * 1000


def row(seconds: float, text: str, **detail: Any) -> Event:
    """A message so many seconds after the question; its key is its time and text."""
    facts = {"id": f"{seconds} {text}", "text": text, "region": "list", "changed_at": at(seconds), **detail}
    return Event(at(seconds), EventName.MESSAGE, facts)


def request(seconds: float, way: str = "text", what: str = "A person, please.", *, sent: bool = True) -> Event:
    key = "label" if way == "click" else "text"
    return Event(at(seconds), EventName.HANDOFF, {"way": way, key: what, "sent": sent})


def told(*events: Event) -> Digest:
    return digest([row(0.05, "How long?", visitor=True), *events], MARKS, Rules())


def asks(chat: Digest, seconds: float, turns: int = 2, deadline: float = DEADLINE) -> bool:
    return due(chat, turns, deadline, at(seconds)) is not None


MENU = row(1, "Which topic?", buttons=["Payments", "Bonus"], **BOT)
JOINED = {"status_like": True}

WAITS = {
    "nobody answered": told(),
    "a person answered": told(row(5, ANSWER, **HUMAN), row(9, "Rate us", **BOT)),
    "somebody answered": told(MENU, row(5, ANSWER)),
    "somebody joined since": told(MENU, row(3, "Anna joined the chat", **JOINED)),
    "in line": told(MENU, row(3, "You are number 3 in the queue.", region="status")),
    "the desk is closed": told(MENU, row(3, "We are offline now. Leave a message.", region="status")),
    "the chat is closed": told(MENU, row(3, "This chat has ended.", region="status")),
    "a person is promised": told(row(1, "Thanks, we will reply as soon as possible.", **BOT)),
    "a promise and a menu at once": told(row(0.5, "We will reply as soon as possible.", **BOT), MENU),
    "the bot has not answered the last request": told(MENU, request(4)),
    "the request was granted": told(MENU, request(4), row(5, "Anna joined the chat", **JOINED), row(20, "Hm", **BOT)),
}


@pytest.mark.parametrize("chat", WAITS.values(), ids=WAITS.keys())
def test_a_person_is_not_asked_for_while_one_may_come(chat: Digest) -> None:
    """Nobody is asked for before a bot has answered, nor once a person is there, promised, or out of reach."""
    assert not asks(chat, 30)


ASKS = {
    "a bot answered": told(MENU),
    "somebody joined, and it was a bot": told(row(0.5, "Ava joined the chat", **JOINED), MENU),
    "the bot only offers a person": told(row(1, "Would you like to talk to an agent?", **BOT)),
    "the bot answered the request by its menu": told(MENU, request(4), row(5, "Which topic, please?", **BOT)),
    "the request did not get through": told(MENU, request(4, sent=False)),
    "the button did nothing": told(MENU, request(4, "click", "Live agent")),
    "the menu after a promise leads to a person": told(
        row(0.5, "We will reply as soon as possible.", **BOT),
        row(1, "Which topic?", buttons=["Payments", "Talk to an agent"], **BOT),
    ),
    "a toast tells the usual time to reply": told(
        row(0.5, "Wir antworten meist in zwei Minuten", region="status"), MENU
    ),
}


@pytest.mark.parametrize("chat", ASKS.values(), ids=ASKS.keys())
def test_a_bot_that_answered_is_asked_for_a_person(chat: Digest) -> None:
    """A bot's answer is met by a request, and another one when that led nowhere."""
    assert asks(chat, 30)


def test_a_request_waits_until_the_bot_has_finished() -> None:
    """Two seconds after the last change of the text, and ten after somebody began to type."""
    typing = row(2, "Ava is typing…", typing=True)
    assert (False, True) == (asks(told(MENU), 2.9), asks(told(MENU), 3))
    assert (False, True) == (asks(told(MENU, typing), 11.9), asks(told(MENU, typing), 12))


@pytest.mark.parametrize("text", ["Hello, how can I help you?", "Your words arrived."])
def test_what_only_haste_gives_away_is_given_time(text: str) -> None:
    """After a welcome, or a line that is a bot's by its haste alone, a person gets fifteen seconds to write."""
    chat = told(row(1, text))
    assert [Speaker.BOT] == [said.speaker for said in chat.said if said.speaker is not Speaker.VISITOR]
    assert (False, True) == (asks(chat, 15.9), asks(chat, 16))


def test_a_bots_own_promise_is_believed_for_a_while() -> None:
    """A bot that fetches nobody within 45 s is asked again; the promise holds for what it says at once after it."""
    promise, more = row(1, "I will connect you to an agent.", **BOT), row(3, "Meanwhile: bonuses!", **BOT)
    for chat in (told(promise), told(promise, more)):
        assert (False, True) == (asks(chat, 45), asks(chat, 46))


def test_no_turns_and_no_time_mean_no_request() -> None:
    """Zero turns never ask, and nobody is sent for in the last ten seconds."""
    assert not asks(told(MENU), 30, turns=0)
    assert not asks(told(MENU), 30, deadline=at(39.9))
    assert asks(told(MENU), 30, deadline=at(40))


def test_the_clicked_label_in_the_list_is_ours() -> None:
    """A row that repeats the button's label after the click is the visitor's; delays count from the click."""
    chat = told(MENU, request(4, "click", "Live agent"), row(4.1, "Live agent"), row(9.1, "One moment."))
    texts = [said.line.message.text for said in chat.said if said.speaker is Speaker.VISITOR]
    assert ["How long?", "Live agent"] == texts
    assert 5_100.0 == pytest.approx(chat.said[-1].line.message.delay_ms)


def test_the_clicked_label_drawn_again_is_ours_too() -> None:
    """A widget that draws our words anew, with the time beside them, has no bot say them; much later a bot may."""
    again = (row(4.1, "Live agent"), row(4.2, "21:09 Live agent"), row(30, "Live agent"))
    chat = told(MENU, request(4, "click", "Live agent"), *again)
    ours = [said.line.message.text for said in chat.said if said.speaker is Speaker.VISITOR]
    assert ["How long?", "Live agent", "21:09 Live agent"] == ours


GRANTS = {
    "somebody joins": ([row(6, "Anna joined the chat", **JOINED)], 6.0),
    "a queue is shown outside the list": ([row(6, "You are number 2 in the queue.", region="status")], 6.0),
    "the widget says the chat was passed on": ([row(6, "You have been transferred to Sales.", **JOINED)], 6.0),
    "a person speaks": ([row(8, ANSWER, **HUMAN)], 8.0),
    "the bot says so": ([row(6, "I will connect you to an agent.", **BOT)], None),
    "a bot's row speaks of a transfer": ([row(6, "You are being transferred to an agent.")], None),
    "nothing happens": ([], None),
}


@pytest.mark.parametrize(("after", "granted"), GRANTS.values(), ids=GRANTS.keys())
def test_who_grants_a_request(after: list[Event], granted: float | None) -> None:
    """A request is granted by the widget's notices or by a person, never by the bot's own word."""
    chat = told(MENU, request(4), *after)
    assert granted == (None if chat.accepted_at is None else (chat.accepted_at - ASKED) / 1000)


def test_notices_before_the_request_grant_nothing() -> None:
    """Who joined before we asked was not fetched."""
    assert None is told(row(0.5, "Ava joined the chat", **JOINED), MENU, request(4)).accepted_at


NOTICE = {
    "joined": row(6, "An operator joined the chat", **JOINED),
    "queue": row(6, "You are number 2 in the queue.", region="status"),
    "transferred": row(6, "You have been transferred to Sales.", **JOINED),
}


@pytest.mark.parametrize(
    ("notice", "name", "speaker"),
    [
        ("joined", None, Speaker.HUMAN),
        ("joined", "Ava", Speaker.BOT),
        ("queue", None, Speaker.UNKNOWN),
        ("transferred", None, Speaker.UNKNOWN),
        ("transferred", "Support", Speaker.UNKNOWN),
        ("transferred", "Anna", Speaker.HUMAN),
    ],
)
def test_a_bot_that_goes_on_talking_stays_none_of_the_people(notice: str, name: str | None, speaker: Speaker) -> None:
    """After a granted request a person is who joined, or who has a person's name that is not the bot's."""
    bot = row(3, "What else?", name="Ava", buttons=["Payments", "Bonus"])
    reply = row(20, ANSWER, **({"name": name} if name else {"attributes": {"class": "other"}}))
    assert speaker == told(bot, request(4), NOTICE[notice], reply).said[-1].speaker


def test_the_columns_count_turns_and_clicks() -> None:
    """Sentences and clicks that got through are counted, and the first is timed from the question."""
    failed, typed = request(3.5, sent=False), request(4)
    chat = told(
        MENU, failed, typed, row(5, "Which?", **BOT), request(8, "click", "Help"), request(11, "click", "Agent")
    )
    columns = columns_of(chat, at(60))
    assert (4_000.0, 1, 2) == tuple(columns[name] for name in ("handoff_ms", "handoff_turns", "handoff_clicks"))


def test_a_chat_without_requests_has_no_handoff() -> None:
    """Where nobody was asked for, the columns stay empty."""
    columns = columns_of(told(MENU), at(60))
    assert {None} == {columns[name] for name in ("handoff_ms", "handoff_turns", "handoff_clicks")}
