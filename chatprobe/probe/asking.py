"""From an open chat to the question's echo. Nothing is timed before the visitor's own words stand in the chat."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from chatprobe.browser.arrival import Stop
from chatprobe.browser.chat import Chat
from chatprobe.browser.forms import Form, Role
from chatprobe.browser.persona import Entry, fill_form, plan_form, told_missing
from chatprobe.browser.pointing import click, press
from chatprobe.browser.standing import Standing, State
from chatprobe.model import EventName, Outcome
from chatprobe.probe.composer import Composer
from chatprobe.probe.journal import Journal
from chatprobe.probe.order import Order
from chatprobe.probe.visit import Visit
from chatprobe.probe.waiting import Waiting
from chatprobe.times import iso

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
        self._line = Waiting(visit)
        self._form_sent_at: float | None = None
        """When a form that held the question was sent."""
        self._committed = 0
        """The number of events up to the newest commitment to ask."""
        self._sent_form: frozenset[str] = frozenset()

    async def ask(self, standing: Standing) -> Asked | Stop:
        """Ask, beginning with whatever stands open."""
        deadline = self.journal.now() + self.order.wait_ms
        for _ in range(FORMS):
            done = await self._enter(standing)
            if done is not None:
                return done
            following = await self._line.until_box(deadline)
            if following is None:
                return self.asked(self._form_sent_at or self.journal.now())
            if isinstance(following, Stop):
                return following
            standing = following
        return Stop(Outcome.SCENARIO_BROKEN, "chat.form", "one form follows another")

    async def _enter(self, standing: Standing) -> Asked | Stop | None:
        """Go through what stands open; None where one has to wait for what comes next."""
        if standing.state is State.OFFLINE or (standing.state is State.COMPOSER and standing.said):
            return Stop(Outcome.OFFLINE, "chat.offline", f"the chat says that nobody is there: {standing.said}")
        if standing.state is State.WALL and standing.wall:
            return Stop(standing.wall, "chat.form", "we are not let in")
        if standing.state is State.FORM:
            return await self._through_form(standing)
        if standing.state is State.COMPOSER:
            return await self._by_form() or await self._by_composer(standing)
        return None

    # --- forms --------------------------------------------------------------------------------------------------

    async def _through_form(self, standing: Standing) -> Asked | Stop | None:
        """Fill and submit the form; None where the chat goes on with something to write into."""
        own = await self._stands_by_scenario()
        if not own and standing.form is None:
            return Stop(Outcome.SCENARIO_BROKEN, "chat.form", "the form is gone")
        if standing.form and not own:
            await self._keep_form(standing.form)
        missing = self._undeclared(None if own else standing.form)
        if missing:
            return Stop(Outcome.SCENARIO_BROKEN, "chat.form", missing)
        if self.order.dry_run:
            return Stop(Outcome.ONLINE, "chat.form", "dry run: the form stands open and was not sent")
        return await (self._generic_form(standing.form) if standing.form and not own else self._scenario_form())

    async def _keep_form(self, form: Form) -> None:
        """Remember that a form stood there: a later visit can tell whether one is new."""
        thing = form.asks[0].field if form.asks else form.submit
        if thing is not None:
            frame = (await self.visit.look()).frames.get(thing.document)
            await self.visit.gallery.thing("chat.form", frame, thing.id)

    async def _stands_by_scenario(self) -> bool:
        """Whether what stands open is the form that the scenario describes; another one may follow it."""
        selectors = tuple(step.selector for step in self.order.scenario.chat.form if step.selector)
        return bool(selectors) and await self.visit.matches(selectors)

    def _undeclared(self, form: Form | None) -> str:
        """What `form`, or that of the scenario, wants to know and nobody declared; empty for nothing."""
        if form is not None:
            missing = plan_form(form, self.order.visitor, self.order.text).missing
            return told_missing(missing) if missing else ""
        steps = [step.value or "" for step in self.order.scenario.chat.form if not step.optional]
        wanted = [name for name, value in self.order.values().items() if not value]
        named = [f"visitor.{name}" for name in wanted if any(f"{{{name}}}" in step for step in steps)]
        return f"the form wants what nobody declared: {', '.join(named)}" if named else ""

    async def _scenario_form(self) -> Asked | Stop | None:
        spec = self.order.scenario.chat
        actions = self.order.actions("chat.form", spec.form, spec.frames)
        asks = any("{question}" in (step.value or "") for step in spec.form)
        last = max(index for index, action in enumerate(actions) if action.verb in ("click", "press") or index == 0)
        if stop := await self.visit.do(actions[:last]):
            return stop
        return await self._submit(lambda: self.visit.do(actions[last:]), asks=asks)

    async def _generic_form(self, form: Form) -> Asked | Stop | None:
        began = self.journal.now()
        now = await self.visit.look()
        fields = frozenset(ask.field.id for ask in form.asks)
        again, self._sent_form = fields == self._sent_form, fields
        # A form that stands again wants more than it marks as required.
        entries = plan_form(form, self.order.visitor, self.order.text, everything=again).entries
        failed = await fill_form(self.chat.observer, now, entries)
        if not again:
            more, failed_too = await self._unlock(form, entries)
            entries, failed = (*entries, *more), (*failed, *failed_too)
        kinds = ", ".join(f"{entry.ask.role}" for entry in entries)
        error = f"could not fill: {', '.join(str(entry.ask.role) for entry in failed)}" if failed else None
        if not self.journal.report(self.journal.timed("chat.form", began, error, f"generic: {kinds}")):
            return Stop(Outcome.SCENARIO_BROKEN, "chat.form", error or "")
        asks = form.of(Role.QUESTION) is not None and any(entry.text == self.order.text for entry in entries)

        async def submit() -> Stop | None:
            if form.submit is not None and await click(self.chat.observer, await self.visit.look(), form.submit):
                return None
            if form.asks and await press(now, form.asks[-1].field, "Enter"):
                return None
            return Stop(Outcome.SCENARIO_BROKEN, "chat.form", "the form's button cannot be clicked")

        return await self._submit(submit, asks=asks)

    async def _unlock(self, form: Form, done: Sequence[Entry]) -> tuple[Sequence[Entry], Sequence[Entry]]:
        """Fill in more where the button is still locked: what was filled in besides, and what of it did not hold."""
        now = await self.visit.look()
        button = next((one for one in now.clickables if form.submit and one.id == form.submit.id), None)
        if button is None or button.enabled:
            return (), ()
        filled = {entry.ask.field.id for entry in done}
        plan = plan_form(form, self.order.visitor, self.order.text, everything=True)
        more = [entry for entry in plan.entries if entry.ask.field.id not in filled]
        return more, await fill_form(self.chat.observer, now, more)

    async def _submit(self, submit: Callable[[], Awaitable[Stop | None]], *, asks: bool) -> Asked | Stop | None:
        """Send the form. One that holds the question asks by being sent."""
        await self.chat.open_ears()
        if not asks:
            self.visit.times.requested = self.visit.times.requested or self.journal.now()
            return await submit()
        await self.chat.expect(self.order.text)
        self._committed = await self.journal.commit(EventName.ASKING)
        began = self.journal.now()
        if stop := await submit():
            return stop
        self._form_sent_at = began
        self.journal.recorder.update(asked_at=iso(began))  # a killed probe must not forget that it asked
        self.visit.times.requested = self.visit.times.requested or began
        return self.asked(began) if await self.chat.echoed(FORM_ECHO_S) else None

    async def _by_form(self) -> Asked | None:
        """A box stands open behind a form that held the question: that question may still show."""
        if self._form_sent_at is None:
            return None
        if await self.chat.echoed(FORM_ECHO_S):
            return self.asked(self._form_sent_at)
        self.journal.tell(EventName.NOTE, text="the question in the form does not show: asking by the box")
        return None

    # --- the box ------------------------------------------------------------------------------------------------

    async def _by_composer(self, standing: Standing) -> Asked | Stop:
        composer = Composer(self.order, self.chat, self.journal, self.visit.look)
        if stop := await composer.take(standing.composer):
            return stop
        await self.chat.quiet(1.2, 5.0)
        if stop := await composer.write(self.order.text):
            return stop
        if self.visit.typed:
            await self.visit.typed()
        if self.order.dry_run:
            await composer.clear()
            return Stop(Outcome.ONLINE, "chat.input", "dry run: the question was typed and not sent")
        self._committed = await self.journal.commit(EventName.ASKING)
        began = self.journal.now()
        if stop := await composer.send():
            return stop
        return self.asked(began)

    def asked(self, began: float) -> Asked:
        """The last send action before the box emptied or the echo appeared."""
        # By their order, not by time: events carry the page's clock, and the system's may be set meanwhile.
        since = self.journal.events[self._committed :]
        shown = [event.at for event in since if event.name in (EventName.ECHO, EventName.EMPTIED)]
        until = min(shown, default=self.journal.now()) + 0.5
        acts = [event for event in since if event.name is EventName.ACT and event.at <= until]
        holding = [event for event in acts if event.detail.get("held")]
        at = max((event.at for event in holding or acts), default=began)
        if not acts:
            self.journal.tell(EventName.NOTE, text="no send action was seen in the page: timed from ours")
        times = self.visit.times
        self.journal.tell(EventName.ASKED, at=at, opened_at=times.opened, requested_at=times.requested)
        self.journal.recorder.update(asked_at=iso(at))
        return Asked(at, times.requested)
