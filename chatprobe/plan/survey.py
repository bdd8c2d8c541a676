"""The survey: chats spread evenly over the hours of the day, whatever any chat found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from chatprobe.model import Depth, Mode
from chatprobe.plan.budget import WEEK
from chatprobe.plan.desk import Desk
from chatprobe.plan.dice import Dice
from chatprobe.plan.hours import HOUR_MS, Hour, hour_at, hours_between
from chatprobe.plan.room import Load, apart, moment
from chatprobe.plan.slot import Slot


class Survey:
    """One casino's survey chats: one in each period, at an hour of the day that was drawn least often so far.

    Nothing but earlier survey slots and the seed decides, so that outcomes cannot bend it. Periods begin at a random
    hour of the casino's own, which makes every hour of the week equally likely before the first draw.
    """

    def __init__(self, desk: Desk, seed: int, taken: list[Slot]) -> None:
        """`taken` are the casino's earlier survey slots, of whatever end; drawn ones are added to it."""
        self._desk, self._seed, self.taken = desk, seed, taken
        self._length = int(WEEK) // desk.surveys_a_week if desk.surveys_a_week else 0
        self._phase = Dice(seed, desk.casino, "phase").below(max(1, self._length // HOUR_MS)) * HOUR_MS

    def draw(self, start: float, until: float, load: Load) -> Iterator[Slot]:
        """The slots from `start` on of all periods that begin before `until` and have none yet; epoch ms.

        `load` holds survey chats only: others depend on outcomes. Where a period has begun, its draw may lie before
        `start`: it is gone, and not drawn anew.
        """
        if not self._length:
            return
        first, last = (int((at - self._phase) // self._length) for at in (start, until))
        recent = [slot for slot in self.taken if slot.at >= start - 2 * self._length]
        met = {self._period(hour_at(self._desk.timezone, slot.at)) for slot in recent}
        for period in range(first, last + 1):
            slot = None if period in met else self._drawn(period, load)
            if slot and slot.at >= start:
                self.taken.append(slot)
                yield slot

    def _period(self, hour: Hour) -> int:
        return (hour.start - self._phase) // self._length

    def _drawn(self, period: int, load: Load) -> Slot:
        desk, dice = self._desk, Dice(self._seed, self._desk.casino, "survey", period)
        start = period * self._length + self._phase
        hours = hours_between(desk.timezone, start, start + self._length)
        hour = dice.pick(self._least_met(hours))
        at = moment(dice, hour, lambda at: load.has_room(at, desk.chat_ms))
        if at is None:  # every minute of the hour is full: the draw stands and is skipped
            at = hour.start + dice.below(hour.end - hour.start)
        return Slot(desk.casino, Depth.CHAT, Mode.EVEN, at, hour.cell, 1 / len(hours), self._seed)

    def _least_met(self, hours: list[Hour]) -> list[Hour]:
        """Of hours far enough from other survey chats those whose hour of the day, then week, came least often."""
        desk = self._desk
        # Earlier ones only: a period whose draw is gone must not be drawn another way once later ones are stored.
        earlier = [slot for slot in self.taken if slot.at < hours[0].start]
        near = [slot.at for slot in earlier if slot.at > hours[0].start - 2 * self._length]
        cells = Counter(slot.cell for slot in earlier)
        clocks = Counter(slot.cell % 24 for slot in earlier)
        free = [hour for hour in hours if apart(hour, near, desk.caps.apart_ms)]
        counts = [(clocks[hour.clock], cells[hour.cell]) for hour in free]
        least = min(counts)
        return [hour for hour, count in zip(free, counts, strict=True) if count == least]
