"""The lab's ground truth: what was really sent, by whom and when. All times are epoch milliseconds."""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass, field
from typing import Any


def now_ms() -> float:
    """Epoch milliseconds of the server's clock."""
    return time.time() * 1000


@dataclass(frozen=True)
class Send:
    """One operator message, or text of the widget's own, as it left the server."""

    at: float
    who: str
    """human, bot or system."""
    text: str
    """The whole text, also of a streamed message, whose `at` is that of its first word."""
    name: str | None
    seq: int
    """Number of its frame, by which the page's own report of the row refers to it."""


@dataclass(frozen=True)
class PageRow:
    """One row as the page's own script put it into the document."""

    at: float
    """The page's clock right after the insertion."""
    text: str
    seq: int


@dataclass
class Conversation:
    """One page load and what came of it. It grows while the visit lasts."""

    id: str
    casino: str
    shown_ms: float = 0.0
    """What the lab's clock showed when the page was loaded: it decides who is on duty."""
    opened_at: float | None = None
    """When the widget first connected."""
    visitor: list[tuple[float, str]] = field(default_factory=list)
    """The visitor's texts and when each was received."""
    sends: list[Send] = field(default_factory=list)
    page_asked_at: float | None = None
    """The page's clock in its own handler of the visitor's first send act."""
    page_rows: list[PageRow] = field(default_factory=list)
    form: dict[str, str] = field(default_factory=dict)
    """What the visitor filled in before the chat."""
    ended: bool = False
    """The visitor ended the chat by the widget's own control."""

    @property
    def asked_at(self) -> float | None:
        """When the question was received."""
        return self.visitor[0][0] if self.visitor else None

    @property
    def first_human(self) -> Send | None:
        """The first message a person sent after the question."""
        asked = self.asked_at
        return next((s for s in self.sends if s.who == "human" and asked is not None and s.at >= asked), None)

    def author(self, text: str, at: float) -> str:
        """Who really wrote the row of this text that the page showed about `at` (its clock): human, bot or system.

        Of several messages with the text, the one shown nearest to `at`. What nobody sent, the widget wrote itself.
        """
        wanted, written = _plain(text), [(_plain(send.text), send) for send in self.sends]
        found = [send for own, send in written if own == wanted]
        # A stream may have been cut off, and a row may bring a name or a time along.
        found = found or [send for own, send in written if own.startswith(wanted) or wanted.endswith(own)]
        shown = {row.seq: row.at for row in self.page_rows}
        nearest = min(found, key=lambda send: abs(shown.get(send.seq, send.at) - at), default=None)
        return nearest.who if nearest else "system"

    @property
    def true_frt_ms(self) -> float | None:
        """First human message minus question, both on the server's clock."""
        human, asked = self.first_human, self.asked_at
        return human.at - asked if human and asked is not None else None

    @property
    def true_page_frt_ms(self) -> float | None:
        """The same wait on the page's clock: first human row in the document minus the page's send act."""
        human = self.first_human
        row = next((row for row in self.page_rows if human and row.seq == human.seq), None)
        return row.at - self.page_asked_at if row and self.page_asked_at is not None else None

    def as_row(self) -> dict[str, Any]:
        """Everything as JSON-ready values, the derived times included."""
        derived = ("asked_at", "true_frt_ms", "true_page_frt_ms")
        return asdict(self) | {name: getattr(self, name) for name in derived}


def _plain(text: str) -> str:
    return " ".join(text.split())
