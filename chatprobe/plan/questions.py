"""Which question to ask next, and in which language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from chatprobe.plan.budget import DAY
from chatprobe.times import epoch_ms

REST_MS = 14 * DAY
"""No question is repeated at one desk within this time, unless the scenario has too few."""


_NEVER = float("-inf")


def choose(
    questions: Mapping[str, Iterable[str]],
    history: Sequence[Mapping[str, Any]],
    now: float,
    language: str | None = None,
) -> tuple[str, str]:
    """The question's id and the language to ask it in.

    `questions` maps ids to the languages they are written in, in the scenario's order. `history` is what
    `Store.history` gives for the last 14 days or more, `now` is epoch ms, `language` restricts the choice. Questions
    that rested for 14 days come first, and among them the language asked least recently, so that all languages get
    their turn; with none rested, the question asked least recently. Raises ValueError if nothing is left to choose.
    """
    pairs = [(q, spoken) for q, languages in questions.items() for spoken in languages if language in (None, spoken)]
    if not pairs:
        raise ValueError(f"no question in {language}" if language else "no question")
    question_at, language_at = _last(history, "question_id"), _last(history, "language")
    rested = [pair for pair in pairs if question_at.get(pair[0], _NEVER) <= now - REST_MS]
    if rested:
        return min(rested, key=lambda p: (language_at.get(p[1], _NEVER), question_at.get(p[0], _NEVER)))
    return min(pairs, key=lambda p: (question_at[p[0]], language_at.get(p[1], _NEVER)))


def _last(history: Sequence[Mapping[str, Any]], column: str) -> dict[str, float]:
    """When each value of `column` was asked last, in epoch ms."""
    times: dict[str, float] = {}
    for row in history:
        if row["asking_at"]:
            times[row[column]] = max(epoch_ms(row["asking_at"]), times.get(row[column], _NEVER))
    return times
