"""Doing a scenario's steps: click, fill, press, wait, select; each ends in a report, never in an exception."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from playwright.async_api import BrowserContext, Frame
from playwright.async_api import Error as PlaywrightError

from chatprobe.browser.frames import Search, Target, all_frames, chat_frames, frame_offset, search
from chatprobe.browser.observer import Observer
from chatprobe.model import StepReport, StepStatus

CLICK_TIMEOUT_MS = 2_500
LOOK_EVERY_S = 0.2
TYPE_DELAY_MS = 12
NOTHING_MATCHES = "nothing matches"


@dataclass(frozen=True)
class Action:
    """One thing to do. The layers above translate a scenario's step into it."""

    path: str
    """Where it stands in the scenario, such as ``before[2]``."""
    verb: Literal["click", "fill", "press", "wait", "select"]
    selectors: tuple[str, ...] = ()
    """Alternatives, tried in order; none for a key pressed anywhere or a plain wait."""
    value: str = ""
    timeout_ms: float = 15_000
    """How long to look for the element; the length itself of a plain wait."""
    optional: bool = False
    frames: tuple[str, ...] = ()
    """Selectors of the iframe elements to look in; none for all frames."""


class Steps:
    """Does actions in one context."""

    def __init__(self, context: BrowserContext, observer: Observer) -> None:
        self._context = context
        self._observer = observer
        self.found: Callable[[Action, Search], Awaitable[None]] | None = None
        """Told what was found for an action, just before it is done."""

    async def do(self, action: Action) -> StepReport:
        """Do one action; the report says how it went, where it was looked for and what was in the way."""
        began = time.monotonic()
        report = StepReport(action.path, StepStatus.OK, 0.0, " | ".join(action.selectors) or None)
        try:
            report = await self._do(action, report)
        except PlaywrightError as error:
            report = replace(report, status=StepStatus.FAILED, error=_first_line(error), covered_by=cover_of(error))
        except TimeoutError:
            report = replace(report, status=StepStatus.FAILED, error="the page does not answer")
        if report.status is StepStatus.FAILED and action.optional:
            report = replace(report, status=StepStatus.SKIPPED)
        return replace(report, ms=(time.monotonic() - began) * 1000)

    async def _do(self, action: Action, report: StepReport) -> StepReport:
        if action.verb == "wait" and not action.selectors:
            await asyncio.sleep(action.timeout_ms / 1000)
            return report
        if action.verb == "press" and not action.selectors:
            await self._context.pages[-1].keyboard.press(action.value)
            return report
        found = await self.find(action)
        report = replace(report, frames=found.counts)
        if found.target is None:
            return replace(report, status=StepStatus.FAILED, error=found.error or missing(found))
        if self.found:
            await self.found(action, found)
        return replace(report, covered_by=await self.act(found.target, action))

    async def find(self, action: Action) -> Search:
        """Look for the action's element until it is visible or the time is over."""
        until = time.monotonic() + action.timeout_ms / 1000
        while True:
            found = await search(self._observer, await self.frames(action.frames), action.selectors)
            if found.target or found.error or time.monotonic() >= until:
                return found
            await asyncio.sleep(LOOK_EVERY_S)

    async def frames(self, selectors: Sequence[str]) -> list[Frame]:
        """The frames to look in; all of them while none matches `selectors` yet."""
        return await chat_frames(self._context, selectors) or all_frames(self._context)

    async def act(self, target: Target, action: Action) -> str | None:
        """Do the action on a found element; what covered it, if anything did."""
        if action.verb == "wait":
            return None
        if action.verb == "click":
            return await self.click(target)
        if target.locator is None:
            await self._click_point(target)
            await _type(target.frame, action)
            return None
        if action.verb == "select":
            await _select(target, action.value)
        elif action.verb == "press":
            await target.locator.press(action.value, timeout=CLICK_TIMEOUT_MS)
        else:
            await target.locator.fill(action.value, timeout=CLICK_TIMEOUT_MS)
        return None

    async def click(self, target: Target) -> str | None:
        """Click an element; where something else would get the click, click its centre by mouse and say what it was."""
        if target.locator is None:
            await self._click_point(target)
            return None
        try:
            await target.locator.click(timeout=CLICK_TIMEOUT_MS)
        except PlaywrightError as error:
            if "click action done" in str(error):
                return None  # it was clicked; what hung was only the page
            cover = cover_of(error)
            if cover is None and "imeout" not in str(error):
                raise
            box = await target.locator.bounding_box(timeout=CLICK_TIMEOUT_MS)
            if box is None:
                raise
            await target.frame.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
            return cover
        return None

    async def _click_point(self, target: Target) -> None:
        assert target.point is not None  # noqa: S101  # a target has a locator or a point
        x, y = await frame_offset(target.frame)
        await target.frame.page.mouse.click(x + target.point[0], y + target.point[1])


async def _type(frame: Frame, action: Action) -> None:
    if action.verb == "press":
        await frame.page.keyboard.press(action.value)
    else:
        await frame.page.keyboard.type(action.value, delay=TYPE_DELAY_MS)


async def _select(target: Target, value: str) -> None:
    """Choose an option by its value, else by its label."""
    assert target.locator is not None  # noqa: S101  # checked by the caller
    try:
        await target.locator.select_option(value, timeout=CLICK_TIMEOUT_MS)
    except PlaywrightError:
        await target.locator.select_option(label=value, timeout=CLICK_TIMEOUT_MS)


def missing(found: Search) -> str:
    """Why nothing usable was found."""
    matches = sum(count.matches for count in found.counts)
    if not matches:
        return NOTHING_MATCHES
    return f"{matches} match, none is visible"


def cover_of(error: PlaywrightError) -> str | None:
    """The element that stood in the way of a click, as Playwright names it."""
    match = re.search(r"(<[^>]{1,300}>)[^\n]{0,200}intercepts pointer events", str(error))
    return match.group(1) if match else None


def _first_line(error: PlaywrightError) -> str:
    return str(error).strip().splitlines()[0][:300]
