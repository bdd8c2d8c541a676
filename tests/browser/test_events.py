"""What a widget tells its site by public JavaScript, heard on small pages in a real browser."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, Route

from chatprobe.browser.launch import find_browser, launched
from chatprobe.browser.observer import Observer, Sighting

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.slow]

Listening = Callable[..., AbstractAsyncContextManager["Heard"]]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with launched(find_browser()) as running:
        yield running


class Heard:
    """A page and what was heard in it."""

    def __init__(self, page: Page, sightings: list[Sighting]) -> None:
        self.page = page
        self._sightings = sightings

    async def frames(self) -> list[Any]:
        """The page's events so far, as the rules see them."""
        await self.page.evaluate("() => new Promise((done) => setTimeout(done, 300))")
        return [json.loads(one.detail["data"]) for one in self._sightings if one.kind == "wire"]


@pytest.fixture
def listening(browser: Browser) -> Listening:
    """Open a page of this script, listening at these places."""

    @asynccontextmanager
    async def opened(script: str, *places: dict[str, Any]) -> AsyncIterator[Heard]:
        async def answer(route: Route) -> None:
            await route.fulfill(body=f"<!doctype html><body><script>{script}</script>", content_type="text/html")

        context = await browser.new_context()
        try:
            sightings: list[Sighting] = []
            await Observer(context, {"events": list(places)}).install(sightings.append)
            await context.route("**/*", answer)
            page = await context.new_page()
            await page.goto("http://casino.test/")
            yield Heard(page, sightings)
        finally:
            await context.close()

    return opened


FIRED = {
    "on the window": "window.dispatchEvent(new CustomEvent('said', { detail: { text: 'Hi' } }))",
    "on the document": "document.dispatchEvent(new CustomEvent('said', { detail: { text: 'Hi' } }))",
    "on an element, not bubbling": "document.body.dispatchEvent(new CustomEvent('said', { detail: { text: 'Hi' } }))",
    "stopped by the page": """addEventListener('said', (e) => e.stopImmediatePropagation(), true);
      dispatchEvent(new CustomEvent('said', { detail: { text: 'Hi' } }))""",
    "as a message between windows": "dispatchEvent(new MessageEvent('said', { data: { text: 'Hi' } }))",
}


@pytest.mark.parametrize("script", FIRED.values(), ids=FIRED.keys())
async def test_an_event_is_heard(listening: Listening, script: str) -> None:
    """An event of the name is heard wherever in the document it is fired, with what it carries."""
    async with listening(script, {"event": "said"}) as heard:
        assert [{"event": "said", "data": {"text": "Hi"}}] == await heard.frames()


CALLBACKS = {
    "set before the vendor's script": "var Api = Api || {}; Api.onSaid = keep; VENDOR",
    "set after the vendor's script": "var Api = Api || {}; setTimeout(() => { Api.onSaid = keep; }, 0); VENDOR",
    "object replaced by the vendor's": "var Api = { onSaid: keep }; Api = Object.assign({}, Api); VENDOR",
    "vendor's object keeps the handler": """const slot = Symbol(); class Real { set onSaid(f) { this[slot] = f; }
      get onSaid() { return this[slot]; } } var Api = new Real(); Api.onSaid = keep; VENDOR""",
    "chained to the handler before it": """var Api = {}; Api.onSaid = keep; const before = Api.onSaid;
      Api.onSaid = function (...all) { before.apply(this, all); }; VENDOR""",
    "defined anew as a property": """var Api = {};
      setTimeout(() => {
        delete window.Api;
        Object.defineProperty(window, 'Api', { value: { onSaid: keep } });
      }, 50); VENDOR""",
}
KEEP = "const kept = []; function keep(...all) { kept.push([this === window.Api, ...all]); }"
VENDOR = "setTimeout(() => { Api.onSaid('Hi', 7); }, 400)"


