"""From the echo to the end of the chat: hear, decide, and know when to leave."""

from __future__ import annotations

import asyncio
import time

from chatprobe.browser.chat import Chat
from chatprobe.model import EndedBy, EventName, Speaker
from chatprobe.probe.digest import Digest, Marks, digest
from chatprobe.probe.ending import Bounds, ending, next_look
from chatprobe.probe.handoff import Handoff
from chatprobe.probe.journal import Journal
from chatprobe.probe.order import Order
from chatprobe.probe.rows import Rows
from chatprobe.speaker.notices import read_queue

DECIDE_EVERY_S = 0.15
SELECTORS_EVERY_S = 1.0
SILENT_S = 7.0
"""A page that answers nothing for so long is not listened to: longer than one question to it may take."""
HUNG_S = 20.0
"""A page that answers nothing for so long is hung: what it would have shown is not known."""


class Listening:
    """Listens to one chat until it ends."""

    def __init__(self, order: Order, chat: Chat, journal: Journal, rows: Rows) -> None:
        self.order = order
        self.chat = chat
        self.journal = journal
        self.rows = rows
        self._looked_at = time.monotonic()
        self._answered_at = time.monotonic()
        self._lag_ms: float | None = None
        self._shown_queue = ""
        self._told_notices = 0
        self._told_typing = 0
        self._told_speakers: dict[str, Speaker] = {}
        self._told_joined = False
        self._told_accepted = False
        self._handoff = Handoff(order, chat, journal)

    async def until_over(self, marks: Marks, stop: asyncio.Event) -> tuple[Digest, EndedBy]:
        """Listen until an ending rule applies, the page is gone or we are told to stop."""
        await self.chat.listen()
        self._answered_at = time.monotonic()  # opening a chat may take longer than a page may be silent
        asked = marks.asked or self.journal.now()
        bounds = Bounds(asked + self.order.wait_ms, self.order.scenario.chat.queue_limit)
        rules = self.order.rules()
        while True:
            chat = digest(self.journal.of_this_try, marks, rules)
            self._tell_notices(chat)
            self._tell_decisions(chat)
            self.rows.keep(chat)
            over = self._unless_hung(ending(chat, bounds, self.journal.now())) or self._cut_off(stop)
            if over:
                self.journal.tell(EventName.LISTENED, ended_by=str(over))
                return chat, over
            await self._look_at_selectors()
            began = time.monotonic()
            await self._handoff.ask(chat, bounds.deadline_at)
            self._answered_at += time.monotonic() - began  # while we were asking, nobody listened for the beat
            await self.journal.news(min(1.0, max(0.05, (next_look(chat, bounds) - self.journal.now()) / 1000)))
            await asyncio.sleep(DECIDE_EVERY_S)

    @property
    def lag_ms(self) -> float | None:
        """The longest lag of the chat's page so far."""
        return self._lag_ms

    def _cut_off(self, stop: asyncio.Event) -> EndedBy | None:
        if self.chat.guard.crashed:
            return EndedBy.FAULT
        if not self.chat.alive:
            return EndedBy.CLOSED
        if time.monotonic() - self._answered_at > HUNG_S:
            return EndedBy.CLOSED if self.chat.gone else EndedBy.FAULT
        return EndedBy.DRAIN if stop.is_set() else None

    def _unless_hung(self, over: EndedBy | None) -> EndedBy | None:
        """Time that ran out on a page that no longer answers was not waited for an answer."""
        hung = time.monotonic() - self._answered_at > SILENT_S and not self.chat.gone
        return EndedBy.FAULT if over is EndedBy.DEADLINE and hung else over

    async def _look_at_selectors(self) -> None:
        """Once a second: the beat, and what the scenario says shows a queue or that nobody is there."""
        if time.monotonic() - self._looked_at < SELECTORS_EVERY_S:
            return
        self._looked_at = time.monotonic()
        lag = await self.chat.lag_ms()
        if lag is not None:
            self._lag_ms = max(lag, self._lag_ms or 0.0)
            self._answered_at = time.monotonic()
        spec = self.order.scenario.chat
        if spec.queue:
            text = await self.chat.text_of(spec.queue, spec.frames)
            if text != self._shown_queue:
                self._shown_queue = text
                self._tell_queue(text)
        told = any(event.name is EventName.OFFLINE for event in self.journal.events)
        if spec.offline and not told and await self.chat.shows(spec.offline, spec.frames):
            self.journal.tell(EventName.OFFLINE, panel=True)

    def _tell_queue(self, text: str) -> None:
        notice = read_queue(text)
        position, wait = (notice.position, notice.wait_ms) if notice else (None, None)
        self.journal.tell(EventName.QUEUE, panel=True, text=text[:200], position=position, wait_ms=wait, over=not text)

    def _tell_decisions(self, chat: Digest) -> None:
        """Say who wrote each message, and again where later events changed that.

        Said before the row is kept: `id` and `seq` are how a stored message is found among the events again.
        """
        for said in chat.said:
            if self._told_speakers.get(said.line.id) is said.speaker:
                continue
            self._told_speakers[said.line.id] = said.speaker
            why = said.decision.reason
            reason = f"{why.source}: {why.detail}" if why else ""
            line, seq, speaker = said.line.id, self.rows.seq(said.line.id), str(said.speaker)
            self.journal.tell(EventName.DECIDED, id=line, seq=seq, speaker=speaker, why=reason)

    def _tell_notices(self, chat: Digest) -> None:
        """Put what was understood beside what was seen, once."""
        fresh = [one for one in chat.queue if not one.panel][self._told_notices :]
        self._told_notices += len(fresh)
        for sighting in fresh:
            self.journal.tell(EventName.QUEUE, sighting.at, position=sighting.position, wait_ms=sighting.wait_ms)
        for at in chat.typing[self._told_typing :]:
            self.journal.tell(EventName.TYPING, at)
        self._told_typing = len(chat.typing)
        if chat.joined_at is not None and not self._told_joined:
            self._told_joined = True
            self.journal.tell(EventName.JOINED, chat.joined_at)
        if chat.accepted_at is not None and not self._told_accepted:
            self._told_accepted = True
            self.journal.tell(EventName.HANDOFF, chat.accepted_at, accepted=True)


def spoke(chat: Digest) -> bool:
    """Whether somebody who may be a person wrote after the question."""
    return chat.first(Speaker.HUMAN) is not None or chat.first(Speaker.UNKNOWN) is not None
