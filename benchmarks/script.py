"""The script one would write without chatprobe: Playwright, `wait_for`, the wall clock.

    python -m benchmarks.script URL BROWSER

prints the milliseconds from the question to the first `.msg.agent`.
"""

from __future__ import annotations

import asyncio
import os
import sys
import time

from playwright.async_api import Page, async_playwright


async def first_reply_ms(page: Page, url: str, question: str) -> float:
    """Ask and wait for the first answer; Playwright's errors pass through."""
    await page.goto(url)
    await page.fill("#box", question)
    await page.press("#box", "Enter")
    asked = time.time()
    await page.locator(".msg.agent").first.wait_for(timeout=600_000)
    return (time.time() - asked) * 1000


async def _main(url: str, browser_path: str) -> None:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=browser_path, chromium_sandbox=os.geteuid() != 0)
        print(await first_reply_ms(await browser.new_page(), url, "How long does a withdrawal take?"))
        await browser.close()


if __name__ == "__main__":
    asyncio.run(_main(*sys.argv[1:]))
