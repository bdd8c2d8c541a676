"""Selectors judged without a browser, and by a real one: the two must agree."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from playwright.async_api import Error

from chatprobe.browser.launch import find_browser, launched
from chatprobe.scenario.selectors import check_css, check_playwright

PLAYWRIGHT = (
    "#x", "button", 'a[href="x=y"] >> text=Log in', 'button:has-text("Chat")', 'role=button[name="Start chat"]',
    "text=Don't", "text=/log\\s*in/i", 'text="Log in"', '"Log in"', "css=.a >> nth=0", "..", "//a[@x='1']",
    "xpath=//a", ':nth-match(:text("Buy"), 3)', "*:visible", ".a:has(> b)", ".sm\\:visible", "data-testid=chat",
    "article >> visible=true", ":is(a, b):visible", "div:not(.a):nth-child(2 of .x)", "iframe[src*='>>']", "text=a)",
    "> a", "div >> > a", "#a\\:b", "input[type=text i]", 'div >> internal:has-text="x"', "*css=div >> a", "id=foo",
)  # fmt: skip
NOT_PLAYWRIGHT = (
    "a >>",
    ">> a",
    "a >> >> b",
    "txt=a",
    "a[",
    "a)",
    "a|",
    "#1a",
    "div >",
    "a,,b",
    "a:text('x",
)
CSS = (
    "#x", "a > b", '.row[data-author="agent"]:not(.old)', ".a:has(> b)", ".sm\\:visible", '[title="a >> b:visible"]',
    ":is(h1, h2):hover", "a::before", "a, b", "a:nth-child(2 of .x)", "input[type=text i]",
)  # fmt: skip
NOT_CSS = (
    "a >> b",
    "text=a",
    "a:visible",
    'a:has-text("x")',
    "a[",
    "a)",
    "#1a",
    "> a",
    ".",
    "xpath=//a",
)


def passes(check: Callable[[str], None], selector: str) -> bool:
    """Whether `check` finds no fault."""
    try:
        check(selector)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize("selector", ["", "  "])
@pytest.mark.parametrize("check", [check_css, check_playwright])
def test_empty_selector_is_refused(check: Callable[[str], None], selector: str) -> None:
    """Nothing selects nothing."""
    with pytest.raises(ValueError, match="an empty selector"):
        check(selector)


def test_playwright_selectors_are_told_apart() -> None:
    """What Playwright takes passes, what it refuses is refused."""
    assert [] == [selector for selector in PLAYWRIGHT if not passes(check_playwright, selector)]
    assert [] == [selector for selector in NOT_PLAYWRIGHT if passes(check_playwright, selector)]


def test_css_selectors_are_told_apart() -> None:
    """What a page takes passes; Playwright's own and broken CSS are refused."""
    assert [] == [selector for selector in CSS if not passes(check_css, selector)]
    assert [] == [selector for selector in NOT_CSS if passes(check_css, selector)]


@pytest.mark.slow
async def test_a_real_browser_agrees() -> None:
    """Chromium takes and refuses the very same selectors."""
    async with launched(find_browser()) as browser:
        page = await browser.new_page()

        async def refused(selectors: tuple[str, ...], look: Callable[[str], Awaitable[object]]) -> tuple[str, ...]:
            found = []
            for selector in selectors:
                try:
                    await look(selector)
                except Error:
                    found.append(selector)
            return tuple(found)

        async def inside(selector: str) -> None:
            await page.evaluate("selector => document.querySelectorAll(selector).length", selector)

        async def located(selector: str) -> None:
            await page.locator(selector).count()

        assert ((), NOT_PLAYWRIGHT) == (await refused(PLAYWRIGHT, located), await refused(NOT_PLAYWRIGHT, located))
        assert ((), NOT_CSS) == (await refused(CSS, inside), await refused(NOT_CSS, inside))
