"""How frames reach the page: WebSocket, server-sent events, long polling or polling, under ``/api/<conversation>/``."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Callable

from aiohttp import WSMsgType, web

from chatprobe.lab.acts import Frame
from chatprobe.lab.desk import Desk
from chatprobe.lab.envelopes import streamed, wrapped

HOLD_S = 20.0
"""How long a long poll or a silent stream is held before it is answered with nothing."""

FindDesk = Callable[[web.Request], Desk]


def routes(desk_of: FindDesk) -> list[web.RouteDef]:
    """The routes of all transports; `desk_of` finds the conversation of a request or raises 404."""

    async def websocket(request: web.Request) -> web.StreamResponse:
        desk = desk_of(request)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        desk.open()
        pump = asyncio.create_task(_pump(desk, socket))
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    desk.receive(json.loads(message.data))
        finally:
            pump.cancel()
        return socket

    async def events(request: web.Request) -> web.StreamResponse:
        desk = desk_of(request)
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        await response.prepare(request)
        desk.open()
        since = int(request.headers.get("Last-Event-ID", "-1")) + 1
        with _either_may_go():
            while True:
                frames = await _news(desk, since, HOLD_S)
                since += len(frames)
                lines = [streamed(desk.casino.widget.envelope, frame) for frame in frames]
                await response.write("".join(lines or [": still here\n\n"]).encode())
        return response

    async def updates(request: web.Request) -> web.Response:
        desk = desk_of(request)
        desk.open()
        wait_s = HOLD_S if "hold" in request.query else 0.0
        return web.json_response(await _news(desk, int(request.query["since"]), wait_s))

    async def say(request: web.Request) -> web.Response:
        desk_of(request).receive(await request.json())
        return web.json_response({"ok": True})

    return [
        web.get("/api/{id}/socket", websocket),
        web.get("/api/{id}/events", events),
        web.get("/api/{id}/updates", updates),
        web.post("/api/{id}/say", say),
    ]


async def _pump(desk: Desk, socket: web.WebSocketResponse) -> None:
    since = 0
    with _either_may_go():
        while not socket.closed:
            frames = await _news(desk, since, HOLD_S)
            since += len(frames)
            for frame in frames:
                await socket.send_str(wrapped(desk.casino.widget.envelope, frame))
    await socket.close()


async def _news(desk: Desk, since: int, wait_s: float) -> list[Frame]:
    frames = await desk.news(since, wait_s)
    if desk.gone and not frames:
        raise web.HTTPServiceUnavailable
    return frames


def _either_may_go() -> contextlib.suppress:
    """A page may go while a frame is on its way, or the script lets the server die: nobody is left to tell."""
    return contextlib.suppress(ConnectionError, web.HTTPServiceUnavailable)
