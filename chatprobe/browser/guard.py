"""What no page may do to us: hold us with dialogs, leave files, open windows without end."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Coroutine
from typing import Any

from playwright.async_api import BrowserContext, Dialog, Page
from playwright.async_api import Error as PlaywrightError

from chatprobe.addresses import shown
from chatprobe.model import Event, EventName
from chatprobe.times import now_ms

DIALOGS_TOLD = 5
DIALOGS_BORNE = 50
"""A page that shows more dialogs is closed: it will not let anybody chat."""
PAGES_BORNE = 8


class Guard:
    """Dismisses dialogs, watches pages come and go, and says so as events."""

    def __init__(self, context: BrowserContext, sink: Callable[[Event], None]) -> None:
        self._context = context
        self._sink = sink
        self._dialogs = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self.crashed = False
        self.leaving = False
        """Set when we close pages ourselves."""
        self.navigations = 0
        """How often a top document was replaced."""
        context.on("page", self._page)
        if context.browser:
            context.browser.on("disconnected", lambda _: self._died())

    def _tell(self, name: EventName, **detail: object) -> None:
        self._sink(Event(now_ms(), name, detail))

    def _page(self, page: Page) -> None:
        if len(self._context.pages) > 1:
            self._tell(EventName.POPUP, url=shown(page.url))
        if len(self._context.pages) > PAGES_BORNE:
            self._start(_close(page))
        page.on("dialog", lambda dialog: self._start(self._dismiss(page, dialog)))
        page.on("crash", lambda _: self._crash())
        page.on("close", lambda _: self._closed())
        page.on("framenavigated", lambda frame: self._navigated(is_top=frame == page.main_frame))

    def _navigated(self, *, is_top: bool) -> None:
        self.navigations += is_top

    def _crash(self) -> None:
        self.crashed = True
        self._tell(EventName.PAGE_CRASHED)

    def _died(self) -> None:
        """The browser itself ended: whatever closed then, the casino did not close it."""
        if not self.leaving:
            self._crash()

    def _closed(self) -> None:
        if not self.leaving:
            self._tell(EventName.PAGE_CLOSED, left=len(self._context.pages))

    async def _dismiss(self, page: Page, dialog: Dialog) -> None:
        self._dialogs += 1
        if self._dialogs <= DIALOGS_TOLD:
            self._tell(EventName.DIALOG, type=dialog.type, text=dialog.message[:200])
        with contextlib.suppress(PlaywrightError):
            # "Leave this page?" is accepted: we do leave. Everything else is refused.
            await (dialog.accept() if dialog.type == "beforeunload" else dialog.dismiss())
        if self._dialogs == DIALOGS_BORNE:
            self._tell(EventName.NOTE, text="the page shows dialogs without end: closed")
            await _close(page)

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def _close(page: Page) -> None:
    with contextlib.suppress(PlaywrightError):
        await page.close()
