"""What earlier visits say about a casino's promised hours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from chatprobe.model import POLITE, Depth, Outcome, Side
from chatprobe.plan.budget import HOUR
from chatprobe.times import epoch_ms

CERTIFICATE_MS = 72 * HOUR
"""How long a person's answer shows that the desk is not down altogether."""
_MISSES = frozenset({Outcome.OFFLINE, Outcome.NOT_OFFERED})


@dataclass(frozen=True, slots=True)
class Chat:
    """One finished chat as evidence on the promised hours."""

    at: float
    """Epoch ms of asking, else of starting."""
    cell: int
    answered: bool | None
    """Whether somebody was there; None where the chat says nothing. What is arguable counts for the casino."""
    human: bool
    """A person answered, for certain."""
    sided: bool
    """The outcome is the casino's doing."""
    counted: bool
    """A miss here counts: the casino-side chat before it, at most 72 h ago, was answered by a person."""

    @property
    def missed(self) -> bool:
        """Nobody was there."""
        return self.answered is False


@dataclass(frozen=True, slots=True)
class Look:
    """One finished look at the launcher."""

    at: float
    """Epoch ms."""
    cell: int
    online: bool


@dataclass(frozen=True)
class Seen:
    """All that earlier visits to one casino tell the plan."""

    chats: tuple[Chat, ...] = ()
    """Planned chats that ended, oldest first."""
    looks: tuple[Look, ...] = ()
    """Planned looks that read a status, oldest first."""
    asked: tuple[float, ...] = ()
    """When chats were held that nobody planned, epoch ms: they use up the budget and prove nothing."""

    @classmethod
    def of(cls, rows: Sequence[Mapping[str, Any]]) -> Self:
        """From the casino's rows of `Store.history`, oldest first."""
        planned = [row for row in rows if row["origin"] == "plan" and row["outcome"]]
        others = tuple(epoch_ms(row["asking_at"]) for row in rows if row["origin"] != "plan" and row["asking_at"])
        return cls(tuple(_chats(planned)), tuple(_looks(planned)), others)


def answered(row: Mapping[str, Any]) -> bool | None:
    """Whether a chat (its row of `probes`) found somebody there; None if it says nothing about it."""
    outcome = Outcome(row["outcome"])
    if outcome.side == Side.OURS:
        return True if row["asking_at"] else None
    if outcome == Outcome.SITE_DOWN:
        return None
    if row["greeted_ms"] is not None:
        return True
    if outcome == Outcome.BOT_ONLY:
        tried = row["handoff_turns"] or row["handoff_clicks"]
        return row["ended_by"] in POLITE or row["first_unknown_ms"] is not None or not tried
    if outcome == Outcome.NO_REPLY:
        return row["ended_by"] in POLITE
    return outcome not in _MISSES


def _chats(rows: Iterable[Mapping[str, Any]]) -> Iterator[Chat]:
    answered_at = float("-inf")
    for row in rows:
        if row["depth"] != Depth.CHAT:
            continue
        outcome, at = Outcome(row["outcome"]), epoch_ms(row["asking_at"] or row["started_at"])
        human, sided = outcome == Outcome.HUMAN_REPLY, outcome.side == Side.CASINO
        yield Chat(at, row["cell"], answered(row), human, sided, at - answered_at <= CERTIFICATE_MS)
        if sided:
            answered_at = at if human else float("-inf")


def _looks(rows: Iterable[Mapping[str, Any]]) -> Iterator[Look]:
    for row in rows:
        if row["depth"] == Depth.PRESENCE and row["outcome"] in (Outcome.ONLINE, Outcome.OFFLINE):
            yield Look(epoch_ms(row["started_at"]), row["cell"], row["outcome"] == Outcome.ONLINE)
