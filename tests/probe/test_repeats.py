"""What other visits of a casino heard, read back from the file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ulid import ULID

from chatprobe.model import Event, EventName, Speaker
from chatprobe.probe.again import decide_again
from chatprobe.probe.basis import kept_basis
from chatprobe.probe.digest import Marks, digest
from chatprobe.probe.repeats import repeats
from chatprobe.speaker.rules import Rules
from chatprobe.store import Store
from chatprobe.times import epoch_ms, iso
from tests.probe.stored import row, visited

START = epoch_ms("2026-03-02T10:00:00.000Z")
HOUR = 3_600_000.0
DAY = 24 * HOUR
ASKED = 8_000.0
"""When the question is asked, in ms from the probe's start; the chat is open 2 s before."""


def visit(store: Store, at: float, *said: tuple[float, str, str], **columns: Any) -> None:
    """A finished probe begun at `at`; each message is ms from the question, speaker, text."""
    probe_id = str(ULID())
    row = {"id": probe_id, "casino": columns.pop("casino", "lucky"), "depth": "chat", "started_at": iso(at)}
    recorder = store.begin(row, iso(at + HOUR), lease_key=probe_id)
    for seq, (after, speaker, text) in enumerate(said):
        recorder.put_message({"seq": seq, "at": iso(at + ASKED + after), "speaker": speaker, "text": text})
    usual = {"outcome": "unsure_reply", "asked_at": iso(at + ASKED), "open_ms": ASKED - 2_000, "resolution_ms": 0.0}
    recorder.finish({**usual, "finished_at": iso(at + HOUR), **columns})


def pool(store: Store, near: float = START - DAY) -> dict[str, tuple[float, ...]]:
    return repeats(store, "lucky", iso(near))


def test_delays_count_from_our_last_text(store: Store) -> None:
    """A greeting counts from opening, an answer from asking, a later one from what we said last; first times only."""
    lines = [
        (-1_000.0, "bot", "Welcome!"),
        (0.0, "visitor", "How long?"),
        (6_000.0, "unknown", "One day."),
        (9_000.0, "visitor", "Thanks"),
        (13_000.0, "human", "Bye"),
        (14_000.0, "unknown", "One day."),
    ]
    visit(store, START, *lines)
    assert {"welcome": (1_000.0,), "one day": (6_000.0,), "bye": (4_000.0,)} == pool(store)


def test_each_other_day_counts_once(store: Store) -> None:
    """Every other day of the casino adds its first delay; the probe's own day and other casinos add none."""
    for days, hours, delay in ((0, 0, 6_000.0), (1, 5, 6_002.0), (1, 0, 6_001.0), (2, 0, 6_003.0)):
        visit(store, START + days * DAY + hours * HOUR, (delay, "unknown", "One day."))
    visit(store, START + DAY, (7_000.0, "unknown", "One day."), casino="other")
    assert {"one day": (6_001.0, 6_003.0)} == pool(store, near=START + 3 * HOUR)


@pytest.mark.parametrize(
    "columns",
    [
        {"resolution_ms": 3_000.0},
        {"outcome": "interrupted"},
        {"asked_at": None},
        {"pruned_at": iso(START)},
    ],
)
def test_what_proves_nothing_is_left_out(store: Store, columns: dict[str, Any]) -> None:
    """A widget that polls shows all on its own beat; faults of ours and emptied texts tell nothing."""
    visit(store, START, (6_000.0, "unknown", "One day."), **columns)
    assert {} == pool(store)


def test_the_pool_is_bounded_and_near(store: Store) -> None:
    """Of many visits the sixty nearest in time are asked."""
    for number in range(63):
        visit(store, START + number * DAY, (6_000.0 + number, "unknown", "One day."))
    assert {"one day": tuple(6_000.0 + n for n in range(60))} == pool(store)


def test_the_third_day_tells(store: Store) -> None:
    """A chat heard like those of two other days is a bot's; within one sitting nobody is found out."""
    asked = START + ASKED
    events = [
        Event(asked + 5, EventName.MESSAGE, {"id": "v", "region": "list", "text": "How long?", "visitor": True}),
        Event(asked + 6_000, EventName.MESSAGE, {"id": "a", "region": "list", "text": "One day."}),
    ]
    marks = Marks(START, asked - 2_000, None, asked)
    visits = [(START - HOUR, START - 2 * HOUR), (START - DAY, START + DAY)]
    found = []
    for at in visits:
        for one in at:
            visit(store, one, (5.0, "visitor", "How long?"), (6_000.0, "unknown", "One day."))
        chat = digest(events, marks, Rules(repeats=pool(store, near=START)))
        found.append(chat.said[-1].speaker)
    assert [Speaker.UNKNOWN, Speaker.BOT] == found


def test_deciding_again_knows_later_days(store: Store, tmp_path: Path) -> None:
    """What nobody could tell on the first day is a bot's, and so is the outcome, once two more days were heard."""
    first = visited(store, tmp_path, [row("a", 6.0, "One day.")])
    for day in (1, 2):
        visit(store, START + day * DAY, (50.0, "visitor", "How long?"), (6_000.0, "unknown", "One day."))
    again = decide_again(store, first, kept_basis(store))
    speakers = [(one.before.speaker, one.after.speaker) for one in again.messages]
    assert ([(Speaker.UNKNOWN, Speaker.BOT)], ("unsure_reply", "bot_only")) == (speakers, again.columns["outcome"])
