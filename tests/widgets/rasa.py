"""rasa-webchat: Socket.IO, from long polling to a socket, with Rasa's events; each line is `bot_uttered`."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable
from itertools import count
from pathlib import Path
from typing import Any

from aiohttp import web

from tests.widgets.desk import Conversation, Desk

STARTED = "/get_started"
"""What the widget says by itself when it is opened."""


def routes(desk: Desk, _: Path) -> Iterable[web.RouteDef]:
    """The desk at Socket.IO's usual path."""
    visitors: dict[str, _Visitor] = {}
    numbers = count()

    async def receive(request: web.Request) -> web.StreamResponse:
        visitor = visitors.get(request.query.get("sid", ""))
        if visitor is None:
            sid = f"visitor{next(numbers)}"
            visitors[sid] = _Visitor(desk)
            pings = {"pingInterval": 25_000, "pingTimeout": 20_000}
            return web.Response(text="0" + json.dumps({"sid": sid, "upgrades": ["websocket"], **pings}))
        if request.query["transport"] == "polling":
            return web.Response(text=await visitor.packets.get())
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await visitor.serve(socket)
        return socket

    async def send(request: web.Request) -> web.Response:
        for packet in (await request.text()).split("\x1e"):
            visitors[request.query["sid"]].take(packet)
        return web.Response(text="ok")

    return [web.get("/socket.io/", receive), web.post("/socket.io/", send)]


class _Visitor:
    """One session of Engine.IO."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.packets: asyncio.Queue[str] = asyncio.Queue()
        """On their way to the widget."""
        self._conversation: Conversation = desk.open()
        self._answering: asyncio.Task[None] | None = None

    async def serve(self, socket: web.WebSocketResponse) -> None:
        """The session goes on by a socket, once the widget has found that it works."""
        sending: asyncio.Task[None] | None = None
        async for message in socket:
            packet = str(message.data)
            if packet == "2probe":
                await socket.send_str("3probe")
                self.packets.put_nowait("6")  # lets the poll go that still waits
            elif packet == "5":
                sending = asyncio.create_task(self._send_all(socket))
            else:
                self.take(packet)
        for task in (sending, self._answering):
            if task:
                task.cancel()

    async def _send_all(self, socket: web.WebSocketResponse) -> None:
        while True:
            await socket.send_str(await self.packets.get())

    def take(self, packet: str) -> None:
        """One packet: 40 joins, 42 is an event."""
        if packet.startswith("40"):
            self.packets.put_nowait('40{"sid":"one"}')
        elif packet.startswith("42"):
            event, *arguments = json.loads(packet[2:])
            self._on(event, arguments[0] if arguments else {})

    def _on(self, event: str, argument: Any) -> None:
        if event == "session_request":
            self._emit("session_confirm", argument.get("session_id") or "one")
        elif event == "user_uttered" and argument["message"] == STARTED:
            self._emit("bot_uttered", {"text": self._conversation.send(self.desk.greeting).text})
        elif event == "user_uttered":
            self._conversation.hear(argument["message"])
            self._answering = self._answering or asyncio.create_task(self._answer())

    async def _answer(self) -> None:
        async for line in self._conversation.answers():
            self._emit("bot_uttered", {"text": line.text})

    def _emit(self, event: str, argument: Any) -> None:
        self.packets.put_nowait("42" + json.dumps([event, argument]))
