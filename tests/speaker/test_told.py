"""What the widget tells its site by public JavaScript, as evidence."""

from __future__ import annotations

from typing import Any

import pytest

from chatprobe.model import Observed, Speaker
from chatprobe.speaker import Rules, WireRule, decide

CREW = WireRule("event == 'said' && data.by == 'crew'", Speaker.HUMAN)
FLOW = WireRule("event == 'said' && data.by == 'flow'", Speaker.BOT)


def told(by: str, text: str = "Two days.", **more: Any) -> Observed:
    return Observed(text, told=({"event": "said", "data": {"by": by, "text": text}},), **more)


@pytest.mark.parametrize(
    ("message", "rules", "speaker", "confidence"),
    [
        (told("crew"), (CREW, FLOW), Speaker.HUMAN, 0.75),
        (told("flow"), (CREW, FLOW), Speaker.BOT, 1.0),
        (told("crew"), (), Speaker.UNKNOWN, 0.0),
        (told("bot"), (), Speaker.BOT, 0.5),
        (told("crew", wire={"author": {"type": "bot"}}), (CREW, FLOW), Speaker.BOT, 0.5),
        (told("crew", "You are number 3 in line."), (CREW, FLOW), Speaker.SYSTEM, 0.5),
    ],
)
def test_a_rule_over_a_page_event_is_as_good_as_a_selector(
    message: Observed, rules: tuple[WireRule, ...], speaker: Speaker, confidence: float
) -> None:
    """A rule that an event fulfils names a person with rank .75, also beside rules for bots: only the page says so."""
    decision = decide(message, [], Rules(wire=rules))
    assert (speaker, confidence) == (decision.speaker, decision.confidence)


def test_of_several_events_one_for_a_bot_is_enough() -> None:
    """Where the page tells of one message by two events that disagree, it is the bot's."""
    message = Observed("Two days.", told=(*told("crew").told, *told("flow").told))
    assert Speaker.BOT is decide(message, [], Rules(wire=(CREW, FLOW))).speaker