@pytest.mark.parametrize("script", CALLBACKS.values(), ids=CALLBACKS.keys())
async def test_a_callback_is_heard_and_the_site_s_own_called(listening: Listening, script: str) -> None:
    """A callback property is heard once whoever sets it when, and the site's handler runs once as it would have."""
    async with listening(f"{KEEP}{script.replace('VENDOR', VENDOR)}", {"property": "Api.onSaid"}) as heard:
        await heard.page.wait_for_function("() => kept.length")
        assert [{"event": "Api.onSaid", "data": ["Hi", 7]}] == await heard.frames()
        assert [[True, "Hi", 7]] == await heard.page.evaluate("() => kept")


async def test_a_callback_nobody_set_is_heard(listening: Listening) -> None:
    """A widget that calls only callbacks that are there finds ours."""
    script = "var Api = Api || {}; setTimeout(() => { if (typeof Api.onSaid === 'function') Api.onSaid(); }, 0)"
    async with listening(script, {"property": "Api.onSaid"}) as heard:
        assert [{"event": "Api.onSaid", "data": None}] == await heard.frames()


async def test_a_global_function_is_heard(listening: Listening) -> None:
    """A callback that is a function of the page by declaration is heard, too, and still called."""
    script = "let got; function vendor_onSaid(text) { got = text; } setTimeout(() => { vendor_onSaid('Hi'); }, 400)"
    async with listening(script, {"property": "vendor_onSaid"}) as heard:
        await heard.page.wait_for_function("() => got")
        assert [{"event": "vendor_onSaid", "data": "Hi"}] == await heard.frames()
        assert "Hi" == await heard.page.evaluate("() => got")


STUBS = {
    "a stub that queues, replaced by an object that replays": """
      window.Api = { queue: [], on(...all) { this.queue.push(all); } };
      setTimeout(() => {
        const listeners = [];
        const queue = window.Api.queue;
        window.Api = { on(name, f) { listeners.push([name, f]); } };
        for (const all of queue) window.Api.on(...all);
        setTimeout(() => {
          for (const [name, f] of listeners) if (name === 'said') f({ text: 'Hi' });
          window.done = 1;
        }, 300);
      }, 200);""",
    "no stub, the object comes late": """
      setTimeout(() => {
        let listener;
        window.Api = { on(name, f) { listener = f; } };
        setTimeout(() => { listener({ text: 'Hi' }); window.done = 1; }, 300);
      }, 200);""",
    "an object that is made in two steps": """
      window.Api = { on() { throw new Error('not yet'); } };
      setTimeout(() => {
        let listener;
        window.Api.on = (name, f) => { listener = f; };
        setTimeout(() => { listener({ text: 'Hi' }); window.done = 1; }, 400);
      }, 200);""",
}


@pytest.mark.parametrize("script", STUBS.values(), ids=STUBS.keys())
async def test_a_subscription_is_heard_once(listening: Listening, script: str) -> None:
    """A listener is given to the stub and to what takes its place; what both bring is heard once."""
    async with listening(script, {"call": "Api.on", "args": ["said"]}) as heard:
        await heard.page.wait_for_function("() => window.done")
        assert [{"event": "said", "data": {"text": "Hi"}}] == await heard.frames()


async def test_a_list_that_becomes_an_object_is_subscribed_to(listening: Listening) -> None:
    """A queue that takes lists gets the listener inside the list, and so does the object after it."""
    script = """window.$api = []; setTimeout(() => {
      const before = window.$api;
      window.$api = { push([verb, name, f]) { if (verb === 'on') this[name] = f; } };
      before.forEach((one) => window.$api.push(one));
      setTimeout(() => { window.$api.said({ text: 'Hi' }); window.done = 1; }, 300);
    }, 200);"""
    async with listening(script, {"call": "$api.push", "args": [["on", "said"]]}) as heard:
        await heard.page.wait_for_function("() => window.done")
        assert [{"event": "said", "data": {"text": "Hi"}}] == await heard.frames()


