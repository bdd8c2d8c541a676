"""Agents' time is spent like money: how often and how long a casino may be visited."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from chatprobe.times import epoch_ms, iso

MINUTE = 60_000.0
HOUR = 60 * MINUTE
DAY = 24 * HOUR
WEEK = 7 * DAY
_AGENT_SIGNS = ("agent_joined_ms", "first_human_ms", "first_unknown_ms")


@dataclass(frozen=True)
class Caps:
    """The manners of the house for one casino. The defaults are also the largest values a scenario may set."""

    chats_per_day: int = 3
    """Within any 24 hours."""
    chats_per_week: int = 10
    """Within any 7 days."""
    apart_ms: float = 2 * HOUR
    """From one question to the next."""
    agent_ms_per_chat: float = 6 * MINUTE
    """From the first sign of a person to the close; the probe itself keeps to it."""
    agent_ms_per_week: float = 60 * MINUTE

    def spans(self) -> tuple[tuple[int, float], ...]:
        """How many chats may be planned within which time (ms), each counted with all the agents' time it may take."""
        by_time = int(self.agent_ms_per_week // self.agent_ms_per_chat)
        return (self.chats_per_day, DAY), (min(self.chats_per_week, by_time), WEEK)


def refusal(history: Sequence[Mapping[str, Any]], now: float, caps: Caps | None = None) -> str | None:
    """Why no chat may be started at `now` (epoch ms), and from when on one may; None if it may.

    `history` is what `Store.history` gives for at least the last 7 days. Only probes whose question was about to be
    sent count. Agents' time counts from any text that may have been a person's.
    """
    caps = caps or Caps()
    chats = sorted((epoch_ms(row["asking_at"]), agent_ms(row)) for row in history if row["asking_at"])
    asked = [at for at, _ in chats]
    spent = sum(ms for at, ms in chats if at > now - WEEK)
    if asked and asked[-1] > now - caps.apart_ms:
        return f"the last chat was less than {caps.apart_ms / HOUR:g} h ago; free at {iso(asked[-1] + caps.apart_ms)}"
    for most, span, name in ((caps.chats_per_day, DAY, "24 hours"), (caps.chats_per_week, WEEK, "7 days")):
        recent = [at for at in asked if at > now - span]
        if len(recent) >= most:
            return f"{len(recent)} chats in {name}, {most} allowed; free at {_free(recent, most, span)}"
    if spent + caps.agent_ms_per_chat > caps.agent_ms_per_week:
        return f"{spent / MINUTE:.0f} min of agents' time in 7 days, {caps.agent_ms_per_week / MINUTE:g} allowed"
    return None


def _free(recent: Sequence[float], most: int, span: float) -> str:
    """When fewer than `most` of `recent` (sorted) will lie within `span`."""
    return iso(recent[-most] + span) if most else "no time"


def agent_ms(row: Mapping[str, Any]) -> float:
    """How long a chat kept a person busy: from the first sign of one to the close, 0 if none was seen."""
    if row["asked_at"] is None:
        return 0.0
    asked = epoch_ms(row["asked_at"])
    signs: list[float] = [asked + row[name] for name in _AGENT_SIGNS if row[name] is not None]
    if row["greeted_ms"] is not None:
        signs.append(epoch_ms(row["requested_at"] or row["asked_at"]) + row["greeted_ms"])
    if not signs:
        return 0.0
    waited = row["waited_ms"]
    ended: float = epoch_ms(row["finished_at"] or row["asked_at"]) if waited is None else asked + waited
    return max(0.0, ended - min(signs))


def is_loopback(url: str) -> bool:
    """Whether `url` leads to this very machine, where nobody's time is spent."""
    host = (urlsplit(url).hostname or "").rstrip(".")
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
