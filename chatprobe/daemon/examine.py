"""Having a scenario examined: the doctor's visits, all dry, as one probe of origin `doctor`."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from chatprobe.browser.context import Browsers
from chatprobe.browser.gallery import kept_of
from chatprobe.discover.doctor import Doctor
from chatprobe.model import Origin, Outcome
from chatprobe.probe.order import Order
from chatprobe.probe.session import probe, question_for
from chatprobe.scenario.schema import Scenario
from chatprobe.settings import Settings
from chatprobe.store.store import Store


@dataclass(frozen=True)
class Examined:
    """What an examination came to."""

    probe_id: str
    outcome: Outcome
    """How the first visit ended, the one with the scenario as it is."""
    doctor: Doctor


async def examine(
    scenario: Scenario, store: Store, browsers: Browsers, settings: Settings, stop: asyncio.Event
) -> Examined:
    """Examine one scenario; nothing is sent, and no form is submitted.

    Raises BudgetRefused where the casino is being visited or does not want visits, BrowserMissing, StorageFull and
    DatabaseError, as a probe does.
    """
    question, language = await asyncio.to_thread(question_for, scenario, store, None, None)
    rows = await asyncio.to_thread(store.parts.of, scenario.casino)
    doctor = Doctor(scenario, [kept_of(row) for row in rows if isinstance(row["structure"], dict)])
    order = Order(scenario, question, language, settings, origin=Origin.DOCTOR, dry_run=True)
    probe_id, outcome = await probe(order, store, browsers, stop, examiner=doctor)
    return Examined(probe_id, outcome, doctor)
