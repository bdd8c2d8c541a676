"""Parts of a chat: what the selectors of a scenario match, in every frame and every tree of it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass

from playwright.async_api import BrowserContext, Error, Frame, Locator

from chatprobe.browser.frames import COUNT_TIMEOUT_S, LOOKED_AT, all_frames, chat_frames, frame_name, selector_error
from chatprobe.browser.observer import FrameGone, Observer
from chatprobe.browser.portrait import Place, Portrait, place_of, portray
from chatprobe.parts import Part


@dataclass(frozen=True)
class Match:
    """What one alternative matches in one frame."""

    path: str
    """The part's."""
    index: int
    """Which alternative, from 0."""
    selector: str
    frame: str
    """How the frame is shown to people."""
    count: int
    visible: int
    inside: bool
    """The frame is one of those the scenario says to look in; True where it says nothing of frames."""
    rows: bool = False
    portraits: tuple[Portrait, ...] = ()
    """Of what is visible, the first few."""


async def look_for(
    observer: Observer, context: BrowserContext, parts: Iterable[Part], most: int = 2
) -> tuple[Match, ...]:
    """Everything that the parts' selectors match now, by part, alternative and frame; `most` portraits of each."""
    places = [place for place in await asyncio.gather(*(_place(observer, one) for one in all_frames(context))) if place]
    found: list[Match] = []
    for part in parts:
        inside = set(await chat_frames(context, part.frames)) if part.frames else None
        for index, selector in enumerate(part.selectors):
            looks = await asyncio.gather(*(_look(observer, place, part, selector, most) for place in places))
            found += [
                Match(part.path, index, selector, frame_name(place.frame), *look[:2],
                      inside=not inside or place.frame in inside, rows=part.rows, portraits=look[2])
                for place, look in zip(places, looks, strict=True)
                if look[0]
            ]  # fmt: skip
    return tuple(found)


_Look = tuple[int, int, tuple[Portrait, ...]]
_NOTHING: _Look = (0, 0, ())


async def _place(observer: Observer, frame: Frame) -> Place | None:
    try:
        return await place_of(observer, frame)
    except FrameGone:
        return None


async def _look(observer: Observer, place: Place, part: Part, selector: str, most: int) -> _Look:
    try:
        found = _NOTHING if part.rows else await _by_locator(observer, place, selector, most)
        everywhere = found if found[1] else await _in_all_trees(observer, place, part, selector, most)
        return max(found, everywhere, key=lambda look: look[:2])
    except (FrameGone, TimeoutError):
        return _NOTHING
    except Error as error:
        if selector_error(error):
            return _NOTHING
        raise


async def _by_locator(observer: Observer, place: Place, selector: str, most: int) -> _Look:
    """By Playwright's selector, which sees open shadow roots."""
    locator = place.frame.locator(selector)
    count = await asyncio.wait_for(locator.count(), COUNT_TIMEOUT_S)
    shown = [one for one in (locator.nth(at) for at in range(min(count, LOOKED_AT))) if await _is_visible(one)]
    handles = [await asyncio.wait_for(one.element_handle(), COUNT_TIMEOUT_S) for one in shown[:most]]
    portraits = [await portray(observer, place, handle) for handle in handles]
    return count, len(shown), tuple(one for one in portraits if one)


async def _is_visible(one: Locator) -> bool:
    return await asyncio.wait_for(one.is_visible(), COUNT_TIMEOUT_S)


async def _in_all_trees(observer: Observer, place: Place, part: Part, css: str, most: int) -> _Look:
    """By plain CSS, which the observer looks for in closed roots, too."""
    asked = {"css": css, "most": most, "quiet": part.rows}
    seen = await observer.call(place.frame, "matching", asked, COUNT_TIMEOUT_S)
    if not seen:
        return _NOTHING
    portraits = tuple(place.portrait(row) for row in seen["portraits"] if row["visible"])
    return int(seen["count"]), int(seen["visible"]), portraits
