"""The daemon as a whole: start, rounds, drain."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

from chatprobe.daemon.clock import Clock
from chatprobe.daemon.dispatch import Dispatch
from chatprobe.daemon.folder import Folder
from chatprobe.daemon.gate import Gate
from chatprobe.daemon.keeper import Keeper
from chatprobe.daemon.lag import Beat
from chatprobe.daemon.notices import Notices
from chatprobe.daemon.notify import READY, STOPPING, WATCHDOG, notify
from chatprobe.daemon.planner import Planner
from chatprobe.daemon.state import State
from chatprobe.daemon.timetable import Timetable
from chatprobe.daemon.worker import Worker
from chatprobe.log import LogEvent, logger
from chatprobe.plan.house import house_of
from chatprobe.settings import Settings
from chatprobe.store.store import Store

ROUND_S = 5.0
DRAIN_S = 75.0
"""How long chats may take to leave politely; closing browsers that may hang takes up to half a minute more."""
_THREADS = 64
"""More than can wait for a locked database at one time."""


class Daemon:
    """Fires slots until it is told to stop."""

    def __init__(self, store: Store, folder: Folder, dispatch: Dispatch, clock: Clock, *, once: bool = False) -> None:
        """With `once` nothing is drawn, and it ends after the last of the stored slots."""
        self.notices = Notices(clock)
        self.state = State(clock.steady_ms(), tell=self.notices.tell)
        self.round_s = ROUND_S
        self.drain_s = DRAIN_S
        self.ready = asyncio.Event()
        """Set when slots are fired."""
        self._store, self._clock, self._dispatch, self._once = store, clock, dispatch, once
        self._beat = Beat()
        self._gate = Gate(store, folder, self.state, clock, self._beat)
        self._planner = None if once else Planner(store, folder, clock)
        self._keeper = Keeper(store, folder, self._gate, self._planner, self.state)
        self._worker = Worker(store, folder, self._gate, self.state, clock)
        if self._planner:
            self._worker.chat_ended = self._planner.chat_ended
            self._planner.alive = self._alive
            self._planner.settled.tell = self.notices.tell
        self._timetable = Timetable(self._fire)

    def use(self, settings: Settings) -> None:
        """Go by these settings from now on."""
        limits = settings.limits
        self._worker.at_once = limits.at_once
        self._keeper.limits = limits
        self.notices.settings = settings.notify
        house = self._gate.house = house_of(settings)
        if self._planner:
            self._planner.house = house

    def look_anew(self) -> None:
        """Read every scenario file again in the next round."""
        self._keeper.anew = True

    async def run(self, stop: asyncio.Event) -> None:
        """Work until `stop` is set, then let what runs leave politely, for `drain_s` at most."""
        loop = asyncio.get_running_loop()
        loop.set_default_executor(ThreadPoolExecutor(_THREADS, "store"))
        loop.set_exception_handler(_loose)
        await asyncio.to_thread(self._keeper.start)
        self.state.ticked_ms = self._clock.steady_ms()
        self._timetable.start()
        beating = asyncio.create_task(self._beat.run())
        logger().info(LogEvent.DAEMON_STARTED)
        self.ready.set()
        notify(READY)
        try:
            while not stop.is_set() and await self._round():
                with suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), self.round_s)
        finally:
            self._timetable.close()
            beating.cancel()
            await self._drain()

    async def _round(self) -> bool:
        """One round; False when there is nothing left to do, ever."""
        slots = None
        try:
            slots = await asyncio.to_thread(self._keeper.round)
            self.state.fine("internal")
        except Exception as error:  # noqa: BLE001  # a bug of ours must not end months of measuring
            self.state.trouble("internal", f"{type(error).__name__}: {error}", error)
        if slots is not None:
            self._timetable.sync(slots)
            self.notices.ping()
        self._alive()
        return not self._once or bool(self._worker.tasks) or await asyncio.to_thread(self._store.slots.any_open)

    def _alive(self) -> None:
        """A sign of life, for those who would restart a daemon that hangs; from any thread."""
        self.state.ticked_ms = self._clock.steady_ms()
        notify(WATCHDOG)

    async def _fire(self, slot: Mapping[str, Any]) -> None:
        self._worker.fire(slot, self._dispatch)

    async def _drain(self) -> None:
        """No new probe; those that run leave, and those that cannot are cut off."""
        notify(STOPPING)
        self._worker.stop.set()
        tasks = set(self._worker.tasks)
        logger().info(LogEvent.DAEMON_STOPPING, running=len(tasks))
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=self.drain_s)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        with suppress(Exception):  # the next start closes what could not be closed now
            await asyncio.to_thread(self._keeper.stop)
        logger().info(LogEvent.DAEMON_STOPPED)


def _loose(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Errors of forgotten futures belong into the log, as one line like all others."""
    error = context.get("exception")
    logger().warning(LogEvent.LOOSE_ERROR, what=f"{context['message']}: {error!r}")
