"""Browser contexts: one browser for many probes, a fresh context for each, and what no page may do there."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.async_api import BrowserContext

from chatprobe.browser.control import reaches
from chatprobe.browser.engine import Engine, quietly
from chatprobe.errors import BrowserMissing

VIEWPORT = {"width": 1280, "height": 800}


@dataclass(frozen=True)
class ContextOptions:
    """How the visitor's browser presents itself; the User-Agent and `navigator` are never altered."""

    locale: str | None = None
    timezone: str | None = None
    geolocation: dict[str, float] | None = None
    """latitude, longitude, accuracy; given only to pages that ask."""
    proxy: dict[str, str] | None = None
    """server, username, password, bypass."""
    storage_state: Path | None = None
    """Saved sign-in state in Playwright's format."""

    def as_arguments(self) -> dict[str, Any]:
        """Keyword arguments of Playwright's `new_context`."""
        arguments: dict[str, Any] = {
            "viewport": VIEWPORT,
            "accept_downloads": False,
            "locale": self.locale,
            "timezone_id": self.timezone,
            "geolocation": self.geolocation,
            "permissions": ["geolocation"] if self.geolocation else [],
            "proxy": self.proxy,
            "storage_state": self.storage_state,
        }
        return {name: value for name, value in arguments.items() if value is not None}


class Browsers:
    """Keeps one browser running and hands out contexts.

    The browser is replaced after `recycle_after` contexts, because it frees some memory only when it ends, and when it
    crashed or hangs. A replaced browser lives on until the last of its contexts is closed.
    """

    def __init__(self, path: Path, *, headless: bool = True, slow_mo_ms: float = 0, recycle_after: int = 50) -> None:
        self.path = path
        self.version = ""
        """Of the browser started last."""
        self.recycle_after = recycle_after
        """May be changed; holds from the next context on."""
        self._headless = headless
        self._slow_mo_ms = slow_mo_ms
        self._engine: Engine | None = None
        self._all: set[Engine] = set()
        self._lock = asyncio.Lock()

    async def __aenter__(self) -> Browsers:
        async with self._lock:
            await self._working()
        return self

    async def __aexit__(self, *exc: object) -> None:
        await asyncio.gather(*(engine.close() for engine in self._all))

    @contextlib.asynccontextmanager
    async def context(self, options: ContextOptions) -> AsyncIterator[BrowserContext]:
        """A fresh context, closed at the end of the block whatever happened in it.

        Raises BrowserMissing when no browser starts, or none opens a context.
        """
        async with self._opened(options) as context:
            if context is not None:
                yield context
                return
        async with self._opened(options) as context:  # that browser hung: here is another
            if context is None:
                raise BrowserMissing(f"{self.path} hangs: it opens no page", "run `chatprobe doctor`")
            yield context

    @contextlib.asynccontextmanager
    async def _opened(self, options: ContextOptions) -> AsyncIterator[BrowserContext | None]:
        engine = await self._current()
        context = None
        try:
            context = await engine.open(options.as_arguments())
            yield context
        finally:
            if context is not None and not await quietly(context.close()):
                engine.spent = True
            await self._leave(engine)

    async def reaches(self, url: str, proxy: dict[str, str] | None) -> bool:
        """Whether `url` answers at all, asked without a page, through `proxy` in Playwright's parts.

        Raises BrowserMissing when the browser's driver does not start.
        """
        async with self._lock:
            engine = await self._working()
            engine.users += 1
        try:
            return await reaches(engine.playwright, url, proxy)
        finally:
            await self._leave(engine)

    async def _current(self) -> Engine:
        """The engine for one more context, its browser running."""
        async with self._lock:
            engine = await self._working()
            self.version = await engine.launch(self.path, headless=self._headless, slow_mo_ms=self._slow_mo_ms)
            engine.given += 1
            engine.users += 1
            return engine

    async def _working(self) -> Engine:
        """The engine in use, or a new one where it is worn, hangs or is gone."""
        old = self._engine
        if old is not None and old.given < self.recycle_after and await old.works():
            return old
        self._engine = await Engine.start()
        self._all.add(self._engine)
        if old is not None and not old.users:
            await self._end(old)
        return self._engine

    async def _leave(self, engine: Engine) -> None:
        engine.users -= 1
        if engine.users == 0 and (engine.spent or engine is not self._engine):
            self._engine = None if engine is self._engine else self._engine
            await self._end(engine)

    async def _end(self, engine: Engine) -> None:
        if engine in self._all:
            self._all.remove(engine)
            await engine.close()
