"""Are the answers right, and is everybody told the same?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from chatprobe.analysis.availability import Rate
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

        An unbiased estimate: 2 · right · wrong / (n · (n - 1)).
        """
        n, right = self.right.n, self.right.hits
        return 2 * right * (n - right) / (n * (n - 1)) if n > 1 else None


def answers_to(survey: Visits) -> list[Answers]:
    """One entry for each question that was answered by people and has a key, by name."""
    keyed = survey.where(~np.isnan(survey.answer_match) & ~np.isnan(survey.first_human_ms))
    found = []
    for name in keyed.question.met():
        matches = keyed.answer_match[keyed.question.are(name)]
        found.append(Answers(name, Rate(int((matches > 0).sum()), len(matches))))
    return found
