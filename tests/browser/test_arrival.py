"""Arriving at addresses that are no place to chat: each its outcome, in time, with a page that can be photographed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
import pytest_asyncio
from aiohttp import web

from chatprobe.browser.arrival import Stop, refused, without_chat
from chatprobe.browser.chat import Chat
from chatprobe.browser.context import Browsers, ContextOptions
from chatprobe.browser.launch import find_browser
from chatprobe.browser.survey import survey
from chatprobe.model import Outcome

pytestmark = pytest.mark.slow

Arrive = Callable[[str], Awaitable[Stop | None]]
PUZZLE = "<title>Just a moment...</title><p>Checking your browser"


def _page(text: str, status: int = 200, kind: str = "text/html") -> Callable[[web.Request], Awaitable[web.Response]]:
    async def answer(_: web.Request) -> web.Response:
        return web.Response(text=text, status=status, content_type=kind)

    return answer


async def _endless(request: web.Request) -> web.StreamResponse:
    """A document that goes on for a gigabyte."""
    answer = web.StreamResponse(headers={"Content-Type": "text/html"})
    await answer.prepare(request)
    with_text = b"<p>" + b"x" * 1_000_000
    for _ in range(1000):
        if request.transport is None or request.transport.is_closing():
            break
        await answer.write(with_text)
    return answer


async def _nothing(_: web.Request) -> web.Response:
    await asyncio.Event().wait()
    raise AssertionError


async def _circle(_: web.Request) -> web.Response:
    raise web.HTTPFound("/circle")


async def _hangs_up(request: web.Request) -> web.Response:
    assert request.transport is not None
    request.transport.close()
    return web.Response()


PAGES = {
    "circle": _circle,
    "denied": _page("<title>403 Forbidden</title>", 403),
    "endless": _endless,
    "geo": _page("<p>This site is not available in your country.", 451),
    "hangs-up": _hangs_up,
    "json": _page("{}", kind="application/json"),
    "lobby": _page(
        "<title>Lucky</title><p>Play our games. Our chat was closed for maintenance in May." + "<p>A slot" * 400
    ),
    "missing": _page("<p>Not here", 404),
    "nothing": _nothing,
    "pdf": _page("%PDF-1.4", kind="application/pdf"),
    "program": _page("MZ", kind="application/octet-stream"),
    "puzzle": _page(PUZZLE, 503),
    "repair": _page("<h1>Wir sind bald zurück</h1><p>Wartungsarbeiten bis 14 Uhr."),
    "broken": _page("oops", 500, kind="text/plain"),
    "elsewhere": _page("<title>Lucky</title><h1>Tyvärr!</h1><p>Du kan inte spela från ditt land. <a href=/>18+</a>"),
    "person": _page("<title>Un momento</title><p>Dimostri di essere umano.", 403),
    "refused": _page("<title>Lucky</title><p>Ihre Anfrage wurde aus Sicherheitsgründen blockiert."),
    "works": _page("<html lang=no><title>Lucky</title><h1>Planlagt vedlikehold</h1><p>Vi er snart tilbake."),
    "gate": _page("<title>Lucky</title><p>If you are not of legal age in your country, leave.<button>Enter</button>"),
}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def arrive() -> AsyncIterator[Arrive]:
    """Visits one of the pages, or another address; what ends the visit, None where nothing does."""
    app = web.Application()
    for name, page in PAGES.items():
        app.router.add_get(f"/{name}", page)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    base = f"http://{host}:{port}"

    async def one(name: str) -> Stop | None:
        address = name.format(port=port) if ":" in name else f"{base}/{name}"
        async with browsers.context(ContextOptions()) as context:
            chat = Chat(context, {}, lambda _: None)
            await chat.start()
            answer = await chat.goto(address, 2_000 if name == "nothing" else 30_000)
            return await refused(chat, answer, f"{base}/lobby") or await without_chat(
                chat, await survey(chat.observer, context), f"{base}/lobby"
            )

    async with Browsers(find_browser()) as browsers:
        yield one
    await runner.cleanup()


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize(
    ("address", "outcome", "said"),
    [
        ("http://no-such-host.invalid/", Outcome.SITE_DOWN, "no host of that name"),
        ("https://127.0.0.1:{port}/", Outcome.SITE_DOWN, "no secure connection"),
        ("circle", Outcome.SITE_DOWN, "redirects without end"),
        ("hangs-up", Outcome.SITE_DOWN, "hangs up without an answer"),
        ("nothing", Outcome.SITE_DOWN, "nothing comes"),
        ("broken", Outcome.SITE_DOWN, "HTTP 500"),
        ("repair", Outcome.SITE_DOWN, "closed for repair"),
        ("endless", Outcome.SCENARIO_BROKEN, "larger than 50 MB"),
        ("pdf", Outcome.SCENARIO_BROKEN, "application/pdf"),
        ("json", Outcome.SCENARIO_BROKEN, "application/json"),
        ("program", Outcome.SCENARIO_BROKEN, "a file to download"),
        ("missing", Outcome.SCENARIO_BROKEN, "no such page"),
        ("denied", Outcome.BLOCKED, "HTTP 403"),
        ("geo", Outcome.GEO_BLOCKED, "HTTP 451"),
        ("puzzle", Outcome.CAPTCHA, "HTTP 503"),
        ("elsewhere", Outcome.GEO_BLOCKED, "inte spela från ditt land"),
        ("person", Outcome.CAPTCHA, "HTTP 403"),
        ("refused", Outcome.BLOCKED, "blockiert"),
        ("works", Outcome.SITE_DOWN, "vedlikehold"),
        ("gate", Outcome.NOT_OFFERED, "nothing on it looks like a chat"),
        ("lobby", Outcome.NOT_OFFERED, "nothing on it looks like a chat"),
    ],
)
async def test_each_address_has_its_outcome(arrive: Arrive, address: str, outcome: Outcome, said: str) -> None:
    """What comes, or does not, is told from a site that is down, closed to us, or works without a chat."""
    stop = await arrive(address)
    assert stop is not None
    assert outcome is stop.outcome
    assert said in stop.detail


async def test_a_site_may_be_down_only_while_the_control_address_answers() -> None:
    """Without a control address, or where that fails too, the fault may be ours."""
    async with Browsers(find_browser()) as browsers, browsers.context(ContextOptions()) as context:
        chat = Chat(context, {}, lambda _: None)
        await chat.start()
        answer = await chat.goto("http://no-such-host.invalid/", 4_000)
        stops = [await refused(chat, answer, control) for control in (None, "http://no-such-host.invalid/")]
        assert [Outcome.PROBE_FAULT] * 2 == [stop.outcome for stop in stops if stop]
