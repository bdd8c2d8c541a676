"""Asking a bot for a person, on the lab's casinos, in five languages and through menus."""

from __future__ import annotations

from typing import Any

import pytest

from chatprobe.lab import Lab
from tests.e2e.conftest import Probe

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


@pytest.mark.parametrize("name", DISTANCES)
async def test_the_way_past_a_bot_is_found_and_measured(lab: Lab, visit: Probe, name: str) -> None:
    """A person is reached where there is a way to one; every word and click that reached the desk is counted."""
    casino = next(casino for casino in lab.casinos if casino.name == name)
    row: dict[str, Any] = await visit(casino.scenario)
    assert DISTANCES[name] == (row["outcome"], row["handoff_turns"], row["handoff_clicks"])
    requests = [event["detail"] for event in row["events"] if event["name"] == "handoff" and "way" in event["detail"]]
    said = [detail.get("label") or detail.get("text") for detail in requests]
    assert said == heard(lab, name)[: len(requests)]  # what may follow is our thanks
    granted = [event for event in row["events"] if event["name"] == "handoff" and event["detail"].get("accepted")]
    assert (row["outcome"] == "human_reply") == (len(granted) == 1)
