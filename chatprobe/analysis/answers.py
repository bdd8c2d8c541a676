"""Are the answers right, and is everybody told the same?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from chatprobe.analysis.availability import Rate
from chatprobe.analysis.intervals import Interval
from chatprobe.analysis.visits import Visits


@dataclass(frozen=True)
class Answers:
    """People's answers to one question with a key."""

    question: str
    right: Rate
    """Those that held what the key expects."""

    @property
    def contradicting(self) -> float | None:
        """The chance that of two visitors one is told what the key expects and the other is not; None below two.

        2p(1 - p) for p the share that is right.
        """
        share = self.right.estimate
        return None if share is None or self.right.n < 2 else 2 * share * (1 - share)

    @property
    def contradicting_limits(self) -> Interval:
        """Its 95 % limits: what 2p(1 - p) can be within those of p."""
        low, high = self.right.limits
        ends = [2 * p * (1 - p) for p in (low, high)]
        return Interval(min(ends), 0.5 if low <= 0.5 <= high else max(ends))


def answers_to(survey: Visits) -> list[Answers]:
    """One entry for each question that was answered by people and has a key, by name."""
    keyed = survey.where(~np.isnan(survey.answer_match) & ~np.isnan(survey.first_human_ms))
    found = []
    for name in keyed.question.met():
        matches = keyed.answer_match[keyed.question.are(name)]
        found.append(Answers(name, Rate(int((matches > 0).sum()), len(matches))))
    return found
