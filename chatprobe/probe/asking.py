"""From an open chat to the question's echo. Nothing is timed before the visitor's own words stand in the chat."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from chatprobe.browser.chat import Chat
from chatprobe.browser.forms import Form, Role, fill_form, plan_form
from chatprobe.browser.pointing import click, press
from chatprobe.browser.signs import chat_texts
from chatprobe.browser.standing import Standing, State
from chatprobe.browser.steps import Action
from chatprobe.model import Event, EventName, Outcome, StepReport, StepStatus
from chatprobe.probe.composer import Composer
from chatprobe.probe.journal import Journal, own_report
from chatprobe.probe.order import Order
from chatprobe.probe.visit import Stop, Visit
from chatprobe.speaker.kinds import Kind
from chatprobe.speaker.lexicon import kind_of
from chatprobe.speaker.notices import read_queue
from chatprobe.times import iso, now_ms

FORM_ECHO_S = 10.0
"""How long the echo of a question in a form may take before the composer is used."""
FORMS = 3
"""Some chats ask in several forms, one after another."""


@dataclass(frozen=True)
class Asked:
    """The question stands in the chat."""

    at: float
    """Epoch ms of the act that sent it."""
    requested: float | None
    """Epoch ms of the first act that put the visitor in line, where that came before."""


class Asking:
    """Gets through forms and queues to the box, and asks."""

    def __init__(self, visit: Visit) -> None:
        self.visit = visit
        self.order: Order = visit.order
        self.chat: Chat = visit.chat
        self.journal: Journal = visit.journal
        self.queued = False
        """A place in line was announced before there was anything to write into."""
        self._sent_form: frozenset[str] = frozenset()

    async def ask(self, standing: Standing) -> Asked | Stop:
        """Ask, beginning with whatever stands open."""
        deadline = now_ms() + self.order.wait_ms
        for _ in range(FORMS):
            if standing.state is State.OFFLINE or (standing.state is State.COMPOSER and standing.said):
                return Stop(Outcome.OFFLINE, "chat.offline", f"the chat says that nobody is there: {standing.said}")
            if standing.state is State.WALL and standing.wall:
                return Stop(standing.wall, "chat.form", "we are not let in")
            if standing.state is State.FORM:
                done = await self._through_form(standing)
                if isinstance(done, Asked | Stop):
                    return done
            elif standing.state is State.COMPOSER:
                return await self._by_composer(standing)
            following = await self._await_box(deadline)
            if isinstance(following, Stop):
                return following
            standing = following
        return Stop(Outcome.SCENARIO_BROKEN, "chat.form", "one form follows another")

    # --- forms --------------------------------------------------------------------------------------------------

    async def _through_form(self, standing: Standing) -> Asked | Stop | None:
        """Fill and submit the form; None where the chat goes on with something to write into."""
        if self.order.dry_run:
            return Stop(Outcome.ONLINE, "chat.form", "dry run: the form stands open and was not sent")
        if self.order.scenario.chat.form:
            return await self._scenario_form()
        if standing.form is None:
            return Stop(Outcome.SCENARIO_BROKEN, "chat.form", "the form is gone")
        return await self._generic_form(standing.form)

    async def _scenario_form(self) -> Asked | Stop | None:
        spec = self.order.scenario.chat
        actions = self.order.actions("chat.form", spec.form, spec.frames)
        asks = any("{question}" in (step.value or "") for step in spec.form)
        last = max(index for index, action in enumerate(actions) if action.verb in ("click", "press") or index == 0)
        if stop := await self.visit.do(actions[:last]):
            return stop
        return await self._submit(lambda: self.visit.do(actions[last:]), asks=asks)

    async def _generic_form(self, form: Form) -> Asked | Stop | None:
        began = now_ms()
        now = await self.visit.look()
        fields = frozenset(ask.field.id for ask in form.asks)
        again, self._sent_form = fields == self._sent_form, fields
        # A form that stands again wants more than it marks as required.
        entries = plan_form(form, self.order.visitor, self.order.text, everything=again)
        failed = await fill_form(self.chat.observer, now, entries)
        kinds = ", ".join(f"{entry.ask.role}" for entry in entries)
        error = f"could not fill: {', '.join(str(entry.ask.role) for entry in failed)}" if failed else None
        if not self.journal.report(own_report("chat.form", began, error, f"generic: {kinds}")):
            return Stop(Outcome.SCENARIO_BROKEN, "chat.form", error or "")
        asks = form.of(Role.QUESTION) is not None and any(entry.text == self.order.text for entry in entries)

        async def submit() -> Stop | None:
            if form.submit is not None and await click(self.chat.observer, await self.visit.look(), form.submit):
                return None
            if form.asks and await press(now, form.asks[-1].field, "Enter"):
                return None
            return Stop(Outcome.SCENARIO_BROKEN, "chat.form", "the form's button cannot be clicked")

        return await self._submit(submit, asks=asks)

    async def _submit(self, submit: Callable[[], Awaitable[Stop | None]], *, asks: bool) -> Asked | Stop | None:
        """Send the form. One that holds the question asks by being sent."""
        if not asks:
            self.visit.times.requested = self.visit.times.requested or now_ms()
            return await submit()
        await self.chat.expect(self.order.text)
        self.journal.commit(EventName.ASKING)
        began = now_ms()
        if stop := await submit():
            return stop
        if await self.chat.echoed(FORM_ECHO_S):
            return self.asked(began)
        self.visit.times.requested = self.visit.times.requested or began
        self.journal.tell(EventName.NOTE, text="the question in the form does not show: asking by the box")
        return None

    # --- waiting for a box --------------------------------------------------------------------------------------

    async def _await_box(self, deadline: float) -> Standing | Stop:
        """Stand in line, reading what is announced, until there is something to write into."""
        said = ""
        patience = now_ms() + self.order.step_ms
        while self.chat.alive and now_ms() < (deadline if said or self.queued else patience):
            standing = await self.visit.stands_open(900)
            if standing and standing.state is not State.WAITING:
                return standing
            said = (standing.said if standing else "") or said
            await self._read_panel()
        if not self.chat.alive:
            return Stop(Outcome.PROBE_FAULT, "chat.input", "the page crashed or closed itself")
        if self.queued:
            return Stop(Outcome.QUEUE_TIMEOUT, "chat.input", "still in line, with nothing to write into")
        if said:
            return Stop(Outcome.NO_REPLY, "chat.input", f"nobody took the chat: {said}")
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

    async def _read_panel(self) -> None:
        """Queue notices shown before there is a list of messages."""
        lines = [line for text in chat_texts(await self.visit.look(), self.visit.before) for line in text.split("\n")]
        for line in lines:
            if kind_of(line) is Kind.QUEUE:
                notice = read_queue(line)
                position, wait = (notice.position, notice.wait_ms) if notice else (None, None)
                fresh: dict[str, object] = {"panel": True, "text": line[:200], "position": position, "wait_ms": wait}
                if not any(event.name is EventName.QUEUE and event.detail == fresh for event in self.journal.events):
                    self.journal.add(Event(now_ms(), EventName.QUEUE, fresh))
                self.queued = True

    # --- the box ------------------------------------------------------------------------------------------------

    async def _by_composer(self, standing: Standing) -> Asked | Stop:
        composer = Composer(self.order, self.chat, self.journal, self.visit.look)
        if stop := await composer.take(standing.composer):
            return stop
        await self.chat.quiet(1.2, 5.0)
        if stop := await composer.write(self.order.text):
            return stop
        if self.order.dry_run:
            await composer.clear()
            return Stop(Outcome.ONLINE, "chat.input", "dry run: the question was typed and not sent")
        self.journal.commit(EventName.ASKING)
        began = now_ms()
        if stop := await composer.send():
            return stop
        return self.asked(began)

    def asked(self, began: float) -> Asked:
        """The last send action before the box emptied or the echo appeared."""
        since = [event for event in self.journal.events if event.at >= began - 50]
        shown = [event.at for event in since if event.name in (EventName.ECHO, EventName.EMPTIED)]
        until = min(shown, default=now_ms()) + 0.5
        acts = [event for event in since if event.name is EventName.ACT and event.at <= until]
        holding = [event for event in acts if event.detail.get("held")]
        at = max((event.at for event in holding or acts), default=began)
        if not acts:
            self.journal.tell(EventName.NOTE, text="no send action was seen in the page: timed from ours")
        self.journal.tell(EventName.ASKED, at=at)
        self.journal.recorder.update(asked_at=iso(at))
        return Asked(at, self.visit.times.requested)
