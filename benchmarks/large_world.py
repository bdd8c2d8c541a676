"""A world of casinos for a large database: when they answer, how, and what is said. Drawn from a seed, quickly."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks import large_texts as texts
from chatprobe.model import Outcome, Speaker

START = 1_748_736_000_000
"""Sunday, 1 June 2025, 00:00 UTC."""
HOUR = 3_600_000
DAY = 24 * HOUR
DEADLINE = 600_000.0
_CLOCK = [f"T{s // 3600:02}:{s // 60 % 60:02}:{s % 60:02}." for s in range(86_400)]
_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_PAIRS = [a + b for a in _CROCKFORD for b in _CROCKFORD]
_DAYS: dict[int, str] = {}
_SCENARIO = """\
casino: {name}
url: https://{name}.example/
timezone: UTC
claims: {{hours: 24/7, languages: [{languages}], first_reply: 60s}}
questions:
{questions}"""
_SURE = json.dumps([{"source": "wire", "detail": "author.type names a human", "weight": 0.75, "speaker": "human"}])
_BOT = json.dumps([{"source": "dom", "detail": "class names a bot", "weight": 0.75, "speaker": "bot"}])
_SYSTEM = json.dumps([{"source": "text", "detail": "reads like: queue", "weight": 0.75, "speaker": "system"}])
_UNKNOWN = json.dumps([{"source": "dom", "detail": "nothing tells who", "weight": 0.0, "speaker": "unknown"}])
_EVIDENCE = {
    Speaker.HUMAN: (0.75, _SURE),
    Speaker.BOT: (0.75, _BOT),
    Speaker.SYSTEM: (0.75, _SYSTEM),
    Speaker.UNKNOWN: (0.0, _UNKNOWN),
    Speaker.VISITOR: (1.0, None),
}

Line = tuple[float, Speaker, str, bool]
"""Milliseconds from asking, speaker, text, and whether it stands under the agent's name."""


def iso(at: float) -> str:
    """`chatprobe.times.iso`, for millions."""
    days, ms = divmod(int(at), DAY)
    if days not in _DAYS:
        import datetime

        _DAYS[days] = (datetime.date(1970, 1, 1) + datetime.timedelta(days)).isoformat()
    return f"{_DAYS[days]}{_CLOCK[ms // 1000]}{ms % 1000:03}Z"


def ulid(at: int, dice: random.Random) -> str:
    """An identifier that sorts by `at` (epoch ms)."""
    bits = at << 80 | dice.getrandbits(80)
    return "".join([_PAIRS[bits >> shift & 1023] for shift in range(120, -1, -10)])


