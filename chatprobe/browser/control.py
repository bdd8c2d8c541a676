"""The control address: tells a casino that is down from a network that is."""

from __future__ import annotations

from playwright.async_api import BrowserContext
from playwright.async_api import Error as PlaywrightError

CONTROL_TIMEOUT_MS = 10_000


async def answers(context: BrowserContext, url: str) -> bool:
    """Whether `url` answers at all, through the same proxy as the visit."""
    try:
        response = await context.request.get(url, timeout=CONTROL_TIMEOUT_MS, max_redirects=5)
    except PlaywrightError:
        return False
    return response.status < 500
