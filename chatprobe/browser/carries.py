"""What a page carries that may name the vendor of its chat: what it loads, its globals, its elements."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urljoin

from playwright.async_api import BrowserContext, Frame, Page, Request, WebSocket
from playwright.async_api import Error as PlaywrightError

from chatprobe.browser.frames import all_frames
from chatprobe.browser.observer import FrameGone, Observer

MOST = 5_000
"""Addresses; a page that loads more has shown what it loads."""
LONGEST = 500
LOOK_TIMEOUT_S = 3.0


@dataclass(frozen=True)
class Carried:
    """What all documents of a page carry together."""

    addresses: frozenset[str] = frozenset()
    """What was loaded, or stands in the page to be loaded, sockets among them; without fragment."""
    held: frozenset[str] = frozenset()
    """Addresses of scripts that stand in the page and are held back, mostly until the visitor consents."""
    globals: frozenset[str] = frozenset()
    """Which of the names asked for some script has made."""
    elements: frozenset[str] = frozenset()
    """Which of the selectors asked for match."""


class Loads:
    """Hears what a context loads. Make it before the page."""

    def __init__(self, context: BrowserContext) -> None:
        self.addresses: set[str] = set()
        context.on("request", self._request)
        context.on("page", self._page)

    def _page(self, page: Page) -> None:
        page.on("websocket", self._socket)

    def _request(self, request: Request) -> None:
        # Pictures of a widget are no widget, and neither is the page itself.
        if request.resource_type in _LOADED and not _is_page(request):
            self._add(request.url)

    def _socket(self, socket: WebSocket) -> None:
        self._add(socket.url)

    def _add(self, url: str) -> None:
        if len(self.addresses) < MOST and not url.startswith(("data:", "blob:")):
            self.addresses.add(_plain(url))


_LOADED = frozenset({"script", "document", "xhr", "fetch", "eventsource", "stylesheet"})


def _is_page(request: Request) -> bool:
    try:
        return request.is_navigation_request() and request.frame.parent_frame is None
    except PlaywrightError:  # a service worker's request has no frame
        return False


def _plain(url: str) -> str:
    return url.partition("#")[0][:LONGEST]


async def look(
    observer: Observer, context: BrowserContext, loads: Loads, names: Sequence[str], selectors: Sequence[str]
) -> Carried:
    """What the context's pages carry now, of these names of JavaScript and these plain CSS selectors.

    A document that does not answer carries nothing.
    """
    frames = all_frames(context)
    wanted = {"globals": list(names), "elements": list(selectors)}
    seen = await asyncio.gather(*(_look(observer, frame, wanted) for frame in frames))
    declared = {kind: frozenset(one for document in seen for one in document.get(kind, ())) for kind in _KINDS}
    return Carried(
        frozenset(loads.addresses) | declared["addresses"] - declared["held"],
        declared["held"],
        declared["globals"],
        declared["elements"],
    )


_KINDS = ("addresses", "held", "globals", "elements")


async def _look(observer: Observer, frame: Frame, wanted: dict[str, list[str]]) -> dict[str, list[str]]:
    try:
        seen = await observer.call(frame, "carries", wanted, timeout_s=LOOK_TIMEOUT_S) or {}
    except FrameGone:
        return {}
    base = str(seen.get("base") or "")
    return {**seen, **{kind: [_full(base, one) for one in seen.get(kind, ())] for kind in ("addresses", "held")}}


def _full(base: str, address: str) -> str:
    try:
        return _plain(urljoin(base, address))
    except ValueError:  # no address at all
        return ""
