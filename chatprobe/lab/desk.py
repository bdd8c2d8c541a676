"""The operator's side of one conversation: plays the casino's script and keeps the frames to be sent."""

from __future__ import annotations

import asyncio
import contextlib
import random
import re
from collections.abc import Sequence
from typing import Any

from chatprobe.lab.acts import GONE, Act, Frame, Notice, Say
from chatprobe.lab.casino import Casino, Script
from chatprobe.lab.truth import Conversation, PageRow, Send, now_ms


class Desk:
    """One conversation's operator. Transports read `frames`, hand in what the visitor does, and wait on `news`."""

    def __init__(self, casino: Casino, conversation: Conversation, speed: float) -> None:
        """An idle desk; `speed` divides the script's delays."""
        self.casino = casino
        self.conversation = conversation
        self.frames: list[Frame] = []
        self.gone = False
        """The chat's server has died: nothing more is sent or heard."""
        self._speed = speed
        self._random = random.Random(conversation.id)  # noqa: S311  # the same visit of a casino finds the same delays
        self._changed = asyncio.Event()
        self._plays: set[asyncio.Task[None]] = set()

    @property
    def script(self) -> Script:
        """What the operator does here."""
        return self.casino.script

    @property
    def busy(self) -> bool:
        """Whether something of the script is still to come."""
        return bool(self._plays)

    def open(self) -> None:
        """The widget connected: the first time, the script's opening begins."""
        if self.conversation.opened_at is None:
            self.conversation.opened_at = now_ms()
            self.play(self.script.opening)

    def receive(self, frame: dict[str, Any]) -> None:
        """Take a frame from the page: a text, a filled form, or the end of the visit."""
        if self.gone:
            return
        match frame.get("type"):
            case "say":
                self._hear(str(frame.get("text", "")))
            case "form":
                fields = {str(key): str(value) for key, value in frame.get("fields", {}).items()}
                self.conversation.form.update(fields)
                if fields.get("question"):
                    self._hear(fields["question"])
            case "bye":
                self.conversation.ended = True
                self.stop()

    def note(self, frame: dict[str, Any]) -> None:
        """Take the page's own measurement: the send act of the question, or the insertion of a row."""
        at = float(frame["at"])
        if frame["type"] == "row":
            self.conversation.page_rows.append(PageRow(at, str(frame["text"]), int(frame["seq"])))
        elif self.conversation.page_asked_at is None:
            self.conversation.page_asked_at = at

    async def news(self, since: int, wait_s: float) -> list[Frame]:
        """The frames from number `since` on; waits up to `wait_s` seconds for the first of them."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(wait_s):
                while len(self.frames) <= since and not self.gone:
                    await self._changed.wait()
        return self.frames[since:]

    def play(self, acts: Sequence[Act]) -> None:
        """Have the operator do this, beside whatever the script already has him do."""
        task = asyncio.create_task(self._play(acts))
        self._plays.add(task)
        task.add_done_callback(self._plays.discard)

    def stop(self) -> None:
        """Stop playing."""
        for task in self._plays:
            task.cancel()

    def _hear(self, text: str) -> None:
        first = not self.conversation.visitor
        self.conversation.visitor.append((now_ms(), text))
        self._post({"type": "echo", "text": text})
        if first:
            self.play(self.script.answer)
            return
        for pattern, acts in self.script.later:
            if re.search(pattern, text, re.IGNORECASE):
                self.play(acts)
                return

    async def _play(self, acts: Sequence[Act]) -> None:
        for act in acts:
            message = None
            extra_s = self._random.uniform(0, act.spread_s)
            for wait_s, frame in act.frames():
                await asyncio.sleep((wait_s + (extra_s if message is None else 0)) / self._speed)
                if frame["type"] == GONE:
                    self.gone = True
                    self._wake()
                    return
                if frame["type"] == "more":
                    frame["of"] = message
                    self._post(frame)
                    continue
                at = now_ms()
                message = self._post(frame)
                if isinstance(act, Say):
                    self.conversation.sends.append(Send(at, act.who, act.text, act.name, message))
                elif isinstance(act, Notice) and act.text:
                    self.conversation.sends.append(Send(at, "system", act.text, None, message))

    def _post(self, frame: Frame) -> int:
        seq = len(self.frames)
        self.frames.append({"seq": seq, **self.casino.reveal(frame)})
        self._wake()
        return seq

    def _wake(self) -> None:
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()
