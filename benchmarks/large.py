"""`python -m benchmarks.large N FILE`: a database of N probes and 5 N messages, as after months of 300 casinos.

Half the probes are chats, drawn by both modes of the plan. Everything comes from the seed: the same N and seed give the
same file. The key of its pseudonyms lies beside it, as always. Written past the recorder, a million probes take some
two minutes: enough to measure what reads, of no use for what writes.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import random
import sqlite3
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from benchmarks.large_world import DAY, HOUR, START, Casino, Chat, casinos, chat, evidence, iso, transcript, ulid
from chatprobe.model import Depth, EndedBy, Mode, Outcome, SlotReason, SlotStatus, Speaker
from chatprobe.store.codebook import relation
from chatprobe.store.migrations import migrations
from chatprobe.store.pseudonym import Pseudonyms, key_file

CASINOS = 300
A_DAY = 6
"""Probes a day at each casino, half of them chats."""
MESSAGES = 5
"""For each probe, on average and in sum."""
_BATCH = 2_000
_CLAIM = {Depth.CHAT: (Mode.EVEN, Mode.ADAPTIVE), Depth.PRESENCE: (Mode.EVEN, Mode.EVEN)}
_ENDED = {
    Outcome.HUMAN_REPLY: EndedBy.HUMAN_SILENT,
    Outcome.UNSURE_REPLY: EndedBy.UNKNOWN_SILENT,
    Outcome.OFFLINE: EndedBy.OFFLINE,
}
_FAULTS = (Outcome.PROBE_FAULT, Outcome.SCENARIO_BROKEN, Outcome.CAPTCHA, Outcome.BLOCKED)
_LOOKS = ((0.005, Outcome.NOT_OFFERED), (0.01, Outcome.SITE_DOWN))
_MISSED = (SlotReason.BUDGET, SlotReason.DAEMON_DOWN, SlotReason.LAG)


def write(path: Path, probes: int, seed: int = 1) -> None:
    """Make the new database `path` with so many probes; FileExistsError if it is there."""
    path.touch(0o600, exist_ok=False)
    key = hashlib.sha256(str(seed).encode()).digest()
    key_file(path).write_text(key.hex() + "\n", "ascii")
    key_file(path).chmod(0o600)
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        migrations.apply(Database(db))
        db.execute("PRAGMA journal_mode = OFF")
        db.execute("PRAGMA synchronous = OFF")
        later = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL").fetchall()
        for name, _ in later:
            db.execute(f"DROP INDEX {name}")
        db.execute("BEGIN")
        _fill(db, Rows(probes, seed, Pseudonyms(key)))
        for _, sql in later:
            db.execute(sql)
        db.execute("COMMIT")
        db.execute("PRAGMA journal_mode = WAL")


def _fill(db: sqlite3.Connection, rows: Rows) -> None:
    _insert(db, "scenarios", rows.scenarios())
    _insert(db, "uptime", [("bench", iso(START), iso(rows.until))])
    every = rows.visits()
    while batch := list(itertools.islice(every, _BATCH)):
        slots, probes, messages = zip(*batch, strict=True)
        _insert(db, "slots", itertools.chain.from_iterable(slots))
        _insert(db, "probes", probes)
        _insert(db, "messages", itertools.chain.from_iterable(messages))


def _insert(db: sqlite3.Connection, table: str, rows: Any) -> None:
    names = relation(table).names
    db.executemany(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})", rows)


Row = Sequence[Any]
Visit = tuple[list[Row], Row, list[Row]]
"""Rows of `slots`, the row of `probes`, rows of `messages`."""


class Rows:
    """All rows, in the order of time."""

    def __init__(self, probes: int, seed: int, pseudonyms: Pseudonyms) -> None:
        self._dice = random.Random(seed)
        self._probes = probes
        # A small database has few casinos rather than few days of many.
        self._casinos = casinos(max(1, min(CASINOS, probes // 3_000)), self._dice)
        self._left = MESSAGES * probes
        self._names = {name: pseudonyms.of(name) for casino in self._casinos for name in casino.crew}
        self._key_name = pseudonyms.key_name
        self.until = START + (probes // (A_DAY * len(self._casinos)) + 1) * DAY

    def scenarios(self) -> list[Row]:
        """Rows of `scenarios`."""
        return [(one.sha256, one.name, one.yaml, iso(START)) for one in self._casinos]

    def visits(self) -> Iterator[Visit]:
        """Every probe with its slots and messages."""
        depths = [Depth.CHAT, Depth.PRESENCE] * (A_DAY // 2)
        done, open_chats = 0, sum(1 for n in range(self._probes) if depths[n % A_DAY] is Depth.CHAT)
        for day in itertools.count():
            due = [
                (START + day * DAY + self._dice.randrange(DAY), casino, depth)
                for casino in self._casinos
                for depth in depths
            ]
            for at, casino, depth in sorted(due[: self._probes - done], key=lambda one: one[0]):
                if depth is Depth.PRESENCE:
                    yield self._look(at, casino)
                else:
                    yield self._chat(at, casino, open_chats)
                    open_chats -= 1
            done += len(due)
            if done >= self._probes:
                return

    def _length(self, open_chats: int) -> int:
        """Messages of the next chat: some more or less than what is left for each."""
        mean = self._left / open_chats
        length = self._left if open_chats == 1 else min(self._left, max(1, round(mean * self._dice.uniform(0.5, 1.5))))
        self._left -= length
        return length

    def _slot(self, at: int, casino: Casino, depth: Depth, probe: str) -> tuple[str, list[Row]]:
        slot, mode = ulid(at - 2_000, self._dice), self._dice.choice(_CLAIM[depth])
        cell, planned = _cell(at), iso(at - 2_000)
        chance = 1 / 42 if mode is Mode.EVEN else 1 / 24
        rows: list[Row] = [
            (slot, casino.name, depth, cell, planned, mode, chance, 1, SlotStatus.DONE, None, planned, probe)
        ]
        if self._dice.random() < 0.05:
            reason, other = self._dice.choice(_MISSED), ulid(at - 1_000, self._dice)
            when = iso(at - 1_000)
            rows.append((other, casino.name, depth, cell, when, mode, chance, 1, reason.status, reason, None, None))
        return slot, rows

    def _look(self, at: int, casino: Casino) -> Visit:
        luck, probe = self._dice.random(), ulid(at, self._dice)
        slot, slots = self._slot(at, casino, Depth.PRESENCE, probe)
        outcome = Outcome.OFFLINE if (at % DAY) // HOUR in casino.hole else Outcome.ONLINE
        if luck < 0.02:
            outcome = self._dice.choice(_FAULTS)
        else:
            outcome = next((other for share, other in _LOOKS if luck < 0.02 + share), outcome)
        known = {"outcome": outcome, "ended_by": EndedBy.PRESENCE, "finished_at": iso(at + 6_000)}
        return slots, self._probe(probe, at, casino, Depth.PRESENCE, slot, known), []

    def _chat(self, at: int, casino: Casino, open_chats: int) -> Visit:
        dice, probe = self._dice, ulid(at, self._dice)
        slot, slots = self._slot(at, casino, Depth.CHAT, probe)
        luck = dice.random()
        if luck < 0.02 and open_chats > 1:
            known = {"outcome": dice.choice(_FAULTS), "ended_by": EndedBy.STEP, "finished_at": iso(at + 9_000)}
            return slots, self._probe(probe, at, casino, Depth.CHAT, slot, known), []
        asked = at + dice.randrange(4_000, 15_000)
        one = chat(casino, (asked % DAY) // HOUR, dice)
        if luck > 0.99:
            one = Chat(Outcome.INTERRUPTED, waited_ms=dice.uniform(1_000, 90_000))
        language, question = dice.choice(casino.languages), dice.randrange(2)
        said = transcript(one, language, question, self._length(open_chats), dice)
        messages = [self._message(probe, seq, asked, line, language, one) for seq, line in enumerate(said)]
        known = self._told(asked, one, language, question)
        return slots, self._probe(probe, at, casino, Depth.CHAT, slot, known), messages

    def _told(self, asked: int, one: Chat, language: str, question: int) -> dict[str, Any]:
        return {
            "outcome": one.outcome,
            "ended_by": _ENDED.get(one.outcome, EndedBy.DEADLINE),
            "finished_at": iso(asked + one.waited_ms + 4_000),
            "requested_at": iso(asked - 1_500),
            "asked_at": iso(asked),
            "cell": _cell(asked),
            "question_id": f"q{question}",
            "language": language,
            "first_bot_ms": one.bot_ms,
            "first_unknown_ms": one.unknown_ms,
            "first_human_ms": one.human_ms,
            "agent_joined_ms": one.joined_ms,
            "queue_entered_ms": None if one.place is None else 800.0,
            "queue_first": one.place,
            "queue_last": one.place and 1,
            "waited_ms": one.waited_ms,
            "deadline_ms": 600_000.0,
            "resolution_ms": 0.0,
            "page_lag_ms": 18.0,
            "answer_match": None if one.human_ms is None else int(self._dice.random() < 0.9),
            "agent": one.agent and self._names[one.agent],
        }

    def _probe(self, probe: str, at: int, casino: Casino, depth: Depth, slot: str, known: dict[str, Any]) -> Row:
        facts = {
            "id": probe,
            "casino": casino.name,
            "scenario_sha256": casino.sha256,
            "slot_id": slot,
            "origin": "plan",
            "depth": depth,
            "cell": _cell(at),
            "vantage": "bench",
            "machine": "bench",
            "planned_at": iso(at - 2_000),
            "started_at": iso(at),
            "page_ms": 1_800.0,
            "open_ms": 3_100.0,
            "side": known["outcome"].side,
            "clock_offset_ms": 0.4,
            "pseudonym_key": self._key_name,
            "rules": "2026.1",
            "software": "0.1.0",
            "browser": "Chromium 140",
            **known,
        }
        return [facts.get(name) for name in _PROBE]

    def _message(self, probe: str, seq: int, asked: int, line: Any, language: str, one: Chat) -> Row:
        at_ms, speaker, text, named = line
        confidence, why = evidence(speaker)
        agent = self._names[one.agent] if named and one.agent else None
        spoken = language if speaker in (Speaker.HUMAN, Speaker.VISITOR) else None
        at = iso(asked + at_ms)
        return (probe, seq, at, at_ms, at_ms - 4.0, at_ms, speaker, confidence, why, agent, text, spoken)


_PROBE = relation("probes").names


def _cell(at: int) -> int:
    return (at // HOUR + 72) % 168  # 1 January 1970 was a Thursday


def main() -> None:
    """Write one file."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.large", description=__doc__)
    parser.add_argument("probes", type=int, metavar="N", help="how many probes; five times as many messages")
    parser.add_argument("file", type=Path, metavar="FILE", help="the new database")
    parser.add_argument("--seed", type=int, default=1, help="default: 1")
    options = parser.parse_args()
    began = time.monotonic()
    write(options.file, options.probes, options.seed)
    size, seconds = options.file.stat().st_size / 1e6, time.monotonic() - began
    print(f"{options.file}: {options.probes:,} probes, {size:,.0f} MB, {seconds:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    main()