HOSTILE = """
  const circle = { text: 'Hi' }; circle.self = circle;
  const told = {
    text: 'Hi', circle, node: document.body, window, run() {}, big: 10n, none: undefined,
    get broken() { throw new Error('no'); }, long: 'x'.repeat(1e6), control: '\\u0001'.repeat(5000),
    many: Array.from({ length: 5000 }, (_, n) => n),
  };
  Object.prototype.toJSON = () => 'mangled';
  Array.prototype.toJSON = () => 'mangled';
  dispatchEvent(new CustomEvent('said', { detail: told }));
  dispatchEvent(new CustomEvent('said', { detail: new Proxy({}, { ownKeys() { throw new Error('no'); } }) }));
  let deep = {}; for (let n = 0; n < 100000; n++) deep = { deep };
  dispatchEvent(new CustomEvent('said', { detail: deep }));
  window.survived = true;
"""


async def test_what_cannot_be_said_is_left_out(listening: Listening) -> None:
    """Circles, elements, functions, broken getters and a megabyte neither break the page nor the frame."""
    async with listening(HOSTILE, {"event": "said"}) as heard:
        first = (await heard.frames())[0]["data"]
        assert (True, "Hi", None, None, "10") == (
            await heard.page.evaluate("() => window.survived"),
            first["circle"]["text"],
            first["circle"]["self"],
            first["node"],
            first["big"],
        )
        assert first.keys().isdisjoint({"run", "none", "broken"})


async def test_a_flood_is_bounded(listening: Listening) -> None:
    """Of a thousand events a second, few are told."""
    script = "for (let n = 0; n < 1000; n++) dispatchEvent(new CustomEvent('said', { detail: n }));"
    async with listening(script, {"event": "said"}) as heard:
        assert 1 <= len(await heard.frames()) <= 100


async def test_a_place_that_throws_harms_nobody(listening: Listening) -> None:
    """A stub that throws, a frozen object and an element of that name leave the page without an error of ours."""
    script = """window.errors = []; addEventListener('error', (e) => errors.push(e.message));
      document.body.insertAdjacentHTML('beforeend', '<p id=Named></p>');
      window.Bad = { on() { throw new Error('bad'); } }; window.Frozen = Object.freeze({});
      dispatchEvent(new CustomEvent('said', { detail: 1 }));"""
    places = [{"call": "Bad.on", "args": []}, {"property": "Frozen.onSaid"}, {"property": "Named.onSaid"}]
    async with listening(script, {"event": "said"}, *places) as heard:
        assert [{"event": "said", "data": 1}] == await heard.frames()
        assert [] == await heard.page.evaluate("() => errors")


async def test_a_function_that_queues_its_own_calls_is_subscribed_to(listening: Listening) -> None:
    """A global function that keeps its calls until the vendor's takes its place gets the listener, words first."""
    script = """function stub() { (window.Api.queue = window.Api.queue || []).push(arguments); }
      window.Api = stub;
      setTimeout(() => {
        const told = {};
        const real = (verb, name, f) => { if (verb === 'subscribe') told[name] = f; };
        (stub.queue || []).forEach((all) => real(...all));
        window.Api = real;
        setTimeout(() => { told.said({ data: { text: 'Hi' } }); window.done = 1; }, 300);
      }, 200);"""
    async with listening(script, {"call": "Api", "args": ["subscribe", "said"]}) as heard:
        await heard.page.wait_for_function("() => window.done")
        assert [{"event": "said", "data": {"data": {"text": "Hi"}}}] == await heard.frames()


async def test_a_frame_of_the_page_is_heard(listening: Listening) -> None:
    """A widget that tells its own frame's page, and not the outer one, is heard there."""
    script = """const inner = document.body.appendChild(document.createElement('iframe'));
      inner.contentWindow.dispatchEvent(new CustomEvent('said', { detail: 1 }));"""
    async with listening(script, {"event": "said"}) as heard:
        assert [{"event": "said", "data": 1}] == await heard.frames()
