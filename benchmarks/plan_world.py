"""Casinos for the benchmark of plans: one with a hole in its promised hours, visited by four planners."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import inf, log
from typing import Protocol

from benchmarks.court import Judge
from chatprobe.analysis.trial import Trial
from chatprobe.model import Mode, SlotStatus
from chatprobe.plan.budget import DAY, HOUR, WEEK, Caps
from chatprobe.plan.cells import cell
from chatprobe.plan.desk import Desk
from chatprobe.plan.dice import Dice
from chatprobe.plan.hours import Hour, hours_between
from chatprobe.plan.hunt import Hunt
from chatprobe.plan.presence import Presence
from chatprobe.plan.room import Load, Tally, apart
from chatprobe.plan.seen import Chat, Look, Seen
from chatprobe.plan.slot import Slot
from chatprobe.plan.survey import Survey

START = 1_767_571_200_000.0
"""Monday, 5 January 2026, 00:00 UTC: no clock changes until the last run is over."""
EVERYWHERE = frozenset(range(168))
PLAIN_A_WEEK = 9
"""Chats that the two plain planners hold in a week: as many as ours does at most on average."""


@dataclass(frozen=True)
class World:
    """How a casino behaves."""

    name: str
    open_answer: float = 0.97
    """Chance of an answer while it is staffed."""
    hole_hours: int = 4
    """Length of the daily hole; its start differs from run to run."""
    hole_answer: float = 0.02
    fault: float = 0.05
    """Chance that we fail before asking."""
    unsure: float = 0.05
    """Chance that an answer cannot be told from a bot's."""
    honest: bool = True
    """Whether the widget mostly shows the hole; otherwise it always says "online"."""
    outage_hours: float = 0.0
    """Length of outages at random times, in which nobody answers."""
    outage_share: float = 0.15
    """Share of the time that they take, where there are any."""


