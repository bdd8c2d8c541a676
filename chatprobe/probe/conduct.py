"""One probe from its order to its closed row: context, visit, question, listening, leaving, artifacts."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from chatprobe.browser.arrival import Stop
from chatprobe.browser.artifacts import Artifact, keep_data, keep_view, start_trace, stop_trace
from chatprobe.browser.chat import Chat
from chatprobe.browser.context import Browsers
from chatprobe.browser.failure import browser_failure
from chatprobe.browser.standing import Standing
from chatprobe.browser.study import study
from chatprobe.errors import BrowserMissing, ChatprobeError
from chatprobe.log import LogEvent, logger
from chatprobe.model import Depth, EndedBy, EventName, Outcome, Side, Speaker
from chatprobe.plan.cells import cell
from chatprobe.probe.asking import Asked, Asking
from chatprobe.probe.digest import Digest, Marks
from chatprobe.probe.ending import outcome_of
from chatprobe.probe.examiner import Examiner
from chatprobe.probe.farewell import leave
from chatprobe.probe.journal import Journal, Watch
from chatprobe.probe.keeping import Keeping
from chatprobe.probe.key import answer_match
from chatprobe.probe.listening import Listening, spoke
from chatprobe.probe.order import Order
from chatprobe.probe.presence import presence
from chatprobe.probe.rows import Rows
from chatprobe.probe.timings import columns_of
from chatprobe.probe.visit import Visit
from chatprobe.store.recorder import Recorder
from chatprobe.store.store import Store
from chatprobe.times import iso, now_ms

ECHO_PATIENCE_S = 10.0
"""How long a question that is being sent may take to show when we are told to stop."""
CLOCKS_APART_MS = 5_000.0
"""Further apart than reading two clocks one after another can explain."""
STARTING_S = 60.0
"""How long a browser may take to open a blank page."""
QUIET_OUTCOMES = frozenset({Outcome.HUMAN_REPLY, Outcome.ONLINE})
"""Outcomes whose trace is not kept."""
RETRIED = frozenset({Outcome.PROBE_FAULT, Outcome.SITE_DOWN})
"""Outcomes that one more try may change, as long as nothing was asked."""


T = TypeVar("T")


@dataclass
class Finding:
    """What a try found."""

    outcome: Outcome
    ended_by: EndedBy
    stop: Stop | None = None
    chat: Digest | None = None
    columns: dict[str, Any] = field(default_factory=dict)
    artifacts: list[Artifact] = field(default_factory=list)
    found: list[dict[str, Any]] = field(default_factory=list)
    """How the chat's parts were made: rows of `parts`."""


