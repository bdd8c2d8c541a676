"""The observer on small pages in a real browser: which texts are messages, when they came, what cannot be forged."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, Route

from chatprobe.browser.chat import Chat
from chatprobe.browser.launch import find_browser, launched
from chatprobe.model import Event, EventName
from chatprobe.probe.fold import Line, fold

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.slow]

QUESTION = "How long does it take?"
ADDRESS = "http://casino.test/"
TOLERANCE_MS = 2.0

CHAT = """
<!doctype html><meta charset="utf-8">
<style>#log { height: 300px; overflow-y: auto } .row { margin: 4px; background: #eee }</style>
<div id="log" class="log"></div><input id="box">
<script>
  const truth = [];
  const now = () => performance.timeOrigin + performance.now();
  const root = document;
  function row(text, name = 'row') {
    const made = document.createElement('div');
    made.className = name;
    made.textContent = text;
    document.getElementById('log').append(made);
    return made;
  }
  function mark(change) { change(); truth.push(now()); }
  document.getElementById('box').addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return;
    row(event.target.value, 'row mine');
    event.target.value = '';
  });
</script>
"""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with launched(find_browser()) as running:
        yield running


class Seen:
    """A chat under observation."""

    def __init__(self, chat: Chat, events: list[Event]) -> None:
        self.chat = chat
        self.events = events

    @property
    def page(self) -> Page:
        return self.chat.page

    async def open(self, html: str = CHAT, **headers: str) -> None:
        async def answer(route: Route) -> None:
            await route.fulfill(body=html, content_type="text/html", headers=headers)

        await self.chat.context.route("**/*", answer)
        await self.chat.goto(ADDRESS, 30_000)

    async def ask(self) -> None:
        """Type the question and send it; returns when its echo was seen."""
        await self.page.frames[-1].click("#box")
        assert await self.chat.attend(self.page.frames[-1])
        await self.chat.type(QUESTION)
        await self.chat.expect(QUESTION)
        await self.page.keyboard.press("Enter")
        assert await self.chat.echoed(30)
        await self.chat.listen()

    async def run(self, script: str) -> Any:
        """Run a script in the page, and wait until the observer has nothing more to tell."""
        result = await self.page.frames[-1].evaluate(script)
        await self.chat.quiet(2.5, 60)
        return result

    async def truth(self) -> list[float]:
        return list(await self.page.frames[-1].evaluate("() => truth"))

    @property
    def lines(self) -> list[Line]:
        """What was said beside the question, and is still there or was."""
        return [line for line in fold(self.events) if not line.visitor]

    @property
    def texts(self) -> list[str]:
        return [line.message.text for line in self.lines]


@pytest_asyncio.fixture(loop_scope="module")
async def seen(browser: Browser) -> AsyncIterator[Seen]:
    context = await browser.new_context()
    events: list[Event] = []
    chat = Chat(context, {}, events.append)
    await chat.start()
    yield Seen(chat, events)
    await context.close()


ONCE = {
    "a plain row": "() => mark(() => row('Two days.'))",
    "a bubble inserted empty and filled later": """async () => {
      const made = row('');
      await new Promise((done) => setTimeout(done, 300));
      mark(() => { made.textContent = 'Two days.'; });
    }""",
    "a row shown by a class": """async () => {
      document.head.insertAdjacentHTML('beforeend', '<style>.off { display: none }</style>');
      const made = row('Two days.', 'row off');
      await new Promise((done) => setTimeout(done, 300));
      mark(() => { made.className = 'row'; });
    }""",
    "all rows drawn again and again": """async () => {
      mark(() => row('Two days.'));
      for (let i = 0; i < 4; i++) {
        await new Promise((done) => setTimeout(done, 150));
        const log = document.getElementById('log');
        log.innerHTML = log.innerHTML;
      }
    }""",
    "a copy for screen readers": """() => {
      document.body.insertAdjacentHTML('beforeend',
        '<p aria-live="polite" style="position:absolute;width:1px;height:1px;overflow:hidden;clip:rect(0,0,0,0)"></p>');
      mark(() => row('Two days.'));
      document.querySelector('[aria-live]').textContent = 'Support says: Two days.';
    }""",
}


TOGETHER = {
    "rows appended": "() => { row('One moment.'); row('Two days.'); row('Anything else?'); }",
    "rows prepared empty and filled from below": """async () => {
      const made = [row(''), row(''), row('')];
      await new Promise((done) => setTimeout(done, 300));
      made[2].textContent = 'Anything else?';
      made[1].textContent = 'Two days.';
      made[0].textContent = 'One moment.';
    }""",
    "rows put above others": """() => {
      const last = row('Anything else?');
      for (const text of ['One moment.', 'Two days.']) last.before(row(text));
    }""",
    "rows with the newest first in the document": """() => {
      const log = document.getElementById('log');
      log.style.cssText = 'display: flex; flex-direction: column-reverse';
      for (const text of ['Anything else?', 'Two days.', 'One moment.']) row(text);
    }""",
}


@pytest.mark.parametrize("script", TOGETHER.values(), ids=TOGETHER)
async def test_what_comes_at_once_is_read_from_top_to_bottom(seen: Seen, script: str) -> None:
    """In whatever order the page fills its rows at one moment, they are told as they stand."""
    await seen.open()
    await seen.ask()
    await seen.run(script)
    assert ["One moment.", "Two days.", "Anything else?"] == seen.texts


@pytest.mark.parametrize("script", ONCE.values(), ids=ONCE.keys())
async def test_one_text_is_one_message_at_its_time(seen: Seen, script: str) -> None:
    """However a text comes to stand in the list, it is one message, timed by the page's own clock."""
    await seen.open()
    await seen.ask()
    await seen.run(script)
    (true,) = await seen.truth()
    assert ["Two days."] == seen.texts
    assert true == pytest.approx(seen.lines[0].message.at, abs=TOLERANCE_MS)


