"""Texts that look like words and are written otherwise, to people's eyes the same."""

from __future__ import annotations

import pytest

from chatprobe.model import Observed, Speaker
from chatprobe.speaker.decide import decide
from chatprobe.speaker.kinds import Kind
from chatprobe.speaker.lexicon import kind_of
from chatprobe.speaker.rules import Rules
from chatprobe.speaker.textform import fold, readings


@pytest.mark.parametrize(
    "text",
    [
        "I am a virtu\u0430l \u0430ssist\u0430nt",  # Cyrillic letters in Latin words
        "\u0406 \u0430m \u0430 v\u0456rtu\u0430l \u0430ss\u0456st\u0430nt.",
        "I am a virt\u03c5al \u03b1ssistant",  # Greek ones
        "I am a \u1d20\u026a\u0280\u1d1b\u1d1c\u1d00\u029f \u1d00ss\u026as\u1d1b\u1d00\u0274\u1d1b",
        *(
            f"I am a vir{sign}tual assis{sign}tant"
            for sign in "\0\u034f\u115f\u180e\u200b\u20dd\u3164\ufe00\ufff9\ufeff\U000e0061\U000e0100"
        ),
        "I am a virtual\u200bassistant",
        "I\ufeffam\ufeffa\ufeffvirtual\ufeffassistant",
        "I am a virtual\nassistant",
        "Hello!\nI am a\nvirtual assistant",
        " " * 2_000 + "I am a virtual assistant",
        "\u200b" * 4_000 + "I am a virtual assistant",
        "One line." + " " * 4_000 + "I am a virtual assistant" + " " * 4_000,
        "It takes a day. " * 500 + "I am a virtual assistant",
    ],
)
def test_a_disguised_disclosure_is_one(text: str) -> None:
    """Look-alike letters, invisible signs, broken lines and padding hide no phrase."""
    assert Kind.DISCLOSURE == kind_of(text)


@pytest.mark.parametrize("text", ["\u3164", "\u2800", "\u2800 \u180e\U000e0020", "\0"])
def test_what_nobody_sees_is_no_text(text: str) -> None:
    """A row of signs that show nothing is unknown, whatever it says of its author."""
    told = Observed(text, attributes={"data-author": "human"})
    assert (Speaker.UNKNOWN, "no text") == (
        decide(told, [], Rules()).speaker,
        decide(told, [], Rules()).evidence[0].detail,
    )


@pytest.mark.parametrize("text", ["хорошо, с вами оператор", "ваш iphone и casino", "σας ακουω live", "5 μm в день"])
def test_other_alphabets_keep_their_letters(text: str) -> None:
    """Words of another alphabet are left as they are, beside Latin words as well."""
    assert text == fold(text.upper()).replace("σασ", "σας")


def test_a_new_line_with_a_capital_is_a_new_sentence() -> None:
    """Only a line that goes on in small letters is read on with the one before."""
    assert ["I am a virtual\nassistant", "I am a virtual assistant"] == readings("I am a virtual\nassistant")
    assert ["I am a virtual\nAssistant"] == readings("I am a virtual\nAssistant")