@dataclass
class Casino:
    """One casino of a world, with its own luck."""

    world: World
    run: int

    def __post_init__(self) -> None:
        """Draw where the hole is."""
        self.start = Dice(self.run, "hole").below(24)

    def down(self, at: float) -> bool:
        """Whether nobody is there at `at` (epoch ms), by the daily hole."""
        return int(at % DAY // HOUR - self.start) % 24 < self.world.hole_hours

    @cached_property
    def outages(self) -> list[tuple[float, float]]:
        """From when to when nobody is there, by accident: stretches of one length, with pauses of random length."""
        length, share = self.world.outage_hours * HOUR, self.world.outage_share
        if not length:
            return []
        luck, found = Dice(self.run, "outages"), []
        at = START - 4 * length
        while at < START + 200 * DAY:
            at += -log(1 - luck.unit()) * length * (1 - share) / share
            found.append((at, at + length))
            at += length
        return found

    def out(self, at: float) -> bool:
        """Whether there is an outage at `at` (epoch ms)."""
        place = bisect_right(self.outages, (at, inf)) - 1
        return place >= 0 and at < self.outages[place][1]

    def chat(self, at: float, answered_at: float) -> Chat:
        """What a chat at `at` finds; `answered_at` is when the one before it was answered, -inf if it was not."""
        luck, world = Dice(self.run, "chat", round(at)), self.world
        there = luck.unit() < (world.hole_answer if self.down(at) else world.open_answer) and not self.out(at)
        faulty, sure = luck.unit() < world.fault, luck.unit() >= world.unsure
        answered = None if faulty else there
        return Chat(at, cell(at, "UTC"), answered, bool(answered and sure), not faulty, at - answered_at <= 3 * DAY)

    def look(self, at: float) -> Look:
        """What a look at the launcher finds."""
        offline = 0.85 if self.world.honest and self.down(at) else 0.03 if self.world.honest else 0.0
        return Look(at, cell(at, "UTC"), Dice(self.run, "look", round(at)).unit() >= offline)


@dataclass(frozen=True)
class Found:
    """How one run ended."""

    chats: int | None
    """Chats until the promise was contradicted; None if it never was."""
    day: float | None
    """Days until then."""
    most_in_week: int
    most_in_day: int


class Planner(Protocol):
    """Says when to chat, one time after another."""

    def next(self, chat: Chat | None) -> float | None:
        """The time of the next chat (epoch ms) after `chat`, the last one; None when all time is over."""


def follow(casino: Casino, planner: str, days: int) -> Found:
    """Hold chats where `planner` says, until the promise is contradicted or `days` are over."""
    judge, chats = Judge(), list[Chat]()
    for chat in held(casino, PLANNERS[planner](casino, days)):
        chats.append(chat)
        if judge.hear(chat):
            break
    return _found(chats, judge.trial)


def held(casino: Casino, plan: Planner) -> Iterator[Chat]:
    """The chats held where `plan` says, one after another."""
    answered_at = float("-inf")
    chat: Chat | None = None
    while (at := plan.next(chat)) is not None:
        chat = casino.chat(at, answered_at)
        yield chat
        if chat.sided:
            answered_at = at if chat.human else float("-inf")


def _found(chats: Sequence[Chat], judged: Trial | None) -> Found:
    """How a run ended."""
    times = [chat.at for chat in chats]
    most = _most(times, WEEK), _most(times, DAY)
    if judged is None or judged.contradicted is None:
        return Found(None, None, *most)
    row = judged.contradicted.row
    return Found(row + 1, (times[row] - START) / DAY, *most)


def _most(times: list[float], span: float) -> int:
    return max((sum(at - span < other <= at for other in times) for at in times), default=0)


class Listed:
    """A planner whose times are known from the start."""

    def __init__(self, times: list[float]) -> None:
        """`times` in epoch ms, in order."""
        self._times = iter(times)

    def next(self, _: Chat | None) -> float | None:
        """The next time, whatever the last chat found."""
        return next(self._times, None)


def uniform(casino: Casino, days: int) -> Listed:
    """Moments uniform over the whole time, but for the manners."""
    dice = Dice(casino.run, "uniform")
    manners = Tally(((1, 2 * HOUR), *Caps().spans()))
    for _ in range(round(PLAIN_A_WEEK * days / 7)):
        at = START + dice.unit() * days * DAY
        if manners.has_room(at):
            manners.add(at)
    return Listed(manners.times)


def stratified(casino: Casino, days: int) -> Listed:
    """One chat in each of nine parts of a week, at the hours of the day met least often."""
    dice, met, times = Dice(casino.run, "stratified"), [0] * 24, [START - DAY]
    length = WEEK / PLAIN_A_WEEK
    for part in range(int(days * DAY / length)):
        begin = START + part * length
        hours = [h for h in hours_between("UTC", begin, begin + length) if apart(h, times[-1:], 2 * HOUR)]
        least = min(met[hour.clock] for hour in hours)
        hour = dice.pick([hour for hour in hours if met[hour.clock] == least])
        met[hour.clock] += 1
        times.append(hour.start + dice.unit() * HOUR)
    return Listed(times[1:])


class Ours:
    """Survey, looks and hunt as the product draws them."""

    def __init__(self, casino: Casino, days: int) -> None:
        """Draw the survey and the looks; the hunt follows what is found."""
        self._casino, self._end = casino, START + days * DAY
        self._desk = Desk("casino", hunted=EVERYWHERE)
        self._slots = list(Survey(self._desk, casino.run, []).draw(START, self._end + WEEK, Load(99)))
        looks = Presence(self._desk, casino.run, [], []).draw(START, self._end, Load(99))
        self._looks = [casino.look(slot.at) for slot in sorted(looks, key=lambda slot: slot.at)]
        self._chats: list[Chat] = []
        self._now = START

    def next(self, chat: Chat | None) -> float | None:
        """The survey's next time, or the hunt's if that comes first."""
        if chat:
            self._chats.append(chat)
            self._now = chat.at + self._desk.chat_ms
        survey = next(slot for slot in self._slots if slot.mode == Mode.EVEN and slot.at >= self._now)
        hunt = self.hunted(survey.at)
        if hunt:
            self._slots.append(hunt)
        at = hunt.at if hunt else survey.at
        return at if at < self._end else None

    def drawn_evenly(self, at: float) -> bool:
        """Whether the survey drew the chat at `at` (epoch ms)."""
        return any(slot.at == at and slot.mode == Mode.EVEN for slot in self._slots)

    def hunted(self, before: float) -> Slot | None:
        """The hunt's next chat, if it comes `before` the survey's."""
        looks = self._looks[: bisect_right(self._looks, self._now, key=lambda look: look.at)]
        seen = Seen(tuple(self._chats), tuple(looks))
        # What lies further away than all limits reach decides nothing.
        near = [slot for slot in self._slots if abs(slot.at - self._now) < WEEK + 3 * DAY]
        slots = [slot for slot in near if slot.mode == Mode.EVEN or slot.at < self._now]
        known = [slot if slot.at >= self._now else _done(slot) for slot in slots]
        hunt = self.hunt(seen, known)
        return next((slot for slot in hunt.draw(self._now, before, Load(99)) if not slot.projected), None)

    def hunt(self, seen: Seen, slots: list[Slot]) -> Hunt:
        """The hunt as it stands."""
        return Hunt(self._desk, self._casino.run, seen, slots)


def _done(slot: Slot) -> Slot:
    return replace(slot, status=SlotStatus.DONE)


class _Knowing(Hunt):
    """The hunt of one who knows the hole: there for a miss, anywhere else for an answer."""

    casino: Casino
    missed: frozenset[int]

    def chances(self, hours: Sequence[Hour], *, certified: bool) -> list[float]:
        """Evenly over the hours wanted, those of earlier misses last."""
        wanted = [self.casino.down(hour.start) == certified for hour in hours]
        again = [certified and hour.clock in self.missed for hour in hours]
        return [(0.01 if twice else 1.0) * want for want, twice in zip(wanted, again, strict=True)]


class Oracle(Ours):
    """The same, knowing where the hole is."""

    def hunt(self, seen: Seen, slots: list[Slot]) -> Hunt:
        """The hunt with knowledge in the place of belief."""
        hunt = _Knowing(self._desk, self._casino.run, seen, slots)
        hunt.casino = self._casino
        hunt.missed = frozenset(chat.cell % 24 for chat in seen.chats if chat.missed and chat.counted)
        return hunt


PLANNERS: dict[str, Callable[[Casino, int], Planner]] = {
    "uniform": uniform,
    "stratified": stratified,
    "ours": Ours,
    "oracle": Oracle,
}
