"""Getting past what stands over a page: refusing what can be refused, in a banner's own choices too."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

from playwright.async_api import BrowserContext

from chatprobe.browser.banners import find_overlays, opens_choices, refuses
from chatprobe.browser.observer import Observer
from chatprobe.browser.pointing import click
from chatprobe.browser.survey import Clickable, Survey, survey

CHOICES_S = 2.5
"""How long a banner's choices may take to show."""
LOOK_EVERY_S = 0.3

Hear = Callable[[Clickable, Survey], Awaitable[None]]
"""Hears what will be clicked, just before it is."""


async def unheard(_clicked: Clickable, _now: Survey) -> None:
    """Nobody wants to know."""


async def pass_overlay(
    observer: Observer,
    context: BrowserContext,
    now: Survey,
    done: frozenset[str] = frozenset(),
    hear: Hear = unheard,
) -> tuple[Clickable, ...]:
    """Get one banner, age gate or offer out of the way; what was clicked, in order, none of `done`.

    A banner that offers no refusal but choices is refused there, as far as its choices can be read.
    """
    first = next((one for one in find_overlays(now) if one.id not in done), None)
    if first is None:
        return ()
    await hear(first, now)
    await click(observer, now, first)
    if not opens_choices(first):
        return (first,)
    second, now = await _refusal(observer, context, done | {first.id})
    if second is None:
        return (first,)
    await hear(second, now)
    await click(observer, now, second)
    return first, second


async def _refusal(
    observer: Observer, context: BrowserContext, done: frozenset[str]
) -> tuple[Clickable | None, Survey]:
    """What refuses among the choices once they show, else what agrees; None where nothing stands there any more."""
    until = time.monotonic() + CHOICES_S
    while True:
        await asyncio.sleep(LOOK_EVERY_S)
        now = await survey(observer, context)
        found = [one for one in find_overlays(now) if one.id not in done]
        refusing = next((one for one in found if refuses(one)), None)
        if refusing or time.monotonic() >= until:
            return refusing or next(iter(found), None), now
