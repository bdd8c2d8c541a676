"""Who joined, as frames and events tell it, and what follows for who writes."""

from __future__ import annotations

import json
from typing import Any

import pytest

from chatprobe.model import Event, EventName, Speaker
from chatprobe.probe.digest import Digest, Marks, digest
from chatprobe.probe.joining import joined_in
from chatprobe.speaker.rules import Rules
from chatprobe.speaker.wire import JoinRule

RULES = (JoinRule("type == 'joined'", "who.name"), JoinRule("event == 'agentAssigned'", None, person=True))


def frame(at: float, data: Any, direction: str = "in") -> Event:
    """A frame of the chat's traffic."""
    return Event(at, EventName.WIRE, {"via": "websocket", "direction": direction, "data": json.dumps(data)})


def said(at: float, text: str, name: str | None = None) -> Event:
    """A message in the list."""
    return Event(at, EventName.MESSAGE, {"id": text, "region": "list", "text": text, "name": name})


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({"type": "joined", "who": {"name": " Anna "}}, [{"name": "Anna", "person": False}]),
        ({"type": "joined", "who": 7}, [{"name": "", "person": False}]),
        ({"event": "agentAssigned", "data": None}, [{"name": "", "person": True}]),
        ([{"type": "joined"}, {"type": "message"}], [{"name": "", "person": False}]),
        ({"type": "left"}, []),
    ],
)
def test_rules_find_who_joined(data: Any, expected: list[dict[str, Any]]) -> None:
    """Each frame that fulfils a rule says that somebody joined, with the name where there is one."""
    assert expected == [event.detail for event in joined_in([frame(5.0, data)], RULES)]


def test_what_we_send_says_nothing_of_who_joined() -> None:
    """Only what comes to the page is looked at."""
    assert [] == list(joined_in([frame(5.0, {"type": "joined"}, "out")], RULES))


def heard(*events: Event) -> Digest:
    """What is made of these events of a chat that was asked in at 10,000."""
    return digest(events, Marks(0.0, 1_000.0, None, 10_000.0), Rules(joins=RULES))


def test_after_a_person_joined_a_person_writes() -> None:
    """Where only people come this way, what is said after it is a person's, and the moment is known."""
    chat = heard(frame(20_000.0, {"event": "agentAssigned"}), said(30_000.0, "It takes two days."))
    assert ([Speaker.HUMAN], 20_000.0) == ([one.speaker for one in chat.said], chat.joined_at)


def test_nobody_writes_who_is_still_to_join() -> None:
    """What was said before somebody joined is not that somebody's."""
    chat = heard(said(15_000.0, "Have a look at our page."), frame(20_000.0, {"event": "agentAssigned"}))
    assert [Speaker.UNKNOWN] == [one.speaker for one in chat.said]


def test_who_may_be_a_bot_is_no_person_for_joining() -> None:
    """Without a word of the rule on it, whoever joined may be a machine."""
    chat = heard(frame(20_000.0, {"type": "joined", "who": {"name": "Anna"}}), said(30_000.0, "Two days.", "Anna"))
    assert [Speaker.UNKNOWN] == [one.speaker for one in chat.said]


def test_another_name_than_who_joined_is_no_person() -> None:
    """A name that the frame did not tell is not who joined."""
    rules = Rules(joins=(JoinRule("type == 'joined'", "who.name", person=True),))
    events = [frame(20_000.0, {"type": "joined", "who": {"name": "Anna"}}), said(30_000.0, "Two days.", "Robo")]
    chat = digest(events, Marks(0.0, 1_000.0, None, 10_000.0), rules)
    assert [Speaker.UNKNOWN] == [one.speaker for one in chat.said]
