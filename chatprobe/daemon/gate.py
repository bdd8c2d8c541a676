"""Reasons not to go although the time has come."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chatprobe.daemon.clock import Clock
from chatprobe.daemon.folder import Folder
from chatprobe.daemon.lag import LIMIT_MS, RECENT_MS, Beat, recent_lag_ms
from chatprobe.daemon.pausing import LOOKED_BACK_MS, needs_doctor, paused
from chatprobe.daemon.state import State
from chatprobe.discover.advice import advice
from chatprobe.model import Depth, SlotReason
from chatprobe.plan.budget import HOUR
from chatprobe.plan.cells import minute_of_week
from chatprobe.plan.desk import House
from chatprobe.scenario.schema import Scenario
from chatprobe.store.store import Store
from chatprobe.times import iso


class Gate:
    """Decides, from what stands in the database and the folder, whether a slot may become a probe."""

    def __init__(self, store: Store, folder: Folder, state: State, clock: Clock, beat: Beat) -> None:
        self.house = House()
        """What the settings say of all casinos."""
        self.clock = clock
        self._store, self._folder, self._state, self._beat = store, folder, state, beat

    def against(self, slot: Mapping[str, Any]) -> SlotReason | None:
        """Why the slot is not to become a probe now; None where it may."""
        if reason := self.against_casino(slot["casino"]):
            return reason
        scenario, now = self._folder.scenarios.get(slot["casino"]), self.clock.now_ms()
        if scenario is None:  # gone this very moment
            return SlotReason.SCENARIO_CHANGED
        if self.house.is_closed(now) or scenario.schedule.blackout.at(minute_of_week(now, scenario.timezone)):
            return SlotReason.BLACKOUT
        return SlotReason.LAG if slot["depth"] == Depth.CHAT and self._lags(now) else None

    def against_casino(self, casino: str) -> SlotReason | None:
        """Why the casino is not to be visited at all now; None where it may."""
        scenario = self._folder.scenarios.get(casino)
        if casino in self.house.opted_out:
            return SlotReason.OPT_OUT
        if scenario is None:  # its file is gone, or cannot be read and never could since we started
            return SlotReason.PAUSED if self._folder.problems else SlotReason.SCENARIO_CHANGED
        return SlotReason.PAUSED if self._is_paused(scenario) else None

    def _is_paused(self, scenario: Scenario) -> bool:
        now = self.clock.now_ms()
        history = self._store.history(scenario.casino, iso(now - LOOKED_BACK_MS))
        pause = paused(history, scenario.sha256, now)
        why = f"{pause.why}; next visit {iso(pause.until)}" if pause else None
        self._state.pause(scenario.casino, why, self._advice(scenario, now) if pause else None)
        return pause is not None

    def _advice(self, scenario: Scenario, now: float) -> str | None:
        """What the doctor said of this very text, if he looked at it lately."""
        report = self._store.overview.examined(iso(now - LOOKED_BACK_MS)).get(scenario.casino)
        known = report is not None and report["scenario_sha256"] == scenario.sha256
        return advice(report["detail"]) if report and known else None

    def needs_doctor(self, scenario: Scenario) -> bool:
        """Whether the doctor is to look at a scenario now."""
        history = self._store.history(scenario.casino, iso(self.clock.now_ms() - LOOKED_BACK_MS))
        return needs_doctor(history, scenario.sha256)

    def _lags(self, now: float) -> bool:
        pages = self._store.overview.page_lags(iso(now - RECENT_MS), iso(now - HOUR))
        lag = recent_lag_ms(self._beat.lag_ms, pages)
        if lag > LIMIT_MS:
            self._state.trouble("lag", f"{lag:.0f} ms: no chat is started until this machine keeps up")
        else:
            self._state.fine("lag")
        return lag > LIMIT_MS
