"""The product's own verdict on simulated chats."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from chatprobe.analysis.trial import Trial, trial
from chatprobe.analysis.visits import Visits, visits_of
from chatprobe.columns import Columns
from chatprobe.model import Outcome
from chatprobe.plan.seen import Chat
from chatprobe.store.visits import NUMBERS, TEXTS

EVERYWHERE = frozenset(range(168))
LEAST_MISSES = 3
"""With fewer nothing is contradicted."""


def outcome_of(chat: Chat) -> Outcome:
    """How a probe of that chat would have ended."""
    if not chat.sided:
        return Outcome.SCENARIO_BROKEN
    if chat.missed:
        return Outcome.NO_REPLY
    return Outcome.HUMAN_REPLY if chat.human else Outcome.UNSURE_REPLY


def seen(chats: Iterable[Chat]) -> Visits:
    """The chats as visits."""
    return visits_of_rows(row(chat) for chat in chats)


def visits_of_rows(rows: Iterable[Mapping[str, Any]]) -> Visits:
    """Rows with the columns of `Store.visits` as visits; what is left out is NULL."""
    columns = Columns.empty(TEXTS, NUMBERS)
    columns.extend([("", *(one.get(name) for name in (*TEXTS, *NUMBERS))) for one in rows])
    return visits_of(columns)


def row(chat: Chat) -> dict[str, Any]:
    """The row of a planned chat, without its times."""
    return {
        "casino": "casino",
        "planned": 1,
        "chat": 1,
        "outcome": str(outcome_of(chat)),
        "cell": chat.cell,
        "adaptive": 0,
        "proven": 1,
        "at": chat.at,
        "asking": int(chat.sided),
    }


def tried(chats: Sequence[Chat]) -> Trial:
    """The trial of 24/7 by all of `chats`, with a look after each."""
    return trial(seen(chats), EVERYWHERE)


class Judge:
    """Follows one casino's chats, and judges them whenever that could change anything."""

    def __init__(self) -> None:
        """No chat yet."""
        self.trial: Trial | None = None
        """The newest."""
        self._chats: list[Chat] = []

    def hear(self, chat: Chat) -> bool:
        """One more chat, in order of time: whether the promise is contradicted by now."""
        self._chats.append(chat)
        misses = sum(one.missed and one.counted for one in self._chats)
        if not (chat.missed and chat.counted) or misses < LEAST_MISSES:
            return False
        self.trial = tried(self._chats)
        return self.trial.contradicted is not None
