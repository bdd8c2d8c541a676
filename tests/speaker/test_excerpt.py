"""Which part of a frame speaks about a message."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatprobe.model import Observed, Speaker
from chatprobe.speaker.decide import decide
from chatprobe.speaker.excerpt import excerpts
from chatprobe.speaker.lexicon import kind_of
from chatprobe.speaker.rules import Rules, Told
from chatprobe.speaker.wire import WireRule

TEXT = "Withdrawals take a day."
PERSON = {"type": "human"}
VISITOR_TYPED = {"text": "How long?", "senderType": "human"}


def speaker(wire: dict[str, Any], rules: Rules | None = None) -> Speaker:
    """Whose the text is by this frame alone."""
    return decide(Observed(TEXT, wire=wire), [], rules or Rules()).speaker


@pytest.mark.parametrize(
    "wire",
    [
        {"text": TEXT, "senderType": "human"},
        {"text": TEXT, "author": PERSON},
        {"event": "message", "data": {"sender": PERSON, "message": {"text": TEXT}}},
        {"message": {"author": PERSON, "blocks": [{"kind": "paragraph", "text": f"<p>{TEXT}</p>"}]}},
        {"messages": [{"text": "Hi, I am Ava", "senderType": "bot"}, {"text": TEXT, "senderType": "human"}]},
        {"message": {"author": PERSON, "text": TEXT, "payload": {"text": TEXT}}},
    ],
    ids=["its field", "its child", "beside it", "in pieces", "in a history", "written twice"],
)
def test_the_author_of_the_text_is_found(wire: dict[str, Any]) -> None:
    """A field of the object that holds the text, or of the author beside it, names a person."""
    assert Speaker.HUMAN == speaker(wire)


@pytest.mark.parametrize(
    "wire",
    [
        {"messages": [VISITOR_TYPED, {"text": TEXT}]},
        {"messages": {"m1": VISITOR_TYPED, "m2": {"text": TEXT}}, "user": PERSON},
        {"participants": [{"userType": "human"}], "message": {"text": TEXT}},
        {"participants": {"u1": {"userType": "human"}}, "message": {"text": TEXT}},
        {"agents": {"anna": {"userType": "human"}}, "text": TEXT},
        {"text": TEXT, "reply_to": {"author": PERSON}},
        {"user": PERSON, "messages": [{"text": TEXT}]},
        {"messages": [{"text": TEXT, "sender": PERSON}, {"text": TEXT}]},
    ],
    ids=["list", "map", "people", "map of people", "beside", "answered", "whole chat", "said twice"],
)
def test_what_others_said_makes_nobody_a_human(wire: dict[str, Any]) -> None:
    """Fields of other messages and of other people in the frame say nothing of this message."""
    assert Speaker.UNKNOWN == speaker(wire)


def test_a_bot_in_the_history_makes_no_other_message_a_bots() -> None:
    """Each message of a frame with the whole conversation has the marks of its own object."""
    history = {"messages": [{"text": "Hi, I am Ava", "from": "bot"}, {"text": TEXT, "from": "human"}]}
    ava = decide(Observed("Hi, I am Ava", wire=history), [], Rules())
    assert (Speaker.BOT, Speaker.HUMAN) == (ava.speaker, speaker(history))


MARKED = st.sampled_from([{"userType": "human"}, {"author": PERSON}, {"sender": {"role": "person"}, "text": "Hello"}])
PLAIN = st.fixed_dictionaries({"text": st.just(TEXT)}, optional={"id": st.text(max_size=3), "at": st.integers()})
OTHERS = st.one_of(
    st.lists(MARKED), st.dictionaries(st.sampled_from(["u1", "a-2"]), MARKED), st.lists(st.lists(MARKED))
)
LISTS = st.sampled_from(["messages", "participants", "agents", "items", "events", "users", "log"])


@settings(deadline=None)  # other work may share the machine
@given(PLAIN, st.dictionaries(LISTS, OTHERS), st.lists(MARKED), st.booleans())
def test_no_mark_outside_the_message_makes_a_human(
    message: dict[str, Any], others: dict[str, Any], beside: list[dict[str, Any]], nested: bool
) -> None:
    """Without a mark in the object that holds the text, marks in any lists and maps around it make nobody human."""
    wire = {**others, "message": message} if nested else {**others, "history": [*beside, message]}
    assert Speaker.HUMAN != speaker(wire)


@settings(deadline=None)  # other work may share the machine
@given(
    st.recursive(
        st.none() | st.booleans() | st.text(max_size=5) | st.just(TEXT),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    )
)
def test_any_frame_has_its_excerpts(value: Any) -> None:
    """Whatever the JSON, there is an excerpt for a text exactly where the text stands."""
    assert (TEXT in json.dumps(value)) == bool(excerpts({"data": value}, TEXT))


AFTER_TEXT = (
    WireRule("messages", Speaker.BOT, text="messages[?by=='bot'].body"),
    WireRule("messages", Speaker.HUMAN, text="messages[?by=='staff'].body"),
)


@pytest.mark.parametrize(("by", "expected"), [("bot", Speaker.BOT), ("staff", Speaker.HUMAN), ("you", Speaker.UNKNOWN)])
def test_a_rule_with_a_text_is_about_that_message(by: str, expected: Speaker) -> None:
    """A rule that says where the text stands applies to the message of this text only."""
    history = [{"by": "bot", "body": "Hi, I am Ava"}, {"by": "staff", "body": "Anything else?"}]
    wire = {"messages": [*history, {"by": by, "body": TEXT.upper()}]}
    assert expected == speaker(wire, Rules(wire=AFTER_TEXT))


def test_the_first_rule_that_applies_counts() -> None:
    """Of several rules that hold for one frame only the first gives evidence."""
    rules = Rules(wire=(WireRule("by", Speaker.HUMAN), WireRule("by", Speaker.BOT)))
    decision = decide(Observed(TEXT, wire={"by": "x"}), [], rules)
    assert (Speaker.HUMAN, 1) == (decision.speaker, len(decision.evidence))


def test_no_evidence_holds_a_name() -> None:
    """Reasons are kept for ever, names are not: no reason tells the displayed name."""
    rules = Rules(bots=frozenset({"Zebedee Bot"}))
    told: list[Told] = []
    reasons: list[str] = []
    for name, text in [
        ("Zebedee Bot", "I'm Zebedee, a virtual assistant."),
        ("Zebedee Bot", "Please hold on."),
        (None, "Wilhelmina joined the chat"),
        ("Wilhelmina", TEXT),
    ]:
        message = Observed(text, name=name)
        decision = decide(message, told, rules)
        told.append(Told(message, decision, kind_of(text)))
        reasons += [evidence.detail for evidence in decision.evidence]
    assert "another name speaks after a bot" in reasons
    assert [] == [reason for reason in reasons if "Wilhelmina" in reason or "Zebedee" in reason]


@pytest.mark.parametrize("key", ["message", "msg"])
def test_a_text_names_no_author(key: str) -> None:
    """A welcome that somebody types is no welcome message, under whatever key it stands."""
    wire = {key: "You're welcome. Bye!", "senderType": "human"}
    assert Speaker.HUMAN == decide(Observed("You're welcome. Bye!", wire=wire), [], Rules()).speaker


QUESTION = {"text": "How long does a withdrawal take?", "sender": PERSON}
STAFF = Rules(wire=(WireRule("sender.type == 'human'", Speaker.HUMAN),))


@pytest.mark.parametrize("text", ["withdrawal", "How long", "long does a withdrawal take", "Does a withdrawal take?"])
@pytest.mark.parametrize("rules", [Rules(), STAFF], ids=["mark", "rule"])
def test_a_part_of_other_words_makes_nobody_a_human(text: str, rules: Rules) -> None:
    """A frame that has the text only within a longer one is another message's, and names no person."""
    assert Speaker.UNKNOWN == decide(Observed(text, wire=QUESTION), [], rules).speaker


def test_a_part_of_a_bots_words_is_a_bots() -> None:
    """Against a person a frame counts also where it says more than the row."""
    wire = {"text": "Withdrawals take a day. Shall I do more?", "sender": {"type": "bot"}}
    assert Speaker.BOT == speaker(wire)


@pytest.mark.parametrize(
    "said",
    [
        "<b>Withdrawals</b> take&nbsp;a <i>day</i>.",
        "**Withdrawals** take _a day_.",
        "Anna: Withdrawals take a day.",
        "Hello!\n\nWithdrawals take a day.\n\nBye!",
        "<p>Hello!</p><p>Withdrawals take a day.</p>",
    ],
    ids=["HTML", "Markdown", "name", "paragraph", "HTML paragraph"],
)
def test_a_text_with_markup_is_the_text(said: str) -> None:
    """The row shows no tags, and may show one paragraph: the frame still names its author."""
    assert Speaker.HUMAN == speaker({"text": said, "sender": PERSON})
