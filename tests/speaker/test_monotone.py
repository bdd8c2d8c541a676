"""More against a person never makes one: each ground to take somebody for a person, beside any two reasons against."""

from __future__ import annotations

from typing import Any

import pytest

from chatprobe.model import Decision, Observed, Speaker
from chatprobe.speaker.decide import decide
from chatprobe.speaker.rules import Rules
from chatprobe.speaker.wire import WireRule
from tests.speaker.reasons import AGAINST

SAID = "Withdrawals take up to 24 hours."
RULES = Rules(
    humans=frozenset({"Anna"}), wire=(WireRule("by == 'staff'", Speaker.HUMAN), WireRule("by == 'flow'", Speaker.BOT))
)
GROUNDS: dict[str, dict[str, Any]] = {
    "selector": {"matches": frozenset({Speaker.HUMAN})},
    "rule": {"wire": {"by": "staff"}},
    "field": {"wire": {"author_type": "human"}},
    "mark": {"attributes": {"data-author": "human"}},
    "name": {"name": "Anna"},
}


def decided(*parts: dict[str, Any]) -> Decision:
    """Who wrote a message of which all these parts are known."""
    known: dict[str, Any] = {"delay_ms": 9_000.0}
    text = " ".join([SAID, *(part["text"] for part in parts if "text" in part)])
    for part in parts:
        for key, value in part.items():
            known[key] = known[key] | value if isinstance(known.get(key), dict | frozenset) else value
    return decide(Observed(**known | {"text": text}), [], RULES)


@pytest.mark.parametrize("ground", GROUNDS)
def test_each_ground_makes_a_person(ground: str) -> None:
    """Alone, each of them is enough: else the test below could not fail."""
    assert Speaker.HUMAN is decided(GROUNDS[ground]).speaker


@pytest.mark.parametrize("ground", GROUNDS)
def test_one_more_reason_against_makes_no_person(ground: str) -> None:
    """Beside none or any one of the reasons against, each further one leaves nobody more of a person, nor surer."""
    befores: list[tuple[dict[str, Any], ...]] = [(GROUNDS[ground],), *((GROUNDS[ground], one) for one in AGAINST)]
    pairs = [(before, more) for before in befores for more in AGAINST if more not in before]
    made = [
        (before[1:], more)
        for before, more in pairs
        for was, now in [(decided(*before), decided(*before, more))]
        if now.speaker is Speaker.HUMAN and not (was.speaker is Speaker.HUMAN and now.confidence <= was.confidence)
    ]
    assert [] == made
