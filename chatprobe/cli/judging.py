"""What a person says of messages, put into the database: as corrections, or as blind opinions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chatprobe.cli.base import safe
from chatprobe.cli.wording import count
from chatprobe.errors import UnknownProbe
from chatprobe.model import Speaker

if TYPE_CHECKING:
    from chatprobe.store.doubts import Place
    from chatprobe.store.store import Store


JUDGED = (Speaker.HUMAN, Speaker.BOT, Speaker.SYSTEM, Speaker.UNKNOWN)
"""What a message may be said to be: what we wrote ourselves is known."""


@dataclass(frozen=True)
class Answer:
    """What a person said of one message, and what came of it."""

    place: Place
    speaker: Speaker
    outcome: tuple[str, str] | None = None
    """The probe's outcome before and after, where it changed."""
    others: int = 0
    """Other messages of the chat that are decided otherwise now."""
    problem: str | None = None
    """Why it was not taken."""

    def __str__(self) -> str:
        probe_id, seq = self.place
        return f"{safe(probe_id)} {seq}: {self.told}"

    @property
    def told(self) -> str:
        """What came of it."""
        if self.problem:
            return safe(self.problem)
        outcome = f", outcome {self.outcome[0]} -> {self.outcome[1]}" if self.outcome else ""
        others = f", {count(self.others, 'other message')} decided otherwise" if self.others else ""
        return f"{self.speaker}{outcome}{others}"


@dataclass(frozen=True)
class Judge:
    """Takes the answers of one person."""

    store: Store
    author: str
    blind: bool = False
    """What is said is an opinion: it is kept and decides nothing."""

    def say(self, place: Place, speaker: Speaker) -> Answer:
        """Keep an answer, at once and for good."""
        return self._opine(place, speaker) if self.blind else self.correct(place, speaker)

    def correct(self, place: Place, speaker: Speaker) -> Answer:
        """Keep an answer that stands against all rules, and decide the rest of the chat with it."""
        from chatprobe.probe.again import correct
        from chatprobe.probe.basis import kept_basis

        probe_id, seq = place
        try:
            done = correct(self.store, probe_id, {seq: speaker}, self.author, kept_basis(self.store))
        except UnknownProbe as error:
            return Answer(place, speaker, problem=error.message)
        problem = "the probe is still running" if done.running else done.problem
        others = sum(message.seq != seq for message in done.messages)
        return Answer((done.probe_id, seq), speaker, done.columns.get("outcome"), others, problem)

    def _opine(self, place: Place, speaker: Speaker) -> Answer:
        from chatprobe.probe.again import opine

        opine(self.store, place[0], {place[1]: speaker}, self.author)
        return Answer(place, speaker)
