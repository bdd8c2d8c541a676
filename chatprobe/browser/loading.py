"""Loading an address within limits of time and size, and what came, in words."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass

from playwright.async_api import CDPSession, Page, Response
from playwright.async_api import Error as PlaywrightError

SETTLE_MS = 15_000
"""How long a page that has begun to come may take to be read to its end."""
LARGEST_MB = 50
"""A document that is larger is no page for visitors: the browser would go on reading until its memory is full."""

SESSION_S = 5.0
"""How long the browser may take to open or close its side channel."""

_WORDS = (
    ("ERR_NAME_NOT_RESOLVED", "there is no host of that name"),
    ("ERR_CONNECTION_REFUSED", "nothing answers there"),
    ("ERR_TOO_MANY_REDIRECTS", "the site redirects without end"),
    ("ERR_EMPTY_RESPONSE", "the site hangs up without an answer"),
    ("ERR_CONNECTION", "the connection breaks"),
    ("ERR_CERT", "its certificate cannot be trusted"),
    ("ERR_SSL", "no secure connection can be made"),
    ("ERR_PROXY", "the proxy cannot be used"),
    ("ERR_INTERNET_DISCONNECTED", "this machine is offline"),
    ("ERR_ABORTED", "the site answers with nothing to show"),
    ("Timeout", "nothing comes"),
)


@dataclass(frozen=True)
class PageAnswer:
    """How a site answered."""

    status: int | None
    """HTTP status of the page; None where nothing came."""
    url: str
    error: str | None = None
    """Why nothing came, with the browser's own error, ``net::ERR_…``; None where a page came."""
    unfit: str | None = None
    """Why what came is no web page."""
    slow: bool = False
    """The page was still being read when we stopped waiting for its end."""

    @property
    def trouble(self) -> str | None:
        """What is wrong with the answer; None for a page as it should be."""
        bad = f"HTTP {self.status}" if (self.status or 200) >= 400 else None
        return self.error or self.unfit or bad


async def load(page: Page, url: str, timeout_ms: float) -> PageAnswer:
    """Load an address. A page whose sources never end counts as loaded once its text is there."""
    async with _Scale(page).weighing() as scale:
        try:
            response = await page.goto(url, wait_until="commit", timeout=timeout_ms)
        except PlaywrightError as error:
            scale.give_up()
            return _failed(page, error)
        answer = PageAnswer(response.status if response else None, page.url, unfit=_unfit(response))
        if answer.unfit or page.is_closed():
            return answer
        slow = not await scale.until_read(min(timeout_ms, SETTLE_MS))
        unfit = f"it is larger than {LARGEST_MB} MB" if scale.over else None
        return PageAnswer(answer.status, answer.url, unfit=unfit, slow=slow)


def _failed(page: Page, error: PlaywrightError) -> PageAnswer:
    reason = str(error).strip().splitlines()[0].removeprefix("Page.goto: ").partition(" at http")[0].rstrip(".")
    if "Download is starting" in reason:
        return PageAnswer(None, page.url, unfit="it is a file to download")
    words = next((words for sign, words in _WORDS if sign in reason), None)
    return PageAnswer(None, page.url, f"{words} ({reason})" if words else reason)


def _unfit(response: Response | None) -> str | None:
    """Why what came is no web page; an error may be told in any form."""
    if response is None or response.status >= 400:
        return None
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    return None if not kind or "html" in kind or "xml" in kind else f"it is {kind[:60]}"


class _Scale:
    """Weighs the documents of a page while they come."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._bytes: dict[str, float] = {}
        self._over = asyncio.Event()
        self._given_up = False

    @property
    def over(self) -> bool:
        """Whether a document was larger than LARGEST_MB."""
        return self._over.is_set()

    def give_up(self) -> None:
        """Nobody waits for the page any more: at the end it is told to stop, or the browser would wait on."""
        self._given_up = True

    @contextlib.asynccontextmanager
    async def weighing(self) -> AsyncIterator[_Scale]:
        """For the length of a block."""
        session = await self._session()
        try:
            yield self
        finally:
            with contextlib.suppress(PlaywrightError, TimeoutError):
                async with asyncio.timeout(SESSION_S):
                    await self._end(session)

    async def _session(self) -> CDPSession | None:
        try:
            async with asyncio.timeout(SESSION_S):
                session = await self._page.context.new_cdp_session(self._page)
                session.on("Network.responseReceived", self._response)
                session.on("Network.dataReceived", self._data)
                await session.send("Network.enable")
        except (PlaywrightError, TimeoutError):
            return None  # loading goes on unweighed
        return session

    async def _end(self, session: CDPSession | None) -> None:
        if session is None:
            return
        if self.over or self._given_up:
            await session.send("Page.stopLoading")
        await session.detach()

    async def until_read(self, timeout_ms: float) -> bool:
        """Wait until the page is read to its end or too large; False when it still comes after so long."""
        reading = asyncio.ensure_future(self._page.wait_for_load_state("domcontentloaded", timeout=timeout_ms))
        weighing = asyncio.ensure_future(self._over.wait())
        try:
            await asyncio.wait({reading, weighing}, return_when=asyncio.FIRST_COMPLETED)
            return self.over or reading.exception() is None
        finally:
            for task in (reading, weighing):
                task.cancel()
            await asyncio.gather(reading, weighing, return_exceptions=True)

    def _response(self, event: dict[str, object]) -> None:
        if event.get("type") == "Document":
            self._bytes[str(event["requestId"])] = 0.0

    def _data(self, event: dict[str, object]) -> None:
        request = str(event["requestId"])
        if request in self._bytes:
            self._bytes[request] += float(str(event["dataLength"]))
            if self._bytes[request] > LARGEST_MB * 1_000_000:
                self._over.set()
