"""Visits to desks that never were: who was there, who answered and after how long, drawn from a seed.

Nothing here was measured. The month shows what a report looks like when there is much to tell; whoever keeps it must
say so in every row.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from chatprobe.lab.chatter import BOT, QUESTIONS, Line, Say, answer, question

HOUR_MS = 3_600_000.0
DAY_MS = 24 * HOUR_MS
DEADLINE_S = 600.0
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_WEEK = frozenset(range(7))
_STAYS_S = 62.0
"""From a person's first words to our leaving."""


@dataclass(frozen=True)
class Shift:
    """The people of some hours of the day."""

    start: int
    """Hour of the day, on the casino's clocks."""
    hours: int
    names: tuple[str, ...]
    languages: tuple[str, ...] = ("en",)
    """What they can write; asked in another one, they answer in the first."""
    slower: float = 1.0
    """Their waits are so many times as long."""
    days: frozenset[int] = _WEEK
    """Weekdays on which it begins, 0 is Monday."""

    def covers(self, cell: int) -> bool:
        """Whether it works in an hour of the week (0-167)."""
        into = (cell - self.start) % 24
        return into < self.hours and (cell - into) % 168 // 24 in self.days


@dataclass(frozen=True)
class House:
    """A simulated casino: what it says, and how it really is."""

    name: str
    about: str
    """What is true of it, in a sentence."""
    claims: str
    """YAML, as in a scenario."""
    shifts: tuple[Shift, ...]
    asked_in: tuple[str, ...] = ("en",)
    timezone: str = "Europe/Malta"
    median_s: float = 60.0
    """Of the waits for a person while one is there; they are log-normal."""
    spread: float = 0.6
    answers: float = 0.98
    """Chance that a person who is there answers at all."""
    sign: float = 1.0
    """Chance that the widget shows it when nobody is there."""
    bot: float | None = None
    """Chance that its bot lets one through to a person; None where there is no bot."""
    line_s: float = 0.0
    """Seconds each place in the evening's line takes; 0 where there is no line."""
    unsure: float = 0.02
    """Chance that nobody can say who answered."""
    fault: float = 0.03
    """Chance that we fail before asking."""
    chats_a_day: float = 8.0
    """No real casino should be asked so often: the hours are the point here, and nobody's time is spent."""
    days: int = 30

    @property
    def scenario(self) -> str:
        """The scenario it was visited with, YAML."""
        questions = "\n".join(question(key, self.asked_in) for key in QUESTIONS)
        return (
            f"# A simulated casino: {self.about}\ncasino: {self.name}\nurl: http://simulated.invalid/{self.name}/\n"
            f"timezone: {self.timezone}\nclaims: {self.claims}\nquestions:\n{questions}\n"
        )

    def cell(self, at: float) -> int:
        """The hour of the week (0-167) of `at` (epoch ms) on its clocks."""
        local = (_EPOCH + timedelta(milliseconds=at)).astimezone(ZoneInfo(self.timezone))
        return local.weekday() * 24 + local.hour

    def shift(self, cell: int) -> Shift | None:
        """Who is there in an hour of the week."""
        return next((shift for shift in self.shifts if shift.covers(cell)), None)


@dataclass
class Visit:
    """What one visit finds; times in seconds from the question."""

    house: House
    at: float
    """When the question is sent, or would have been: epoch ms."""
    cell: int
    depth: str
    outcome: str = "online"
    """Named as a probe names it."""
    ended_by: str = "presence"
    question: str | None = None
    language: str | None = None
    waited_s: float | None = None
    human_s: float | None = None
    unknown_s: float | None = None
    bot_s: float | None = None
    joined_s: float | None = None
    places: tuple[int, int] | None = None
    """First and last place in line that was told."""
    handoff_s: float | None = None
    turns: int | None = None
    """Sentences it took to be let through by the bot."""
    right: bool | None = None
    """Whether a person's answer was right."""
    agent: str | None = None
    """The name of the person."""
    lines: list[Line] = field(default_factory=list)

    def say(self, at_s: float, said: Say, name: str | None = None) -> None:
        """Add a line."""
        self.lines.append(Line(at_s, said, name))

    def end(self, outcome: str, ended_by: str, waited_s: float) -> None:
        """We stop listening."""
        self.outcome, self.ended_by, self.waited_s = outcome, ended_by, waited_s


def visits(house: House, seed: int, start: float) -> Iterator[Visit]:
    """All visits to `house` from `start` (epoch ms) on, chats first; the same arguments give the same visits."""
    luck = random.Random(f"{seed}/{house.name}")  # noqa: S311  # drawn to be drawn again
    chats = _moments(house, luck, start, house.chats_a_day)
    looks = _moments(house, luck, start, 8)
    yield from (_chat(house, luck, at, number) for number, at in enumerate(chats))
    yield from (_look(house, luck, at) for at in looks)


