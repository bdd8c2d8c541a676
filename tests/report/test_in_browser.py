"""The report in a real browser: usable by everybody, silent on the network, unmoved by what strangers wrote."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, Route

from chatprobe.browser.launch import find_browser, launched
from chatprobe.report import language, view
from chatprobe.report.page import render
from chatprobe.store.store import Store
from tests.report.conftest import BROKEN, page_of

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.slow]

HOSTILE = (
    "<script>window.reached = 1</script><img src=x onerror='window.reached = 2'>",
    "</bdi></li></ol></main><h1>taken over</h1>",
    "{{ 7 * 7 }} {% raw %} ${7*7}",
    "\u202eright to left\u2067 and never back",
    "\x00\x07\x1b[31mred\x1b[0m\u2028\ufffe",
    "Z" + "\u0351\u036b" * 300 + "algo",
    "x" * 5_000,
    "https://evil.example/?" + "y" * 400,
    "\ud800 half a sign",
)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with launched(find_browser()) as running:
        yield running


async def _opened(browser: Browser, text: str, scheme: str, width: int) -> tuple[Page, list[str]]:
    """The page, and every address that it asked for."""
    context = await browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 800})  # type: ignore[arg-type]
    page, asked = await context.new_page(), list[str]()

    async def answer(route: Route) -> None:
        asked.append(route.request.url)
        await route.fulfill(body=text.encode("utf-8", "replace"), content_type="text/html")

    await page.route("**/*", answer)
    await page.goto("http://report.invalid/")
    return page, asked


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("code", ["en", "fr"])
async def test_everybody_can_use_it(browser: Browser, month: Store, code: str, scheme: str) -> None:
    """axe finds nothing serious, everything unfolded; nothing is fetched, and nothing is wider than the window."""
    page, asked = await _opened(browser, page_of(month, BROKEN, code=code), scheme, 1280 if code == "en" else 390)
    await page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    found = await Axe().run(page)
    assert [] == [
        (one["id"], node["target"])
        for one in found.response["violations"]
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]
    assert ["http://report.invalid/"] == asked
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await page.context.close()


async def test_a_mark_says_what_it_stands_for(browser: Browser, month: Store) -> None:
    """Pointing at a mark of a picture shows its words."""
    page, _ = await _opened(browser, page_of(month, BROKEN), "light", 1280)
    mark = page.locator("svg .mark").first
    await mark.scroll_into_view_if_needed()
    await mark.hover(force=True)
    assert (await page.locator("#tip").inner_text()).strip()
    await page.context.close()


async def test_strangers_words_stay_words(browser: Browser) -> None:
    """Markup, scripts, control characters, turned text and endless words are shown as text, and move nothing."""
    t = language.get("en")
    lines = tuple(view.Said("1 s", "person", "human", text) for text in HOSTILE)
    visit = view.Transcript("01JN", "<b>Monday</b>", "<i>", lines, "<u>note</u>")
    claim = view.Claim("<s>said</s>", view.Tone.BAD, "Refuted", ("finding",), transcripts=(visit,))
    casino = view.Casino("<em>slug", "", (), (claim,), ())
    page, asked = await _opened(browser, render(view.Page("title", "", (casino,)), t), "light", 390)
    await page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    assert await page.evaluate("window.reached === undefined")
    assert ["http://report.invalid/"] == asked
    shown = await page.locator("bdi.text").all_inner_texts()
    assert len(HOSTILE) == len(shown)
    assert HOSTILE[:3] == tuple(shown[:3])
    assert 0 == await page.locator("main b, main i:not(.key i), main em, main u, main s, main script, main img").count()
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await page.context.close()


async def test_it_prints(browser: Browser, month: Store, tmp_path: Path) -> None:
    """The printed page is light, holds the visits behind a verdict, and is not cut at its side."""
    page, _ = await _opened(browser, page_of(month, BROKEN), "dark", 1280)
    file = tmp_path / "report.pdf"
    await page.pdf(path=file, format="A4")
    assert await page.locator("details.behind").first.evaluate("one => one.open")
    assert file.read_bytes().startswith(b"%PDF")
    await page.context.close()
