"""What a scripted operator can do: one small record per act, each with the frames it puts on the wire."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

Who = Literal["human", "bot", "system"]
Place = Literal["list", "header", "toast"]
Frame = dict[str, Any]

GONE = "gone"
"""Type of the frame after which nothing more reaches the page."""


@dataclass(frozen=True)
class Act(ABC):
    """One thing an operator does."""

    after_s: float
    """Seconds after the act before it, at speed 1."""
    spread_s: float = field(default=0.0, kw_only=True)
    """Up to so many seconds more, drawn anew for each visit."""

    @abstractmethod
    def frames(self) -> Iterator[tuple[float, Frame]]:
        """The frames to send, each with the seconds to wait before it."""


@dataclass(frozen=True)
class Say(Act):
    """One message."""

    text: str
    who: Who = "human"
    """Who really writes it. The page gets to know only what the casino's `Widget.mark` gives away."""
    name: str | None = None
    """The author's name as the page shows it."""
    quick: tuple[str, ...] = ()
    """Labels of quick-reply buttons under the message."""
    passed_off: Who | None = None
    """As whose the widget passes it off, where that is not the truth."""

    def frames(self) -> Iterator[tuple[float, Frame]]:
        """The whole message in one frame."""
        yield self.after_s, self._message(self.text)

    def _message(self, text: str) -> Frame:
        who = self.passed_off or self.who
        return {"type": "message", "text": text, "who": who, "name": self.name, "quick": list(self.quick)}


@dataclass(frozen=True)
class Stream(Say):
    """A message that grows word by word, as language models write."""

    token_s: float = 0.08

    def frames(self) -> Iterator[tuple[float, Frame]]:
        """The first word as a message, each other word as its continuation."""
        first, *rest = self.text.split(" ")
        yield self.after_s, self._message(first)
        for word in rest:
            yield self.token_s, {"type": "more", "text": " " + word}


@dataclass(frozen=True)
class Notice(Act):
    """A text of the widget itself, written by nobody."""

    text: str
    """Empty in the header: takes the one that stands there away."""
    place: Place = "header"
    """A centred line in the `list`; above it until the next one (`header`); or in a box over the chat (`toast`)."""
    stays_s: float = 4.0
    """How long a toast stays, whatever the lab's speed."""

    def frames(self) -> Iterator[tuple[float, Frame]]:
        """One frame."""
        yield self.after_s, {"type": "notice", "text": self.text, "place": self.place, "stays_s": self.stays_s}


@dataclass(frozen=True)
class Typing(Act):
    """The typing indicator comes or goes."""

    on: bool
    name: str | None = None

    def frames(self) -> Iterator[tuple[float, Frame]]:
        """One frame."""
        yield self.after_s, {"type": "typing", "on": self.on, "name": self.name}


@dataclass(frozen=True)
class Queue(Act):
    """The visitor is told the place in line; 0 takes the notice away."""

    position: int

    def frames(self) -> Iterator[tuple[float, Frame]]:
        """One frame."""
        yield self.after_s, {"type": "queue", "position": self.position}


@dataclass(frozen=True)
class Joined(Act):
    """The widget announces that an agent entered."""

    name: str

    def frames(self) -> Iterator[tuple[float, Frame]]:
        """One frame."""
        yield self.after_s, {"type": "joined", "name": self.name}


@dataclass(frozen=True)
class Left(Act):
    """The widget announces that an agent went."""

    name: str

    def frames(self) -> Iterator[tuple[float, Frame]]:
        """One frame."""
        yield self.after_s, {"type": "left", "name": self.name}


@dataclass(frozen=True)
class Vanish(Act):
    """The chat's server dies: connections break, and nothing is answered any more."""

    def frames(self) -> Iterator[tuple[float, Frame]]:
        """The last frame; it is never sent."""
        yield self.after_s, {"type": GONE}


@dataclass(frozen=True)
class Close(Act):
    """The casino ends the chat."""

    def frames(self) -> Iterator[tuple[float, Frame]]:
        """One frame."""
        yield self.after_s, {"type": "close"}