async def test_a_streamed_text_is_one_message(seen: Seen) -> None:
    """A growing text is timed at its first word and settled at its last."""
    await seen.open()
    await seen.ask()
    await seen.run("""async () => {
      let made;
      mark(() => { made = row('It'); });
      for (const word of ['takes', 'two', 'days.']) {
        await new Promise((done) => setTimeout(done, 200));
        mark(() => { made.textContent += ' ' + word; });
      }
    }""")
    true = await seen.truth()
    assert ["It takes two days."] == seen.texts
    message = seen.lines[0].message
    assert [true[0], true[-1]] == pytest.approx([message.at, message.settled_at], abs=TOLERANCE_MS)
    assert message.streamed


async def test_rows_drawn_anew_at_every_moment_stay_in_the_list(seen: Seen) -> None:
    """While the page draws all rows again in one task after the other, none is taken for a text outside the list."""
    await seen.open()
    await seen.ask()
    await seen.run("""async () => {
      const log = document.getElementById('log');
      row('Two days.');
      const { port1, port2 } = new MessageChannel();
      const until = performance.now() + 400;
      await new Promise((done) => {
        port1.onmessage = () => {
          log.replaceChildren(...[...log.children].map((one) => one.cloneNode(true)));
          if (performance.now() < until) port2.postMessage(0); else done();
        };
        port2.postMessage(0);
      });
    }""")
    assert ["Two days."] == [line.message.text for line in seen.lines if line.region == "list"]


async def test_equal_messages_are_two(seen: Seen) -> None:
    """The same words said twice are two messages."""
    await seen.open()
    await seen.ask()
    await seen.run("""async () => {
      row('Hello.');
      await new Promise((done) => setTimeout(done, 600));
      row('Hello.');
    }""")
    assert ["Hello.", "Hello."] == seen.texts


async def test_a_provisional_echo_is_replaced(seen: Seen) -> None:
    """Our row drawn anew with a time before it is nobody's answer, and the answer after it is heard."""
    await seen.open()
    await seen.ask()
    await seen.run("""() => {
      const mine = document.querySelector('.mine');
      const next = mine.cloneNode();
      next.textContent = '12:01 ' + mine.textContent;
      mine.replaceWith(next);
      setTimeout(() => row('Two days.'), 500);
    }""")
    assert ["Two days."] == [line.message.text for line in seen.lines if line.region == "list"]


