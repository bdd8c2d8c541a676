"""The anatomy of surveyed elements, and which selectors find just such an element and nothing else."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

from playwright.async_api import BrowserContext, Frame
from playwright.async_api import Error as PlaywrightError

from chatprobe.browser.frames import all_frames, chat_frames, identify, search
from chatprobe.browser.observer import FrameGone, Observer
from chatprobe.browser.pointing import ask
from chatprobe.browser.stability import Anatomy, Choice, Way, choices
from chatprobe.browser.survey import Survey, Thing

HANDLE_TIMEOUT_S = 3.0
KEPT = 3
"""Ways kept of finding one element, each of another kind."""
TRIED = 14
"""Ways tried of finding one element."""


async def anatomy(observer: Observer, now: Survey, thing: Thing) -> Mapping[str, Any] | None:
    """All by which an element might be found again, as JSON; None where it is gone."""
    told = await ask(observer, now, thing, "anatomy")
    return told if isinstance(told, Mapping) else None


async def finds_only(
    observer: Observer, context: BrowserContext, selector: str, thing: Thing, frames: Sequence[str] = ()
) -> bool:
    """Whether a selector finds this element, and no other visible one, in all frames or in those `frames` select."""
    places = await chat_frames(context, frames) or all_frames(context)
    found = await search(observer, places, [selector])
    if found.target is None or sum(count.visible for count in found.counts) != 1:
        return False
    return await identify(observer, found.target) == thing.id


async def ways_of(
    observer: Observer, context: BrowserContext, now: Survey, thing: Thing, frames: Sequence[str] = ()
) -> tuple[Anatomy | None, tuple[Choice, ...]]:
    """The anatomy of an element, and of each kind the best way that finds it and no other, most lasting first."""
    told = await anatomy(observer, now, thing)
    if told is None:
        return None, ()
    read = Anatomy.read(told)
    kept: dict[Way, Choice] = {}
    for choice in choices(read)[:TRIED]:
        if choice.way in kept or (choice.way is Way.KIND and kept):
            continue
        if await finds_only(observer, context, choice.selector, thing, frames):
            kept[choice.way] = choice
        if len(kept) == KEPT:
            break
    return read, tuple(kept.values())


async def ways_to_frame(
    observer: Observer, context: BrowserContext, frame: Frame
) -> tuple[Anatomy | None, tuple[Choice, ...]]:
    """The same for the element that holds a frame, by what `chat.frames` takes."""
    told = await frame_anatomy(observer, frame)
    if told is None:
        return None, ()
    read = Anatomy.read(told)
    tried = [one for one in choices(read)[:TRIED] if one.way not in (Way.ROLE, Way.KIND)]
    ways = [one for one in tried if await selects_only(context, one.selector, frame)]
    return read, tuple({one.way: one for one in reversed(ways)}.values())[::-1][:KEPT]


async def frame_anatomy(observer: Observer, frame: Frame) -> Mapping[str, Any] | None:
    """The anatomy of the element that holds a frame; None for a page's own, and where nobody answers."""
    if frame.parent_frame is None:
        return None
    try:
        async with asyncio.timeout(HANDLE_TIMEOUT_S):
            element = await frame.frame_element()
        held = await observer.call(frame.parent_frame, "identify", element, HANDLE_TIMEOUT_S)
        told = await observer.call(frame.parent_frame, "anatomy", held)
    except (PlaywrightError, TimeoutError, FrameGone):
        return None
    return told if isinstance(told, Mapping) else None


async def selects_only(context: BrowserContext, selector: str, frame: Frame) -> bool:
    """Whether a selector of `chat.frames` chooses this frame and those in it, and no other."""
    chosen = await chat_frames(context, [selector])
    return frame in chosen and all(one is frame or _is_in(one, frame) for one in chosen)


def _is_in(one: Frame, frame: Frame) -> bool:
    above = one.parent_frame
    while above is not None and above is not frame:
        above = above.parent_frame
    return above is frame
