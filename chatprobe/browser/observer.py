"""The observer inside every document: installs its scripts, receives its events, calls its commands.

The scripts in ``js/`` run before any script of a page, in every frame. Their only way out is one binding whose raw
function they take out of the page's reach; each parcel carries a token that the page cannot know.
"""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from playwright.async_api import BrowserContext, Frame
from playwright.async_api import Error as PlaywrightError

from chatprobe.times import now_ms

SCRIPTS = (
    "prelude.js",
    "roots.js",
    "visible.js",
    "moments.js",
    "blocks.js",
    "letters.js",
    "rows.js",
    "bylines.js",
    "avatar.js",
    "describe.js",
    "messages.js",
    "acts.js",
    "wire.js",
    "events.js",
    "calls.js",
    "carries.js",
    "locate_features.js",
    "locate.js",
    "portrait.js",
    "anatomy.js",
    "main.js",
)
"""In the order they run; they share one scope."""

# Playwright's own names of its raw binding and of the object that serves it (PageBinding in its driver). The page must
# not keep them: a junk argument to the raw binding ends the whole driver process, with every probe in it.
_PLAYWRIGHT_BINDING = "__playwright__binding__"
_PLAYWRIGHT_CONTROLLER = "__playwright__binding__controller__"

COMMAND_TIMEOUT_S = 5.0


@dataclass(frozen=True)
class Sighting:
    """One event posted by the observer of one document."""

    kind: str
    at: float
    """Epoch ms, the page's clock."""
    document: str
    """Key of the document (a frame gets a new one with each navigation)."""
    frame: Frame
    detail: Mapping[str, Any]


class FrameGone(Exception):
    """The frame navigated, closed or hangs: the command has no answer."""


class Observer:
    """The observers of one browser context."""

    def __init__(self, context: BrowserContext, selectors: Mapping[str, Any]) -> None:
        """`selectors`: plain CSS under ``messages`` and ``speakers``, and the places of ``events`` (`chat.events`)."""
        self._context = context
        self._key = "_" + secrets.token_hex(8)
        self._token = secrets.token_hex(16)
        self._binding = "_" + secrets.token_hex(8)
        self._selectors = selectors
        self._receive: Callable[[Sighting], None] = lambda _: None
        self._forged = 0

    async def install(self, receive: Callable[[Sighting], None]) -> None:
        """Put the observer into every document the context will open; `receive` gets each sighting."""
        self._receive = receive
        await self._context.expose_binding(self._binding, self._parcel)
        await self._context.add_init_script(self._script())

    async def call(self, frame: Frame, name: str, argument: object = None, timeout_s: float = COMMAND_TIMEOUT_S) -> Any:
        """Call a command of one frame's observer.

        Raises FrameGone when the frame has none, went away or does not answer in time.
        """
        try:
            return await asyncio.wait_for(self._ask(frame, name, argument), timeout_s)
        except (PlaywrightError, TimeoutError) as error:
            raise FrameGone(f"{name}: {error}") from error

    async def _ask(self, frame: Frame, name: str, argument: object) -> Any:
        try:
            text = json.dumps([name, argument])
        except TypeError:  # only Playwright can carry the handle of an element
            expression = "([key, token, name, argument]) => globalThis[key]?.(token, name, argument)"
            return await frame.evaluate(expression, [self._key, self._token, name, argument])
        answer = await frame.evaluate(f"text => globalThis.{self._key}?.('{self._token}', '', text)", text)
        return json.loads(answer) if answer is not None else None

    def _script(self) -> str:
        config = {
            "key": self._key,
            "token": self._token,
            "binding": self._binding,
            "playwrightBinding": _PLAYWRIGHT_BINDING,
            "playwrightController": _PLAYWRIGHT_CONTROLLER,
            "selectors": self._selectors,
            "events": self._selectors.get("events", []),
        }
        folder = files("chatprobe.browser") / "js"
        parts = [(folder / name).read_text(encoding="utf-8") for name in SCRIPTS]
        body = "\n".join(parts)
        return f"(() => {{\n'use strict';\nconst config = {json.dumps(config)};\n{body}\n}})();"

    def _parcel(self, source: Mapping[str, Any], *arguments: object) -> None:
        events = self._open_parcel(arguments)
        if events is None:
            self._forged += 1
            if self._forged == 1:
                self._receive(Sighting("forged", now_ms(), "", source["frame"], {}))
            return
        document, items = events
        frame = source["frame"]
        for item in items:
            detail = {key: value for key, value in item.items() if key not in ("kind", "at")}
            self._receive(Sighting(str(item["kind"]), float(item["at"]), document, frame, detail))

    def _open_parcel(self, arguments: tuple[object, ...]) -> tuple[str, list[dict[str, Any]]] | None:
        """The parcel's document and events; None for anything the observer did not send."""
        try:
            parcel = json.loads(str(arguments[0]))
            if not secrets.compare_digest(str(parcel["token"]), self._token):
                return None
            return str(parcel["doc"]), list(parcel["events"])
        except (ValueError, KeyError, TypeError, IndexError):
            return None
