"""What the page shows, ready to be printed: sentences are said already, numbers are text already."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from markupsafe import Markup

from chatprobe.report.charts.draw import Chart


class Tone(StrEnum):
    """How a verdict is set apart, beside its words."""

    BAD = "bad"
    DOUBT = "doubt"
    GOOD = "good"
    OPEN = "open"


@dataclass(frozen=True)
class Fact:
    """A figure with its name."""

    name: str
    value: Markup | str
    note: Markup | str = ""
    """What it leaves open: an interval, a number of chats."""


@dataclass(frozen=True)
class Table:
    """Rows of text, the first column naming the row."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[Markup | str, ...], ...]
    note: Markup | str = ""


@dataclass(frozen=True)
class Said:
    """One line of a transcript. What a page said stands in `text` as it came: the template makes it harmless."""

    at: str
    speaker: str
    kind: str
    """Class of the line: a speaker of `model.Speaker`."""
    text: str
    language: str | None = None


@dataclass(frozen=True)
class Transcript:
    """One visit, told."""

    probe: str
    title: Markup | str
    outcome: str
    lines: tuple[Said, ...]
    note: Markup | str = ""
    screenshots: tuple[str, ...] = ()
    """As data: addresses; only in a report that stays in the house."""


@dataclass(frozen=True)
class Claim:
    """What a casino says, and what became of it."""

    said: Markup | str
    tone: Tone
    verdict: str
    """One or two words."""
    sentences: tuple[Markup | str, ...]
    """What may be printed."""
    facts: tuple[Fact, ...] = ()
    missing: tuple[Markup | str, ...] = ()
    """What is still needed to settle it."""
    chart: Chart | None = None
    transcripts: tuple[Transcript, ...] = ()
    behind: Markup | str = ""
    """How many visits are behind it, and how to see the rest."""


@dataclass(frozen=True)
class Section:
    """A topic: sentences, then pictures and tables. One without any of them says why in `text`."""

    key: str
    title: str
    text: tuple[Markup | str, ...] = ()
    charts: tuple[Chart, ...] = ()
    tables: tuple[Table, ...] = ()
    facts: tuple[Fact, ...] = ()

    @property
    def wide(self) -> bool:
        """Whether it needs the whole width of a desk's screen."""
        return len(self.charts) + bool(self.tables) > 1


@dataclass(frozen=True)
class Casino:
    """One casino's part of the page."""

    slug: str
    lead: Markup | str
    facts: tuple[Fact, ...]
    claims: tuple[Claim, ...]
    sections: tuple[Section, ...]
    latest: tuple[Transcript, ...] = ()
    """Its newest visits."""
    host: str = ""
    """Host of its address."""
    key: str = "c1"
    """Its name within the page's own addresses."""
    source: str = ""
    """What each of its pictures says of where it is from."""


@dataclass(frozen=True)
class Page:
    """The whole report."""

    title: Markup | str
    lead: Markup | str
    casinos: tuple[Casino, ...]
    notices: tuple[Markup | str, ...] = ()
    """What must be known before anything is read: simulated, not for publication …"""
    overview: Section | None = None
    """All casinos beside one another; None for one alone."""
    method: tuple[Section, ...] = ()
    made: Markup | str = ""
    """When, and with what."""
    source: str = ""
    """The same for pictures of several casinos."""
