"""What a person needs to judge a message, and what became of blind second opinions."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from chatprobe.model import Speaker
from chatprobe.probe.repeats import delays
from chatprobe.store.decisions import OPINION, corrections, newest_by_rules
from chatprobe.store.doubts import Place
from chatprobe.store.store import Store

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Item:
    """A message with its chat."""

    probe: Row
    """As `Store.probe` gives it."""
    message: Row

    @property
    def place(self) -> Place:
        """Which message it is."""
        return self.probe["id"], self.message["seq"]

    @property
    def chat(self) -> list[Row]:
        """All messages, in the order of time."""
        return sorted(self.probe["messages"], key=lambda one: (one["at"] or "", one["seq"]))

    @property
    def delay_ms(self) -> float | None:
        """From our last text, or before any from opening the chat; None also where a time is damaged."""
        try:
            found = delays(self.probe, self.chat)
            return next((after for message, after in found if message["seq"] == self.message["seq"]), None)
        except ValueError:
            return None

    @property
    def screenshot(self) -> str | None:
        """Its path, from the folder of the database."""
        return next((one["path"] for one in self.probe["artifacts"] if one["kind"] == "screenshot"), None)


def item(store: Store, place: Place) -> Item:
    """A message with its chat; raises UnknownProbe if there is no such probe, KeyError if no such message."""
    probe = store.probe(place[0])
    return Item(probe, {one["seq"]: one for one in probe["messages"]}[place[1]])


def sample(population: Sequence[Place], count: int, seed: int) -> list[Place]:
    """`count` messages, or all if there are fewer, drawn evenly and in any order; for the same seed the same again.

    Messages that came since take the place of a few: each has its own lot, whoever else takes part.
    """
    return sorted(population, key=lambda place: hashlib.sha256(f"{seed} {place}".encode()).digest())[:count]


@dataclass(frozen=True)
class Opinion:
    """What the rules decided and what a person says who did not see it."""

    place: Place
    text: str
    rules: Speaker
    person: Speaker
    settled: bool
    """Somebody corrected the message, so that it no longer depends on the rules."""


def opinions(store: Store, places: Iterable[Place], author: str) -> list[Opinion]:
    """The newest opinion of `author` on each of these messages, where there is one."""
    found = []
    for probe_id, group in groupby(sorted(places), lambda place: place[0]):
        rows = store.decisions.of(probe_id)
        said = {row["seq"]: row for row in rows if row["author"] == author and row["rules"] == OPINION}
        seqs = [seq for _, seq in group if seq in said]
        if seqs:
            by_rules, by_hand = newest_by_rules(rows), corrections(rows)
            texts = {one["seq"]: one["text"] for one in store.probe(probe_id)["messages"]}
            for seq in seqs:
                if not _readable(by_rules.get(seq), said[seq]):
                    continue
                rules, person = Speaker(by_rules[seq]["speaker"]), Speaker(said[seq]["speaker"])
                found.append(Opinion((probe_id, seq), texts[seq], rules, person, seq in by_hand))
    return found


def _readable(*rows: Row | None) -> bool:
    """Whether these decisions are there and name a speaker: damaged ones are nobody's."""
    return all(row is not None and row["speaker"] in list(Speaker) for row in rows)
