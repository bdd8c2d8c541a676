"""Asking a bot for a person, on the lab's casinos, in five languages and through menus."""

from __future__ import annotations

import pytest

from chatprobe.lab import Lab
from tests.e2e.conftest import Probe, scenario_of, visit_all

pytestmark = pytest.mark.slow

DISTANCES = {
    "concierge": ("human_reply", 1, 0),
    "portal": ("human_reply", 0, 1),
    "guichet": ("human_reply", 1, 0),
    "recepcion": ("human_reply", 1, 2),
    "portineria": ("human_reply", 0, 1),
    "turnstile": ("bot_only", 1, 0),
    "kiosk": ("bot_only", None, None),
}
"""Outcome, sentences typed, buttons clicked."""


def heard(lab: Lab, name: str) -> list[str]:
    """What the casino's desk heard after the question."""
    return [text for _, text in lab.truth(name)[-1].visitor[1:]]


async def test_the_way_past_a_bot_is_found_and_measured(lab: Lab, visit: Probe) -> None:
    """A person is reached where there is a way to one; every word and click that reached the desk is counted."""
    rows = await visit_all(visit, {name: scenario_of(lab, name) for name in DISTANCES})
    assert DISTANCES == {
        name: (row["outcome"], row["handoff_turns"], row["handoff_clicks"]) for name, row in rows.items()
    }
    for name, row in rows.items():
        handoffs = [event["detail"] for event in row["events"] if event["name"] == "handoff"]
        requests = [detail for detail in handoffs if "way" in detail]
        said = [detail.get("label") or detail.get("text") for detail in requests]
        assert said == heard(lab, name)[: len(requests)]  # what may follow is our thanks
        granted = [detail for detail in handoffs if detail.get("accepted")]
        assert (name, row["outcome"] == "human_reply") == (name, len(granted) == 1)
