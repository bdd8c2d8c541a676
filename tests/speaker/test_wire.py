"""Envelopes of vendors' frames, and marks in them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatprobe.model import Speaker
from chatprobe.speaker.marks import marks_in
from chatprobe.speaker.wire import WireRule, applying, frames

BODY = {"from": "bot"}


@pytest.mark.parametrize(
    ("payload", "opened"),
    [
        ('{"from": "bot"}', [BODY]),
        (b'{"from": "bot"}', [BODY]),
        ('[{"from": "bot"}, {"from": "bot"}]', [BODY, BODY]),
        ('42["say",{"from":"bot"}]', [{"event": "say", "data": BODY}]),
        ('42/chat,17["say",{"from":"bot"},"ack"]', [{"event": "say", "data": BODY}]),
        ('451-/chat,["say",{"from":"bot"}]', [{"event": "say", "data": BODY}]),
        ('0{"sid":"x"}', [{"sid": "x"}]),
        ('a["{\\"from\\":\\"bot\\"}"]', [BODY]),
        (
            '{"msg":"changed","collection":"room","fields":{"eventName":"r","args":[{"from":"bot"}]}}',
            [{"event": "room", "data": BODY}],
        ),
        (
            'a["{\\"msg\\":\\"changed\\",\\"collection\\":\\"room\\",\\"fields\\":{\\"args\\":[{\\"from\\":\\"bot\\"}]}}"]',
            [{"event": "room", "data": BODY}],
        ),
        ('event: say\ndata: {"from":\ndata: "bot"}\n\n', [{"event": "say", "data": BODY}]),
        ('data: {"from": "bot"}\n\ndata: {"from": "bot"}\n\n', [BODY, BODY]),
        ('{"from":"bot"}\x1e{"from":"bot"}\x1e', [BODY, BODY]),
        ('{"from":"bot"}\n{"from":"bot"}', [BODY, BODY]),
        ('{"body": "{\\"from\\": \\"bot\\"}"}', [{"body": BODY}]),
        ('MESG{"from": "bot"}', [BODY]),
        ("2probe", []),
        ("", []),
        ("<presence/>", []),
        ("[" * 100_000, []),
        ('{"a":' * 5_000, []),
    ],
)
def test_envelopes_are_opened(payload: str | bytes, opened: list[dict[str, object]]) -> None:
    """The objects in a frame are found in the envelopes that vendors use, and none in what is no JSON."""
    assert opened == list(frames(payload))


@settings(deadline=None)  # other work may share the machine
@given(st.one_of(st.binary(), st.text(alphabet='a42[]{}":,\\data: \n\x1e', max_size=80)))
def test_any_frame_is_read(payload: str | bytes) -> None:
    """No bytes make the reading of frames fail."""
    assert all(isinstance(frame, dict) for frame in frames(payload))


@pytest.mark.parametrize(
    ("frame", "speakers"),
    [
        ({"message": {"originatingEntity": "Bot"}}, [Speaker.BOT]),
        ({"sender": {"type": "agent_bot"}}, [Speaker.BOT]),
        ({"entry": {"sender": {"role": "Chatbot"}}}, [Speaker.BOT]),
        ({"is_bot": True}, [Speaker.BOT]),
        ({"is_bot": False}, []),
        ({"author": {"type": "agent"}}, [None]),
        ({"type": "event", "text": "bot"}, []),
        ({"sender": {"type": "customer"}}, []),
    ],
)
def test_fields_that_name_the_author(frame: dict[str, object], speakers: list[Speaker | None]) -> None:
    """Fields of an author's type or role name the speaker; other fields with the same words do not."""
    assert speakers == [mark.speaker for mark in marks_in(frame) if not (mark.denies or mark.doubts)]


def test_rules_that_do_not_fit_a_frame_do_not_hold() -> None:
    """A rule over types that a frame does not have is no error: it does not hold."""
    rules = (WireRule("starts_with(by, 'x')", Speaker.BOT), WireRule("by", Speaker.HUMAN))
    assert rules[1] == applying({"by": 7}, "Hello", rules)


@pytest.mark.parametrize("depth", [50, 400, 900])
def test_a_deep_frame_is_no_trouble(depth: int) -> None:
    """Objects nested hundreds deep, and JSON text in them, are read or left alone."""
    deep = '{"a":' * depth + '"{\\"b\\": 1}"' + "}" * depth
    assert 1 == len(frames(deep))
