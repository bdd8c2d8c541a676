"""Pages that are no casino: two for benchmarks, and hostile ones for tests. Their chat is the smallest possible."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

from chatprobe.lab.acts import Close, Say
from chatprobe.lab.casino import Casino, Expect, Script, Widget
from chatprobe.lab.render import PAGES, extra_page

if TYPE_CHECKING:
    from chatprobe.lab.lab import Lab

ANSWER = "Withdrawals take up to 24 hours."
SPECIAL = {
    "hostile/markup": (
        "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script> "
        "\x1b[2J\x1b[31mred\x1b[0m \x1b]0;owned\x07 \u202eesrever\u202c \x9b5n 'quote\" \\ back\rslash \x00 end"
    ),
    "hostile/huge": "All work and no play. " * 240_000,
}
"""Answers that are an attack by themselves: markup with terminal escape sequences, and 5 MB."""
DELAY_MS = 3000.0
"""Wait before the operator's answer where the address does not say `?delay=` (milliseconds)."""
HOPS = 50
"""Length of the chain of HTTP redirects; browsers give up at 20."""


def extra_casino(name: str, delay_ms: float, close_ms: float | None = None) -> Casino:
    """The chat of such a page: one person who answers after `delay_ms`, and ends the chat `close_ms` later, if ever."""
    answer = Say(delay_ms / 1000, SPECIAL.get(name, ANSWER), "human", "Anna")
    script = Script(answer=(answer,) if close_ms is None else (answer, Close(close_ms / 1000)))
    return Casino(name, name, "page for tests", Expect("human_reply", "human"), Widget(mark="class"), script)


def hostile_names() -> list[str]:
    """The pages under ``/hostile/``, and the chain of redirects that needs no page."""
    return sorted([path.stem for path in (PAGES / "hostile").glob("*.html")] + ["redirects"])


def extra_routes(lab: Lab) -> list[web.RouteDef]:
    """The routes of the bench and hostile pages."""

    async def page(request: web.Request) -> web.Response:
        name = f"{request.match_info['kind']}/{request.match_info['page']}"
        template = PAGES / f"{name}.html"
        if not template.is_file():
            raise web.HTTPNotFound(text="no such page")
        close = request.query.get("close")
        delay_ms, close_ms = float(request.query.get("delay", DELAY_MS)), float(close) if close else None
        desk = lab.admit(extra_casino(name, delay_ms, close_ms))
        return web.Response(text=extra_page(name, desk.conversation.id), content_type="text/html")

    async def redirects(request: web.Request) -> web.Response:
        hop = int(request.query.get("hop", "0"))
        raise web.HTTPFound(f"/hostile/redirects/?hop={hop + 1}" if hop < HOPS else "/hostile/redirects/?hop=0")

    async def attachment(_: web.Request) -> web.Response:
        headers = {"Content-Disposition": 'attachment; filename="terms.exe"'}
        return web.Response(body=b"not a program", headers=headers)

    async def endless(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "image/png"})
        await response.prepare(request)
        await lab.closing.wait()
        return response

    return [
        web.get("/hostile/redirects/", redirects),
        web.get("/_attachment", attachment),
        web.get("/_endless.png", endless),
        web.get("/{kind:bench|hostile}/{page}/", page),
    ]
