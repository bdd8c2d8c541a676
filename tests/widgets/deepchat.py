"""deep-chat: one socket, one JSON object for each line; `role` is anything, and picks row, name and face."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable
from pathlib import Path

from aiohttp import web

from tests.widgets.desk import Conversation, Desk

ROLES = {"system": "desk", "bot": "robo", "human": "human"}


def routes(desk: Desk, _: Path) -> Iterable[web.RouteDef]:
    """The desk for `connect: {url, websocket: true}`; with `?roles` in the address lines carry roles of their own."""

    async def socket(request: web.Request) -> web.WebSocketResponse:
        answer = web.WebSocketResponse()
        await answer.prepare(request)
        conversation = desk.open()
        answering: list[asyncio.Task[None]] = []
        async for message in answer:
            conversation.hear(json.loads(message.data)["messages"][-1]["text"])
            if not answering:
                answering.append(asyncio.create_task(_answer(answer, conversation, roles="roles" in request.query)))
        for task in answering:
            task.cancel()
        return answer

    return [web.get("/socket", socket)]


async def _answer(socket: web.WebSocketResponse, conversation: Conversation, *, roles: bool) -> None:
    async for line in conversation.answers():
        await socket.send_json({"text": line.text, **({"role": ROLES[line.who]} if roles else {})})
