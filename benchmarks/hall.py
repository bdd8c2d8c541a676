"""The lab's bench pages with operators who wait for the bench's word, so that N visitors really wait at once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import replace

from chatprobe.lab import Casino, Conversation, Lab
from chatprobe.lab.acts import Say
from chatprobe.lab.casino import Script
from chatprobe.lab.desk import Desk

ANSWER = "Withdrawals take up to 24 hours."


class Hall(Lab):
    """A lab in which nobody answers by himself. Visitors are told apart by their question."""

    def __init__(self) -> None:
        super().__init__()
        self._admitted: list[Desk] = []

    def admit(self, casino: Casino) -> Desk:
        """A page load, with an operator who only listens."""
        desk = super().admit(replace(casino, script=Script()))
        self._admitted.append(desk)
        return desk

    def conversation(self, question: str) -> Conversation | None:
        """The conversation in which this was asked first; None as long as nobody has."""
        return next((desk.conversation for desk in self._admitted if _asked(desk) == question), None)

    def waiting(self, questions: Iterable[str]) -> list[Desk]:
        """The desks where one of these was asked and nobody has answered yet."""
        wanted = set(questions)
        return [desk for desk in self._admitted if _asked(desk) in wanted and not desk.conversation.sends]

    @staticmethod
    def answer(desk: Desk, after_s: float) -> None:
        """Have a person answer after so many seconds."""
        desk.play((Say(after_s, ANSWER, "human", "Anna"),))


def _asked(desk: Desk) -> str | None:
    return desk.conversation.visitor[0][1] if desk.conversation.visitor else None


async def until(condition: Callable[[], bool], timeout_s: float) -> bool:
    """Wait until something holds; whether it did within the time."""
    loop = asyncio.get_running_loop()
    end = loop.time() + timeout_s
    while not condition():
        if loop.time() >= end:
            return False
        await asyncio.sleep(0.02)
    return True
