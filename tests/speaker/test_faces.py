"""Another picture after a bot: when it speaks for a person, and when it does not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from chatprobe.model import Decision, Observed, Speaker
from chatprobe.speaker import Rules, Told, decide


def row(text: str, avatar: str | None, style: str = "row", **more: Any) -> Observed:
    return Observed(text, avatar=avatar, attributes={"class": style}, **more)


def by(speaker: Speaker, message: Observed) -> Told:
    return Told(message, Decision(speaker, 1.0), None)


BOT, OTHER = "picture-b", "picture-a"
TWICE = [by(Speaker.BOT, row("Pick a topic.", BOT)), by(Speaker.BOT, row("Sorry?", BOT))]
ANSWER = row("It takes two days.", OTHER)
NOT = {
    "the bot showed its picture once only": (TWICE[:1], ANSWER),
    "the bot's second row only followed the first": (
        [TWICE[0], by(Speaker.BOT, replace(TWICE[1].message, follows=True))],
        ANSWER,
    ),
    "the bot changes its picture": ([*TWICE, by(Speaker.BOT, row("Or this?", "picture-c"))], ANSWER),
    "it is the bot's picture": (TWICE, row("It takes two days.", BOT)),
    "a notice had that picture": ([*TWICE, by(Speaker.SYSTEM, row("Rated.", OTHER))], ANSWER),
    "nobody knows who had that picture before": ([by(Speaker.UNKNOWN, row("Hi!", OTHER)), *TWICE], ANSWER),
    "rows of that style are not the bot's": (TWICE, row("It takes two days.", OTHER, "row notice-box")),
    "no picture is shown": (TWICE, row("It takes two days.", None)),
    "the row shows no author of its own": (TWICE, row("It takes two days.", OTHER, follows=True)),
    "the name is a desk's": (TWICE, row("It takes two days.", OTHER, name="Casino Support")),
    "nobody was found to be a bot": ([by(Speaker.UNKNOWN, told.message) for told in TWICE], ANSWER),
}


def test_another_face_after_a_bot_is_a_person_s() -> None:
    """A picture that the bot, who kept his, did not have speaks for a person."""
    assert (Speaker.HUMAN, 0.5) == (decide(ANSWER, TWICE, Rules()).speaker, decide(ANSWER, TWICE, Rules()).confidence)


@pytest.mark.parametrize(("before", "message"), NOT.values(), ids=NOT.keys())
def test_a_face_proves_nothing_where(before: list[Told], message: Observed) -> None:
    """Without a bot that kept its picture, or where the picture may be anybody's, nothing says that it is a person."""
    assert Speaker.HUMAN is not decide(message, before, Rules()).speaker


def test_a_machine_s_sign_outweighs_another_face() -> None:
    """Buttons, haste and a streamed text are a bot's whatever picture stands beside them."""
    for sign in ({"buttons": ("Yes", "No")}, {"delay_ms": 500.0}, {"streamed": True}):
        assert Speaker.BOT is decide(replace(ANSWER, **sign), TWICE, Rules()).speaker
