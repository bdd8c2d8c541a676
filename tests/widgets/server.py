"""The server of one widget: the page, the script that npm brought, the reference observer, and the desk's own protocol.

Its policy lets a page talk to nobody but this server: what a widget would tell its vendor stays here, and is noted.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from pathlib import Path

from aiohttp import web

from tests.widgets.desk import Desk

HERE = Path(__file__).parent
PAGES = HERE / "pages"

Routes = Callable[[Desk, Path], Iterable[web.RouteDef]]
"""Of a desk and the folder with what npm brought."""


@asynccontextmanager
async def serving(page: Path, package: Path, routes: Routes) -> AsyncIterator[tuple[str, Desk]]:
    """Serve one widget on loopback: the page's address, and what happens there."""
    desk = Desk()
    app = web.Application(middlewares=[_policy])
    app.router.add_get("/", _page(page))
    app.router.add_static("/widget/", package)
    app.router.add_get("/oracle.js", _oracle(desk))
    app.router.add_post("/seen", _seen(desk))
    app.router.add_post("/blocked", _blocked(desk))
    app.router.add_routes(routes(desk, package))
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/", desk
    finally:
        await runner.cleanup()


@web.middleware
async def _policy(request: web.Request, handler: Callable[[web.Request], object]) -> web.StreamResponse:
    answer = await handler(request)  # type: ignore[misc]  # aiohttp's handlers have no one type
    assert isinstance(answer, web.StreamResponse)
    if not answer.prepared:
        sources = f"'self' ws://{request.host} data: blob: 'unsafe-inline' 'unsafe-eval'"
        answer.headers["Content-Security-Policy"] = f"default-src {sources}; report-uri /blocked"
        answer.headers["Cache-Control"] = "no-store"
    return answer


def _page(path: Path) -> Callable[[web.Request], object]:
    text = path.read_text(encoding="utf-8")

    async def answer(_: web.Request) -> web.Response:
        return web.Response(text=text, content_type="text/html")

    return answer


def _oracle(desk: Desk) -> Callable[[web.Request], object]:
    async def answer(_: web.Request) -> web.Response:
        texts = json.dumps([line.text for line in (desk.greeting, *desk.script)])
        script = (HERE / "oracle.js").read_text(encoding="utf-8")
        return web.Response(text=f"const TEXTS = {texts};\n{script}", content_type="text/javascript")

    return answer


def _seen(desk: Desk) -> Callable[[web.Request], object]:
    async def answer(request: web.Request) -> web.Response:
        desk.see(json.loads(await request.text()))
        return web.Response()

    return answer


def _blocked(desk: Desk) -> Callable[[web.Request], object]:
    async def answer(request: web.Request) -> web.Response:
        report = json.loads(await request.text())["csp-report"]
        desk.blocked.add(str(report.get("blocked-uri", "")))
        return web.Response()

    return answer
