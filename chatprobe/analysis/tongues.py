"""Languages: what was asked in, what people answered in."""

from __future__ import annotations

from dataclasses import dataclass

from chatprobe.analysis.availability import Rate
from chatprobe.analysis.visits import Visits


@dataclass(frozen=True)
class Tongue:
    """Chats asked in one language."""

    asked_in: str
    visits: int
    answered: int
    """By a person, in whatever language."""
    same: Rate
    """Answered in the language of the question, of those whose language could be told."""
    others: dict[str, int]
    """Other languages that people answered in, and how often."""


def tongues(survey: Visits) -> list[Tongue]:
    """One entry for each language that was asked in, by code."""
    found = []
    for name in survey.language.met():
        chats = survey.where(survey.language.are(name))
        told = chats.answered_in.known()
        counts = {other: int(chats.answered_in.are(other).sum()) for other in chats.answered_in.met()}
        same = counts.pop(name, 0)
        answered = int((chats.first_human_ms >= 0).sum())
        found.append(Tongue(name, len(chats), answered, Rate(same, int(told.sum())), counts))
    return found
