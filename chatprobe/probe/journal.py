"""The events of one probe: kept in order, passed on to the recorder and to whoever watches."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Protocol

from chatprobe.model import Event, EventName, StepReport, StepStatus
from chatprobe.times import iso, now_ms

FLUSH_EVERY_S = 0.1
"""Half of what may be lost in a crash (200 ms)."""

RENEW_EVERY_MS = 60_000.0
LEASE_MS = 5 * 60_000.0
"""How long a lease lasts from its last renewal."""


class Recorder(Protocol):
    """Where the events go; the store's recorder is one."""

    def add(self, event: Event) -> Event:
        """Take an event for the next flush; gives it as it will be read again."""

    def flush(self) -> None:
        """Write what was taken."""

    def renew(self, until: str) -> None:
        """Hold the casino until that time, ISO text."""

    def commit(self, event: Event) -> None:
        """Write what was taken and this event, now."""

    def update(self, **columns: object) -> None:
        """Take columns of the probe's row."""


Watch = Callable[[Event], None]


class Journal:
    """What happened so far."""

    def __init__(self, recorder: Recorder, watch: Watch | None = None) -> None:
        self.events: list[Event] = []
        self.recorder = recorder
        self._watch = watch
        self._news = asyncio.Event()
        self._zero = now_ms(), time.monotonic()

    def now(self) -> float:
        """Epoch ms by the system's clock as it was when this began: a clock that is set cuts no wait short."""
        epoch, monotonic = self._zero
        return epoch + (time.monotonic() - monotonic) * 1000

    def add(self, event: Event) -> None:
        """Take an event from the page."""
        event = self.recorder.add(event)
        self.events.append(event)
        self._news.set()
        if self._watch:
            self._watch(event)

    def tell(self, name: EventName, at: float | None = None, **detail: object) -> None:
        """Take an event of our own."""
        self.add(Event(self.now() if at is None else at, name, detail))

    def report(self, report: StepReport) -> bool:
        """Take a step's report; whether the probe may go on."""
        failed = report.status is StepStatus.FAILED
        self.tell(EventName.STEP_FAILED if failed else EventName.STEP_OK, **report.as_detail())
        return not failed

    def timed(self, step: str, began: float, error: str | None = None, selector: str | None = None) -> StepReport:
        """The report of a step we do without the browser's own report, begun at `began` of `now`."""
        status = StepStatus.FAILED if error else StepStatus.OK
        return StepReport(step, status, self.now() - began, selector, error=error)

    async def commit(self, name: EventName) -> int:
        """Write an event to the disk before this visitor does anything else; the number of events up to it.

        In a thread: a disk that is slow, or locked by another process, must not stop the other probes.
        """
        event = Event(self.now(), name)
        self.events.append(event)
        so_far = len(self.events)
        await asyncio.to_thread(self.recorder.commit, event)
        if self._watch:
            self._watch(event)
        return so_far

    async def news(self, timeout_s: float) -> None:
        """Wait for the next event, at most so long."""
        try:
            await asyncio.wait_for(self._news.wait(), max(0.0, timeout_s))
        except TimeoutError:
            return
        finally:
            self._news.clear()

    @property
    def of_this_try(self) -> list[Event]:
        """The events since the last try began anew."""
        return of_last_try(self.events)

    async def keep_flushing(self) -> None:
        """Write what came in, every 100 ms, and hold on to the lease. Raises what the store raises."""
        renewed_at = self.now()
        while True:
            await asyncio.sleep(FLUSH_EVERY_S)
            await asyncio.to_thread(self.recorder.flush)
            if self.now() - renewed_at > RENEW_EVERY_MS:
                renewed_at = self.now()
                await asyncio.to_thread(self.recorder.renew, iso(now_ms() + LEASE_MS))


def of_last_try(events: list[Event]) -> list[Event]:
    """The events since the last try began anew."""
    retried = [index for index, event in enumerate(events) if event.name is EventName.RETRY]
    return events[retried[-1] :] if retried else events
