"""Bench and hostile pages in a real browser: they do what their names say."""

from __future__ import annotations

import pytest
from playwright.async_api import Error, Page

from chatprobe.lab import Lab
from chatprobe.lab.extras import SPECIAL
from tests.lab.conftest import until

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.slow]


async def ask(page: Page) -> None:
    """Ask in the small chat."""
    await page.click("#box")
    await page.keyboard.type("How long does it take?")
    await page.keyboard.press("Enter")


@pytest.mark.parametrize("name", ["bench/static", "bench/animated", "hostile/forging", "hostile/overwriting"])
async def test_the_chat_works(lab: Lab, page: Page, name: str) -> None:
    """The visitor's words reach the operator and the answer stands in an agent's row."""
    await page.goto(lab.url(name))
    await ask(page)
    await page.wait_for_selector(".msg.agent")
    answered = lab.truth(name)[-1]
    assert [send.text for send in answered.sends] == [await page.inner_text(".msg.agent")]


async def test_the_page_measures_its_own_wait(lab: Lab, page: Page) -> None:
    """On the bench pages the page's clock and the server's agree that the wait is no shorter than the delay."""
    await page.goto(f"{lab.url('bench/static')}?delay=4000")
    await ask(page)
    visit = lab.truth("bench/static")[-1]
    await until(lambda: visit.true_page_frt_ms is not None)
    assert (visit.true_frt_ms or 0) >= 399
    assert (visit.true_page_frt_ms or 0) >= 399


async def test_markup_in_an_answer_stays_text(lab: Lab, page: Page) -> None:
    """The lab shows markup and control characters as they were sent and runs nothing of them."""
    await page.goto(lab.url("hostile/markup"))
    title = await page.title()
    await ask(page)
    row = await page.wait_for_selector(".msg.agent")
    assert SPECIAL["hostile/markup"] == await row.text_content()
    assert title == await page.title()


async def test_the_flood_is_a_flood(lab: Lab, page: Page) -> None:
    """With the answer come 50,000 other rows."""
    await page.goto(lab.url("hostile/flood"))
    await ask(page)
    await page.wait_for_selector(".msg.agent >> nth=50000", state="attached")
    assert await page.locator(".msg.agent").count() == 50_001


async def test_the_window_closes_itself(lab: Lab, page: Page) -> None:
    """The chat's window is gone soon after the question."""
    await page.goto(lab.url("hostile/closing"))
    async with page.expect_popup() as opened:
        await page.click("#launcher")
    window = await opened.value
    async with window.expect_event("close"):
        await ask(window)
    assert [page] == page.context.pages


async def test_the_page_leaves(lab: Lab, page: Page) -> None:
    """The page goes to another one soon after the question."""
    await page.goto(f"{lab.url('hostile/leaving')}?delay=600000")
    await ask(page)
    await page.wait_for_url(lab.url("lucky"))
    assert [] == lab.truth("hostile/leaving")[-1].page_rows


async def test_redirects_stop_the_browser(lab: Lab, page: Page) -> None:
    """The browser gives up on the chain of redirects."""
    with pytest.raises(Error, match="ERR_TOO_MANY_REDIRECTS"):
        await page.goto(lab.url("hostile/redirects"))


async def test_focus_starts_a_download(lab: Lab, page: Page) -> None:
    """Touching the input offers a file."""
    await page.goto(lab.url("hostile/download"))
    async with page.expect_download() as offered:
        await page.click("#box")
    assert (await offered.value).suggested_filename == "terms.exe"
