"""The box the visitor writes into: finding it, typing with real keys, and sending in the way this chat wants."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

from chatprobe.browser.arrival import Stop
from chatprobe.browser.chat import Chat
from chatprobe.browser.frames import Target
from chatprobe.browser.gates import pass_overlay
from chatprobe.browser.locate import find_composer, send_controls
from chatprobe.browser.pointing import ask, click, spot_of
from chatprobe.browser.steps import Action
from chatprobe.browser.survey import Clickable, Field, Survey
from chatprobe.model import Outcome, StepReport, StepStatus
from chatprobe.probe.journal import Journal
from chatprobe.probe.order import Order

SENT_S = 2.0
"""How long a way of sending is given to empty the box or show the echo."""
SLOW_S = 5.0
"""How much longer where it made no new line either."""

HINTED_MS = 1_000.0
"""How long the box that a preset names is looked for, where another one stands open."""

WRITE_TRIES = 4
"""How often a text is typed at most: dialogs and late scripts swallow keys."""


class Composer:
    """The chat's box."""

    def __init__(self, order: Order, chat: Chat, journal: Journal, look: Callable[[], Awaitable[Survey]]) -> None:
        self.order = order
        self.chat = chat
        self.journal = journal
        self.look = look
        self._target: Target | None = None
        self._field: Field | None = None

    async def take(self, field: Field | None) -> Stop | None:
        """Put the keyboard into the box: the scenario's `chat.input`, else the field that was found."""
        began = self.journal.now()
        spec = self.order.scenario.chat
        report = await self._take_by_selector(field) if spec.input else None
        if report is None or (report.status is StepStatus.FAILED and spec.is_hint("input")):
            self._field = field
            taken = field is not None and await self._take_field()
            error = None if taken else "nothing to write into"
            report = self.journal.timed("chat.input", began, error, "generic")
        if not self.journal.report(report):
            return Stop(Outcome.SCENARIO_BROKEN, "chat.input", report.error or "")
        return None

    async def _take_by_selector(self, seen: Field | None) -> StepReport:
        spec = self.order.scenario.chat
        # Of a preset's box and one that was seen, the one that is there counts.
        timeout_ms = HINTED_MS if seen and spec.is_hint("input") else self.order.step_ms
        action = Action("chat.input", "click", spec.input, timeout_ms=timeout_ms, frames=spec.frames)
        report = await self.chat.steps.do(action)
        if report.status is StepStatus.FAILED:
            return replace(report, near_misses=await self.near_misses())
        found = await self.chat.steps.find(action)
        self._target = found.target
        if self._target is None:
            gone = "it vanished when it was clicked"
            return self.journal.timed("chat.input", self.journal.now(), gone, report.selector)
        if not await self.chat.attend(self._target.frame):
            if self._target.locator is not None:
                await self._target.locator.focus(timeout=2_000)
            if not await self.chat.attend(self._target.frame):
                mute = "no text can be typed into it"
                return self.journal.timed("chat.input", self.journal.now(), mute, report.selector)
        return report

    async def near_misses(self) -> tuple[str, ...]:
        """The selector of what the generic method would write into."""
        now = await self.look()
        field = find_composer(now)
        hint = await ask(self.chat.observer, now, field, "selector") if field else None
        return (str(hint),) if hint else ()

    async def _take_field(self) -> bool:
        now = await self.look()
        field = next((one for one in now.fields if self._field and one.id == self._field.id), None)
        field = field or find_composer(now)
        if field is None or await click(self.chat.observer, now, field) is None:
            return False
        self._field = field
        frame = now.frames[field.document]
        if await self.chat.attend(frame):
            return True
        await self.chat.observer.call(frame, "focus", field.id)
        return await self.chat.attend(frame)

    async def write(self, text: str) -> Stop | None:
        """Type a text and see that it stands in the box."""
        began = self.journal.now()
        for attempt in range(WRITE_TRIES):
            if attempt:
                await self.clear()
            last = attempt == WRITE_TRIES - 1  # dialogs may take the keys of a page that is slow to take them
            await (self.chat.paste(text) if last else self.chat.type(text))
            await self.chat.expect(text)
            if await self.chat.held():
                return None
        report = self.journal.timed("chat.input", began, "what was typed does not stand in the box", self._shown())
        self.journal.report(report)
        return Stop(Outcome.SCENARIO_BROKEN, "chat.input", report.error or "")

    async def clear(self) -> None:
        """Empty the box."""
        await self.chat.page.keyboard.press("Control+a")
        await self.chat.page.keyboard.press("Backspace")

    async def send(self) -> Stop | None:
        """Send: each way only while the text still stands in the box; then wait for the visitor's own echo."""
        began = self.journal.now()
        for way, act in self._ways():
            if not await act():
                continue
            echoed, emptied = await self.chat.settled(SENT_S)
            if not echoed and not emptied and not await self._line_break(way):
                # Nothing visible came of it: the page may be sending, and another try would ask twice.
                echoed, emptied = await self.chat.settled(SLOW_S)
            if echoed:
                self.journal.report(self.journal.timed("chat.send", began, None, way))
                return None
            if emptied or not await self.chat.held():
                return await self._await_echo(began)
            await self._drop_line_break(way)
        return self._unsent(began, emptied=False)

    async def _await_echo(self, began: float) -> Stop | None:
        if await self.chat.echoed(self.order.settings.limits.echo_timeout.total_seconds()):
            self.journal.report(self.journal.timed("chat.send", began, None, "the box emptied, then the echo came"))
            return None
        return self._unsent(began, emptied=True)

    def _unsent(self, began: float, *, emptied: bool) -> Stop:
        if not self.chat.alive:
            return Stop(Outcome.PROBE_FAULT, "chat.send", "the page crashed or closed itself while sending")
        error = (
            "the box emptied, but the question does not show in the chat"
            if emptied
            else "the question still stands in the box: neither Enter nor a send control nor Ctrl+Enter sends it"
        )
        step = "echo" if emptied else "chat.send"
        self.journal.report(self.journal.timed(step, began, error, " | ".join(self.order.scenario.chat.send) or None))
        return Stop(Outcome.SCENARIO_BROKEN, step, error)

    def _ways(self) -> list[tuple[str, Callable[[], Awaitable[bool]]]]:
        enter = ("Enter", lambda: self._press("Enter"))
        rest = [("send control", self._click_control), ("Ctrl+Enter", lambda: self._press("Control+Enter"))]
        if not self.order.scenario.chat.send:
            return [enter, *rest]
        named = ("chat.send", self._click_selector)
        return [enter, named, *rest] if self._hinted_send else [named, enter, *rest]

    @property
    def _hinted_send(self) -> bool:
        return self.order.scenario.chat.is_hint("send")

    async def _press(self, key: str) -> bool:
        await self.chat.page.keyboard.press(key)
        return True

    async def _click_selector(self) -> bool:
        spec = self.order.scenario.chat
        timeout_ms = 0.0 if self._hinted_send else 3_000.0
        action = Action("chat.send", "click", spec.send, timeout_ms=timeout_ms, frames=spec.frames)
        report = await self.chat.steps.do(action)
        if report.status is StepStatus.FAILED and not self._hinted_send:
            self.journal.report(report)
        return report.status is StepStatus.OK

    async def _click_control(self) -> bool:
        now = await self.look()
        control = self._control(now)
        spot = await spot_of(self.chat.observer, now, control) if control else None
        if spot and spot.cover and await pass_overlay(self.chat.observer, self.chat.context, now):
            now = await self.look()
            control = self._control(now)
        self.chat.sent_by = control.id if control else ""
        return control is not None and await click(self.chat.observer, now, control) is not None

    def _control(self, now: Survey) -> Clickable | None:
        """What most likely sends."""
        field = self._field and next((one for one in now.fields if one.id == self._field.id), None)
        field = field or find_composer(now)
        return next(iter(send_controls(now, field)), None) if field else None

    async def _line_break(self, way: str) -> bool:
        """Whether Enter made a new line instead of sending."""
        return way == "Enter" and await self.chat.held() and (await self.chat.box_text()).endswith("\n")

    async def _drop_line_break(self, way: str) -> None:
        """Where Enter made a new line, take it back before the next way is tried."""
        if await self._line_break(way):
            await self.chat.page.keyboard.press("Backspace")

    def _shown(self) -> str:
        return " | ".join(self.order.scenario.chat.input) or "generic"