class Probe:
    """One probe."""

    def __init__(
        self, order: Order, store: Store, browsers: Browsers, stop: asyncio.Event, examiner: Examiner | None = None
    ) -> None:
        self.order = order
        self.store = store
        self.browsers = browsers
        self.stop = stop
        self.examiner = examiner

    async def run(self, recorder: Recorder, watch: Watch | None = None) -> Outcome:
        """Visit, ask, listen, leave; the row is closed when it returns.

        Raises StorageFull or DatabaseError when the facts cannot be kept, and BrowserMissing, the row closed, when no
        browser starts; every other trouble is an outcome.
        """
        journal = Journal(recorder, watch)
        for reason in self.order.exceeded:
            journal.tell(EventName.NOTE, text=f"forced: {reason}")
        started = now_ms()
        flushing = asyncio.create_task(journal.keep_flushing())
        trying = asyncio.create_task(self._try_twice(recorder, journal, started))
        try:
            visits = self.examiner.most_visits if self.examiner else 1
            limit_s = None if self.order.pause else visits * self.order.most_ms / 1000
            done, _ = await asyncio.wait({flushing, trying}, timeout=limit_s, return_when=asyncio.FIRST_COMPLETED)
            if flushing in done:
                flushing.result()  # raises what the store raised
            finding = await trying if done else _given_up(self.order)
        except BrowserMissing as error:
            stop = Stop(Outcome.PROBE_FAULT, "browser", error.message)
            await self._close(recorder, journal, Finding(Outcome.PROBE_FAULT, EndedBy.FAULT, stop))
            raise
        finally:
            for task in (trying, flushing):
                task.cancel()
            await asyncio.gather(trying, flushing, return_exceptions=True)
        await self._close(recorder, journal, finding)
        return finding.outcome

    async def _try_twice(self, recorder: Recorder, journal: Journal, started: float) -> Finding:
        finding = await self._try(recorder, journal, started, self.order)
        asked = any(event.name is EventName.ASKING for event in journal.events)
        if finding.outcome in RETRIED and not asked and not self.stop.is_set():
            journal.tell(
                EventName.RETRY, after=str(finding.outcome), detail=finding.stop.detail if finding.stop else ""
            )
            finding = await self._try(recorder, journal, started, self.order)
        if self.examiner:
            await self._try_others(self.examiner, finding, recorder, journal)
        return finding

    async def _try_others(self, examiner: Examiner, found: Finding, recorder: Recorder, journal: Journal) -> None:
        """Visit with each text of the scenario that the examiner wants tried; the first visit is the probe's own."""
        while not self.stop.is_set() and (scenario := examiner.next()) is not None:
            journal.tell(EventName.RETRY, after=str(found.outcome), detail="with another text of the scenario")
            found = await self._try(recorder, journal, now_ms(), replace(self.order, scenario=scenario))
        journal.tell(EventName.EXAMINED, **examiner.told())

    async def _try(self, recorder: Recorder, journal: Journal, started: float, order: Order) -> Finding:
        found: list[Finding] = []
        attempt: _Attempt | None = None
        try:
            async with self.browsers.context(order.context()) as context:
                recorder.update(browser=self.browsers.version)
                chat = Chat(context, order.css(), journal.add)
                attempt = _Attempt(order, chat, journal, self._rows(recorder), self.stop)
                keeping = Keeping(attempt.visit, self.examiner)
                if order is self.order:
                    attempt.visit.gallery.folder = self.store.artifact_folder(recorder.probe_id)
                try:
                    found.append(await attempt.go(started))
                    await self._keep(found[0], attempt, keeping, recorder.probe_id)
                finally:
                    chat.guard.leaving = True
        except ChatprobeError:
            raise
        except Exception as error:  # noqa: BLE001  # a bug of ours is an outcome too: no probe may end another
            failed = _failed(error, recorder.probe_id, journal)
            failed.columns = attempt.opening(started) if attempt else {}
            return found[0] if found else failed  # what was measured before the browser failed us stays measured
        return found[0]

    async def _keep(self, finding: Finding, attempt: _Attempt, keeping: Keeping, probe_id: str) -> None:
        """Keep the last view, leave, and keep the trace where it may be wanted."""
        chat, context = attempt.chat, attempt.chat.context
        if self.order.pause and finding.outcome.side is Side.OURS and context.pages:
            await chat.page.pause()
        folder = self.store.artifact_folder(probe_id)
        if context.pages and not chat.guard.crashed:
            if folder and attempt.order is self.order:
                finding.artifacts += await keep_view(chat.page, folder)
                finding.found += await keeping.parts(finding.outcome)
                finding.artifacts += attempt.visit.gallery.crops.values()
                if self.order.study and finding.chat is not None:
                    finding.artifacts.append(keep_data(await study(chat, self.order.scenario.chat.frames), folder))
            await keeping.show(finding.stop)
        await attempt.leave(finding)
        wanted = self.order.keep or self.order.full_trace or finding.outcome not in QUIET_OUTCOMES
        keeps = wanted and attempt.order is self.order
        finding.artifacts += await stop_trace(context, folder / "trace.zip" if keeps and folder else None)

    def _rows(self, recorder: Recorder) -> Rows:
        return Rows(recorder, recorder.pseudonyms.of, self.order.language)

    async def _close(self, recorder: Recorder, journal: Journal, finding: Finding) -> None:
        stop = finding.stop
        if finding.columns.get("agent"):
            finding.columns["agent"] = recorder.pseudonyms.of(finding.columns["agent"])
        journal.tell(EventName.ENDED, outcome=str(finding.outcome), ended_by=str(finding.ended_by))
        columns = {
            **finding.columns,
            "outcome": str(finding.outcome),
            "ended_by": str(finding.ended_by),
            "finished_at": iso(now_ms()),
            "failed_step": stop.step if stop and _step_failed(finding.outcome) else None,
            "detail": stop.detail if stop else None,
        }
        artifacts = [self.store.artifact(one.kind, one.path) for one in finding.artifacts]
        await asyncio.to_thread(recorder.finish, columns, artifacts=artifacts, found=finding.found)