@dataclass
class Casino:
    """How one casino behaves."""

    name: str
    languages: tuple[str, ...]
    hole: frozenset[int]
    """Hours of the day at which nobody is there."""
    answered: float
    """Chance of an answer while somebody is there."""
    median_ms: float
    spread: float
    unsure: float
    bot: bool
    queue: bool
    crew: Sequence[str]
    sha256: str = ""
    yaml: str = ""

    def __post_init__(self) -> None:
        """Write its scenario."""
        asked = [{one: texts.QUESTIONS[one][n].format(100 * (n + 1)) for one in self.languages} for n in range(2)]
        # JSON is YAML.
        questions = "\n".join(f"  - id: q{n}\n    text: {json.dumps(text)}" for n, text in enumerate(asked))
        self.yaml = _SCENARIO.format(name=self.name, languages=", ".join(self.languages), questions=questions)
        self.sha256 = hashlib.sha256(self.yaml.encode()).hexdigest()

    def agent(self, hour: int, dice: random.Random) -> str:
        """Who answers at this hour: a third of the crew in each shift."""
        shift = len(self.crew) // 3
        return self.crew[hour // 8 * shift + dice.randrange(shift)]


def casinos(count: int, dice: random.Random) -> list[Casino]:
    """`count` casinos: most keep their promise, every third has a hole at night or few people."""
    return [_casino(number, dice) for number in range(count)]


def _casino(number: int, dice: random.Random) -> Casino:
    start, length = dice.randrange(24), dice.choice((0, 0, 0, 4, 6, 8))
    return Casino(
        name=f"casino-{number:03}",
        languages=tuple(dice.sample(texts.LANGUAGES, dice.choice((1, 2, 2, 3)))),
        hole=frozenset((start + hour) % 24 for hour in range(length)),
        answered=dice.choice((0.98, 0.95, 0.9, 0.7)),
        median_ms=dice.choice((15_000.0, 40_000.0, 90_000.0, 240_000.0)),
        spread=dice.uniform(0.5, 1.1),
        unsure=dice.choice((0.0, 0.02, 0.2)),
        bot=dice.random() < 0.6,
        queue=dice.random() < 0.5,
        crew=dice.sample(texts.NAMES, 12),
    )


@dataclass
class Chat:
    """What became of one chat."""

    outcome: Outcome
    human_ms: float | None = None
    unknown_ms: float | None = None
    bot_ms: float | None = None
    joined_ms: float | None = None
    place: int | None = None
    waited_ms: float = 0.0
    agent: str | None = None

    @property
    def answer_ms(self) -> float | None:
        """When somebody spoke."""
        return self.human_ms if self.human_ms is not None else self.unknown_ms


def chat(casino: Casino, hour: int, dice: random.Random) -> Chat:
    """One chat at an hour of the day."""
    away = hour in casino.hole
    if away and dice.random() < 0.5:
        return Chat(Outcome.OFFLINE, waited_ms=1_500.0)
    found = Chat(Outcome.NO_REPLY, waited_ms=DEADLINE)
    found.bot_ms = dice.uniform(300, 1_800) if casino.bot else None
    found.place = dice.randrange(1, 8) if casino.queue else None
    wait = dice.lognormvariate(0.0, casino.spread) * casino.median_ms
    present = dice.random() < (0.03 if away else casino.answered)
    if present and wait < DEADLINE:
        return _answered(found, wait, casino, hour, dice)
    if found.place:
        found.outcome = Outcome.QUEUE_TIMEOUT
    elif found.bot_ms is not None:
        found.outcome = Outcome.BOT_ONLY
    return found


def _answered(found: Chat, wait: float, casino: Casino, hour: int, dice: random.Random) -> Chat:
    found.waited_ms = wait + dice.uniform(45_000, 180_000)
    if dice.random() < casino.unsure:
        found.outcome, found.unknown_ms = Outcome.UNSURE_REPLY, wait
    else:
        found.outcome, found.human_ms = Outcome.HUMAN_REPLY, wait
        found.agent, found.joined_ms = casino.agent(hour, dice), max(0.0, wait - dice.uniform(1_000, 9_000))
    return found


def transcript(one: Chat, language: str, question: int, count: int, dice: random.Random) -> list[Line]:
    """What was said, `count` lines in the order of time."""
    number = dice.randrange(10, 99_999)
    lines: list[Line] = [(0.0, Speaker.VISITOR, texts.QUESTIONS[language][question].format(number), False)]
    if one.bot_ms is not None:
        lines.append((-4_000.0, Speaker.BOT, texts.GREETINGS[language].format(number), False))
        lines.append((one.bot_ms, Speaker.BOT, texts.ANSWERS[language][0].format(number), False))
    answer = one.answer_ms
    if one.joined_ms is not None and one.agent:
        lines.append((one.joined_ms, Speaker.SYSTEM, texts.JOINED[language].format(one.agent), False))
    if answer is not None:
        who = Speaker.HUMAN if one.human_ms is not None else Speaker.UNKNOWN
        lines.append((answer, who, texts.FIRST[language].format(one.agent or "Support"), True))
        lines.append((one.waited_ms, Speaker.VISITOR, texts.THANKS[language], False))
    lines = lines[:count]
    lines.extend(_filling(one, language, count - len(lines), dice))
    return sorted(lines, key=lambda line: line[0])


def _filling(one: Chat, language: str, count: int, dice: random.Random) -> Iterator[Line]:
    """Answers where somebody is there, else notices of the queue."""
    answer = one.answer_ms
    for n in range(count):
        number = dice.randrange(10, 99_999)
        if answer is not None and n < 4:
            who = Speaker.HUMAN if one.human_ms is not None else Speaker.UNKNOWN
            text = texts.ANSWERS[language][number % 3].format(number)
            yield answer + 9_000.0 * (n + 1), who, text, True
        else:
            notice = texts.QUEUE[language].format(max(1, (one.place or 3) - n))
            yield (answer or one.waited_ms) * (n + 1) / (count + 1), Speaker.SYSTEM, notice, False


def evidence(speaker: Speaker) -> tuple[float, str | None]:
    """Confidence and evidence behind a message of this speaker."""
    return _EVIDENCE[speaker]
