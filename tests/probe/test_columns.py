"""The rows that follow from a chat: the probe's own columns and those of its messages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from chatprobe.model import Decision, Evidence, Observed, Speaker
from chatprobe.probe.digest import Digest, Marks, QueueSighting, Said
from chatprobe.probe.fold import Line
from chatprobe.probe.rows import Rows
from chatprobe.probe.timings import columns_of
from chatprobe.times import epoch_ms

ASKED = epoch_ms("2026-03-02T10:00:00.000Z")
MARKS = Marks(started=ASKED - 9_000, opened=ASKED - 5_000, requested=ASKED - 4_000, asked=ASKED)


def said(key: str, speaker: Speaker, at_ms: float, text: str = "words", name: str | None = None) -> Said:
    message = Observed(text, ASKED + at_ms, name=name, settled_at=ASKED + at_ms + 500)
    evidence = (Evidence("dom", "seen", 0.75, speaker),)
    return Said(Line(key, "list", message, wire_at=ASKED + at_ms - 20), Decision(speaker, 0.75, evidence), None)


CHAT = Digest(
    said=(
        said("g", Speaker.HUMAN, -1_000.0, name="Gina"),
        said("b", Speaker.BOT, 300.04, name="Botty"),
        said("u", Speaker.UNKNOWN, 2_500.0),
        said("h", Speaker.HUMAN, 7_000.26, name="Anna"),
        said("i", Speaker.HUMAN, 9_000.0, name="Bert"),
    ),
    marks=MARKS,
    queue=(QueueSighting(ASKED + 1_000, 5, None), QueueSighting(ASKED + 3_000, 2, 60_000.0)),
    joined_at=ASKED + 6_000,
)


def test_all_waits_count_from_the_question() -> None:
    """Each column is the wait from asking in milliseconds; a greeting counts from the request."""
    expected = {
        "asked_at": "2026-03-02T10:00:00.000Z",
        "requested_at": "2026-03-02T09:59:56.000Z",
        "greeted_ms": 3_000.0,
        "first_human_ms": 7_000.3,
        "first_bot_ms": 300.0,
        "first_unknown_ms": 2_500.0,
        "agent_joined_ms": 6_000.0,
        "queue_entered_ms": 1_000.0,
        "queue_first": 5,
        "queue_last": 2,
        "handoff_ms": None,
        "handoff_turns": None,
        "handoff_clicks": None,
        "waited_ms": 60_000.0,
        "agent": "Anna",
    }
    assert expected == columns_of(CHAT, ASKED + 60_000)


def test_nothing_heard_is_a_wait_and_no_times() -> None:
    """An unanswered chat keeps how long was waited: a censored wait, not a missing one."""
    columns = columns_of(Digest(marks=Marks(ASKED - 9_000, asked=ASKED)), ASKED + 20_000)
    told = {name: value for name, value in columns.items() if value is not None}
    asked = "2026-03-02T10:00:00.000Z"
    assert {"asked_at": asked, "requested_at": asked, "waited_ms": 20_000.0} == told


class Sink:
    """Collects rows as the store's recorder would."""

    def __init__(self) -> None:
        self.rows: list[dict[str, Any]] = []

    def put_message(self, row: Mapping[str, Any]) -> None:
        self.rows.append(dict(row))


def rows_in(sink: Sink) -> Rows:
    return Rows(sink, lambda name: f"<{name}>", "fr")


def test_a_message_becomes_a_row() -> None:
    """A row holds the text, its times from asking, its speaker with the reasons, and a pseudonym for the name."""
    sink = Sink()
    rows_in(sink).keep(replace(CHAT, said=(said("h", Speaker.HUMAN, 7_000.26, "Deux jours.", "Anna"),)))
    expected = {
        "seq": 0,
        "at": "2026-03-02T10:00:07.000Z",
        "at_ms": 7_000.3,
        "wire_ms": 6_980.3,
        "settled_ms": 7_500.3,
        "speaker": "human",
        "confidence": 0.75,
        "evidence": [{"source": "dom", "detail": "seen", "weight": 0.75, "speaker": "human"}],
        "agent": "<Anna>",
        "text": "Deux jours.",
        "language": None,
    }
    assert [expected] == sink.rows


def test_an_answer_carries_its_own_language() -> None:
    """What others write is in the language it is written in, whatever the question's was."""
    sink = Sink()
    text = "Your withdrawal takes two working days."
    speakers = (Speaker.HUMAN, Speaker.BOT, Speaker.UNKNOWN)
    rows_in(sink).keep(replace(CHAT, said=tuple(said(speaker, speaker, 5.0, text) for speaker in speakers)))
    assert ["en", "en", "en"] == [row["language"] for row in sink.rows]


def test_our_own_row_carries_the_language_and_no_agent() -> None:
    """The visitor's language is known; his displayed name is nobody's pseudonym."""
    sink = Sink()
    rows_in(sink).keep(replace(CHAT, said=(said("v", Speaker.VISITOR, 5.0, name="Alex"),)))
    assert [("fr", None)] == [(row["language"], row["agent"]) for row in sink.rows]


def test_before_asking_a_row_has_a_time_but_no_wait() -> None:
    """Where nothing was asked, `at` is set and `at_ms` is not."""
    sink = Sink()
    rows_in(sink).keep(Digest(said=(said("b", Speaker.BOT, 0.0),), marks=Marks(ASKED)))
    assert [("2026-03-02T10:00:00.000Z", None)] == [(row["at"], row["at_ms"]) for row in sink.rows]


def test_only_news_is_handed_on_and_numbers_stay() -> None:
    """A message keeps its number when it is decided anew; one that did not change is not written again."""
    sink, again = Sink(), said("u", Speaker.HUMAN, 2_500.0)
    rows = rows_in(sink)
    for chat in (CHAT, CHAT, replace(CHAT, said=(*CHAT.said[:2], again, *CHAT.said[3:]))):
        rows.keep(chat)
    assert [0, 1, 2, 3, 4, 2] == [row["seq"] for row in sink.rows]
    assert ["human", "bot", "human", "human", "human"] == [row["speaker"] for row in rows.all()]
