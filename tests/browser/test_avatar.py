"""The author's picture beside a row, in a real browser: told apart, never told."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Route

from chatprobe.browser.chat import Chat
from chatprobe.browser.launch import find_browser, launched
from chatprobe.model import Event
from chatprobe.probe.fold import fold

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.slow]

PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><circle cx="20" cy="20" r="18"/></svg>'
PAGE = """
<!doctype html><meta charset="utf-8">
<style>
  #log { height: 400px; overflow-y: auto } .row { display: flex; margin: 4px }
  .face { width: 32px; height: 32px; flex: none } .badge { width: 10px; height: 10px; flex: none }
  .bubble { background: #eee; border-radius: 8px; padding: 6px }
</style>
<div id="log"></div><input id="box">
<script>
  function row(text, face = '') {
    const made = document.createElement('div');
    made.className = 'row';
    made.innerHTML = `${face}<div class="bubble"></div>`;
    made.querySelector('.bubble').textContent = text;
    document.getElementById('log').append(made);
  }
  document.getElementById('box').addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return;
    row(event.target.value);
    event.target.value = '';
  });
</script>
"""
DATA = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='40' height='40'/%3E"
FACES = {
    "an image": '<img class="face" src="/ann.svg?v=1">',
    "the same image, asked for anew": '<img class="face" src="/ann.svg?v=2">',
    "another image": '<img class="face" src="/bob.svg">',
    "a background": """<i class="face" style="background-image: url('/bob.svg')"></i>""",
    "initials": '<i class="face">CD</i>',
    "other initials": '<i class="face">EF</i>',
    "an image of the page's own data": f'<img class="face" src="{DATA}">',
    "a badge beside an image": '<img class="face" src="/bob.svg"><img class="badge" src="/online.svg">',
    "two faces": '<img class="face" src="/ann.svg"><img class="face" src="/bob.svg">',
    "two faces, one on its way": '<img class="face" src="/bob.svg"><img src="/late.svg">',
    "none": "",
}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with launched(find_browser()) as running:
        yield running


async def test_faces_are_told_apart_and_not_told(browser: Browser) -> None:
    """Rows with one picture share a mark that holds no address; what may be another each time has none."""

    async def answer(route: Route) -> None:
        if route.request.url.endswith("/late.svg"):
            await told.wait()
        if route.request.url.split("?")[0].endswith(".svg"):
            await route.fulfill(body=PICTURE, content_type="image/svg+xml")
        else:
            await route.fulfill(body=PAGE, content_type="text/html")

    context = await browser.new_context()
    events: list[Event] = []
    told = asyncio.Event()

    def tell(event: Event) -> None:
        events.append(event)
        if "one on its way" in str(event):
            told.set()

    chat = Chat(context, {"messages": ".row"}, tell)
    try:
        await chat.start()
        await context.route("**/*", answer)
        await chat.goto("http://casino.test/", 30_000)
        await chat.page.click("#box")
        assert await chat.attend(chat.page.main_frame)
        await chat.type("Hello?")
        await chat.expect("Hello?")
        await chat.page.keyboard.press("Enter")
        assert await chat.echoed(30)
        await chat.page.evaluate(
            "(faces) => { for (const [text, face] of faces) row(text, face); }", list(FACES.items())
        )
        await chat.quiet(4.0, 60)
    finally:
        await context.close()
    seen = {line.message.text: line.message for line in fold(events) if not line.visitor}
    marks = {text: None if seen[text].follows else seen[text].avatar for text in FACES}
    ann, bob, letters, others = (marks[name] for name in ("an image", "another image", "initials", "other initials"))
    assert [ann, bob, bob, None, None, None, None] == [
        marks["the same image, asked for anew"],
        marks["a background"],
        marks["a badge beside an image"],
        marks["an image of the page's own data"],
        marks["two faces"],
        marks["two faces, one on its way"],
        marks["none"],
    ]
    assert 4 == len({ann, bob, letters, others} - {None})
    assert [] == [mark for mark in (ann, bob) if mark and ("svg" in mark or "ann" in mark or "bob" in mark)]
