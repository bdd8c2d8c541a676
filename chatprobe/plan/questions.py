"""Which question to ask next, and in which language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from chatprobe.plan.budget import DAY
from chatprobe.times import epoch_ms

REST_MS = 14 * DAY
"""No question is repeated at one desk within this time, unless the scenario has too few."""


def choose(
    questions: Mapping[str, Iterable[str]],
    history: Sequence[Mapping[str, Any]],
    now: float,
    language: str | None = None,
) -> tuple[str, str]:
    """The question's id and the language to ask it in.

    `questions` maps ids to the languages they are written in, in the scenario's order; `history` is what
    `Store.history` gives for the last 14 days or more; `now` is epoch ms; `language` restricts the choice. Questions that rested for
    14 days come first, and among them the language asked least recently, so that all languages get their turn; with
    none rested, the question asked least recently. Raises ValueError if there is nothing to choose from.
    """
    pairs = [(q, spoken) for q, languages in questions.items() for spoken in languages if language in (None, spoken)]
    if not pairs:
        raise ValueError(f"no question in {language}" if language else "no question")
    asked = [(epoch_ms(row["asking_at"]), row) for row in history if row["asking_at"]]
    by_question = {row["question_id"]: at for at, row in sorted(asked, key=_time)}
    by_language = {row["language"]: at for at, row in sorted(asked, key=_time)}
    rested = [pair for pair in pairs if by_question.get(pair[0], float("-inf")) <= now - REST_MS]
    if rested:
        return min(
            rested, key=lambda pair: (by_language.get(pair[1], float("-inf")), by_question.get(pair[0], float("-inf")))
        )
    return min(pairs, key=lambda pair: (by_question[pair[0]], by_language.get(pair[1], float("-inf"))))


def _time(entry: tuple[float, Mapping[str, Any]]) -> float:
    return entry[0]
