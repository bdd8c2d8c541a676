"""Keeps a week of slots drawn ahead, and draws anew what an edit of a scenario, or a chat that ended, changes."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from chatprobe.daemon.clock import Clock
from chatprobe.daemon.folder import Folder
from chatprobe.daemon.settled import Settled
from chatprobe.log import LogEvent, logger
from chatprobe.model import SlotReason
from chatprobe.plan.budget import DAY, HOUR, WEEK, Caps
from chatprobe.plan.desk import Desk, House, share
from chatprobe.plan.draw import Past, draw
from chatprobe.plan.seen import Seen
from chatprobe.scenario.schema import Scenario
from chatprobe.store.store import Store
from chatprobe.times import iso

AHEAD_MS = 7 * DAY
"""How far ahead slots are stored."""
_EVERY_MS = 6 * HOUR
_PAST_MS = 26 * WEEK
"""How far back hours are balanced and answers weighed: a whole number of weeks."""
_FUTURE_MS = 4 * WEEK
"""Further than anything is stored."""
_JUDGING_MS = 10_000.0
"""How long one round may judge: after a start there are all casinos to be judged, and slots wait for the next round."""
_DRAWN = ("mode", "cell", "probability", "seed")
_AROUND = timedelta(minutes=5)
"""What a chat takes besides waiting: opening, asking, leaving."""


def desk_of(scenario: Scenario) -> Desk:
    """What the plan needs to know of a scenario."""
    schedule, promised = scenario.schedule, scenario.claims.hours
    return Desk(
        scenario.casino,
        scenario.timezone,
        schedule.presence_per_day,
        Caps(schedule.chats_per_day, schedule.chats_per_week),
        schedule.blackout.ranges,
        frozenset(cell for cell in range(168) if promised and promised.promises(cell)),
        chat_ms=(scenario.chat.deadline + _AROUND) / timedelta(milliseconds=1),
    )


def survey_only(desk: Desk) -> Desk:
    """The desk once its promised hours are settled: all chats are the survey's.

    What is stored stays: no result ever moves or cancels a survey slot.
    """
    return replace(desk, hunted=frozenset())


def known(
    store: Store, desks: Iterable[Desk], house: House, now: float, alive: Callable[[], None] = lambda: None
) -> Past:
    """What the database holds for drawing the slots of `desks` from `now` (epoch ms) on; to be drawn by once.

    `alive` is called again and again meanwhile: of many casinos it takes a while.
    """
    own = sorted({desk.casino for desk in desks})
    since, end = iso(now - _PAST_MS), iso(now + _FUTURE_MS)
    others = iso(now - (WEEK if house.caps else DAY))  # caps for all casinos count a week, room counts what still runs

    def slots() -> Iterator[Mapping[str, Any]]:
        for casino in own:  # one by one: half a year of all of them would fill a small machine
            alive()
            yield from store.slots.between(since, end, casino)
        yield from (row for row in store.slots.between(others, end) if row["casino"] not in own)

    seen = {}
    for casino in own:
        alive()
        seen[casino] = Seen.of(store.history(casino, since))
    return Past(filter(_is_drawn, slots()), seen)


class Planner:
    """Draws slots into the database. Its seed is the one that is stored there already, so that a plan goes on."""

    def __init__(self, store: Store, folder: Folder, clock: Clock, seed: int | None = None) -> None:
        """`seed` is for a database that holds none yet; by chance where it is not given."""
        self._first_seed = secrets.randbelow(2**31) if seed is None else seed
        self.house = House()
        """What holds for all casinos."""
        self.settled = Settled(store, folder, clock)
        """What became of promised hours."""
        self.alive: Callable[[], None] = lambda: None
        """Called while much is to be done: nobody is to take that for a hang."""
        self._store, self._folder, self._clock = store, folder, clock
        self._desks: dict[str, Desk] = {}
        self._answered: set[str] = set()
        self._stale: set[str] = set()
        self._unjudged: set[str] = set()
        self._drawn_at = float("-inf")

    def chat_ended(self, casino: str) -> None:
        """What was learnt there decides where the next hunt goes."""
        self._answered.add(casino)

    def draw(self, now: float) -> None:
        """Draw what is not drawn yet of the days from `now` (epoch ms) on; quick where nothing changed.

        Where many casinos are to be judged first, as after a start, that takes several calls.
        """
        desks = {casino: desk_of(scenario) for casino, scenario in self._folder.scenarios.items()}
        changed = {casino for casino in {*desks, *self._desks} if desks.get(casino) != self._desks.get(casino)}
        for casino in changed & self._desks.keys():
            self._store.slots.cancel(casino, iso(now), SlotReason.SCENARIO_CHANGED)
        answered = set(self._answered)
        routine = self._clock.steady_ms() - self._drawn_at >= _EVERY_MS
        self._stale |= changed | answered | (desks.keys() if routine else set())
        self._unjudged |= changed | answered
        self._desks = desks
        self._answered -= answered
        self._stale &= desks.keys()
        if self._stale and self._judged():
            self._draw_stale(now)
            self._drawn_at = self._clock.steady_ms() if routine else self._drawn_at

    def _judged(self) -> bool:
        """Whether all is judged that is to be drawn; a bit of what is not yet is judged now."""
        self._unjudged &= self._desks.keys()
        until = self._clock.steady_ms() + _JUDGING_MS
        for casino in sorted(self._unjudged):
            self.alive()
            self.settled.renew(casino)
            self._unjudged.remove(casino)
            if self._clock.steady_ms() > until:
                break
        return not self._unjudged

    def _draw_stale(self, now: float) -> None:
        hunting = {one: survey_only(desk) if self.settled.hours(one) else desk for one, desk in self._desks.items()}
        if self.house.caps:
            self.house = replace(self.house, share=share(hunting.values(), self.house.caps))
        self._draw([hunting[casino] for casino in sorted(self._stale)], now)
        self._stale.clear()

    def _draw(self, desks: list[Desk], now: float) -> None:
        slots = self._store.slots
        past = known(self._store, desks, self.house, now, self.alive)
        drawn = draw(desks, past, self.house, self._seed(), now, now + AHEAD_MS)
        new = slots.add(slot.row() for slot in drawn.slots)
        for slot_id in drawn.cancelled:
            slots.drop(slot_id, SlotReason.PLAN_CHANGED)
        if new:
            logger().info(LogEvent.PLAN_DRAWN, casinos=len(desks), slots=new, until=iso(now + AHEAD_MS))

    def _seed(self) -> int:
        stored = self._store.slots.seed()
        return self._first_seed if stored is None else stored


def _is_drawn(row: Mapping[str, Any]) -> bool:
    """Whether the plan made this row: slots may also be stored by hand."""
    return all(row[name] is not None for name in _DRAWN)