def _moments(house: House, luck: random.Random, start: float, a_day: float) -> list[float]:
    """One moment in each of `a_day` parts of a day, in an hour of the day that came least often so far."""
    met: Counter[int] = Counter()
    times, length = [], DAY_MS / a_day
    for part in range(int(house.days * a_day)):
        hours = [start + part * length + hour * HOUR_MS for hour in range(int(length / HOUR_MS))]
        least = min(met[house.cell(hour) % 24] for hour in hours)
        at = luck.choice([hour for hour in hours if met[house.cell(hour) % 24] == least])
        met[house.cell(at) % 24] += 1
        times.append(at + luck.random() * HOUR_MS)
    return times


def _look(house: House, luck: random.Random, at: float) -> Visit:
    cell = house.cell(at)
    closed = house.shift(cell) is None and luck.random() < house.sign
    return Visit(house, at, cell, "presence", "offline" if closed else "online")


def _chat(house: House, luck: random.Random, at: float, number: int) -> Visit:
    cell = house.cell(at)
    visit = Visit(house, at, cell, "chat")
    if luck.random() < house.fault:
        visit.outcome, visit.ended_by = luck.choice(["probe_fault", "scenario_broken"]), "fault"
        return visit
    visit.language = house.asked_in[number % len(house.asked_in)]
    visit.question = luck.choice(list(QUESTIONS))
    shift = house.shift(cell)
    if shift is None and luck.random() < house.sign:
        visit.outcome, visit.ended_by = "offline", "offline"
        return visit
    visit.say(0.0, Say("visitor", QUESTIONS[visit.question].asked[visit.language], visit.language))
    _ask(visit, shift if luck.random() < house.answers else None, luck)
    return visit


def _ask(visit: Visit, shift: Shift | None, luck: random.Random) -> None:
    """The question was sent; past the bot and the line, to a person of `shift` where one will answer."""
    through = _past_bot(visit, luck)
    at_s = (visit.handoff_s or 0.0) + _stood_in_line(visit, luck)
    if shift is None or not through:
        visit.end("bot_only" if visit.bot_s is not None else "no_reply", "deadline", DEADLINE_S)
        return
    at_s += luck.lognormvariate(0.0, visit.house.spread) * visit.house.median_s * shift.slower
    if at_s < DEADLINE_S:
        _answered(visit, shift, at_s, luck)
    elif visit.places:
        visit.end("queue_timeout", "deadline", DEADLINE_S)
    else:
        visit.end("bot_only" if visit.bot_s is not None else "no_reply", "deadline", DEADLINE_S)


def _past_bot(visit: Visit, luck: random.Random) -> bool:
    house, language = visit.house, visit.language or "en"
    if house.bot is None:
        return True
    visit.bot_s = at_s = 0.6 + luck.random() * 1.6
    greeting, excuse, wanted, handing = BOT[language]
    visit.say(at_s, Say("bot", greeting, language))
    through = luck.random() < house.bot
    visit.turns = luck.choice([1, 1, 2, 2, 3, 4]) if through else 3
    for _ in range(visit.turns):
        visit.handoff_s = visit.handoff_s or at_s + 4
        visit.say(at_s + 4, Say("visitor", wanted, language))
        at_s += 6 + luck.random() * 3
        visit.say(at_s, Say("bot", excuse, language))
    if through:
        visit.lines[-1] = Line(at_s, Say("bot", handing, language))
        visit.handoff_s = at_s
    return through


def _stood_in_line(visit: Visit, luck: random.Random) -> float:
    """Seconds in a line that grows in the evening and at weekends."""
    house, hour, weekend = visit.house, visit.cell % 24, visit.cell >= 120
    if not house.line_s or not (17 <= hour <= 23):
        return 0.0
    first = luck.randint(1, 9 if weekend else 6)
    waited = sum(luck.expovariate(1 / house.line_s) for _ in range(first))
    visit.places = first, 1 if waited < DEADLINE_S else max(2, first // 2)
    return waited


def _answered(visit: Visit, shift: Shift, at_s: float, luck: random.Random) -> None:
    """Somebody answers after `at_s`."""
    language = visit.language if visit.language in shift.languages else shift.languages[0]
    name, right = luck.choice(shift.names), luck.random() < 0.85
    unsure = luck.random() < visit.house.unsure
    greeting, reply, thanks = answer(visit.question or "", language or "en", right, luck)
    who = "unknown" if unsure else "human"
    if unsure:
        visit.unknown_s = at_s
    else:
        visit.human_s, visit.agent, visit.right = at_s, name, right
        visit.joined_s = at_s - min(at_s / 2, 4.0)
    visit.say(at_s, Say(who, greeting.format(name=name), language), None if unsure else name)
    visit.say(at_s + 21, Say(who, reply, language), None if unsure else name)
    visit.say(at_s + 27, Say("visitor", thanks, visit.language))
    left = ("unsure_reply", "unknown_silent", 141.0) if unsure else ("human_reply", "human_silent", _STAYS_S + 4)
    visit.end(left[0], left[1], at_s + left[2])
