"""Acts of a visitor on surveyed elements: the mouse at coordinates, the keyboard; through any frames and roots."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

from playwright.async_api import Error, Frame

from chatprobe.browser.observer import FrameGone, Observer
from chatprobe.browser.survey import Survey, Thing, host_of

ACT_TIMEOUT_S = 5.0


@dataclass(frozen=True)
class Spot:
    """Where to put the mouse, in CSS pixels of the page."""

    x: float
    y: float
    cover: str = ""
    """What would receive the click instead; empty for nothing."""


async def spot_of(observer: Observer, survey: Survey, thing: Thing) -> Spot | None:
    """Where to click a surveyed element now, scrolled into view; None when it is gone."""
    frame = survey.frames[thing.document]
    try:
        seen = await observer.call(frame, "reveal", thing.id)
    except FrameGone:
        return None
    if not seen:
        return None
    x, y = seen["point"]
    return await _raise_spot(observer, frame, Spot(x, y, seen["cover"] or ""))


async def _raise_spot(observer: Observer, frame: Frame, spot: Spot) -> Spot | None:
    """Carry a point of a frame up to the page, noting what covers it on the way."""
    while frame.parent_frame:
        host = await host_of(observer, frame)
        if host is None:
            return None
        x, y, _, _ = host["content"]
        cover = spot.cover or await _cover(observer, frame, spot.x + x, spot.y + y)
        spot = Spot(spot.x + x, spot.y + y, cover)
        frame = frame.parent_frame
    return spot


async def _cover(observer: Observer, frame: Frame, x: float, y: float) -> str:
    try:
        element = await frame.frame_element()
        return str(await observer.call(frame.parent_frame or frame, "cover", [element, x, y]) or "")
    except (FrameGone, Error):
        return ""


async def click(observer: Observer, survey: Survey, thing: Thing) -> Spot | None:
    """Click a surveyed element, at its centre if that is free; None when it is gone or the page does not answer."""
    spot = await spot_of(observer, survey, thing)
    if spot is None or not await click_at(survey, thing, spot):
        return None
    return spot


async def click_at(survey: Survey, thing: Thing, spot: Spot) -> bool:
    """Click a spot of the element's page; False when the page does not answer."""
    try:
        async with asyncio.timeout(ACT_TIMEOUT_S):
            await survey.page_of(thing).mouse.click(spot.x, spot.y, delay=30)
    except (Error, TimeoutError):
        return False
    return True


async def press(survey: Survey, thing: Thing, key: str, times: int = 1) -> bool:
    """Press a key on the page of an element; False when the page does not answer."""
    try:
        async with asyncio.timeout(ACT_TIMEOUT_S):
            for _ in range(times):
                await survey.page_of(thing).keyboard.press(key)
    except (Error, TimeoutError):
        return False
    return True


async def type_into(observer: Observer, survey: Survey, thing: Thing, text: str) -> bool:
    """Click a field, replace what stands in it by typed keys, and say whether the text then stands there."""
    if await click(observer, survey, thing) is None:
        return False
    await ask(observer, survey, thing, "focus")
    await press(survey, thing, "Control+a")
    try:
        async with asyncio.timeout(ACT_TIMEOUT_S + len(text) * 0.1):
            await survey.page_of(thing).keyboard.type(text, delay=8)
    except (Error, TimeoutError):
        return False
    held = await ask(observer, survey, thing, "read")
    return bool(held) and "".join(held["value"].split()) == "".join(text.split())


async def ask(observer: Observer, survey: Survey, thing: Thing, command: str) -> Any:
    """One of the observer's commands about a surveyed element; None when it is gone."""
    try:
        return await observer.call(survey.frames[thing.document], command, thing.id)
    except FrameGone:
        return None
