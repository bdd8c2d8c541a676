"""What the chat sends and receives by plain requests, and how often it asks: the resolution of its timing."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from urllib.parse import unquote_plus, urlsplit

from playwright.async_api import BrowserContext, Frame, Request
from playwright.async_api import Error as PlaywrightError

from chatprobe.addresses import shown
from chatprobe.model import Event, EventName

PUSHING = frozenset({"websocket", "eventsource"})
"""How frames come that nobody asked for; else the page asks, by ``request``."""
BODY_LIMIT = 16_000
BODIES_LIMIT = 400
BODY_S = 30.0
"""How long the body of a finished response may take: a busy machine is late, and it may be all that names a speaker."""


@dataclass(frozen=True)
class Exchange:
    """One finished request. Times are epoch ms."""

    endpoint: str
    """Method, host and path, without the query."""
    started: float
    finished: float
    host: str = ""


def resolution_ms(
    exchanges: Iterable[Exchange], since: float, until: float, carriers: Collection[str] = (), *, pushed: bool = False
) -> float | None:
    """The widget's own polling interval: how late it may show a message that has long been sent.

    `carriers` are the ways by which the frames came that brought messages. 0 where all of them push, or requests wait
    for news (long polling: the time between the end of one and the start of the next). Where no frame is known to have
    brought a message, what is polled counts, and only without it what was `pushed`. None where nothing repeats at least
    three times.
    """
    if carriers and PUSHING.issuperset(carriers):
        return 0.0
    groups: dict[str, list[Exchange]] = {}
    for exchange in exchanges:
        if since <= exchange.finished and exchange.started <= until:
            groups.setdefault(exchange.endpoint, []).append(exchange)
    estimates = [_interval(sorted(group, key=lambda e: e.started)) for group in groups.values() if len(group) >= 3]
    return min(estimates, default=0.0 if pushed and not carriers else None)


def _interval(exchanges: list[Exchange]) -> float:
    pauses = [later.started - earlier.finished for earlier, later in pairwise(exchanges)]
    held = median(exchange.finished - exchange.started for exchange in exchanges)
    between = median(later.started - earlier.started for earlier, later in pairwise(exchanges))
    if held > 0.5 * between:
        return max(0.0, median(pauses)) if median(pauses) > 50 else 0.0
    return float(between)


class Traffic:
    """Listens to the requests of one context."""

    def __init__(self, context: BrowserContext, sink: Callable[[Event], None]) -> None:
        self.exchanges: list[Exchange] = []
        self.pushed = False
        """A socket or event stream brought something to the chat."""
        self._sink = sink
        self._frames: frozenset[Frame] = frozenset()
        self._texts: list[str] = []
        self._hosts: set[str] = set()
        """Hosts that got what the visitor sent: only their bodies are kept, the rest is not the chat's."""
        self._bodies = 0
        self._tasks: set[asyncio.Task[None]] = set()
        context.on("requestfinished", self._finished)

    def attend(self, frames: Iterable[Frame]) -> None:
        """From now on, hear these frames' requests, too."""
        self._frames |= frozenset(frames)

    def expect(self, text: str) -> None:
        """What the visitor is about to send: the host that gets it is the chat's."""
        self._texts.append(text)

    def _finished(self, request: Request) -> None:
        if request.resource_type not in ("xhr", "fetch"):
            return
        try:
            frame = request.frame
        except PlaywrightError:  # a service worker's request has none
            return
        if frame not in self._frames:
            return
        timing = request.timing
        started = timing["startTime"]
        finished = started + max(timing["responseEnd"], timing["responseStart"], 0)
        place = urlsplit(request.url)
        exchange = Exchange(f"{request.method} {place.netloc}{place.path}", started, finished, place.netloc)
        self.exchanges.append(exchange)
        if self._carries(request):
            self._hosts.add(place.netloc)
        if place.netloc in self._hosts and self._bodies < BODIES_LIMIT:
            self._bodies += 1
            task = asyncio.ensure_future(self._record(request, started, finished))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    def _carries(self, request: Request) -> bool:
        try:
            sent = unquote_plus(request.post_data or request.url)
        except (PlaywrightError, UnicodeDecodeError):
            return False
        return any(text in sent or json.dumps(text)[1:-1] in sent for text in self._texts)

    def resolution_ms(self, since: float, until: float, carriers: Collection[str]) -> float | None:
        """How late a message may have been shown; `carriers` as above.

        Of the requests, those count that go to the hosts which got what the visitor sent. Where none did, he wrote by a
        socket: then all requests count, unless the chat's words are pushed as well.
        """
        of_chat = [one for one in self.exchanges if one.host in self._hosts]
        if not self._hosts and not (self.pushed and not carriers):
            of_chat = self.exchanges
        return resolution_ms(of_chat, since, until, carriers, pushed=self.pushed)

    async def _record(self, request: Request, started: float, finished: float) -> None:
        with contextlib.suppress(PlaywrightError, UnicodeDecodeError, asyncio.TimeoutError):
            if request.post_data:
                self._tell(request, started, "out", request.post_data)
            response = await request.response()
            if response and _is_text(response.headers.get("content-type", "")):
                body = await asyncio.wait_for(response.text(), BODY_S)
                if body.strip() not in ("", "[]", "{}"):
                    self._tell(request, finished, "in", body)

    def _tell(self, request: Request, at: float, direction: str, data: str) -> None:
        detail = {"via": "request", "direction": direction, "url": shown(request.url), "data": data[:BODY_LIMIT]}
        self._sink(Event(at, EventName.WIRE, detail))


def _is_text(content_type: str) -> bool:
    return any(word in content_type for word in ("json", "text/", "javascript", "xml"))
