"""When a chat ends, and what its outcome is: pure rules over the digest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from chatprobe.model import EndedBy, Outcome, Speaker
from chatprobe.probe.digest import Digest

HUMAN_SILENCE_MS = 45_000.0
HUMAN_TOTAL_MS = 180_000.0
"""At most this long after the first human text: the first is often "one moment"."""
UNKNOWN_SILENCE_MS = 120_000.0
AGENT_MS = 360_000.0
"""From the first sign of a person: the manners of the house."""
OFFLINE_GRACE_MS = 15_000.0
"""After being told that nobody is there: somebody may come all the same."""


@dataclass(frozen=True)
class Bounds:
    """How long this chat may take."""

    deadline_at: float
    """Epoch ms."""
    queue_limit: int | timedelta | None = None
    """Longest line to stand in: a position or an announced wait."""


def ending(chat: Digest, bounds: Bounds, now: float) -> EndedBy | None:
    """Why the chat is over at `now` (epoch ms), or None while it goes on."""
    if chat.closed_at is not None:
        return EndedBy.CLOSED
    if chat.challenged_at is not None:
        return EndedBy.CHALLENGED
    if chat.overloaded_at is not None:
        return EndedBy.OVERLOADED
    if _line_too_long(chat, bounds.queue_limit):
        return EndedBy.QUEUE_LIMIT
    due = [(when, why) for when, why in _dues(chat, bounds) if when <= now]
    return min(due)[1] if due else None


def next_look(chat: Digest, bounds: Bounds) -> float:
    """Epoch ms at which the chat ends if nothing more happens."""
    return min(when for when, _ in _dues(chat, bounds))


def _dues(chat: Digest, bounds: Bounds) -> list[tuple[float, EndedBy]]:
    dues = [(bounds.deadline_at, EndedBy.DEADLINE)]
    first, last = chat.first(Speaker.HUMAN), chat.last(Speaker.HUMAN)
    signs = [at for at in (chat.joined_at, first, chat.first(Speaker.UNKNOWN)) if at is not None]
    if signs:
        dues.append((min(signs) + AGENT_MS, EndedBy.AGENT_TIME))
    unknown = chat.last(Speaker.UNKNOWN)
    if first is not None and last is not None:
        dues.append((min(last + HUMAN_SILENCE_MS, first + HUMAN_TOTAL_MS), EndedBy.HUMAN_SILENT))
    elif unknown is not None:
        dues.append((unknown + UNKNOWN_SILENCE_MS, EndedBy.UNKNOWN_SILENT))
    elif chat.offline_at is not None:
        dues.append((chat.offline_at + OFFLINE_GRACE_MS, EndedBy.OFFLINE))
    return dues


def _line_too_long(chat: Digest, limit: int | timedelta | None) -> bool:
    return bool(chat.queue) and chat.in_queue and too_long(chat.queue[-1], limit)


class Announced(Protocol):
    """What was announced about the line."""

    @property
    def position(self) -> int | None:
        """Place in line."""

    @property
    def wait_ms(self) -> float | None:
        """Expected wait."""


def too_long(notice: Announced, limit: int | timedelta | None) -> bool:
    """Whether a line is longer than `limit`: a position or an announced wait."""
    if isinstance(limit, timedelta):
        return notice.wait_ms is not None and notice.wait_ms > limit.total_seconds() * 1000
    return limit is not None and notice.position is not None and notice.position > limit


_CUT_SHORT = {EndedBy.DRAIN: Outcome.INTERRUPTED, EndedBy.FAULT: Outcome.PROBE_FAULT}
"""Endings of ours: whoever had not answered by then might have."""


def outcome_of(chat: Digest, ended_by: EndedBy) -> Outcome:
    """The outcome of a chat in which the question was asked, by the precedence of the closed list."""
    if chat.first(Speaker.HUMAN) is not None:
        return Outcome.HUMAN_REPLY
    return _CUT_SHORT.get(ended_by) or _without_human(chat, ended_by)


def _without_human(chat: Digest, ended_by: EndedBy) -> Outcome:
    if chat.first(Speaker.UNKNOWN) is not None:
        return Outcome.UNSURE_REPLY
    if ended_by is EndedBy.QUEUE_LIMIT or chat.in_queue:
        return Outcome.QUEUE_TIMEOUT
    if chat.offline_at is not None:
        return Outcome.OFFLINE
    if chat.first(Speaker.BOT) is not None:
        return Outcome.BOT_ONLY
    return Outcome.NO_REPLY
