"""One browser and the Playwright process that drives it: started together, ended together."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, BrowserContext, Playwright, async_playwright
from playwright.async_api import Error as PlaywrightError

from chatprobe.browser.control import alive
from chatprobe.browser.launch import launch
from chatprobe.errors import BrowserMissing

CLOSE_TIMEOUT_S = 10.0
CONTEXT_TIMEOUT_S = 60.0
"""A browser that has opened no context by then is hung; one on a machine out of breath takes seconds."""


class Engine:
    """A browser for some probes. Each has a driver of its own, since only its end takes a hung browser with it."""

    def __init__(self, playwright: Playwright) -> None:
        """Use `Engine.start`."""
        self.playwright = playwright
        self.browser: Browser | None = None
        """None until the first probe needs it."""
        self.given = 0
        """How many contexts it was asked for."""
        self.users = 0
        """How many use it now."""
        self.spent = False
        """Whether it did not do what it was told: nobody else is to have it."""

    @classmethod
    async def start(cls) -> Engine:
        """A driver without its browser. Raises BrowserMissing when it does not start."""
        try:
            return cls(await async_playwright().start())
        except Exception as error:  # Playwright raises no class of its own when its driver does not start
            raise BrowserMissing(f"the browser's driver does not start: {error}", "run `chatprobe doctor`") from error

    async def launch(self, path: Path, *, headless: bool, slow_mo_ms: float) -> str:
        """Start the browser, if it is not there yet; its version. Raises BrowserMissing when it does not start."""
        if self.browser is None:
            self.browser = await launch(self.playwright, path, headless=headless, slow_mo_ms=slow_mo_ms)
        return self.browser.version

    async def works(self) -> bool:
        """Whether it may serve another probe; the driver may have been killed, and its browser with it."""
        gone = self.browser is not None and not self.browser.is_connected()
        return not self.spent and not gone and await alive(self.playwright)

    async def open(self, arguments: dict[str, Any]) -> BrowserContext | None:
        """A context with these arguments of Playwright's `new_context`; None where the browser hangs."""
        assert self.browser is not None  # noqa: S101  # it was launched
        try:
            async with asyncio.timeout(CONTEXT_TIMEOUT_S):
                return await self.browser.new_context(**arguments)
        except TimeoutError:
            self.spent = True
            return None

    async def close(self) -> None:
        """End the browser, then the driver, which ends a browser that would not go."""
        if self.browser is not None:
            await quietly(self.browser.close())
        await quietly(self.playwright.stop())


async def quietly(closing: Any) -> bool:
    """Whether something closed in time; a browser that crashed or hangs must not take the daemon with it."""
    try:
        await asyncio.wait_for(closing, CLOSE_TIMEOUT_S)
    except (PlaywrightError, TimeoutError, ConnectionError):
        return False
    except Exception as error:  # noqa: BLE001  # Playwright raises a bare Exception when its driver is gone
        return "closed" in str(error).lower()
    return True
