"""Real chats of the lab's casinos, decided again from what was stored of them."""

from __future__ import annotations

import pytest

from chatprobe.lab import Lab
from chatprobe.probe.again import Again, decide_again
from chatprobe.probe.basis import kept_basis
from chatprobe.store.store import Store
from tests.e2e.conftest import Probe, scenario_of, visit_all

pytestmark = pytest.mark.slow

VARIED = ("lucky", "concierge", "relay", "toaster", "velvet", "incognito", "masquerade", "tower", "statue", "foyer")
"""A person, two handoffs, a queue, joined notices, names, the wire, who joined by a frame, somebody unknown, nobody."""


async def test_unchanged_rules_change_nothing(lab: Lab, store: Store, visit: Probe) -> None:
    """What was stored of real chats decides as the chats themselves did."""
    await visit_all(visit, {name: scenario_of(lab, name) for name in VARIED})
    done = [decide_again(store, probe_id, kept_basis(store), dry_run=True) for probe_id in store.decisions.probes()]
    assert sorted(VARIED) == sorted(again.casino for again in done)
    assert [Again(again.probe_id, again.casino, again.started_at) for again in done] == done
    assert {"human", "bot", "unknown", "system", "visitor"} == {
        message["speaker"] for again in done for message in store.probe(again.probe_id)["messages"]
    }
