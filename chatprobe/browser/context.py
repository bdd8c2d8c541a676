"""Browser contexts: one browser for many probes, a fresh context for each, and what no page may do there."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, BrowserContext, Playwright, async_playwright
from playwright.async_api import Error as PlaywrightError

from chatprobe.browser.control import alive, reaches
from chatprobe.browser.launch import launch
from chatprobe.errors import BrowserMissing

CLOSE_TIMEOUT_S = 10.0
VIEWPORT = {"width": 1280, "height": 800}


@dataclass(frozen=True)
class ContextOptions:
    """How the visitor's browser presents itself; the User-Agent and `navigator` are never altered."""

    locale: str | None = None
    timezone: str | None = None
    geolocation: dict[str, float] | None = None
    """latitude, longitude, accuracy; given only to pages that ask."""
    proxy: dict[str, str] | None = None
    """server, username, password, bypass."""
    storage_state: Path | None = None
    """Saved sign-in state in Playwright's format."""

    def as_arguments(self) -> dict[str, Any]:
        """Keyword arguments of Playwright's `new_context`."""
        arguments: dict[str, Any] = {
            "viewport": VIEWPORT,
            "accept_downloads": False,
            "locale": self.locale,
            "timezone_id": self.timezone,
            "geolocation": self.geolocation,
            "permissions": ["geolocation"] if self.geolocation else [],
            "proxy": self.proxy,
            "storage_state": self.storage_state,
        }
        return {name: value for name, value in arguments.items() if value is not None}


class Browsers:
    """Keeps one browser running and hands out contexts.

    The browser is replaced after `recycle_after` contexts, because it frees some memory only when it ends, and after a
    crash. A replaced browser lives on until the last of its contexts is closed.
    """

    def __init__(self, path: Path, *, headless: bool = True, slow_mo_ms: float = 0, recycle_after: int = 50) -> None:
        self.path = path
        self.version = ""
        self._headless = headless
        self._slow_mo_ms = slow_mo_ms
        self._recycle_after = recycle_after
        self._playwright: Playwright | None = None
        self._browser: Browser | None = None
        self._given = 0
        self._lock = asyncio.Lock()
        self._users: dict[Browser, int] = {}

    async def __aenter__(self) -> Browsers:
        await self._driver()
        return self

    async def __aexit__(self, *exc: object) -> None:
        for browser in [*self._users, *([self._browser] if self._browser else [])]:
            await _quietly(browser.close())
        if self._playwright:
            await _quietly(self._playwright.stop())

    @contextlib.asynccontextmanager
    async def context(self, options: ContextOptions) -> AsyncIterator[BrowserContext]:
        """A fresh context, closed at the end of the block whatever happened in it.

        Raises BrowserMissing when no browser starts.
        """
        browser = await self._current()
        self._users[browser] = self._users.get(browser, 0) + 1
        context = None
        try:
            context = await browser.new_context(**options.as_arguments())
            yield context
        finally:
            closed = context is None or await _quietly(context.close())
            await self._leave(browser, healthy=closed)

    async def reaches(self, url: str, proxy: dict[str, str] | None) -> bool:
        """Whether `url` answers at all, asked without a page, through `proxy` in Playwright's parts.

        Raises BrowserMissing when the browser's driver does not start.
        """
        async with self._lock:
            playwright = await self._driver()
        return await reaches(playwright, url, proxy)

    async def _driver(self) -> Playwright:
        """Playwright's own process; another one where it is gone, as after a kill: its browsers are gone with it."""
        if self._playwright is not None and await alive(self._playwright):
            return self._playwright
        self._browser = self._playwright = None
        try:
            self._playwright = await async_playwright().start()
        except Exception as error:  # Playwright raises no class of its own when its driver does not start
            raise BrowserMissing(f"the browser's driver does not start: {error}", "run `chatprobe doctor`") from error
        return self._playwright

    async def _current(self) -> Browser:
        async with self._lock:
            playwright = await self._driver()
            worn = self._given >= self._recycle_after
            if self._browser is None or worn or not self._browser.is_connected():
                old, self._browser = self._browser, None
                self._browser = await launch(
                    playwright, self.path, headless=self._headless, slow_mo_ms=self._slow_mo_ms
                )
                self.version = self._browser.version
                self._given = 0
                if old is not None and not self._users.get(old):
                    await _quietly(old.close())
            self._given += 1
            return self._browser

    async def _leave(self, browser: Browser, *, healthy: bool) -> None:
        self._users[browser] -= 1
        if not healthy and browser is self._browser:
            self._given = self._recycle_after  # a context that will not close: the next probe gets a new browser
        if self._users[browser]:
            return
        del self._users[browser]
        if browser is not self._browser or not healthy:
            self._browser = None if browser is self._browser else self._browser
            await _quietly(browser.close())


async def _quietly(closing: Any) -> bool:
    """Whether something closed in time; a browser that crashed or hangs must not take the daemon with it."""
    try:
        await asyncio.wait_for(closing, CLOSE_TIMEOUT_S)
    except (PlaywrightError, TimeoutError, ConnectionError):
        return False
    except Exception as error:  # noqa: BLE001  # Playwright raises a bare Exception when its driver is gone
        return "closed" in str(error).lower()
    return True
