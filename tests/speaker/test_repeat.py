"""The same words after the same time, day after day."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from chatprobe.model import Observed, Speaker
from chatprobe.speaker.decide import decide
from chatprobe.speaker.repeat import key
from chatprobe.speaker.rules import Rules
from chatprobe.speaker.wire import WireRule

SAID = "Withdrawals are usually paid within one day."


def speaker(delay_ms: float | None, *others: float, text: str = SAID, **known: object) -> Speaker:
    """Who said SAID so long after our text, where it came so long after ours on other days."""
    message = Observed(text, delay_ms=delay_ms, **known)  # type: ignore[arg-type]
    return decide(message, [], Rules(floor_ms=0.0, repeats={key(SAID): others})).speaker


@pytest.mark.parametrize(
    ("delay_ms", "others"),
    [
        (6_000.0, (6_010.0, 5_990.0)),
        (30_000.0, (30_240.0, 29_770.0)),
        (6_000.0, (6_010.0, 5_990.0, 45_000.0)),
        (6_000.0, (6_000.0, 6_000.0, 6_000.0, 9_000.0, 12_000.0)),
    ],
)
def test_a_clock_is_a_bot(delay_ms: float, others: tuple[float, ...]) -> None:
    """On three days and on two thirds of all at the same time: a machine."""
    assert Speaker.BOT == speaker(delay_ms, *others)


@pytest.mark.parametrize(
    ("delay_ms", "others"),
    [
        (6_000.0, ()),
        (6_000.0, (6_000.0,)),
        (6_000.0, (21_000.0, 64_000.0, 9_000.0, 33_000.0)),
        (6_000.0, (6_000.0, 6_000.0, 9_000.0, 12_000.0)),
        (6_000.0, (6_130.0, 5_870.0)),
        (30_000.0, (30_260.0, 29_740.0)),
        (8_000.0, (6_000.0, 6_000.0, 6_000.0)),
        (None, (6_000.0, 6_000.0, 6_000.0)),
    ],
)
def test_a_template_is_nobodys(delay_ms: float | None, others: tuple[float, ...]) -> None:
    """Too few days, scattered delays, a time of its own: the same words alone tell nothing."""
    assert Speaker.UNKNOWN == speaker(delay_ms, *others)


def test_it_is_a_veto_but_no_law_of_the_wire() -> None:
    """It ties with the scenario's selector, so the machine has it; a wire rule that separates bots stands."""
    rules = Rules(repeats={key(SAID): (6_000.0, 6_000.0)})
    decision = decide(Observed(SAID, delay_ms=6_000.0, matches=frozenset({Speaker.HUMAN})), [], rules)
    assert (Speaker.BOT, 0.5) == (decision.speaker, decision.confidence)
    assert "the same words came after 6.0 s on 3 of 3 days" in [one.detail for one in decision.evidence]
    by_wire = Observed(SAID, delay_ms=6_000.0, wire={"by": "person"})
    wire = (WireRule("by == 'person'", Speaker.HUMAN), WireRule("by == 'machine'", Speaker.BOT))
    assert Speaker.HUMAN == decide(by_wire, [], replace(rules, wire=wire)).speaker


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Your ticket is #4711.", "your ticket is  #4712!"),
        ("Write to help@lucky.example, please.", "Write to [email] please"),
        ("Call +44 20 7946 0000 any time.", "Call [phone] any time."),
        ("Sí, mañana", "si\u200b manana"),
    ],
)
def test_what_varies_is_left_out(one: str, other: str) -> None:
    """Numbers, addresses, masks, signs, accents and letter case make no other text."""
    assert key(one) == key(other)


def test_other_words_are_another_text() -> None:
    """A pool of other words says nothing, and a text without words has no pool."""
    assert [Speaker.UNKNOWN, ""] == [speaker(6_000.0, 6_000.0, 6_000.0, text="Withdrawals take a day."), key("12 :-)")]


@pytest.mark.parametrize("median_s", [15, 30, 60, 105])
def test_people_with_templates_seem_no_machines(median_s: int) -> None:
    """Of 200 templates sent 30 times after log-normal delays, not one is ever taken for a machine's."""
    chance = random.Random(median_s)
    taken = 0
    for _ in range(200):
        delays = [median_s * 1000 * chance.lognormvariate(0.0, 0.7) for _ in range(30)]
        taken += any(Speaker.BOT is speaker(delays[n], *delays[:n]) for n in range(2, 30))
    assert 0 == taken
