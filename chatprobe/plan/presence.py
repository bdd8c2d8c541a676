"""Looks at the launcher: every hour of the week as often as any other."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace

from chatprobe.model import Depth, Mode, SlotReason, SlotStatus
from chatprobe.plan.budget import MINUTE
from chatprobe.plan.desk import Desk
from chatprobe.plan.dice import Dice
from chatprobe.plan.hours import Hour, hour_at, hours_of_day, local_day
from chatprobe.plan.room import Load, Neighbours, moment
from chatprobe.plan.slot import Slot

LOOK_MS = 2 * MINUTE
"""The longest that one look occupies us."""


class Presence:
    """One casino's looks: each day at the hours of that weekday that were drawn least often so far."""

    def __init__(self, desk: Desk, seed: int, taken: list[Slot], chats: list[float]) -> None:
        """`taken` are the casino's earlier looks, `chats` the sorted times (epoch ms) of its chats, future ones too."""
        self._desk, self._seed, self._taken = desk, seed, sorted(taken, key=lambda slot: slot.at)
        self._dawn = hour_at(desk.timezone, desk.begun).clock
        self._neighbours = Neighbours(desk.chat_ms, chats, [slot.at for slot in self._taken])

    def disturbed(self, now: float) -> list[Slot]:
        """Looks planned after `now` that a chat planned since would meet; they are no longer counted."""
        met = [
            s for s in self._taken if s.at > now and s.status == SlotStatus.PLANNED and self._neighbours.disturbed(s.at)
        ]
        for slot in met:
            self._taken.remove(slot)
            self._neighbours.looks.remove(slot.at)
        return met

    def draw(self, start: float, until: float, load: Load) -> Iterator[Slot]:
        """The looks of [`start`, `until`) that are not there yet; epoch ms."""
        zone = self._desk.timezone
        days = range(local_day(zone, start) - 1, local_day(zone, until) + 1)
        first = next((hour.start for day in days for hour in self._hours(day)), start)
        # Counted up to the first day only: what is stored of the days drawn must not change how they are drawn.
        counts = Counter(slot.cell for slot in self._taken if slot.at < first)
        for day in days:
            hours = self._hours(day)
            for hour in self._chosen(day, hours, counts):
                slot = None if self._is_taken(hour) else self._drawn(hour, len(hours), load)
                if slot and (slot.at < start or (hour.start < start and self._is_gone(hour, start, load))):
                    continue  # gone before there was a plan: it covers nothing
                counts[hour.cell] += 1
                if slot and slot.at < until:
                    self._taken.append(slot)
                    insort(self._neighbours.looks, slot.at)
                    yield slot

    def _hours(self, day: int) -> list[Hour]:
        """A day's hours, from the time of the day that the plan began."""
        zone = self._desk.timezone
        today, tomorrow = (hours_of_day(zone, one) for one in (day, day + 1))
        return [h for h in today if h.clock >= self._dawn] + [h for h in tomorrow if h.clock < self._dawn]

    def _chosen(self, day: int, hours: list[Hour], counts: Counter[int]) -> list[Hour]:
        dice = Dice(self._seed, self._desk.casino, "presence", day)
        ranked = sorted((counts[hour.cell], dice.unit(), hour.start, hour) for hour in hours)
        return sorted((hour for *_, hour in ranked[: self._desk.presence_per_day]), key=lambda hour: hour.start)

    def _is_taken(self, hour: Hour) -> bool:
        looks = self._neighbours.looks
        following = bisect_left(looks, hour.start)
        return following < len(looks) and looks[following] < hour.end

    def _is_gone(self, hour: Hour, start: float, load: Load) -> bool:
        """Whether the draw before the plan began gave a moment that was over: later looks bring none instead."""
        at = self._moment(hour, load, self._neighbours.clear(hour, later=False))
        return at is not None and at < start

    def _drawn(self, hour: Hour, hours: int, load: Load) -> Slot:
        desk, at = self._desk, self._moment(hour, load, self._neighbours.clear(hour))
        probability = min(1.0, desk.presence_per_day / hours)
        look = Slot(desk.casino, Depth.PRESENCE, Mode.EVEN, at or hour.start, hour.cell, probability, self._seed)
        return look if at is not None else replace(look, status=SlotStatus.SKIPPED, reason=SlotReason.BUDGET)

    def _moment(self, hour: Hour, load: Load, tests: Iterator[Callable[[float], bool]]) -> int | None:
        dice = Dice(self._seed, self._desk.casino, "presence", hour.start)
        times = (moment(dice, hour, _both(fits, load)) for fits in tests)
        return next((at for at in times if at is not None), None)


def _both(fits: Callable[[float], bool], load: Load) -> Callable[[float], bool]:
    return lambda at: fits(at) and load.has_room(at, LOOK_MS)
