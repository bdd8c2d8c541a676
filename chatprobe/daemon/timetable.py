"""Slots as jobs of APScheduler: fired when their time comes, on the system's clock."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.date import DateTrigger

from chatprobe.times import epoch_ms

GRACE_MS = 5 * 60_000.0
"""How late a probe may start; a slot later than this is missed: its hour of the week may be another one by then."""

Fire = Callable[[Mapping[str, Any]], Awaitable[None]]


class Timetable:
    """What is to be fired soon."""

    def __init__(self, fire: Fire) -> None:
        """`fire` gets a slot's row and must return at once: ending the scheduler cancels what it still awaits."""
        self._fire = fire
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        logging.getLogger("apscheduler").setLevel(logging.CRITICAL)  # late jobs are our rows and our log's events

    def start(self) -> None:
        """Begin to fire, in the running loop."""
        self._scheduler.start()

    def close(self) -> None:
        """Fire nothing any more."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    def sync(self, slots: Sequence[Mapping[str, Any]]) -> None:
        """Have exactly these slots as jobs; one that was fired and still waits is fired again, at once."""
        wanted = {slot["id"]: slot for slot in slots}
        present = {job.id for job in self._scheduler.get_jobs()}
        for slot_id in present - set(wanted):
            self._scheduler.remove_job(slot_id)
        for slot_id in wanted.keys() - present:
            slot = wanted[slot_id]
            when = DateTrigger(datetime.fromtimestamp(epoch_ms(slot["planned_at"]) / 1000, UTC))
            options = {"misfire_grace_time": int(GRACE_MS / 1000), "coalesce": False, "max_instances": 1}
            self._scheduler.add_job(self._fire, when, [slot], id=slot_id, **options)
        self._scheduler.wakeup()  # the clock it looks at may have been set
