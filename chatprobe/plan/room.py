"""What limits a slot: how many within a day or a week, how many at one time, how near to another."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from chatprobe.plan.budget import MINUTE
from chatprobe.plan.dice import Dice
from chatprobe.plan.hours import HOUR_MS, Hour

_MINUTE_MS = int(MINUTE)
_TRIES = 256
"""An hour of which this many random moments are taken is full."""
BEFORE_CHAT_MS = 5 * _MINUTE_MS
"""No look at the launcher begins this short before a chat: it must be over by then."""
BETWEEN_LOOKS_MS = 5 * _MINUTE_MS


class Tally:
    """Times under limits of the kind "at most so many within any such stretch"."""

    def __init__(self, limits: Iterable[tuple[int, float]], times: Iterable[float] = ()) -> None:
        """`limits` are pairs of a number and a stretch in ms; `times` count already, in epoch ms."""
        self.limits = tuple(limits)
        self.times = sorted(times)

    def add(self, at: float) -> None:
        """Count `at`."""
        insort(self.times, at)

    def has_room(self, at: float) -> bool:
        """Whether one more at `at` would exceed no limit, in no stretch before, around or after it."""
        return all(self._fits(at, most, span) for most, span in self.limits)

    def _fits(self, at: float, most: int, span: float) -> bool:
        near = self.times[bisect_right(self.times, at - span) : bisect_left(self.times, at + span)]
        full = range(len(near) - most + 1)
        return most > 0 and all(max(near[i + most - 1], at) - min(near[i], at) >= span for i in full)


class Load:
    """How many visits there are in each minute, over all casinos."""

    def __init__(self, limit: int) -> None:
        """At most `limit` at one time."""
        self._limit = limit
        self._busy: Counter[int] = Counter()

    def add(self, at: float, duration_ms: float) -> None:
        """A visit from `at` (epoch ms) on."""
        self._busy.update(_minutes(at, duration_ms))

    def has_room(self, at: float, duration_ms: float) -> bool:
        """Whether one more such visit stays within the limit."""
        return all(self._busy[minute] < self._limit for minute in _minutes(at, duration_ms))


def _minutes(at: float, duration_ms: float) -> range:
    return range(int(at // _MINUTE_MS), int((at + duration_ms) // _MINUTE_MS) + 1)


@dataclass
class Neighbours:
    """The visits at one casino that a look at the launcher must keep clear of."""

    chat_ms: float
    """The longest that a chat lasts."""
    chats: list[float] = field(default_factory=list)
    """Epoch ms, sorted."""
    looks: list[float] = field(default_factory=list)
    """Epoch ms, sorted."""

    def disturbed(self, at: float) -> bool:
        """Whether a look at `at` would meet a chat."""
        near = _within(self.chats, at - self.chat_ms, at + BEFORE_CHAT_MS)
        return any(chat - BEFORE_CHAT_MS < at < chat + self.chat_ms for chat in near)

    def clear(self, hour: Hour, *, later: bool = True) -> Iterator[Callable[[float], bool]]:
        """Tests for a moment of `hour`, the better first; without `later` as if no look came after that hour.

        The first compares minutes on the dial, as if all neighbours stood in this hour. It asks for a little more than
        the gap, but treats every minute alike: the edges of hours, where neighbours of the next hour matter, are not
        shunned, and minutes stay uniform. The second asks for the gap itself, where chats are too long for the first.
        """
        chats = _within(self.chats, hour.start - max(HOUR_MS, self.chat_ms), hour.end + HOUR_MS)
        looks = _within(self.looks, hour.start - HOUR_MS, hour.end + HOUR_MS if later else hour.end)

        def on_the_dial(at: float) -> bool:
            after_chat = all(self.chat_ms <= (at - chat) % HOUR_MS <= HOUR_MS - BEFORE_CHAT_MS for chat in chats)
            return after_chat and all(
                BETWEEN_LOOKS_MS <= (at - look) % HOUR_MS <= HOUR_MS - BETWEEN_LOOKS_MS for look in looks
            )

        def in_time(at: float) -> bool:
            return not self.disturbed(at) and all(abs(at - look) >= BETWEEN_LOOKS_MS for look in looks)

        yield from (on_the_dial, in_time)


def _within(times: list[float], start: float, end: float) -> list[float]:
    return times[bisect_left(times, start) : bisect_right(times, end)]


def apart(hour: Hour, times: Iterable[float], gap_ms: float) -> bool:
    """Whether the whole of `hour` is at least `gap_ms` from each of `times`."""
    return all(at + gap_ms <= hour.start or hour.end + gap_ms <= at for at in times)


def moment(dice: Dice, hour: Hour, fits: Callable[[float], bool]) -> int | None:
    """A moment of `hour` (epoch ms), uniform among those that fit; None if none could be found."""
    for _ in range(_TRIES):
        at = hour.start + dice.below(hour.end - hour.start)
        if fits(at):
            return at
    return None
