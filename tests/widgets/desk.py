"""The desk behind every widget: what it says and when, to whom it was really sent, and what the page saw of it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any, Literal

Who = Literal["system", "bot", "human"]


@dataclass(frozen=True)
class Line:
    """Something the desk says."""

    who: Who
    name: str
    text: str
    after_s: float = 0.0
    """How long after the line before, or after the visitor's first words."""


GREETING = Line("bot", "Robo", "Welcome to Lucky Casino!")
SCRIPT = (
    Line("system", "Desk", "You are number 2 in the queue.", 0.4),
    Line("bot", "Robo", "Hello, I am Robo, a virtual assistant. I am looking for somebody who can help you.", 0.9),
    Line("human", "Ines", "Good evening, a payout to a card takes between one and three working days here.", 2.6),
    Line("human", "Ines", "Did I answer what you wanted to know?", 1.4),
)


@dataclass(frozen=True)
class Sent:
    """A line on its way."""

    line: Line
    at: float
    """Epoch ms, when it was given to the transport."""


@dataclass
class Conversation:
    """One visitor at the desk."""

    script: tuple[Line, ...] = SCRIPT
    heard: list[tuple[float, str]] = field(default_factory=list)
    """When the visitor's words came, epoch ms, and the words."""
    sent: list[Sent] = field(default_factory=list)

    def hear(self, text: str) -> None:
        """The visitor said something."""
        self.heard.append((now_ms(), text))

    @property
    def asked(self) -> list[str]:
        """What the visitor said before a person answered."""
        answered = next((one.at for one in self.sent if one.line.who == "human"), float("inf"))
        return [text for at, text in self.heard if at < answered]

    def send(self, line: Line) -> Line:
        """Note that a line is sent now."""
        self.sent.append(Sent(line, now_ms()))
        return line

    async def answers(self) -> AsyncIterator[Line]:
        """The script, line by line, each when it is due; to be sent at once."""
        for line in self.script:
            await asyncio.sleep(line.after_s)
            yield self.send(line)


@dataclass
class Sight:
    """What the reference observer saw in one load of the page; epoch ms of the page's own clock."""

    acts: list[float] = field(default_factory=list)
    """Presses of Enter and clicks."""
    seen: dict[str, float] = field(default_factory=dict)
    """When each of the desk's texts could first be seen."""


@dataclass
class Desk:
    """All that happened at one running server."""

    conversations: list[Conversation] = field(default_factory=list)
    sights: dict[str, Sight] = field(default_factory=dict)
    """By load of the page."""
    blocked: set[str] = field(default_factory=set)
    """Addresses that the page wanted and its policy forbade."""
    script: tuple[Line, ...] = SCRIPT
    greeting: Line = GREETING

    def open(self) -> Conversation:
        """A visitor came."""
        self.conversations.append(Conversation(self.script))
        return self.conversations[-1]

    def see(self, report: dict[str, Any]) -> None:
        """A report of the reference observer; a later one of the same page holds all of an earlier one."""
        self.sights[report["page"]] = Sight(report["acts"], report["seen"])

    @property
    def asked(self) -> list[Conversation]:
        """The conversations in which the visitor spoke."""
        return [one for one in self.conversations if one.heard]

    @property
    def first_human(self) -> str:
        """The words that every measurement is about."""
        return next(line.text for line in self.script if line.who == "human")

    def held_back_ms(self, conversation: Conversation) -> float:
        """From the sending of the first human line to its first sight in the page."""
        text = self.first_human
        sent = next(one.at for one in conversation.sent if one.line.text == text)
        return next(sight.seen[text] for sight in self.sights.values() if text in sight.seen) - sent

    def reference_ms(self, conversation: Conversation) -> float | None:
        """From the visitor's last act before her first words came here to the first human line in the page.

        None where the page never showed it.
        """
        came, text = conversation.heard[0][0], self.first_human
        for sight in self.sights.values():
            acts = [at for at in sight.acts if at <= came]
            if text in sight.seen and acts:
                return sight.seen[text] - max(acts)
        return None


def now_ms() -> float:
    """Epoch ms."""
    return time.time() * 1000
