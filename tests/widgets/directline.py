"""botframework-webchat: the Direct Line protocol 3.0. Whoever answers, bot or person behind it, has the role `bot`."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from aiohttp import web

from tests.widgets.desk import Conversation, Desk, Line


def routes(desk: Desk, _: Path) -> Iterable[web.RouteDef]:
    """The desk under ``/v3/directline``, by socket or by polling, as the page's script chose."""
    talks: dict[str, _Talk] = {}

    def talk(request: web.Request) -> _Talk:
        return talks[request.match_info["talk"]]

    async def start(request: web.Request) -> web.Response:
        name = f"talk{len(talks)}"
        talks[name] = _Talk(desk, name)
        stream = f"ws://{request.host}/v3/directline/conversations/{name}/stream"
        return web.json_response(
            {"conversationId": name, "token": name, "expires_in": 1800, "streamUrl": stream}, status=201
        )

    async def post(request: web.Request) -> web.Response:
        return web.json_response({"id": talk(request).take(await request.json())})

    async def poll(request: web.Request) -> web.Response:
        mark = int(request.query.get("watermark") or 0)
        known = talk(request).activities
        return web.json_response({"activities": known[mark:], "watermark": str(len(known))})

    async def stream(request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        sending = asyncio.create_task(talk(request).stream(socket))
        async for _ in socket:
            pass
        sending.cancel()
        return socket

    conversations = "/v3/directline/conversations"
    return [
        web.post(conversations, start),
        web.post(conversations + "/{talk}/activities", post),
        web.get(conversations + "/{talk}/activities", poll),
        web.get(conversations + "/{talk}/stream", stream),
    ]


class _Talk:
    """One conversation of Direct Line."""

    def __init__(self, desk: Desk, name: str) -> None:
        self.name = name
        self.activities: list[dict[str, Any]] = []
        self._conversation: Conversation = desk.open()
        self._news = asyncio.Condition()
        self._answering: asyncio.Task[None] | None = None
        self._say(self._conversation.send(desk.greeting))

    def take(self, activity: dict[str, Any]) -> str:
        """An activity of the visitor's; its id. Direct Line sends it back to everybody, the visitor included."""
        number = self._add({**activity, "from": {**activity["from"], "role": "user"}})
        if activity["type"] == "message":
            self._conversation.hear(activity["text"])
            self._answering = self._answering or asyncio.create_task(self._answer())
        return number

    async def stream(self, socket: web.WebSocketResponse) -> None:
        """Send all there is, then what comes."""
        sent = 0
        while True:
            new, sent = self.activities[sent:], len(self.activities)
            if new:
                await socket.send_str(json.dumps({"activities": new, "watermark": str(sent)}))
            async with self._news:
                await self._news.wait_for(lambda known=sent: len(self.activities) > known)

    async def _answer(self) -> None:
        async for line in self._conversation.answers():
            self._say(line)
            async with self._news:
                self._news.notify_all()

    def _say(self, line: Line) -> None:
        author = {"id": line.name.lower(), "name": line.name, "role": "bot"}
        self._add({"type": "message", "text": line.text, "from": author})

    def _add(self, activity: dict[str, Any]) -> str:
        number = f"{self.name}|{len(self.activities):07}"
        when = datetime.now(UTC).isoformat().replace("+00:00", "Z")
        self.activities.append({**activity, "id": number, "timestamp": when, "conversation": {"id": self.name}})
        return number
