"""Looking at an address for known chat widgets: load it, wait for what comes late, name what is there."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass

from chatprobe.addresses import shown
from chatprobe.browser.arrival import HUNG_S, refused
from chatprobe.browser.carries import Carried, Loads, look
from chatprobe.browser.chat import Chat
from chatprobe.browser.context import Browsers, ContextOptions
from chatprobe.browser.loading import PageAnswer
from chatprobe.discover.recognise import Found, names_of, recognise, selectors_of
from chatprobe.errors import SiteUnreachable
from chatprobe.scenario.preset import Preset

LATE_S = 10.0
"""How long a widget may take to show its first mark: sites load their chat last."""
MORE_S = 2.5
"""How long after a new mark others are waited for: a stub comes before its script, a script before its frame."""
LOOK_EVERY_S = 0.5
HINT = "open the address in a browser of your own"


@dataclass(frozen=True)
class Detection:
    """What was found at an address."""

    url: str
    """Where the browser ended up."""
    status: int | None
    """HTTP status of the page."""
    found: tuple[Found, ...]
    """Best attested first."""


async def detect(
    url: str, browsers: Browsers, options: ContextOptions, presets: Sequence[Preset], timeout_ms: float
) -> Detection:
    """Which of these vendors' widgets are at an address; its page may take `timeout_ms` to come.

    Clicks and sends nothing. Raises SiteUnreachable where no page comes, and BrowserMissing.
    """
    async with browsers.context(options) as context:
        loads = Loads(context)
        chat = Chat(context, {}, lambda _: None)
        await chat.start()
        answer = await chat.goto(url, timeout_ms)
        found = await _looked(url, chat, loads, presets, answer)
        chat.guard.leaving = True
        return Detection(answer.url, answer.status, tuple(found))


async def _looked(url: str, chat: Chat, loads: Loads, presets: Sequence[Preset], answer: PageAnswer) -> list[Found]:
    if nothing := answer.error or answer.unfit:
        raise SiteUnreachable(f"{shown(url)}: {nothing}", HINT)
    if not await chat.responds(HUNG_S):
        raise SiteUnreachable(f"{shown(url)}: the page hangs: nothing on it answers", HINT)
    found = await vendors_of(chat, loads, presets)
    # A page that turns us away may carry a widget all the same.
    if not found and (stop := await refused(chat, answer, control_url=None)):
        raise SiteUnreachable(f"{shown(url)}: {stop.detail.partition('; ')[0]}", HINT)
    return found


async def vendors_of(chat: Chat, loads: Loads, presets: Sequence[Preset]) -> list[Found]:
    """Whose widgets the chat's page carries, once nothing new has come for a while.

    Raises SiteUnreachable where the page goes away meanwhile.
    """
    names, selectors = names_of(presets), selectors_of(presets)
    until, seen = time.monotonic() + LATE_S, Carried()
    while chat.alive:
        now = await look(chat.observer, chat.context, loads, names, selectors)
        found = recognise(now, presets)
        if recognise(seen, presets) != found:
            until, seen = time.monotonic() + MORE_S, now
        if time.monotonic() >= until:
            return found
        await asyncio.sleep(LOOK_EVERY_S)
    raise SiteUnreachable("the page crashed or closed itself")
