"""Who visits: chatprobe itself, and the script one would write instead. Both in one process, with one browser."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Protocol

from playwright.async_api import Browser

from benchmarks.hall import ANSWER, until
from benchmarks.script import first_reply_ms
from chatprobe.browser.context import Browsers, ContextOptions
from chatprobe.browser.launch import launched
from chatprobe.model import Event, EventName, Outcome
from chatprobe.probe.order import Order
from chatprobe.probe.session import probe
from chatprobe.scenario.load import load_file
from chatprobe.store.store import Store

PATIENCE_S = 30.0
"""How long after the last answer a visitor may take to notice his."""
DECIDING_S = 1.0
"""How long chatprobe may take from seeing a message to deciding who wrote it."""

DEADLINE_MS = 3_600_000.0
"""Longer than any round: on a page that keeps the machine busy, fifty visitors take many minutes to ask."""

SCENARIO = """\
casino: bench
url: {url}
questions:
  - id: q1
    text: {question}
chat:
  input: "#box"
  messages: ".msg"
  speakers: {{human: ".msg.agent", visitor: ".msg.visitor"}}
"""


def write_scenario(folder: Path, url: str, question: str) -> Path:
    """The scenario of a bench page that asks this, as a file in `folder`."""
    path = folder / "bench.yaml"
    path.write_text(SCENARIO.format(url=json.dumps(url), question=json.dumps(question)), encoding="utf-8")
    return path


class Lost(Exception):
    """A visit ended without a time."""


class Visitors(Protocol):
    """A tool that measures."""

    name: str

    async def visit(self, url: str, question: str) -> float:
        """Ask; the first response time in ms. Returns only after `dismiss`: nobody leaves while others wait.

        Raises Lost, or what Playwright raises, where there is no time to tell.
        """

    async def dismiss(self) -> None:
        """All answers are out: give everybody time to notice, then let them go."""


class Chatprobe:
    """chatprobe, as the daemon runs it: probes into one database, a browser for all."""

    name = "chatprobe"

    def __init__(self, folder: Path, store: Store, browsers: Browsers) -> None:
        self._folder = folder
        self._store = store
        self._browsers = browsers
        self._stop = asyncio.Event()
        self._waiting: set[str] = set()

    async def visit(self, url: str, question: str) -> float:
        """One probe; Lost unless its outcome is that a person answered."""
        scenario = load_file(write_scenario(self._folder, url, question))
        self._waiting.add(question)

        def watch(event: Event) -> None:
            if event.name is EventName.MESSAGE and event.detail.get("text") == ANSWER:
                self._waiting.discard(question)

        order = Order(scenario, scenario.questions[0], "en", deadline_ms=DEADLINE_MS)
        try:
            probe_id, outcome = await probe(order, self._store, self._browsers, self._stop, watch)
        finally:
            self._waiting.discard(question)
        row = self._store.probe(probe_id)
        if outcome is not Outcome.HUMAN_REPLY:
            raise Lost(f"{outcome}: {row['failed_step']}: {row['detail']}")
        return float(row["first_human_ms"])

    async def dismiss(self) -> None:
        """Tell the probes to end, as a daemon does that is being stopped."""
        await until(lambda: not self._waiting, PATIENCE_S)
        await asyncio.sleep(DECIDING_S)
        self._stop.set()
        self._stop = asyncio.Event()


class Script:
    """The script, with a context for each visitor."""

    name = "script"

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._over = asyncio.Event()
        self._waiting = 0

    async def visit(self, url: str, question: str) -> float:
        """Ask and wait as the script does; the page stays open until the others are done, too."""
        over = self._over
        self._waiting += 1
        context = await self._browser.new_context()
        try:
            measured = await first_reply_ms(await context.new_page(), url, question)
        finally:
            self._waiting -= 1
        await over.wait()
        await context.close()
        return measured

    async def dismiss(self) -> None:
        """Close the pages."""
        await until(lambda: not self._waiting, PATIENCE_S)
        self._over.set()
        self._over = asyncio.Event()


@contextlib.asynccontextmanager
async def chatprobe_visitors(browser: Path, folder: Path) -> AsyncIterator[Chatprobe]:
    """chatprobe with a running browser that is not replaced while the block lasts."""
    with Store.open(folder / "bench.db", create=True) as store:
        async with Browsers(browser, recycle_after=1_000_000) as browsers:
            async with browsers.context(ContextOptions()):
                pass  # the browser is up before anybody looks at its memory
            yield Chatprobe(folder, store, browsers)


@contextlib.asynccontextmanager
async def script_visitors(browser: Path, _folder: Path) -> AsyncIterator[Script]:
    """The script with a running browser."""
    async with launched(browser) as running:
        await (await running.new_context()).close()
        yield Script(running)
