"""Whether a browser works at all, and whether its clock is the system's."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import Browser

from chatprobe.browser.launch import launched
from chatprobe.errors import BrowserMissing

_ANSWER_WITHIN = 30.0
_HINT = (
    "`playwright --version` shows whether its driver starts; small Debians lack libatomic1 (`apt install libatomic1`)"
)


@dataclass(frozen=True)
class Health:
    """What a started browser says of itself."""

    version: str
    clock_offset_ms: float
    """The page's clock minus the system's, known to half the time that asking took."""


async def health(path: Path) -> Health:
    """Start the browser at `path`, ask a page for the time, and close it. Raises BrowserMissing if that fails."""
    try:
        async with launched(path) as browser:
            return Health(browser.version, await asyncio.wait_for(_clock_offset_ms(browser), _ANSWER_WITHIN))
    except BrowserMissing:
        raise
    except Exception as error:  # Playwright raises no class of its own when its driver does not start
        reason = (str(error).splitlines() or ["no answer"])[0]
        raise BrowserMissing(f"{path} cannot be driven: {reason}", _HINT) from error


async def _clock_offset_ms(browser: Browser) -> float:
    page = await browser.new_page()
    before = time.time()
    page_ms = float(await page.evaluate("performance.timeOrigin + performance.now()"))
    return page_ms - (before + time.time()) / 2 * 1000
