"""Whether this machine keeps up: a chat that is timed on a machine out of breath says nothing about the casino."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Sequence
from statistics import median

LIMIT_MS = 100.0
"""No chat is started while recent lag is longer."""
RECENT_MS = 5 * 60_000.0
"""How long a chat that ended tells of the machine now."""
FEWEST_PAGES = 3
"""So many chats must have ended recently before their pages tell of this machine: one may be slow by itself."""
_BEAT_S = 0.1
_BEATS = 300


class Beat:
    """How late our own loop is, measured ten times a second over the last half minute."""

    def __init__(self) -> None:
        self._late_ms: deque[float] = deque(maxlen=_BEATS)

    async def run(self) -> None:
        """Beat until cancelled."""
        loop = asyncio.get_running_loop()
        while True:
            due = loop.time() + _BEAT_S
            await asyncio.sleep(_BEAT_S)
            self._late_ms.append((loop.time() - due) * 1000)

    @property
    def lag_ms(self) -> float:
        """The middle one of the recent delays."""
        return median(self._late_ms or [0.0])


def recent_lag_ms(own_ms: float, pages_ms: Sequence[float]) -> float:
    """The lag to go by: our own loop's or the chats' pages', of these the middle one where there are several."""
    return max(own_ms, median(pages_ms)) if len(pages_ms) >= FEWEST_PAGES else own_ms
