"""Standing in line before there is anything to write into."""

from __future__ import annotations

from chatprobe.browser.arrival import Stop
from chatprobe.browser.signs import chat_texts
from chatprobe.browser.standing import Standing, State
from chatprobe.browser.steps import Action
from chatprobe.model import EndedBy, Event, EventName, Outcome, StepReport, StepStatus
from chatprobe.probe.composer import Composer
from chatprobe.probe.ending import too_long
from chatprobe.probe.visit import Visit
from chatprobe.speaker.kinds import Kind
from chatprobe.speaker.lexicon import kind_of
from chatprobe.speaker.notices import QueueNotice, read_queue


class Waiting:
    """Reads what is announced while the chat has no box yet."""

    def __init__(self, visit: Visit) -> None:
        self.visit = visit
        self.order = visit.order
        self.chat = visit.chat
        self.journal = visit.journal
        self._queued = False
        self._shown = False
        """The line is announced right now."""

    async def until_box(self, deadline: float) -> Standing | Stop | None:
        """Wait for something to write into, at most until `deadline` (epoch ms); None once a sent question shows."""
        said = ""
        patience = self.journal.now() + self.order.step_ms
        while self.chat.alive and self.journal.now() < (deadline if said or self._queued else patience):
            standing = await self.visit.stands_open(900)
            if self.chat.has_echo:
                await self._read_panel()
                if not self._shown:
                    self._tell_over()
                return None
            if standing and standing.state is not State.WAITING:
                self._tell_over()
                return standing
            said = (standing.said if standing else "") or said
            if await self._read_panel():
                detail = "the line is longer than chat.queue_limit"
                return Stop(Outcome.QUEUE_TIMEOUT, "chat.queue", detail, EndedBy.QUEUE_LIMIT)
        return await self._given_up(said)

    async def _given_up(self, said: str) -> Stop:
        if not self.chat.alive:
            return Stop(Outcome.PROBE_FAULT, "chat.input", "the page crashed or closed itself")
        if self._queued:
            detail = "still in line, with nothing to write into"
            return Stop(Outcome.QUEUE_TIMEOUT, "chat.input", detail, EndedBy.DEADLINE)
        if said:
            return Stop(Outcome.NO_REPLY, "chat.input", f"nobody took the chat: {said}", EndedBy.DEADLINE)
        return await self._nothing_to_write_into()

    async def _nothing_to_write_into(self) -> Stop:
        spec = self.order.scenario.chat
        found = await self.chat.steps.find(Action("chat.input", "wait", spec.input, timeout_ms=0, frames=spec.frames))
        error = found.error or "nothing to write into turned up"
        selector = " | ".join(spec.input) or "generic"
        hints = await Composer(self.order, self.chat, self.journal, self.visit.look).near_misses()
        failed = StepReport("chat.input", StepStatus.FAILED, 0.0, selector, found.counts, error, near_misses=hints)
        self.journal.report(failed)
        return Stop(Outcome.SCENARIO_BROKEN, "chat.input", error)

    async def _read_panel(self) -> bool:
        """Note queue notices; whether the line is too long to stand in."""
        spec = self.order.scenario.chat
        lines = [line for text in chat_texts(await self.visit.look(), self.visit.before) for line in text.split("\n")]
        notices = [(line, read_queue(line)) for line in lines if kind_of(line) is Kind.QUEUE]
        if spec.queue and (text := await self.chat.text_of(spec.queue, spec.frames)):
            notices.append((text, read_queue(text)))
        self._shown = bool(notices)
        for line, notice in notices:
            self._tell(line, notice)
        return any(notice is not None and too_long(notice, spec.queue_limit) for _, notice in notices)

    def _tell(self, line: str, notice: QueueNotice | None) -> None:
        self._queued = True
        position, wait = (notice.position, notice.wait_ms) if notice else (None, None)
        fresh: dict[str, object] = {"panel": True, "text": line[:200], "position": position, "wait_ms": wait}
        if not any(event.name is EventName.QUEUE and event.detail == fresh for event in self.journal.events):
            self.journal.add(Event(self.journal.now(), EventName.QUEUE, fresh))

    def _tell_over(self) -> None:
        if self._queued:
            self._queued = False
            self.journal.tell(EventName.QUEUE, panel=True, over=True)
