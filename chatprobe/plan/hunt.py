"""The hunt: chats where a hole in the promised hours is most likely, one at a time, each knowing all before it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from chatprobe.model import Depth, Mode
from chatprobe.plan.belief import Belief
from chatprobe.plan.budget import DAY, WEEK
from chatprobe.plan.desk import HUNTS_A_WEEK, Desk
from chatprobe.plan.dice import Dice
from chatprobe.plan.hours import Hour, hours_between
from chatprobe.plan.room import Load, Tally, apart, moment
from chatprobe.plan.seen import CERTIFICATE_MS, Seen
from chatprobe.plan.slot import Slot

_LIMITS = ((1, DAY), (HUNTS_A_WEEK, WEEK))


class Hunt:
    """One casino's hunt."""

    def __init__(self, desk: Desk, seed: int, seen: Seen, chats: Sequence[Slot]) -> None:
        """`chats` are all chat slots that are not skipped, missed or cancelled, the survey's future ones included."""
        self._desk, self._seen = desk, seen
        self._belief = Belief(seen)
        self._chats = Tally(desk.caps.spans(), (*(slot.at for slot in chats), *seen.asked))
        self._hunts = Tally(_LIMITS, (slot.at for slot in chats if slot.mode == Mode.ADAPTIVE))
        self._open = min((slot.at for slot in chats if slot.open), default=float("inf"))
        self._dice = Dice(seed, desk.casino, "hunt", len(seen.chats))
        self._seed = seed

    def draw(self, start: float, until: float, load: Load) -> Iterator[Slot]:
        """The hunt's slots of [`start`, `until`), epoch ms.

        At most the first is meant: with a chat before it still open, it is `projected` as all others are.
        """
        at = max([start, *(time + DAY for time in self._hunts.times)])
        while at < until:
            slot = self._next(at, load)
            if slot is None or slot.at >= until:
                at += DAY
                continue
            self._chats.add(slot.at)
            self._hunts.add(slot.at)
            self._open = min(self._open, slot.at)
            yield slot
            at = slot.at + DAY

    def _next(self, start: float, load: Load) -> Slot | None:
        """A slot within the day from `start` on, or None where nothing is allowed."""
        desk = self._desk
        day = [hour for hour in hours_between(desk.timezone, start, start + DAY) if hour.cell in desk.hunted]
        weights = self.chances(day, certified=self._certified(start))
        chances = [weight if self._allowed(hour) else 0.0 for weight, hour in zip(weights, day, strict=True)]
        if not any(chances):
            return None
        chosen = self._dice.weighted(chances)
        hour, probability = day[chosen], chances[chosen] / sum(chances)
        at = moment(self._dice, hour, lambda at: load.has_room(at, desk.chat_ms))
        if at is None:
            return None
        slot = Slot(desk.casino, Depth.CHAT, Mode.ADAPTIVE, at, hour.cell, probability, self._seed)
        return replace(slot, projected=self._open < at)

    def chances(self, hours: Sequence[Hour], *, certified: bool) -> list[float]:
        """The weight of each of `hours`, the next day's; see `Belief.chances`."""
        return self._belief.chances(hours, certified=certified)

    def _certified(self, at: float) -> bool:
        """Whether the last casino-side chat was answered by a person; of chats still open that is assumed."""
        if self._open < at:
            return True
        sided = [chat for chat in self._seen.chats if chat.sided]
        return bool(sided) and sided[-1].human and at - sided[-1].at <= CERTIFICATE_MS

    def _allowed(self, hour: Hour) -> bool:
        edges = (hour.start, hour.end - 1)
        tallies = (self._chats, self._hunts)
        return (
            apart(hour, self._chats.times, self._desk.caps.apart_ms)
            and not self._desk.shuts(hour.cell)
            and all(tally.has_room(edge) for tally in tallies for edge in edges)
        )
