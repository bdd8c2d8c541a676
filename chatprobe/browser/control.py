"""The control address: tells a casino that is down from a network that is. And whether Playwright itself is there."""

from __future__ import annotations

import asyncio

from playwright.async_api import APIRequestContext, BrowserContext, Playwright
from playwright.async_api import Error as PlaywrightError

CONTROL_TIMEOUT_MS = 10_000
ALIVE_TIMEOUT_S = 30.0


async def answers(context: BrowserContext, url: str) -> bool:
    """Whether `url` answers at all, through the same proxy as the visit."""
    return await _answers(context.request, url)


async def reaches(playwright: Playwright, url: str, proxy: dict[str, str] | None) -> bool:
    """The same without a browser, through `proxy` in Playwright's parts."""
    request = await playwright.request.new_context(proxy=proxy)  # type: ignore[arg-type]  # a TypedDict of the same keys
    try:
        return await _answers(request, url)
    finally:
        await request.dispose()


async def alive(playwright: Playwright) -> bool:
    """Whether Playwright's own process still answers; its browsers go on saying they are connected without it."""
    try:
        async with asyncio.timeout(ALIVE_TIMEOUT_S):
            request = await playwright.request.new_context()
            await request.dispose()
    except Exception:  # noqa: BLE001  # Playwright has no class of its own for a driver that is gone
        return False
    return True


async def _answers(request: APIRequestContext, url: str) -> bool:
    try:
        response = await request.get(url, timeout=CONTROL_TIMEOUT_MS, max_redirects=5)
    except PlaywrightError:
        return False
    return response.status < 500
