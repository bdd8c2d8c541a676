"""The list of metrics, and the row in which each is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import isfinite
from typing import Any


class Metric(StrEnum):
    """What is told of a casino; docs/metrics.md defines each."""

    OFFERED = "offered"
    """Share of visits that found a chat to use."""
    ANY_ANSWER = "any_answer"
    """Share of visits that anything answered."""
    HUMAN = "human_within"
    """Share of visits that a person answered in time."""
    HUMAN_WHEN_OPEN = "human_within_when_open"
    """The same of those that found the chat open."""
    MEDIAN = "wait_median"
    P75 = "wait_p75"
    P90 = "wait_p90"
    NEVER = "never_answered"
    """Share of visits that no person answered by the deadline."""
    UNSURE = "unsure"
    """Share of visits whose answer is of unknown author."""
    FAULTS = "our_faults"
    """Share of chats that failed on our side, but for waits that were cut short."""
    BOT_MEDIAN = "bot_median"
    """Time to a bot's first text, never mixed with that to a person's."""
    BOT_PASSED = "bot_passed"
    """Share of chats with a bot in which a person answered in the end."""
    ESCAPE_MEDIAN = "escape_median"
    """Turns and clicks to a person, where a bot answered."""
    SHOWN_OPEN = "shown_open"
    """Share of looks at which the widget said that it is open."""
    HONEST = "human_when_shown_open"
    """Share of chats that a person answered, of those near a look that said "open"."""
    LINE_MEDIAN = "line_median"
    """Wait in line, by the first place announced."""
    SAME_LANGUAGE = "same_language"
    """Share of people's answers in the language of the question."""
    RIGHT = "answer_right"
    """Share of people's answers that hold what the key expects."""
    CONTRADICTING = "answers_contradicting"
    """Chance that two visitors get answers to one question that differ by the key."""
    NAMES = "names_met"
    """Names of agents met in four weeks; they may be shared or invented."""
    NAMES_LEAST = "names_at_least"
    """Lower bound on the names in use."""
    UNMET = "unmet_name"
    """At most this share of visits would meet a name not met before."""


@dataclass(frozen=True)
class Figure:
    """One number with what is known of it."""

    casino: str
    metric: Metric
    group: str | None
    """The hour, weekday, language … it is of; None of all visits."""
    estimate: float | None
    """None where it cannot be told; infinite where a quantile is not reached."""
    low: float | None
    high: float | None
    unit: str
    """share, ms, steps or names."""
    counts: Mapping[str, int]
    method: str
    note: str | None = None
    """Why there is no estimate, or what it needs."""

    def as_row(self) -> dict[str, Any]:
        """The shape of `stats --json`; what is infinite is null."""
        return {
            "casino": self.casino,
            "metric": str(self.metric),
            "group": self.group,
            "estimate": finite(self.estimate),
            "interval": [finite(self.low), finite(self.high)],
            "unit": self.unit,
            "counts": dict(self.counts),
            "method": self.method,
            "note": self.note,
        }


def finite(value: float | None) -> float | None:
    """`value`, or None where JSON could not hold it."""
    return value if value is not None and isfinite(value) else None
