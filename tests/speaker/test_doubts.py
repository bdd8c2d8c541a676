"""An agent beside marked bots: a person, unless something in the frame or row goes with texts that nobody typed."""

from __future__ import annotations

from typing import Any

import pytest

from chatprobe.model import Decision, Observed, Speaker
from chatprobe.speaker.decide import decide
from chatprobe.speaker.lines import classify_line
from chatprobe.speaker.rules import Rules, Told

TEXT = "Withdrawals take a day."
BOT = Told(
    Observed("Hello", wire={"text": "Hello", "senderType": "bot"}, attributes={"class": "row row--bot"}),
    Decision(Speaker.BOT, 1.0),
    None,
)


def after_a_bot(**message: Any) -> Speaker:
    """Who wrote a message that came after a marked bot's."""
    return decide(Observed(TEXT, delay_ms=9000.0, **message), [BOT], Rules()).speaker


def framed(**fields: Any) -> Speaker:
    """Who wrote a message whose frame calls its sender an agent and has these fields, too."""
    return after_a_bot(wire={"text": TEXT, "senderType": "agent", **fields})


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"type": "message", "source": "web", "contentType": "text/plain", "event": "message:new"},
        {"trigger": None, "campaign_id": None, "is_auto": "false", "rating": 0, "buttons": [], "quick_replies": []},
        {"keyboard": {"buttons": []}, "origin": "https://chat.example/room", "message_type": 1},
        {"created_at": "2026-01-01", "operator_id": 7, "tags": ["vip"], "attachments": [{"url": "a.png"}]},
    ],
    ids=["nothing", "ordinary", "empty", "emptier", "usual"],
)
def test_ordinary_fields_leave_an_agent_a_person(fields: dict[str, Any]) -> None:
    """What stands beside everything that people type takes nothing away."""
    assert Speaker.HUMAN == framed(**fields)


@pytest.mark.parametrize(
    "fields",
    [
        {"isAutoInvitation": True},
        {"ISAUTOINVITATION": 1},
        {"journey_id": "j1"},
        {"meta": {"intentName": "payout"}},
        {"citations": [{"url": "a"}]},
        {"written_with": "ai"},
        {"part_type": "away_mode_assignment"},
        {"subtype": "office_hours"},
        {"sent_via": "sequence"},
        {"reason": "evaluate"},
    ],
    ids=lambda fields: str(next(iter(fields))),
)
def test_what_nobody_types_beside_makes_an_agent_unsure(fields: dict[str, Any]) -> None:
    """A word of machines in a field's name or value, or a kind or way that is none of the ordinary ones."""
    assert Speaker.HUMAN != framed(**fields)


@pytest.mark.parametrize(
    "fields",
    [
        {"awayMessage": True},
        {"outOfOffice": True},
        {"generatedBy": "gpt-4o"},
        {"messagePurpose": "WELCOME"},
        {"nlu": {"intent": "payout"}},
        {"confidence": 0.92},
        {"by": "cron"},
        {"options": [{"label": "Yes"}, {"label": "No"}]},
    ],
    ids=lambda fields: str(next(iter(fields))),
)
def test_beside_a_grave_doubt_not_even_a_named_person_counts(fields: dict[str, Any]) -> None:
    """A machine that posts under a person's mark leaves such fields; what people's tools leave makes nobody unsure."""
    named = {"text": TEXT, "author": {"type": "human"}}
    assert Speaker.HUMAN != after_a_bot(wire={**named, **fields})
    assert Speaker.HUMAN == after_a_bot(wire={**named, "template_id": 5, "options": {"silent": True}})


@pytest.mark.parametrize(
    "field", [{"requires_human": True}, {"isHumanTakeover": False}, {"human_handoff_available": True}]
)
def test_a_person_who_may_come_is_not_the_author(field: dict[str, bool]) -> None:
    """What a frame says of a person elsewhere makes its agent unsure."""
    assert Speaker.HUMAN != framed(**field)


@pytest.mark.parametrize("token", ["ml-auto", "md:overflow-x-auto", "flow-root", "chat-log__item"])
def test_classes_of_style_sheets_make_nobody_unsure(token: str) -> None:
    """Words that a style sheet means are no machine's."""
    assert Speaker.HUMAN == after_a_bot(attributes={"class": f"row row--agent {token}"})


def test_what_page_tests_look_for_is_read_as_such() -> None:
    """`data-automation-id` names an element for a test, as `data-testid` does, and only its value tells of bots."""
    found = [after_a_bot(attributes={"data-automation-id": value}) for value in ("message-row", "bot-message", "true")]
    assert [Speaker.UNKNOWN, Speaker.BOT, Speaker.BOT] == found


@pytest.mark.parametrize("offer", [{"keyboard": {"buttons": [{"label": "Yes"}]}}, {"quickReplies": ["Yes"]}])
@pytest.mark.parametrize("sender", ["agent", "operator"])
def test_answers_to_click_are_a_bots(offer: dict[str, Any], sender: str) -> None:
    """People do not attach buttons, whether they hang on the message or stand beside it in the frame."""
    inner = {"text": TEXT, "senderType": sender}
    assert Speaker.BOT == after_a_bot(wire={**inner, **offer})
    assert Speaker.BOT == after_a_bot(wire={"message": inner, **offer})


@pytest.mark.parametrize("token", ["row--auto", "welcome-row", "ai-generated", "csat-row", "row-transfer"])
def test_a_class_of_machines_makes_an_agents_row_unsure(token: str) -> None:
    """Rows have such words in their classes."""
    assert Speaker.HUMAN == after_a_bot(attributes={"class": "row row--agent"})
    assert Speaker.HUMAN != after_a_bot(attributes={"class": f"row row--agent {token}"})


def test_an_object_where_a_word_is_expected_is_read() -> None:
    """A frame whose ``msg`` is an object is no Meteor message, and no trouble."""
    line = b'{"text": "Hi there", "wire": "{\\"msg\\": {\\"text\\": \\"Hi there\\", \\"senderType\\": \\"human\\"}}"}'
    assert "human" == classify_line(line, Rules())["speaker"]


@pytest.mark.parametrize(
    ("name", "speaker"), [("data-automated", "bot"), ("data-bot", "bot"), ("data-human", "unknown")]
)
def test_an_attribute_without_a_value_is_a_yes_against_a_person(name: str, speaker: str) -> None:
    """`data-automated` alone marks a machine; a lone word for a person proves nothing."""
    assert speaker == decide(Observed("Two days at most.", attributes={name: ""}), [], Rules()).speaker


def test_reasons_are_short() -> None:
    """A page's endless value does not make an endless reason."""
    attributes = {"data-op-id": "7" * 100_000, "class": "bot" + "x-" * 50_000}
    found = decide(Observed("Two days at most.", attributes=attributes), [], Rules()).evidence
    assert all(len(one.detail) < 200 for one in found)
