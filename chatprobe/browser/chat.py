"""One visitor's chat in one browser context: pages, frames, the observer in each, and the stream of events.

Everything that happens comes out of `sink` as an Event, in the order it was learned of; each carries its own time.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from playwright.async_api import BrowserContext, Frame, Page
from playwright.async_api import Error as PlaywrightError

from chatprobe.browser.frames import all_frames, search
from chatprobe.browser.guard import Guard
from chatprobe.browser.loading import PageAnswer, load
from chatprobe.browser.observer import FrameGone, Observer, Sighting
from chatprobe.browser.steps import TYPE_DELAY_MS, Steps
from chatprobe.browser.traffic import PUSHING, Traffic
from chatprobe.model import Event, EventName
from chatprobe.times import now_ms

_NAMES = {
    "gone": EventName.MESSAGE_GONE,
    "echo": EventName.ECHO,
    "act": EventName.ACT,
    "emptied": EventName.EMPTIED,
    "wire": EventName.WIRE,
    "overflow": EventName.NOTE,
    "forged": EventName.FORGED,
}
"""What a sighting's kind is called as an event; a `message` is MESSAGE the first time and MESSAGE_CHANGED after."""


class Chat:
    """The visitor's side of one chat. Use `start` before anything else."""

    def __init__(self, context: BrowserContext, css: Mapping[str, Any], sink: Callable[[Event], None]) -> None:
        self.context = context
        self.observer = Observer(context, css)
        self.steps = Steps(context, self.observer)
        self.guard = Guard(context, self._emit)
        self.traffic = Traffic(context, self._emit)
        self.box_frame: Frame | None = None
        self.echo_frame: Frame | None = None
        self._sink = sink
        self._texts: list[str] = []
        self._standing: dict[str, str] = {}
        self._echoes = 0
        self._emptied_at: float | None = None
        self._changed = asyncio.Event()
        self._tasks: set[asyncio.Task[Any]] = set()
        self.last_text_at = 0.0
        """Epoch ms of the newest text seen in the chat."""
        self.sent_by = ""
        """Id of the control that sent the question; empty where a key did."""

    async def start(self) -> None:
        """Open the visitor's first page, with the observer in place."""
        await self.observer.install(self._receive)
        await self.context.new_page()

    @property
    def page(self) -> Page:
        """The page the chat is in: the one of its box, else the newest."""
        frame = self.box_frame
        if frame and not frame.is_detached() and not frame.page.is_closed():
            return frame.page
        return self._pages[-1]

    @property
    def _pages(self) -> Sequence[Page]:
        """At least one: FrameGone where the site, or the end of the browser, closed the last."""
        if not self.context.pages:
            raise FrameGone("no page is left")
        return self.context.pages

    @property
    def alive(self) -> bool:
        """Whether a page is left that has not crashed; once the chat has a window, whether that is open."""
        left = not self.box_frame.page.is_closed() if self.box_frame else bool(self.context.pages)
        return left and not self.guard.crashed

    @property
    def gone(self) -> bool:
        """Whether the chat's frame was taken out of its page."""
        frame = self.echo_frame or self.box_frame
        return frame is not None and frame.is_detached()

    async def responds(self, timeout_s: float) -> bool:
        """Whether the page runs at all: one that never yields shows nothing to anybody."""
        until = time.monotonic() + timeout_s
        while self.alive and time.monotonic() < until:
            if await self._tell(self.page.main_frame, "beat", argument=False):
                return True
            await asyncio.sleep(0.2)  # between two documents nothing answers
        return False

    async def goto(self, url: str, timeout_ms: float) -> PageAnswer:
        """Load the site in the visitor's first page, within limits of time and size."""
        answer = await load(self._pages[0], url, timeout_ms)
        if answer.slow:
            self._emit(Event(now_ms(), EventName.NOTE, {"text": "the page is still loading"}))
        return answer

    # --- asking -------------------------------------------------------------------------------------------------

    async def attend(self, frame: Frame) -> bool:
        """Watch the panel around the field in focus, in this frame; whether a field has the focus there."""
        try:
            seen = await self.observer.call(frame, "attend")
        except FrameGone:
            return False
        if seen is None:
            return False
        self.box_frame = frame
        await self._hear(frame)
        await self._tell(frame, "calm")
        return True

    async def open_ears(self) -> None:
        """Hear the traffic of every frame: the chat is in one of them, nobody knows yet in which."""
        await asyncio.gather(*(self._hear(frame) for frame in all_frames(self.context)))

    async def _hear(self, frame: Frame) -> None:
        # A blank frame is filled, and served, by the document around it.
        blank = not frame.url.startswith("http")
        self.traffic.attend({frame, *(self._around(frame) if blank else ())})
        await self._tell(frame, "wire", argument=True)

    @property
    def has_echo(self) -> bool:
        """Whether what was sent last stands in the chat."""
        return self._echoes > 0

    async def expect(self, text: str) -> None:
        """Tell every document what is about to be sent, so that each can see the act and the echo."""
        self._texts.append(text)
        self.traffic.expect(text)
        self._echoes, self._emptied_at = 0, None
        self._changed.clear()
        arguments = {"text": text, "texts": self._texts}
        frames = [self.echo_frame] if self.echo_frame and len(self._texts) > 1 else all_frames(self.context)
        if self.box_frame and self.box_frame not in frames:
            frames.append(self.box_frame)
        await asyncio.gather(*(self._tell(frame, "expect", argument=arguments) for frame in frames))

    async def type(self, text: str) -> None:
        """Type into the field in focus, with real keys."""
        for index, line in enumerate(text.split("\n")):
            if index:
                await self.page.keyboard.press("Shift+Enter")
            await self.page.keyboard.type(line, delay=TYPE_DELAY_MS)

    async def paste(self, text: str) -> None:
        """Put a text into the field in focus at one stroke, where typing is disturbed."""
        await self.page.keyboard.insert_text(text)

    async def say(self, text: str) -> bool:
        """Type one more sentence and send it by Enter; whether it was echoed. A dead page is no error."""
        try:
            if self.box_frame is None or await self.observer.call(self.box_frame, "refocus") is None:
                return False
            await self.type(text)
            await self.expect(text)
            await self.page.keyboard.press("Enter")
        except (PlaywrightError, FrameGone, IndexError):
            return False
        return await self.echoed(3.0)

    async def held(self) -> bool:
        """Whether the text to send still stands in its box."""
        if self.box_frame is None:
            return False
        try:
            return bool((await self.observer.call(self.box_frame, "held"))["held"])
        except (FrameGone, TypeError):
            return False

    async def box_text(self) -> str:
        """What stands in the box now."""
        held = await self._tell(self.box_frame, "held")
        return str(held["value"]) if held else ""

    async def settled(self, timeout_s: float) -> tuple[bool, bool]:
        """Wait until the echo shows or the box empties; (echoed, emptied)."""
        await self._until(lambda: self._echoes > 0 or self._emptied_at is not None, timeout_s)
        return self._echoes > 0, self._emptied_at is not None

    async def echoed(self, timeout_s: float) -> bool:
        """Wait for the echo."""
        await self._until(lambda: self._echoes > 0, timeout_s)
        return self._echoes > 0

    async def quiet(self, still_s: float, timeout_s: float) -> None:
        """Wait until no text has changed in the chat for `still_s`: a late greeting must not pass for an answer."""
        until = time.monotonic() + timeout_s
        while (left := until - time.monotonic()) > 0:
            still_left = still_s - (now_ms() - self.last_text_at) / 1000
            if still_left <= 0:
                return
            await asyncio.sleep(min(left, still_left))

    # --- listening ----------------------------------------------------------------------------------------------

    async def listen(self) -> None:
        """Begin the beat, calm endless decoration, and let documents without the chat sleep."""
        chat = {frame for frame in (self.box_frame, self.echo_frame) if frame}
        around = {parent for frame in chat for parent in self._around(frame)}
        await asyncio.gather(*(self._tell(frame, "beat", argument=True) for frame in chat))
        await asyncio.gather(*(self._tell(frame, "calm") for frame in chat | around))
        if self.echo_frame:
            others = [frame for frame in all_frames(self.context) if frame not in chat]
            await asyncio.gather(*(self._tell(frame, "sleep") for frame in others))

    async def lag_ms(self) -> float | None:
        """Longest gap of the 100 ms beat beyond those 100 ms, in the chat's frame; None where it does not answer."""
        beat = await self._tell(self.echo_frame or self.box_frame, "beat", argument=True)
        return max(0.0, beat["gap"] - 100.0) if beat and beat["gap"] is not None else None

    async def clock_offset_ms(self, clock: Callable[[], float] = now_ms, tries: int = 3) -> float | None:
        """Page clock minus `clock`, the system's where none is named, from the quickest of some exchanges."""
        best: tuple[float, float] | None = None
        frame = self.box_frame or (self.page.main_frame if self.context.pages else None)
        for _ in range(tries):
            before = clock()
            beat = await self._tell(frame, "beat", argument=False)
            after = clock()
            if beat and (best is None or after - before < best[0]):
                best = (after - before, beat["now"] - (before + after) / 2)
        return best[1] if best else None

    async def shows(self, selectors: Sequence[str], frames: Sequence[str]) -> bool:
        """Whether something visible matches now."""
        return (await search(self.observer, await self.steps.frames(frames), selectors)).target is not None

    async def text_of(self, selectors: Sequence[str], frames: Sequence[str]) -> str:
        """The text of the first visible match; empty without one."""
        target = (await search(self.observer, await self.steps.frames(frames), selectors)).target
        if target is None or target.locator is None:
            return ""
        try:
            return (await target.locator.inner_text(timeout=1_000)).strip()
        except PlaywrightError:
            return ""

    def resolution_ms(self, since: float, until: float, carriers: Collection[str]) -> float | None:
        """The widget's polling interval while we listened; `carriers`: how the frames came that brought messages."""
        return self.traffic.resolution_ms(since, until, carriers)

    # --- inside -------------------------------------------------------------------------------------------------

    def _around(self, frame: Frame) -> list[Frame]:
        around = []
        parent = frame.parent_frame
        while parent:
            around.append(parent)
            parent = parent.parent_frame
        return around

    async def _tell(self, frame: Frame | None, command: str, argument: object = None) -> Any:
        """Call a command; None where the frame is gone or silent."""
        if frame is None:
            return None
        try:
            return await self.observer.call(frame, command, argument)
        except FrameGone:
            return None

    async def _until(self, done: Callable[[], bool], timeout_s: float) -> None:
        until = time.monotonic() + timeout_s
        while not done() and self.alive and (left := until - time.monotonic()) > 0:
            self._changed.clear()
            try:
                await asyncio.wait_for(self._changed.wait(), min(left, 0.5))
            except TimeoutError:
                continue

    def _emit(self, event: Event) -> None:
        self._sink(event)
        self._changed.set()

    def _receive(self, sighting: Sighting) -> None:
        if sighting.kind == "hello":
            self._rearm(sighting)
            return
        detail = dict(sighting.detail)
        if sighting.kind == "message":
            name = EventName.MESSAGE if detail.pop("first", False) else EventName.MESSAGE_CHANGED
            self._note_message(sighting)
        else:
            name = _NAMES[sighting.kind]
        if sighting.kind == "echo":
            self._echoes += 1
            self.echo_frame = sighting.frame
        elif sighting.kind == "emptied":
            self._emptied_at = sighting.at
        elif sighting.kind == "wire" and detail.get("direction") == "in" and detail.get("via") in PUSHING:
            self.traffic.pushed = True
        self._emit(Event(sighting.at, name, detail))

    def _note_message(self, sighting: Sighting) -> None:
        self.last_text_at = now_ms()
        text = str(sighting.detail.get("text", ""))
        if sighting.detail.get("region") in ("list", "pre") and not sighting.detail.get("visitor"):
            self._standing[str(sighting.detail["id"])] = text

    def _rearm(self, sighting: Sighting) -> None:
        """A new document where the chat may be: it must know what we sent and what already stood there."""
        frame = sighting.frame
        if not self._texts or (self.echo_frame and not self._may_hold_chat(frame)):
            return
        arguments = {"text": self._texts[-1], "texts": self._texts, "standing": list(self._standing.values())}

        async def rearm() -> None:
            await self._tell(frame, "expect", argument=arguments)
            if self.box_frame is None or frame in (self.box_frame, self.echo_frame):
                await self._hear(frame)
                await self._tell(frame, "beat", argument=True)

        task = asyncio.ensure_future(rearm())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _may_hold_chat(self, frame: Frame) -> bool:
        chat = {self.box_frame, self.echo_frame}
        return frame in chat or frame.parent_frame in chat or bool(chat & set(frame.child_frames))