class _Attempt:
    """One visit in one context."""

    def __init__(self, order: Order, chat: Chat, journal: Journal, rows: Rows, stop: asyncio.Event) -> None:
        self.order = order
        self.chat = chat
        self.journal = journal
        self.rows = rows
        self.stop = stop
        self.visit = Visit(order, chat, journal)
        self.listening = Listening(order, chat, journal, rows)

    async def go(self, started: float) -> Finding:
        """Up to the end of listening."""
        try:
            async with asyncio.timeout(STARTING_S):
                await self.chat.start()
                if not self.order.has_secrets:
                    await start_trace(self.chat.context, full=self.order.full_trace)
        except TimeoutError:
            hung = Stop(Outcome.PROBE_FAULT, "browser", f"the browser opened no page within {STARTING_S:.0f} s")
            return Finding(Outcome.PROBE_FAULT, EndedBy.FAULT, hung)
        working = asyncio.create_task(self._visit(started))
        stopping = asyncio.create_task(self.stop.wait())
        await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        if not working.done() and self._has(EventName.ASKING) and not self._has(EventName.ASKED):
            await asyncio.wait({working}, timeout=ECHO_PATIENCE_S)  # the question is on its way
        if working.done() or self._has(EventName.ASKED):
            return await working  # listening notices the stop itself
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)
        stop = Stop(Outcome.INTERRUPTED, "stop", "told to stop before the question stood in the chat")
        return Finding(Outcome.INTERRUPTED, EndedBy.DRAIN, stop, columns=self.opening(started))

    def _has(self, name: EventName) -> bool:
        return any(event.name is name for event in self.journal.events)

    async def _visit(self, started: float) -> Finding:
        result = await self._until_asked()
        columns = self.opening(started)
        if isinstance(result, Stop):
            return self._without_chat(result, columns)
        marks = Marks(started, self.visit.times.opened, result.requested, result.at)
        if await self._clock_was_set():
            said = "the system's clock was set while the chat was opened: its times cannot be told"
            return self._without_chat(Stop(Outcome.PROBE_FAULT, "clock", said), columns)
        chat, ended_by = await self.listening.until_over(marks, self.stop)
        over = self.journal.now()
        columns |= columns_of(chat, over)
        answers = [one.line.message.text for one in chat.after(Speaker.HUMAN)]
        columns["answer_match"] = answer_match(answers, self.order.question.answer, columns["asked_at"])
        columns["page_lag_ms"] = self.listening.lag_ms
        carriers = {said.line.via for said in chat.said if said.line.via}
        columns["resolution_ms"] = self.chat.resolution_ms(result.at, over, carriers)
        columns["clock_offset_ms"] = await self.chat.clock_offset_ms()
        columns["cell"] = cell(result.at, self.order.scenario.timezone)
        return Finding(outcome_of(chat, ended_by), ended_by, chat=chat, columns=columns)

    async def _clock_was_set(self) -> bool:
        """Whether page and journal count from other times; a clock that is set later changes neither."""
        offset = await self.chat.clock_offset_ms(self.journal.now, tries=1)
        return offset is not None and abs(offset) > CLOCKS_APART_MS

    async def _until_asked(self) -> Asked | Stop:
        """Up to the echo, within bounds: keys and mouse wait for ever on a page that hangs."""
        standing = await _within(self.order.opening_ms, "chat.launcher", self._until_open())
        if isinstance(standing, Stop):
            return standing
        return await _within(self.order.asking_ms, "chat.input", Asking(self.visit).ask(standing))

    async def _until_open(self) -> Standing | Stop:
        for phase in (self.visit.load, self.visit.prepare):
            if stop := await phase():
                return stop
        if self.order.has_secrets:  # a trace holds what was typed: it begins behind the sign-in
            await start_trace(self.chat.context, full=self.order.full_trace)
        if self.order.depth is Depth.PRESENCE:
            return await presence(self.visit)
        return await self.visit.open()

    def _without_chat(self, stop: Stop, columns: dict[str, Any]) -> Finding:
        requested = self.visit.times.requested
        if requested is not None and stop.outcome in (Outcome.QUEUE_TIMEOUT, Outcome.NO_REPLY):
            columns["waited_ms"] = round(self.journal.now() - requested, 1)
            places = [event.detail.get("position") for event in self.journal.events if event.name is EventName.QUEUE]
            columns |= {"queue_first": places[0], "queue_last": places[-1]} if places else {}
        usual = {Outcome.PROBE_FAULT: EndedBy.FAULT, Outcome.ONLINE: EndedBy.PRESENCE, Outcome.OFFLINE: EndedBy.OFFLINE}
        ended = stop.ended_by or usual.get(stop.outcome, EndedBy.STEP)
        return Finding(stop.outcome, ended, stop, columns=columns)

    def opening(self, started: float) -> dict[str, Any]:
        """The columns of the way to the chat, as far as it came."""
        times = self.visit.times
        return {
            "page_ms": round(times.loaded - started, 1) if times.loaded else None,
            "open_ms": round(times.opened - started, 1) if times.opened else None,
            "requested_at": iso(times.requested) if times.requested else None,
        }

    async def leave(self, finding: Finding) -> None:
        """Close the chat politely, if there is one."""
        if self._has(EventName.ASKING) or self.visit.times.requested is not None:
            answered = finding.chat is not None and spoke(finding.chat)
            await leave(self.order, self.chat, self.journal, finding.ended_by, answered=answered)


