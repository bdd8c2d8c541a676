"""A judge for the benchmark of plans: when is a promise of 24/7 contradicted? An anytime-valid test, kept simple.

In each window the chats are a bet against "somebody answers with a chance of at least .8, whatever happened before":
what the bet is worth after s answers and m misses is e(s, m), a Beta(.5, 2) mixture over chances below .8. The windows'
bets, weighted as the plan weighs them, add up to E; under the promise E exceeds 20 in at most one casino of 20, however
often one looks (Ville's inequality).
"""

from __future__ import annotations

from functools import cache
from math import exp, log, log1p

from chatprobe.plan.budget import DAY, HOUR
from chatprobe.plan.seen import Chat
from chatprobe.windows import windows, windows_of_cell

CHANCE = 0.8
_A, _B = 0.5, 2.0
ENOUGH = 20.0


@cache
def bet(answers: int, misses: int) -> float:
    """What one window's bet is worth."""
    mixed = _below(_A + answers, _B + misses) - _below(_A, _B)
    return exp(mixed - answers * log(CHANCE) - misses * log1p(-CHANCE))


def _below(a: float, b: float) -> float:
    """log of the integral of p^(a-1) (1-p)^(b-1) from 0 to .8, by its series in p: all terms are positive."""
    term = total = 1.0 / a
    n = 0
    while term > total * 1e-16:
        n += 1
        term *= CHANCE * (a + b + n - 1) / (a + n)
        total += term
    return a * log(CHANCE) + b * log1p(-CHANCE) + log(total)


class Judge:
    """Follows one casino's chats."""

    def __init__(self) -> None:
        """No chat yet."""
        self.total = 1.0
        self._answers = [0] * len(windows())
        self._misses = [0] * len(windows())
        self._missed: list[Chat] = []

    def hear(self, chat: Chat) -> None:
        """Take one more chat into account, in order of time."""
        if not chat.counted or chat.answered is None:
            return
        if chat.missed:
            self._missed.append(chat)
        counts = self._misses if chat.missed else self._answers
        for number in windows_of_cell()[chat.cell]:
            before = bet(self._answers[number], self._misses[number])
            counts[number] += 1
            self.total += windows()[number][0] * (bet(self._answers[number], self._misses[number]) - before)

    def contradicted(self) -> bool:
        """E is large enough, by misses on 3 dates or more, over 6 days or more, not all at one time of the day."""
        if self.total < ENOUGH:
            return False
        worth = [
            weight * bet(*counts) for (weight, _), *counts in zip(windows(), self._answers, self._misses, strict=True)
        ]
        cells = windows()[worth.index(max(worth))][1]
        times = [chat.at for chat in self._missed if chat.cell in cells]
        clocks = sorted(at % DAY for at in times)
        dates = {at // DAY for at in times}
        return len(dates) >= 3 and max(times) - min(times) >= 6 * DAY and clocks[-1] - clocks[0] >= HOUR
