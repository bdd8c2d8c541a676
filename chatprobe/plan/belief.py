"""Where a hole in the promised hours is likely, by what was seen: the weights that the hunt draws by."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import exp, lgamma, log
from typing import NamedTuple

from chatprobe.plan.hours import Hour
from chatprobe.plan.seen import Chat, Look, Seen
from chatprobe.windows import windows, windows_of_cell

_OFFLINE = 0.5 * log(0.85 / 0.03)
_ONLINE = 0.5 * log(0.15 / 0.97)
"""Half the log likelihood ratio of "closed" against "open" of one look: looks of one gap are not independent."""
_STRONGEST = 40.0
_SHARPNESS = 6


class Belief:
    """What the chats and looks of one casino make of each window."""

    def __init__(self, seen: Seen) -> None:
        """What was `seen` so far."""
        self._chats = chats = seen.chats
        last_human = max((chat.at for chat in chats if chat.human), default=float("-inf"))
        # Later looks would bend the test: a plan that goes where it is closed right now finds everybody closed.
        self._evidence = _Evidence(
            _counts(chats, answered=True),
            _counts(chats, answered=False),
            _signs(look for look in seen.looks if look.at <= last_human),
        )

    def chances(self, hours: Sequence[Hour], *, certified: bool) -> list[float]:
        """The weight of each of `hours`, the next day's, to be drawn for a chat.

        `certified` says that the last chat was answered by a person: a miss would count. Otherwise the hour is to bring
        such an answer.
        """
        return self._of_holes(hours) if certified else self._of_answers(hours)

    def _of_holes(self, hours: Sequence[Hour]) -> list[float]:
        missed = Counter(chat.cell % 24 for chat in self._chats if chat.missed and chat.counted)
        odds = _odds(self._evidence, tuple(hour.cell for hour in hours))
        return [odd**_SHARPNESS / (1 + 2 * missed[hour.clock]) for odd, hour in zip(odds, hours, strict=True)]

    def _of_answers(self, hours: Sequence[Hour]) -> list[float]:
        tried = Counter(chat.cell % 24 for chat in self._chats if chat.answered is not None)
        met = Counter(chat.cell % 24 for chat in self._chats if chat.human)
        rates = []
        for hour in hours:
            near = [(hour.clock + shift) % 24 for shift in range(-2, 3)]
            rates.append(((sum(met[c] for c in near) + 0.9) / (sum(tried[c] for c in near) + 1)) ** _SHARPNESS)
        total = sum(rates)
        return [0.3 / 24 + 0.7 * rate / total for rate in rates]


def _counts(chats: Sequence[Chat], *, answered: bool) -> tuple[tuple[int, int], ...]:
    """How often chats of each cell ended so: pairs of cell and count."""
    return tuple(sorted(Counter(chat.cell for chat in chats if chat.answered is answered).items()))


def _signs(looks: Iterable[Look]) -> tuple[tuple[int, float], ...]:
    """What looks say of each cell: pairs of cell and log odds of "closed"."""
    totals: dict[int, float] = defaultdict(float)
    for look in looks:
        totals[look.cell] += _ONLINE if look.online else _OFFLINE
    return tuple(sorted(totals.items()))


class _Evidence(NamedTuple):
    """All that the weights follow from, by cell; equal evidence, such as none yet, is weighed once."""

    hits: tuple[tuple[int, int], ...]
    misses: tuple[tuple[int, int], ...]
    signs: tuple[tuple[int, float], ...]


@lru_cache(maxsize=20_000)
def _odds(evidence: _Evidence, cells: tuple[int, ...]) -> list[float]:
    """How likely each of `cells`, a day's, lies in a hole, relative to the likeliest; a window counts as one hole."""
    weights = _weights(evidence)
    width = [0] * len(weights)
    for cell in cells:
        for number in windows_of_cell()[cell]:
            width[number] += 1
    odds = [sum(weights[number] / width[number] for number in windows_of_cell()[cell]) for cell in cells]
    top = max(odds, default=0.0) or 1.0
    return [odd / top for odd in odds]


@lru_cache(maxsize=1_000)
def _weights(evidence: _Evidence) -> list[float]:
    """The posterior weight of each window, half by chats alone, half by chats and looks; they sum to 1."""
    s, m, signs = (_by_window(pairs) for pairs in evidence)
    hits, misses = (sum(count for _, count in pairs) for pairs in (evidence.hits, evidence.misses))
    by_chats = _posterior(s, m, hits, misses)
    by_both = _normalised([v * (1 + exp(min(sign, _STRONGEST))) for v, sign in zip(by_chats, signs, strict=True)])
    return [0.5 * v + 0.5 * w for v, w in zip(by_chats, by_both, strict=True)]


def _by_window(pairs: Iterable[tuple[int, float]]) -> list[float]:
    """The sum over the cells of each window."""
    totals = [0.0] * len(windows())
    for cell, amount in pairs:
        for number in windows_of_cell()[cell]:
            totals[number] += amount
    return totals


def _posterior(s: list[float], m: list[float], hits: int, misses: int) -> list[float]:
    """Weight of each window: inside it answers are rare (Beta(.4, 4)), outside the rule (Beta(9, 1))."""
    logs = [
        log(prior) + _betaln(0.4 + inside, 4.0 + missed) + _betaln(9.0 + hits - inside, 1.0 + misses - missed)
        for (prior, _), inside, missed in zip(windows(), s, m, strict=True)
    ]
    top = max(logs)
    return _normalised([exp(value - top) for value in logs])


def _normalised(values: list[float]) -> list[float]:
    total = sum(values)
    return [value / total for value in values]


@lru_cache(maxsize=50_000)
def _betaln(a: float, b: float) -> float:
    """Logarithm of the beta function."""
    return lgamma(a) + lgamma(b) - lgamma(a + b)