def _step_failed(outcome: Outcome) -> bool:
    """Whether a step failed, and not a wait: a missing chat may be the scenario's fault, a dead site is the site's."""
    return outcome.side is Side.OURS or outcome in (Outcome.NOT_OFFERED, Outcome.SITE_DOWN)


async def _within(limit_ms: float, step: str, work: Awaitable[T | Stop]) -> T | Stop:
    try:
        async with asyncio.timeout(limit_ms / 1000):
            return await work
    except TimeoutError:
        return Stop(Outcome.PROBE_FAULT, step, f"the page took longer than {limit_ms / 1000:.0f} s, or hangs")


def _given_up(order: Order) -> Finding:
    """Something waits for ever that nobody knew could."""
    stop = Stop(Outcome.PROBE_FAULT, "browser", f"given up after {order.most_ms / 60_000:.0f} minutes")
    return Finding(Outcome.PROBE_FAULT, EndedBy.FAULT, stop)


def _failed(error: Exception, probe_id: str, journal: Journal) -> Finding:
    reason = browser_failure(error)
    if reason is None:
        logger().error(LogEvent.PROBE_FAILED, probe=probe_id, exc_info=error)
        reason = f"internal error: {type(error).__name__}: {error}"
    journal.tell(EventName.NOTE, text=reason)
    return Finding(Outcome.PROBE_FAULT, EndedBy.FAULT, Stop(Outcome.PROBE_FAULT, "browser", reason))
