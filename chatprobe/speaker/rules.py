"""What the decision is given beside the message: the scenario's rules and the chat so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from chatprobe.model import Decision, Event, Observed, Speaker
from chatprobe.speaker.frames import frames_of, marks_carried
from chatprobe.speaker.kinds import VETOES, Kind
from chatprobe.speaker.marks import Mark, marks_of
from chatprobe.speaker.textform import same
from chatprobe.speaker.wire import JoinRule, WireRule

RULES = "5"
"""Version of the rules that decide speakers and outcomes, stored with each decision.

One more with each change of weights, words, sources or endings that may decide a stored chat otherwise.
"""


@dataclass(frozen=True)
class Rules:
    """What scenario, preset and settings say about a chat's speakers."""

    bots: frozenset[str] = frozenset()
    """Names of bots; case, accents and blanks around do not matter."""
    humans: frozenset[str] = frozenset()
    """Names of people."""
    disclosed: frozenset[str] = frozenset()
    """Names under which somebody in this chat calls himself a machine, maybe only later."""
    joined_is_human: bool = False
    """Whether in this widget only people join."""
    floor_ms: float = 2000.0
    """An answer quicker than this is automatic."""
    wire: tuple[WireRule, ...] = ()
    joins: tuple[JoinRule, ...] = ()
    repeats: Mapping[str, Sequence[float]] = field(default_factory=dict)
    """After how many ms each text came in other probes of this casino, one for each day; by `repeat.key`."""


@dataclass(frozen=True)
class Told:
    """An earlier message of this chat, and what was decided."""

    message: Observed
    decision: Decision
    kind: Kind | None

    @cached_property
    def page_marks(self) -> tuple[Mark, ...]:
        """The marks in the attributes of its row."""
        return marks_of(self.message.attributes)

    @cached_property
    def wire_marks(self) -> tuple[Mark, ...]:
        """The marks in its frames."""
        frames = (frame for _, frame in frames_of(self.message))
        return tuple(mark for frame in frames for mark in marks_carried(frame, self.message.text))

    @property
    def is_notice(self) -> bool:
        """Whether its words are the widget's own, whoever is shown as their author."""
        return self.kind in VETOES and VETOES[self.kind][0] is Speaker.SYSTEM


@dataclass(frozen=True)
class Case:
    """One message with all that may speak for or against its author."""

    message: Observed
    before: Sequence[Told]
    rules: Rules
    happened: Sequence[Event]
    kind: Kind | None

    @cached_property
    def name(self) -> str:
        """The displayed name in comparable form, '' where there is none."""
        return same(self.message.name or "")

    def told(self, speaker: Speaker) -> list[Told]:
        """The earlier messages of one speaker."""
        return [told for told in self.before if told.decision.speaker is speaker]
