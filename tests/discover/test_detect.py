"""Pages in a real browser: every fingerprint is recognised, pages without a chat are not, bad addresses are told."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
import pytest_asyncio
from aiohttp import web
from playwright.async_api import Route

from chatprobe.browser.carries import Loads, look
from chatprobe.browser.chat import Chat
from chatprobe.browser.context import Browsers, ContextOptions
from chatprobe.browser.launch import find_browser
from chatprobe.discover import detect as detecting
from chatprobe.discover.recognise import Found, names_of, recognise, selectors_of
from chatprobe.errors import SiteUnreachable
from chatprobe.scenario.preset import Preset
from chatprobe.scenario.presets import presets
from tests.discover.pages import WITHOUT_CHAT, marks_of, page
from tests.e2e.helpers import chatprobe

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.slow]

PRESETS = list(presets().values())
Seen = Callable[[str], Awaitable[list[Found]]]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def seen() -> AsyncIterator[Seen]:
    """Loads a page of this markup, without the network, and says whose marks it carries."""
    shown: dict[str, str] = {}

    async def page(_: web.Request) -> web.Response:
        return web.Response(text=shown["html"], content_type="text/html")

    async def stay_here(route: Route) -> None:
        await (route.continue_() if "127.0.0.1" in route.request.url else route.abort())

    async with (
        serving(page) as base,
        Browsers(find_browser()) as browsers,
        browsers.context(ContextOptions()) as context,
    ):
        await context.route("**/*", stay_here)
        loads = Loads(context)
        chat = Chat(context, {}, lambda _: None)
        await chat.start()

        async def carried(html: str) -> list[Found]:
            shown["html"] = html
            loads.addresses.clear()
            await chat.goto(base, 20_000)
            now = await look(chat.observer, chat.context, loads, names_of(PRESETS), selectors_of(PRESETS))
            return recognise(now, PRESETS)

        yield carried


class serving:  # noqa: N801  # a context manager that reads like one
    """One page on loopback."""

    def __init__(self, page: Callable[[web.Request], Awaitable[web.StreamResponse]]) -> None:
        app = web.Application()
        app.router.add_get("/{any:.*}", page)
        self._runner = web.AppRunner(app, access_log=None)

    async def __aenter__(self) -> str:
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        host, port = self._runner.addresses[0][:2]
        return f"http://{host}:{port}/"

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.id)
async def test_each_fingerprint_is_recognised(preset: Preset, seen: Seen) -> None:
    """On a page with all marks of a vendor each of them is found, and nobody else is named."""
    marks = preset.file.fingerprint
    [found] = await seen(page(marks, marks.weak))
    assert (preset.id, marks_of(preset)) == (found.preset.id, found.marks)


@pytest.mark.parametrize("name", WITHOUT_CHAT)
async def test_a_page_without_a_chat_is_nobody_s(name: str, seen: Seen) -> None:
    """No vendor is named where none of their widgets is."""
    assert [] == [one.preset.id for one in await seen(f"<!doctype html><title>x</title>{WITHOUT_CHAT[name]}")]


async def test_marks_in_frames_and_shadow_roots_count(seen: Seen) -> None:
    """A widget may live in a frame or in a shadow root of the page, also in a closed one."""
    html = """<div id=host></div><script>
        document.getElementById('host').attachShadow({mode: 'closed'}).innerHTML = '<div id="tidio-chat"></div>';
        </script><iframe srcdoc="<script>window.Tawk_API = {}</script>"></iframe>"""
    assert {"tidio", "tawk"} == {one.preset.id for one in await seen(html)}


async def test_a_script_that_waits_for_consent_is_seen(seen: Seen) -> None:
    """A script held back until the visitor agrees names its vendor, and is said to wait."""
    [found] = await seen('<script type="text/plain" data-src="https://widget.intercom.io/widget/x"></script>')
    assert ("intercom", [True]) == (found.preset.id, [reason.held for reason in found.reasons])


LATE = """<!doctype html><title>Lucky</title><script>
  setTimeout(() => { window.$crisp = []; document.head.append(Object.assign(document.createElement('script'),
    { src: '/client/l.js' })); }, 1200);
</script>"""


async def _late(_: web.Request) -> web.Response:
    return web.Response(text=LATE, content_type="text/html")


async def test_what_comes_late_is_waited_for(tmp_path: Path) -> None:
    """The command names a widget that loads some time after its page, with reasons and how well its preset is known."""
    async with serving(_late) as base:
        ran = await chatprobe(tmp_path, "detect", base, "--json")
    [vendor] = ran.data["vendors"]
    assert (0, base, 200, "crisp", True) == (
        ran.code,
        ran.data["url"],
        ran.data["status"],
        vendor["vendor"],
        vendor["sure"],
    )
    assert [{"kind": "global", "mark": "$crisp", "seen": "$crisp", "weak": False, "held": False}] == vendor["reasons"]
    assert ({"2+": 4, "1": 4, "general": 0}, "not yet") == (vendor["confidence"], vendor["tried"])


async def _somewhere(request: web.Request) -> web.StreamResponse:
    """Answers that are no page to look at."""
    if request.path == "/circle":
        raise web.HTTPFound("/circle")
    if request.path == "/paper":
        return web.Response(body=b"%PDF-1.4", content_type="application/pdf")
    return web.Response(status=int(request.path[1:]), text="<title>Oops</title>Sorry.", content_type="text/html")


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is waited for."""
    monkeypatch.setattr(detecting, "LATE_S", 0.0)


async def test_an_address_without_a_page_is_told(quick: None) -> None:
    """What is no page, or turns us away without a widget, is an error that says what is wrong."""
    told = {}
    async with serving(_somewhere) as base, Browsers(find_browser()) as browsers:
        for url in (*(f"{base}{path}" for path in ("404", "403", "503", "circle", "paper")), "http://nohost.invalid/"):
            with pytest.raises(SiteUnreachable) as raised:
                await detecting.detect(url, browsers, ContextOptions(), PRESETS, 10_000)
            told[url.rpartition("/")[2]] = raised.value.message.removeprefix(f"{url}: ")
    assert {
        "404": "the site has no such page (HTTP 404)",
        "403": "the site does not let us in (HTTP 403)",
        "503": "the site answers with HTTP 503",
        "circle": "the site redirects without end (net::ERR_TOO_MANY_REDIRECTS)",
        "paper": told["paper"],
        "": "there is no host of that name (net::ERR_NAME_NOT_RESOLVED)",
    } == told
    assert told["paper"].startswith("it is ")
    assert 4 == SiteUnreachable.exit_code
