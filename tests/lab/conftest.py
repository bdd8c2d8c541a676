"""A running lab, a real browser, and a visitor who chats as a person would."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

import pytest_asyncio
from playwright.async_api import Browser, Frame, Locator, Page

from chatprobe.browser.launch import find_browser, launched
from chatprobe.lab import Casino, Conversation, Lab, LabClock

QUICK = 10.0
"""Operators ten times as quick as in a demo."""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def lab() -> AsyncIterator[Lab]:
    async with Lab(speed=QUICK, clock=LabClock.at_noon()) as running:
        yield running


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with launched(find_browser()) as running:
        yield running


@pytest_asyncio.fixture(loop_scope="module")
async def page(browser: Browser) -> AsyncIterator[Page]:
    context = await browser.new_context(viewport={"width": 1100, "height": 760})
    yield await context.new_page()
    await context.close()


async def until(condition: Callable[[], bool]) -> None:
    """Wait for the lab to know something; fails after half a minute."""
    async with asyncio.timeout(30):
        while not condition():  # noqa: ASYNC110 - the lab knows nothing of its tests, so it sets no event for them
            await asyncio.sleep(0.02)


@dataclass
class Visitor:
    """A person in front of a casino's page who knows the widget's class names."""

    page: Page
    casino: Casino

    async def ask(self, question: str) -> None:
        """Clear the way, open the chat, fill its form, and send `question`."""
        if self.casino.site.consent:
            await self.page.click(".consent button")
        if self.casino.site.age_gate:
            await self.page.click(".gate button")
        await self.open()
        widget = self.casino.widget
        if widget.form:
            await self.fill_form(question)
        if "question" in widget.form:
            return
        if widget.technology != "closed-shadow":
            await (await self.find("input")).click()
        else:
            await self.page.mouse.click(880, 700)
        await self.type(question)

    async def open(self) -> None:
        """Click what opens the chat, where the casino has such a thing."""
        if self.casino.widget.technology == "closed-shadow":
            # No locator sees into the root: wait for its style sheet, then click where the launcher stands.
            await self.page.wait_for_load_state("networkidle")
            await self.page.mouse.click(54, 706)
        elif self.casino.widget.api:
            await self.page.wait_for_function("() => Boolean(window.Butler)")
            await self.page.evaluate("Butler('open')")
        elif self.casino.widget.launcher != "open":
            await (await self.find("launcher")).click()

    async def type(self, text: str) -> None:
        """Type into what has the focus, and send."""
        keyboard = self.page.context.pages[-1].keyboard
        await keyboard.type(text)
        await keyboard.press("Enter" if self.casino.widget.enter == "sends" else "Control+Enter")

    async def fill_form(self, question: str) -> None:
        values = {"name": "Alex", "email": "alex@example.org", "question": question}
        start = await self.find("start")
        for name in self.casino.widget.form:
            await start.locator("xpath=ancestor::form").locator(f"[name={name}]").fill(values[name])
        await start.click()

    async def find(self, part: str) -> Locator:
        """The widget's part of that name, in whatever frame or window it turns up."""
        selector = f".{self.casino.widget.prefix}-{part}"
        async with asyncio.timeout(30):
            while True:
                for frame in self.frames():
                    if await frame.locator(selector).count():
                        return frame.locator(selector).first
                await asyncio.sleep(0.05)

    def frames(self) -> list[Frame]:
        return [frame for page in self.page.context.pages for frame in page.frames]


async def visit(lab: Lab, page: Page, casino: Casino, question: str) -> Conversation:
    """Ask at `casino` and wait until the page has shown a person's answer; the lab's record of it."""
    await page.goto(lab.url(casino.name))
    await Visitor(page, casino).ask(question)
    conversation = lab.truth(casino.name)[-1]
    await until(lambda: conversation.true_page_frt_ms is not None)
    return conversation
