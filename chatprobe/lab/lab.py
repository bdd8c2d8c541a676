"""The lab itself: a small web server on two loopback ports and the truth about every visit."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from types import TracebackType
from typing import Self

from aiohttp import web

from chatprobe.lab import render, transports
from chatprobe.lab.casino import Casino
from chatprobe.lab.casinos import CASINOS
from chatprobe.lab.clock import LabClock, hour_of_day
from chatprobe.lab.desk import Desk
from chatprobe.lab.extras import extra_routes
from chatprobe.lab.truth import Conversation, now_ms

HOST = "127.0.0.1"


class Lab:
    """Serves the fake casinos while the context is open.

    `speed` divides every delay of the operators, `clock` says what time it is for their shifts; `port` 0 takes any free
    one. The second port is always any free one: it exists to give the pages another origin.
    """

    def __init__(
        self, speed: float = 1.0, port: int = 0, casinos: Sequence[Casino] = CASINOS, clock: LabClock | None = None
    ) -> None:
        """Nothing is served before the context is entered."""
        self.speed = speed
        self.clock = clock or LabClock()
        self.port = port
        self.casinos = tuple(casinos)
        """What is served; by default all fake casinos, those of the demo first."""
        self.other_port = 0
        self._desks: dict[str, Desk] = {}
        self.closing = asyncio.Event()
        """Set when the lab goes away: releases requests that are held for ever."""
        self._runner: web.AppRunner | None = None

    @property
    def base(self) -> str:
        """The lab's origin: what the scenarios' variable ``CHATPROBE_LAB`` holds."""
        return f"http://{HOST}:{self.port}"

    @property
    def control_url(self) -> str:
        """An address that always answers: tells a dead casino from a dead network."""
        return f"{self.base}/_control"

    def url(self, name: str) -> str:
        """The address of a casino, or of ``bench/static``, ``hostile/alerts`` and their like."""
        return f"{self.base}/{name}/"

    @property
    def conversations(self) -> list[Conversation]:
        """Every page load so far, in order."""
        return [desk.conversation for desk in self._desks.values()]

    def truth(self, name: str) -> list[Conversation]:
        """The page loads of one casino, in order."""
        return [conversation for conversation in self.conversations if conversation.casino == name]

    async def __aenter__(self) -> Self:
        """Start serving."""
        self._runner = web.AppRunner(self._app(), access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        for port in (self.port, 0):
            await web.TCPSite(self._runner, HOST, port).start()
        self.port, self.other_port = (address[1] for address in self._runner.addresses)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop the operators and the server."""
        self.closing.set()
        for desk in self._desks.values():
            desk.stop()
        if self._runner:
            await self._runner.cleanup()

    def admit(self, casino: Casino) -> Desk:
        """A new page load: its conversation and operator."""
        number, shown = len(self._desks) + 1, self.clock.shows(now_ms())
        conversation = Conversation(f"{casino.name.replace('/', '-')}-{number}", casino.name, shown)
        desk = Desk(casino.at(hour_of_day(shown)), conversation, self.speed)
        self._desks[conversation.id] = desk
        return desk

    def desk(self, request: web.Request) -> Desk:
        """The desk of the conversation that `request` names in its path or query.

        Raises 404 where there is none, 503 where its server has died.
        """
        found = self._desks.get(request.match_info.get("id") or request.query.get("id", ""))
        if found is None:
            raise web.HTTPNotFound(text="no such conversation")
        if found.gone:
            raise web.HTTPServiceUnavailable
        return found

    def _app(self) -> web.Application:
        app = web.Application()
        app.add_routes(transports.routes(self.desk))
        app.add_routes(extra_routes(self))
        app.add_routes(
            [
                web.static("/static", render.PAGES),
                web.get("/style/{prefix}.css", self._style),
                web.get("/_control", self._control),
                web.get("/_truth", self._truth),
                web.post("/_note/{id}", self._note),
                web.get("/{casino}/_truth", self._truth),
                web.get("/{casino}/", self._home),
                web.get("/{casino}/scenario.yaml", self._scenario),
                web.get("/{casino}/chat", self._chat),
                web.post("/{casino}/chat", self._chat_after_form),
                web.get("/{casino}/nest", self._nest),
            ]
        )
        return app

    def _casino(self, request: web.Request) -> Casino:
        casino = next((each for each in self.casinos if each.name == request.match_info["casino"]), None)
        if casino is None:
            raise web.HTTPNotFound(text="no such casino")
        return casino

    async def _scenario(self, request: web.Request) -> web.Response:
        return web.Response(text=self._casino(request).scenario_for(self.base), content_type="application/yaml")

    async def _home(self, request: web.Request) -> web.Response:
        casino = self._casino(request)
        await asyncio.sleep(casino.site.response_s / self.speed)
        if casino.site.status >= 400:
            return web.Response(status=casino.site.status, text="Service unavailable")
        desk = self.admit(casino)
        other = f"http://{HOST}:{self.other_port}"
        return _html(render.casino_page(desk.casino, desk.conversation.id, other))

    async def _chat(self, request: web.Request) -> web.Response:
        desk = self.desk(request)
        return _html(render.chat_page(desk.casino, desk.conversation.id))

    async def _chat_after_form(self, request: web.Request) -> web.Response:
        desk = self.desk(request)
        fields = {key: str(value) for key, value in (await request.post()).items()}
        desk.receive({"type": "form", "fields": fields})
        return _html(render.chat_page(desk.casino, desk.conversation.id, fields.get("question")))

    async def _nest(self, request: web.Request) -> web.Response:
        desk = self.desk(request)
        return _html(render.nest_page(desk.casino, desk.conversation.id, self.base))

    async def _style(self, request: web.Request) -> web.Response:
        return web.Response(text=render.widget_style(request.match_info["prefix"]), content_type="text/css")

    async def _control(self, _: web.Request) -> web.Response:
        return web.Response(status=204)

    async def _note(self, request: web.Request) -> web.Response:
        self.desk(request).note(json.loads(await request.text()))
        return web.Response(status=204)

    async def _truth(self, request: web.Request) -> web.Response:
        name = request.match_info.get("casino")
        rows = self.truth(name) if name else self.conversations
        return web.json_response([row.as_row() for row in rows])


def _html(text: str) -> web.Response:
    return web.Response(text=text, content_type="text/html", headers={"Cache-Control": "no-store"})
