"""One slot from its time to its end: reasons against, claim, probe, closing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

from chatprobe.daemon.clock import Clock
from chatprobe.daemon.dispatch import Dispatch, Errand, Made
from chatprobe.daemon.folder import Folder
from chatprobe.daemon.gate import Gate
from chatprobe.daemon.pausing import NOTHING_FOUND
from chatprobe.daemon.state import State
from chatprobe.daemon.timetable import GRACE_MS
from chatprobe.errors import BrowserMissing, BudgetRefused, DatabaseError, StorageFull
from chatprobe.log import LogEvent, logger
from chatprobe.model import Depth, SlotReason
from chatprobe.scenario.schema import Scenario
from chatprobe.store.store import Store
from chatprobe.times import epoch_ms, iso

FIRST_REST_MS = 30_000.0
LONGEST_REST_MS = 15 * 60_000.0
"""How long nobody tries a browser that does not start: twice as long after each failure, up to this."""


class Worker:
    """Does slots, several at once, one at a casino. What cannot be done now is left for the next round."""

    def __init__(self, store: Store, folder: Folder, gate: Gate, state: State, clock: Clock) -> None:
        self.at_once = 20
        """Most probes at one time."""
        self.stop = asyncio.Event()
        """Set when nothing new is to begin, and what runs is to leave politely."""
        self.tasks: set[asyncio.Task[None]] = set()
        """What runs."""
        self.chat_ended: Callable[[str], None] = lambda _: None
        """Told the casino of each chat that ended."""
        self._store, self._folder, self._gate, self._state, self._clock = store, folder, gate, state, clock
        self._failures = 0
        self._rest_until = float("-inf")

    def fire(self, slot: Mapping[str, Any], dispatch: Dispatch) -> None:
        """Begin with the slot, if there is room for it now."""
        running = self._state.running
        resting = self._state.full or self._clock.steady_ms() < self._rest_until
        if self.stop.is_set() or resting or len(running) >= self.at_once or slot["casino"] in running.values():
            return
        running[slot["id"]] = slot["casino"]
        task = asyncio.create_task(self._whole(slot, dispatch))
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def _whole(self, slot: Mapping[str, Any], dispatch: Dispatch) -> None:
        try:
            await self._go(slot, dispatch)
        except BrowserMissing as error:  # its probe says so; the slot is closed with it in the next round
            self._rest(error)
        except (StorageFull, DatabaseError) as error:
            self._state.unwritten(error)
        except Exception as error:  # noqa: BLE001  # a bug of ours in one probe must not end the others
            self._state.trouble("probe", f"{type(error).__name__}: {error}", error)
        finally:
            self._state.running.pop(slot["id"], None)

    async def _go(self, slot: Mapping[str, Any], dispatch: Dispatch) -> None:
        reason = await asyncio.to_thread(self._gate.against, slot)
        if reason is None and not await self._online(dispatch):
            reason = SlotReason.OFFLINE
        if reason is not None:
            await self._drop(slot, reason)
            return
        now = self._clock.now_ms()
        late = now - epoch_ms(slot["planned_at"]) > GRACE_MS
        scenario = self._folder.scenarios.get(slot["casino"])
        if late or scenario is None or self.stop.is_set():
            return
        if await asyncio.to_thread(self._store.slots.claim, slot["id"], iso(now)):
            errand = Errand(slot["id"], slot["planned_at"], Depth(slot["depth"]), scenario)
            await self._probe(errand, dispatch)

    async def _online(self, dispatch: Dispatch) -> bool:
        online = await dispatch.online()
        if online:
            self._state.fine("network")
        else:
            self._state.trouble("network", "the control address does not answer: our own network is down")
        return online

    async def _probe(self, errand: Errand, dispatch: Dispatch) -> None:
        casino = errand.scenario.casino
        logger().info(LogEvent.PROBE_STARTED, casino=casino, depth=errand.depth, slot=errand.slot_id)
        try:
            made = await dispatch.probe(errand, self.stop)
        except BudgetRefused as error:
            await self._drop({"id": errand.slot_id, "casino": casino, "depth": errand.depth}, SlotReason.BUDGET, error)
        else:
            self._failures = 0
            self._state.fine("browser")
            self._state.fine("probe")
            await self._done(errand, made, dispatch)

    async def _done(self, errand: Errand, made: Made, dispatch: Dispatch) -> None:
        casino, depth = errand.scenario.casino, errand.depth
        self._state.probes[depth, made.outcome] += 1
        self._state.last_result_ms[casino] = self._clock.now_ms()
        logger().info(LogEvent.PROBE_ENDED, casino=casino, depth=depth, outcome=made.outcome, probe=made.probe_id)
        await asyncio.to_thread(self._store.slots.done, errand.slot_id, made.probe_id)
        if depth is Depth.CHAT:
            self.chat_ended(casino)
        if made.outcome in NOTHING_FOUND and not self.stop.is_set():
            await self._examine(errand.scenario, dispatch)

    async def _examine(self, scenario: Scenario, dispatch: Dispatch) -> None:
        """Have the doctor look at a scenario that broke, once; this casino's visitor is still the only one."""
        if not await asyncio.to_thread(self._gate.needs_doctor, scenario):
            return
        try:
            looked = await dispatch.examine(scenario, self.stop)
        except BudgetRefused:  # somebody else visits it
            return
        said = looked.advice or "nothing is wrong with it"
        logger().info(LogEvent.SCENARIO_EXAMINED, casino=scenario.casino, probe=looked.probe_id, said=said)

    async def _drop(self, slot: Mapping[str, Any], reason: SlotReason, why: Exception | None = None) -> None:
        self._state.slots[reason.status, reason] += 1
        said = {"why": str(why)} if why else {}
        logger().info(LogEvent.SLOT_DROPPED, casino=slot["casino"], depth=slot["depth"], reason=reason, **said)
        await asyncio.to_thread(self._store.slots.drop, slot["id"], reason)

    def _rest(self, error: BrowserMissing) -> None:
        self._state.trouble("browser", error.message)
        if self._clock.steady_ms() < self._rest_until:
            return  # others failed at the same moment: that is one failure
        self._failures += 1
        rest = min(LONGEST_REST_MS, FIRST_REST_MS * 2 ** (self._failures - 1))
        self._rest_until = self._clock.steady_ms() + rest
