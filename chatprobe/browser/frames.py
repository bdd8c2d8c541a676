"""Finding an element by a scenario's selector, in every frame and root, and saying why when there is none."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from playwright.async_api import BrowserContext, Frame, Locator
from playwright.async_api import Error as PlaywrightError

from chatprobe.addresses import shown
from chatprobe.browser.observer import FrameGone, Observer
from chatprobe.model import FrameCount

ChatFrame: TypeAlias = Frame
"""A frame, for those who only hand it on: they need to know nothing of Playwright."""
COUNT_TIMEOUT_S = 2.0
LOOKED_AT = 8
"""How many matches in one frame are asked whether they are visible."""


@dataclass(frozen=True)
class Target:
    """A usable element: by locator, or (in a closed shadow root, where locators find nothing) by a point."""

    frame: Frame
    selector: str
    locator: Locator | None
    point: tuple[float, float] | None = None
    """Centre in the viewport of its frame."""
    id: str = ""
    """The survey's id of an element found by a point."""


@dataclass(frozen=True)
class Search:
    """What one look for a selector found."""

    target: Target | None
    counts: tuple[FrameCount, ...]
    error: str | None = None
    """Why the selector itself cannot be used."""


def all_frames(context: BrowserContext) -> list[Frame]:
    """Every frame of every page, newest page first, outer frames before inner ones."""
    return [frame for page in reversed(context.pages) for frame in page.frames if not frame.is_detached()]


async def chat_frames(context: BrowserContext, selectors: Sequence[str]) -> list[Frame]:
    """The frames whose element, or that of a frame around them, matches one of `selectors`; all frames without any."""
    if not selectors:
        return all_frames(context)
    chosen: list[Frame] = []
    for frame in all_frames(context):
        if frame.parent_frame in chosen or await _element_matches(frame, selectors):
            chosen.append(frame)
    return chosen


async def _element_matches(frame: Frame, selectors: Sequence[str]) -> bool:
    if frame.parent_frame is None:
        return False
    try:
        element = await asyncio.wait_for(frame.frame_element(), COUNT_TIMEOUT_S)
        owner = frame.parent_frame
        for selector in selectors:
            for match in await asyncio.wait_for(owner.query_selector_all(selector), COUNT_TIMEOUT_S):
                if await asyncio.wait_for(owner.evaluate("([a, b]) => a === b", [match, element]), COUNT_TIMEOUT_S):
                    return True
    except (PlaywrightError, TimeoutError):
        return False
    return False


def frame_name(frame: Frame) -> str:
    """How a frame is shown to people."""
    try:
        return f"{frame.name} {shown(frame.url)}".strip()
    except PlaywrightError:
        return "(gone)"


async def search(observer: Observer, frames: Iterable[Frame], selectors: Sequence[str]) -> Search:
    """Look once for the first visible match of any of `selectors`, in their order."""
    counts: list[FrameCount] = []
    error: str | None = None
    found: Target | None = None
    frames = list(frames)
    for selector in selectors:
        looks = await asyncio.gather(*(_look(observer, frame, selector) for frame in frames))
        for look in looks:
            counts.extend(look.counts)
            error = error or look.error
            found = found or look.target
        if found:
            break
    return Search(found, tuple(counts), None if found else error)


async def _look(observer: Observer, frame: Frame, selector: str) -> Search:
    try:
        locator = frame.locator(selector)
        total = await asyncio.wait_for(locator.count(), COUNT_TIMEOUT_S)
        visible = 0
        target = None
        for index in range(min(total, LOOKED_AT)):
            one = locator.nth(index)
            if await asyncio.wait_for(one.is_visible(), COUNT_TIMEOUT_S):
                visible += 1
                target = target or Target(frame, selector, one)
    except PlaywrightError as problem:
        return Search(None, (), selector_error(problem))
    except TimeoutError:
        return Search(None, (FrameCount(frame_name(frame), 0, 0),), None)
    if target:
        return Search(target, (FrameCount(frame_name(frame), total, visible),))
    return await _look_in_closed_roots(observer, frame, selector, total)


async def _look_in_closed_roots(observer: Observer, frame: Frame, selector: str, total: int) -> Search:
    try:
        seen = await observer.call(frame, "find", selector, timeout_s=COUNT_TIMEOUT_S) or {}
    except FrameGone:  # also for a selector that is not plain CSS
        seen = {}
    point = seen.get("first")
    target = Target(frame, selector, None, (point["x"], point["y"]), str(point["id"])) if point else None
    count = FrameCount(frame_name(frame), max(total, int(seen.get("count", 0))), int(seen.get("visible", 0)))
    return Search(target, (count,))


async def identify(observer: Observer, target: Target) -> str:
    """The survey's id of a found element; empty where it went away."""
    if target.locator is None:
        return target.id
    try:
        handle = await asyncio.wait_for(target.locator.element_handle(timeout=COUNT_TIMEOUT_S * 1000), COUNT_TIMEOUT_S)
        return str(await observer.call(target.frame, "identify", handle, COUNT_TIMEOUT_S) or "")
    except (PlaywrightError, TimeoutError, FrameGone):
        return ""


def selector_error(problem: PlaywrightError) -> str | None:
    """The reason where Playwright says that a selector is malformed; None for every other trouble."""
    text = str(problem)
    if re.search(r"while parsing|not a valid|Unknown engine|Unexpected token|Malformed|Unsupported token", text):
        return text.strip().splitlines()[0][:300]
    return None


async def frame_offset(frame: Frame) -> tuple[float, float]:
    """Where a frame's viewport begins, in CSS pixels of its page."""
    if frame.parent_frame is None:
        return 0.0, 0.0
    element = await asyncio.wait_for(frame.frame_element(), COUNT_TIMEOUT_S)
    box = await asyncio.wait_for(element.bounding_box(), COUNT_TIMEOUT_S)
    if box is None:
        return 0.0, 0.0
    inset = await asyncio.wait_for(element.evaluate(_INSET), COUNT_TIMEOUT_S)
    # Playwright's box already counts from the viewport of the page, through every frame around.
    return box["x"] + inset[0], box["y"] + inset[1]


_INSET = """e => {
  const style = getComputedStyle(e);
  const size = (name) => parseFloat(style[name]) || 0;
  return [size('borderLeftWidth') + size('paddingLeft'), size('borderTopWidth') + size('paddingTop')];
}"""