STRICT = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'"


async def test_a_strict_policy_does_not_blind(seen: Seen) -> None:
    """A page that forbids all but its own inline scripts is observed like any other."""
    await seen.open(**{"Content-Security-Policy": STRICT})
    await seen.ask()
    await seen.run("() => row('Two days.')")
    assert ["Two days."] == seen.texts


def framed(attributes: str) -> str:
    return f"<!doctype html><body><iframe {attributes} width=600 height=400></iframe>"


QUOTED = CHAT.replace("&", "&amp;").replace('"', "&quot;")
WRITTEN = json.dumps(CHAT).replace("</", "<\\/")
FRAMES = {
    "srcdoc": framed(f'srcdoc="{QUOTED}"'),
    "sandboxed": framed(f'sandbox="allow-scripts" srcdoc="{QUOTED}"'),
    "about:blank written by the page": framed("id=f")
    + f"<script>const d = f.contentDocument; d.open(); d.write({WRITTEN}); d.close();</script>",
}


@pytest.mark.parametrize("html", FRAMES.values(), ids=FRAMES.keys())
async def test_every_kind_of_frame_is_seen(seen: Seen, html: str) -> None:
    """A chat in a frame without an address of its own is observed and timed."""
    await seen.open(html)
    await seen.ask()
    await seen.run("() => mark(() => row('Two days.'))")
    (true,) = await seen.truth()
    assert ["Two days."] == seen.texts
    assert true == pytest.approx(seen.lines[0].message.at, abs=TOLERANCE_MS)


NESTED = """<!doctype html><body><script>
  const outer = document.body.appendChild(document.createElement('div')).attachShadow({ mode: 'closed' });
  const inner = outer.appendChild(document.createElement('div')).attachShadow({ mode: 'closed' });
  inner.innerHTML = '<div id=log style="height:300px;overflow-y:auto"></div><input id=box style="width:300px">';
  const [log, box] = [inner.querySelector('#log'), inner.querySelector('#box')];
  const say = (text) => log.appendChild(document.createElement('div')).textContent = text;
  box.addEventListener('keydown', (event) => { if (event.key === 'Enter') { say(box.value); box.value = ''; } });
  box.focus();
</script>"""


async def test_closed_roots_are_seen(seen: Seen) -> None:
    """A chat in a closed root within a closed root is observed; locators find nothing there."""
    await seen.open(NESTED)
    assert await seen.chat.attend(seen.page.main_frame)
    await seen.chat.type(QUESTION)
    await seen.chat.expect(QUESTION)
    await seen.page.keyboard.press("Enter")
    assert await seen.chat.echoed(30)
    await seen.run("() => { say('Two days.'); }")
    assert (["Two days."], 0) == (seen.texts, await seen.page.locator("#log").count())


async def test_the_driver_cannot_be_reached(seen: Seen) -> None:
    """No function of the browser's driver is left where a page, its frames or its windows could call it."""
    await seen.open(framed("srcdoc='x'"))
    leaked = await seen.page.evaluate("""() => [window, frames[0]].flatMap((each) =>
      Object.getOwnPropertyNames(each).filter((name) => name.includes('playwright') || name.includes('binding')))""")
    assert [] == leaked


async def test_forged_commands_are_not_obeyed(seen: Seen) -> None:
    """The one function a page can find answers nobody who does not know the token."""
    await seen.open()
    await seen.ask()
    answers = await seen.run("""() => Object.getOwnPropertyNames(window)
      .filter((name) => /^_[0-9a-f]{16}$/.test(name))
      .flatMap((name) => [[], ['x', 'beat', true], [null, '', '["beat",true]'], [{}, {}, {}]]
        .map((junk) => window[name](...junk) === undefined))""")
    assert [True, True, True, True] == answers
    assert [] == seen.texts
    assert EventName.ECHO in [event.name for event in seen.events]
