"""How frames reach the page: WebSocket, server-sent events, long polling or polling, under ``/api/<conversation>/``."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Callable

from aiohttp import WSMsgType, web

from chatprobe.lab.desk import Desk

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
        since = 0
        while True:
            frames = await desk.news(since, HOLD_S)
            since += len(frames)
            lines = [f"data: {json.dumps(frame)}\n\n" for frame in frames] or [": still here\n\n"]
            await response.write("".join(lines).encode())

    async def updates(request: web.Request) -> web.Response:
        desk = desk_of(request)
        desk.open()
        wait_s = HOLD_S if "hold" in request.query else 0.0
        return web.json_response(await desk.news(int(request.query["since"]), wait_s))

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
    # A page may go while a frame is on its way: nobody is left to tell.
    with contextlib.suppress(ConnectionError):
        while not socket.closed:
            frames = await desk.news(since, HOLD_S)
            since += len(frames)
            for frame in frames:
                await socket.send_str(json.dumps(frame))
