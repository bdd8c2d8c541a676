"""From the address to an open chat: load, steps before, launcher. Each phase ends in a Stop or goes on."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace

from chatprobe.addresses import shown
from chatprobe.browser.arrival import Stop, refused, without_chat
from chatprobe.browser.chat import Chat
from chatprobe.browser.frames import identify
from chatprobe.browser.gallery import INNER, Gallery
from chatprobe.browser.gates import pass_overlay
from chatprobe.browser.locate import STRONG, Candidate, rank_launchers
from chatprobe.browser.opening import Companion, InnerSteps, Opening, open_chat, selector_hint
from chatprobe.browser.signs import launcher_says_offline, wall
from chatprobe.browser.standing import Standing, State, look_at, shut_door
from chatprobe.browser.steps import NOTHING_MATCHES, Action
from chatprobe.browser.survey import Clickable, Survey, survey
from chatprobe.model import EventName, Outcome, StepReport, StepStatus
from chatprobe.probe.entrance import by_call, by_preset
from chatprobe.probe.journal import Journal
from chatprobe.probe.order import Order

OPEN_LOOK_S = 0.3


@dataclass
class Milestones:
    """The moments of this visit, epoch ms."""

    loaded: float | None = None
    opened: float | None = None
    requested: float | None = None


class Visit:
    """One visitor on the way to the chat's box."""

    def __init__(self, order: Order, chat: Chat, journal: Journal) -> None:
        self.order = order
        self.chat = chat
        self.journal = journal
        self.times = Milestones()
        self._lost: Stop | None = None
        self.gallery = Gallery(chat.observer, chat.context)
        """How what was found was made."""
        self.typed: Callable[[], Awaitable[None]] | None = None
        """Called while the question stands in the box, before it is sent."""
        self.before: Survey | None = None
        """The page before the chat was opened: what is new since then is the chat's. None: it stood open already."""

    async def look(self) -> Survey:
        """What stands in all frames now."""
        return await survey(self.chat.observer, self.chat.context)

    async def load(self) -> Stop | None:
        """Load the site; a wall, an error page or nothing at all ends the probe."""
        began = self.journal.now()
        url = self.order.scenario.url
        answer = await self.chat.goto(url, self.order.settings.limits.page_timeout.total_seconds() * 1000)
        self.times.loaded = self.journal.now()
        self.journal.report(self.journal.timed("load", began, answer.trouble, selector=shown(url)))
        stop = await refused(self.chat, answer, self.order.settings.control_url)
        signs_in = stop is not None and stop.outcome is Outcome.LOGIN_WALL and self.order.scenario.before
        return None if signs_in else stop

    async def _pass_overlay(self, now: Survey) -> bool:
        return bool(await pass_overlay(self.chat.observer, self.chat.context, now))

    async def prepare(self) -> Stop | None:
        """Do the scenario's steps before the chat."""
        return await self.do(self.order.actions("before", self.order.scenario.before))

    async def do(self, actions: Sequence[Action]) -> Stop | None:
        """Do steps one after another; the first that fails ends the probe."""
        for action in actions:
            report = await self.chat.steps.do(action)
            if report.covered_by and await self._pass_overlay(await self.look()):
                report = await self.chat.steps.do(action)
            if not self.journal.report(report):
                return Stop(Outcome.SCENARIO_BROKEN, action.path, report.error or "failed")
            if not self.chat.alive:
                return self._gone(action.path)
        return None

    def _gone(self, step: str) -> Stop:
        return Stop(
            Outcome.PROBE_FAULT, step, "the page crashed" if self.chat.guard.crashed else "the page closed itself"
        )

    # --- opening ------------------------------------------------------------------------------------------------

    async def open(self) -> Standing | Stop:
        """Open the chat, by the scenario's launcher or by the generic method; what stands open then."""
        self.before = None
        opened = await self._open_by_best_way()
        self.times.opened = self.journal.now()
        if not self.chat.alive:
            return self._gone("chat.launcher")
        if isinstance(opened, Standing) and opened.state is State.WALL and opened.wall:
            return Stop(opened.wall, "chat.launcher", f"a wall opened instead of a chat: {opened.said}")
        return opened

    async def _open_by_best_way(self) -> Standing | Stop:
        """What the scenario itself says comes first, then what its preset knows, then the generic method."""
        spec = self.order.scenario.chat
        if spec.open_call and not spec.is_hint("open_call"):
            if standing := await by_call(self, self.order.step_ms / 1000):
                return standing
            self.before = None
        if spec.launcher and not spec.is_hint("launcher"):
            return await self._open_by_selector()
        if spec.launcher or spec.is_hint("open_call"):
            if standing := await by_preset(self):
                return standing
            self.before = None
        return await self._open_unnamed()

    async def _open_by_selector(self) -> Standing | Stop:
        spec = self.order.scenario.chat
        action = Action("chat.launcher", "click", spec.launcher, timeout_ms=self.order.step_ms)
        # What comes late with the launcher stood there before the click, too.
        if (await self.chat.steps.find(action)).target is None:
            return await self._no_launcher(await self.chat.steps.do(replace(action, timeout_ms=0)))
        self.before = await self.look()
        self.note_request()
        report = await self.chat.steps.do(action)
        if report.covered_by:
            now = await self.look()
            if look_at(now, self.before) is None and await self._pass_overlay(now):
                report = await self.chat.steps.do(action)
        if report.status is StepStatus.FAILED:
            return await self._no_launcher(report)
        self.journal.report(report)
        steps = InnerSteps(self.chat.observer, self.before, _Kept(self))
        standing = await self.stands_open(self.order.step_ms, steps=steps)
        if standing is None and spec.input and look_at(await self.look(), self.before):
            return Standing(State.COMPOSER)  # a chat did open: what is wrong is its box
        if standing is None and (said := await self._launcher_says_offline(action)):
            return Standing(State.OFFLINE, said=said)
        if standing is None and self.chat.alive:
            standing = await self._second_click(action)
        if standing is None and self.chat.alive:
            standing = shut_door(await self.look(), self.before)
        return standing or await self._nothing_opened("chat.launcher", "the launcher was clicked, no chat opened")

    async def _launcher_says_offline(self, action: Action) -> str:
        """What the launcher itself says of nobody being there, by a class, a picture or its name; empty for nothing."""
        target = (await self.chat.steps.find(replace(action, timeout_ms=0))).target if self.chat.alive else None
        one = await identify(self.chat.observer, target) if target else ""
        now = await self.look()
        return next((launcher_says_offline(thing) for thing in now.clickables if thing.id == one), "")

    async def _second_click(self, action: Action) -> Standing | None:
        """A click before the vendor's script was ready is lost: click once more."""
        report = await self.chat.steps.do(action)
        self.journal.report(report)
        return await self.stands_open(self.order.step_ms) if report.status is StepStatus.OK else None

    async def _no_launcher(self, report: StepReport) -> Standing | Stop:
        """The selector finds nothing: the chat may stand open already, or be there by another name, or not at all."""
        standing = await self.stands_open(1_000, anything=True)
        if standing:
            self.before = None
            self.journal.tell(EventName.NOTE, text="no launcher, but the chat stands open already")
            return standing
        now = await self.look()
        ranked = [one for one in rank_launchers(now) if one.score >= STRONG][:3]
        hints = [hint for one in ranked if (hint := await selector_hint(self.chat.observer, now, one.target))]
        self.journal.report(_with_hints(report, hints))
        matched = any(count.matches for count in report.frames)
        if ranked or matched or report.error != NOTHING_MATCHES:
            return Stop(Outcome.SCENARIO_BROKEN, "chat.launcher", report.error or "nothing matches")
        return await without_chat(self.chat, now, self.order.settings.control_url)

    async def _open_unnamed(self) -> Standing | Stop:
        """No launcher is named: the box or form may stand open from the start, else the generic method goes on."""
        if self._names_box and (standing := await self.stands_open(3_000, anything=True)):
            return standing
        return await self._open_generically()

    @property
    def _names_box(self) -> bool:
        """Whether the scenario itself says what to write into."""
        return self._own_input or bool(self.order.scenario.chat.form)

    @property
    def _own_input(self) -> bool:
        """Whether the scenario itself names the box: then no other is one."""
        spec = self.order.scenario.chat
        return bool(spec.input) and not spec.is_hint("input")

    async def _stands_open_late(self) -> Standing | None:
        """Nothing was found to open: what the scenario names may have needed longer, on a page that is slow or busy."""
        if self._lost or not self._names_box:
            return None
        standing = await self.stands_open(self.order.step_ms, anything=True)
        if standing:
            self.before = None
            self.journal.tell(EventName.NOTE, text="no launcher was found, but the chat stood open late")
        return standing

    async def _open_generically(self) -> Standing | Stop:
        began = self.journal.now()
        opening = await open_chat(self.chat.observer, self.chat.context, self._reload, _Requests(self))
        self.before = opening.before
        if opening.standing is None and (late := await self._stands_open_late()):
            return late
        if (one := opening.launcher) and opening.standing:
            await self.gallery.thing("chat.launcher", opening.survey.frames.get(one.document), one.id)
        self._tell_opening(opening, began)
        if opening.standing:
            return opening.standing
        if self._lost:
            return self._lost
        stop = await without_chat(self.chat, opening.survey, self.order.settings.control_url)
        if stop.outcome is Outcome.NOT_OFFERED and any(one.score >= STRONG for one in opening.tried):
            return Stop(Outcome.SCENARIO_BROKEN, "chat.launcher", "what looks like a launcher opens no chat")
        return stop

    def _tell_opening(self, opening: Opening, began: float) -> None:
        tried = "; ".join(f"{one.name or one.selector} ({one.score:.1f})" for one in opening.tried) or None
        error = (
            None if opening.standing else f"no chat opened; clicked: {tried}" if tried else "nothing looks like a chat"
        )
        report = self.journal.timed("chat.launcher", began, error, selector=f"generic: {tried}" if tried else "generic")
        self.journal.report(
            _with_hints(report, [one.selector for one in opening.tried if one.selector] if error else [])
        )

    async def _reload(self) -> None:
        """Begin again for the next candidate; a failure here is no word on whether a chat is offered."""
        limit_ms = self.order.settings.limits.page_timeout.total_seconds() * 1000
        answer = await self.chat.goto(self.order.scenario.url, limit_ms)
        if answer.error is not None:
            self._lost = Stop(Outcome.PROBE_FAULT, "load", f"loading again failed: {answer.error}")
        else:
            self._lost = await self.prepare()

    def note_request(self) -> None:
        """Opening may put the visitor in line: remember when, in case it does."""
        if self.order.scenario.chat.opening_starts_chat:
            self.times.requested = self.journal.now()

    async def _nothing_opened(self, step: str, error: str) -> Stop:
        barred = wall(await self.look(), before=self.before) if self.chat.alive else None
        if barred:
            return Stop(barred, step, "a wall opened instead of a chat")
        self.journal.report(self.journal.timed(step, self.journal.now(), error))
        return Stop(Outcome.SCENARIO_BROKEN, step, error)

    async def stands_open(
        self, timeout_ms: float, *, anything: bool = False, steps: InnerSteps | None = None
    ) -> Standing | None:
        """Wait for a chat, a form, an offline sign or a queue; `anything`: also what stood there from the start.

        With `steps`, what plainly leads on is clicked on the way.
        """
        until = time.monotonic() + timeout_ms / 1000
        seen: State | None = None
        while self.chat.alive:
            standing = await self._standing(anything=anything)
            if standing and standing.state is seen and (steps is None or steps.settled(standing)):
                return standing
            seen = standing.state if standing else None
            if time.monotonic() >= until and standing is None:
                return None
            if steps and await steps.go_on(await self.look(), standing):
                until = max(until, time.monotonic() + timeout_ms / 1000)
            await asyncio.sleep(OPEN_LOOK_S)
        return None

    async def _standing(self, *, anything: bool) -> Standing | None:
        """What stands open by the scenario's own selectors, else by the generic look."""
        spec = self.order.scenario.chat
        if spec.offline and await self.matches(spec.offline):
            return Standing(State.OFFLINE, said="chat.offline matches")
        if spec.input and await self.matches(spec.input):
            return await self._form_before_box() or await self._open_or_away()
        if spec.form and await self.matches(tuple(step.selector for step in spec.form if step.selector)):
            return Standing(State.FORM)
        standing = look_at(await self.look(), None if anything else self.before)
        if standing and standing.state is State.COMPOSER and self._own_input:
            return None  # the scenario says which box it is: wait for that one
        if standing and standing.state is State.WAITING and self._names_box:
            return None
        return standing

    async def _open_or_away(self) -> Standing:
        """The box is there; the words around it may still say that nobody is."""
        spec = self.order.scenario.chat
        seen = None if spec.offline and not spec.is_hint("offline") else look_at(await self.look(), self.before)
        said = seen.said if seen and seen.state in (State.COMPOSER, State.OFFLINE) and self.before else ""
        return Standing(State.COMPOSER, said=said)

    async def _form_before_box(self) -> Standing | None:
        """The form that must be filled first, where the box stands there and is closed to writing."""
        spec = self.order.scenario.chat
        box = (await self.chat.steps.find(Action("", "wait", spec.input, timeout_ms=0, frames=spec.frames))).target
        one = await identify(self.chat.observer, box) if box else ""
        now = await self.look()
        closed = any(field.id == one and not field.enabled for field in now.fields)
        standing = look_at(now, self.before) if closed else None
        return standing if standing and standing.state is State.FORM else None

    async def matches(self, selectors: tuple[str, ...]) -> bool:
        """Whether any of the chat's selectors matches something visible now."""
        return await self.finds(selectors, self.order.scenario.chat.frames)

    async def finds(self, selectors: tuple[str, ...], frames: tuple[str, ...] = ()) -> bool:
        """Whether any of the selectors matches something visible now, in any frame or in those `frames` select."""
        action = Action("", "wait", selectors, timeout_ms=0, frames=frames)
        return (await self.chat.steps.find(action)).target is not None


class _Kept(Companion):
    """Remembers what was clicked between launcher and box."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit

    async def inner(self, clicked: Clickable, now: Survey) -> None:
        """It is clicked now."""
        await self._visit.gallery.thing(INNER, now.frames.get(clicked.document), clicked.id)


class _Requests(_Kept):
    """Also remembers when a launcher was clicked: that may have put the visitor in line."""

    async def launcher(self, candidate: Candidate, now: Survey) -> None:  # noqa: ARG002  # any candidate may do it
        """It is clicked now."""
        self._visit.note_request()


def _with_hints(report: StepReport, hints: Sequence[str]) -> StepReport:
    return replace(report, near_misses=tuple(dict.fromkeys(hints)))
