"""Playwright's own process may be killed like any other."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import psutil
import pytest
from playwright.async_api import BrowserContext

from chatprobe.browser import engine
from chatprobe.browser.context import Browsers, ContextOptions
from chatprobe.browser.engine import Engine
from chatprobe.browser.launch import find_browser
from chatprobe.lab import Lab


def kill_children() -> None:
    children = psutil.Process().children(recursive=True)
    for child in children:
        with suppress(psutil.NoSuchProcess):  # gone with its parent
            child.kill()
    psutil.wait_procs(children)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # futures of the killed process
async def test_a_killed_driver_is_replaced() -> None:
    """After the driver and its browser were killed, the next context comes from new ones."""
    async with Browsers(find_browser()) as browsers:
        for _ in range(2):
            async with browsers.context(ContextOptions()) as context:
                page = await context.new_page()
                assert 2 == await page.evaluate("1 + 1")
            kill_children()


async def test_a_browser_that_hangs_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stopped dead, the browser opens no context: another one does, and at the end nothing is left of either."""
    real = Engine.open

    async def open_soon(one: Engine, arguments: dict[str, Any]) -> BrowserContext | None:
        monkeypatch.setattr(engine, "CONTEXT_TIMEOUT_S", 1.0 if one.given > 1 else 60.0)  # the new one has its time
        return await real(one, arguments)

    monkeypatch.setattr(Engine, "open", open_soon)
    async with Browsers(find_browser()) as browsers:
        async with browsers.context(ContextOptions()):
            hung = [one for one in psutil.Process().children(recursive=True) if "chrom" in one.name()]
        for one in hung:
            with suppress(psutil.NoSuchProcess):
                one.suspend()
        async with browsers.context(ContextOptions()) as context:
            page = await context.new_page()
            assert 2 == await page.evaluate("1 + 1")
    psutil.wait_procs(hung, timeout=60)
    assert [] == [one for one in hung if one.is_running()]


async def test_an_address_is_asked_without_a_browser() -> None:
    """What answers is reached, an address where nobody listens is not, and no browser is started for that."""
    async with Lab() as lab, Browsers(find_browser()) as browsers:
        assert await browsers.reaches(lab.control_url, None)
        assert not await browsers.reaches("http://127.0.0.1:9/", None)
        assert not await browsers.reaches(lab.control_url, {"server": "http://127.0.0.1:9"})
        assert "" == browsers.version
