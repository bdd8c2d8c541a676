"""Calling a widget's public JavaScript: what opens and ends its chat without a click."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from playwright.async_api import BrowserContext, Frame

from chatprobe.browser.frames import all_frames
from chatprobe.browser.observer import FrameGone, Observer

LOOK_EVERY_S = 0.2
OVER_S = 2.0
"""How long a call may keep the page busy before we go on without its end."""


@dataclass(frozen=True)
class PageCall:
    """A function by its path from `window`, and what it is called with."""

    path: str
    args: tuple[str | tuple[str, ...], ...] = ()

    def __str__(self) -> str:
        told = (f"[{', '.join(one)}]" if isinstance(one, tuple) else one for one in self.args)
        return f"{self.path}({', '.join(told)})"


@dataclass(frozen=True)
class Called:
    """What became of a call."""

    call: PageCall | None = None
    """The one whose function was there; None: none is."""
    error: str | None = None
    """What the page's function threw."""


async def call_page(observer: Observer, context: BrowserContext, calls: Sequence[PageCall], timeout_s: float) -> Called:
    """Call the first of `calls` whose function is there, the page's own before those of its frames.

    Waits `timeout_s` for one of them to be there.
    """
    until = time.monotonic() + timeout_s
    while True:
        frames = sorted(all_frames(context), key=lambda frame: frame.parent_frame is not None)
        for call, frame in product(calls, frames):
            if await _called(observer, frame, call):
                return Called(call, await _error(observer, frame))
        if time.monotonic() >= until:
            return Called()
        await asyncio.sleep(LOOK_EVERY_S)


async def _called(observer: Observer, frame: Frame, call: PageCall) -> bool:
    try:
        return bool(await observer.call(frame, "call", {"path": call.path, "args": call.args}))
    except FrameGone:
        return False


async def _error(observer: Observer, frame: Frame) -> str | None:
    until = time.monotonic() + OVER_S
    while time.monotonic() < until:
        try:
            seen = await observer.call(frame, "called")
        except FrameGone:  # the call may have loaded another page
            return None
        if seen and seen["over"]:
            return str(seen["error"]) if seen["error"] else None
        await asyncio.sleep(0.05)
    return None
