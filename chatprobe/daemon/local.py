"""Probes done by this very process, in its own browser."""

from __future__ import annotations

import asyncio

from chatprobe.addresses import proxy_parts
from chatprobe.browser.context import Browsers
from chatprobe.daemon.clock import Clock
from chatprobe.daemon.dispatch import Errand, Looked, Made
from chatprobe.daemon.examine import examine
from chatprobe.discover.advice import advice
from chatprobe.probe.order import Order
from chatprobe.probe.session import probe, question_for
from chatprobe.scenario.schema import Scenario
from chatprobe.settings import Settings
from chatprobe.store.store import Store

_TRUSTED_MS = 30_000.0
"""How long an answer of the control address is relied on."""


class LocalDispatch:
    """A `Dispatch` that needs nobody else."""

    def __init__(self, store: Store, browsers: Browsers, settings: Settings, clock: Clock) -> None:
        self.settings = settings
        """May be replaced; holds from the next probe on."""
        self._store, self._browsers, self._clock = store, browsers, clock
        self._online_until = float("-inf")
        self._asking = asyncio.Lock()

    async def online(self) -> bool:
        """See `Dispatch`; asks the settings' `control_url`, at most twice a minute while it answers."""
        url, proxy = self.settings.control_url, self.settings.proxy
        async with self._asking:
            if url is None or self._clock.steady_ms() < self._online_until:
                return True
            reached = await self._browsers.reaches(url, proxy_parts(proxy) if proxy else None)
            if reached:
                self._online_until = self._clock.steady_ms() + _TRUSTED_MS
            return reached

    async def probe(self, errand: Errand, stop: asyncio.Event) -> Made:
        """See `Dispatch`."""
        scenario = errand.scenario
        question, language = await asyncio.to_thread(question_for, scenario, self._store, None, None)
        order = Order(
            scenario,
            question,
            language,
            self.settings,
            depth=errand.depth,
            origin="plan",
            slot_id=errand.slot_id,
            planned_at=errand.planned_at,
        )
        return Made(*await probe(order, self._store, self._browsers, stop))

    async def examine(self, scenario: Scenario, stop: asyncio.Event) -> Looked:
        """See `Dispatch`."""
        found = await examine(scenario, self._store, self._browsers, self.settings, stop)
        return Looked(found.probe_id, advice(found.doctor.told()))
