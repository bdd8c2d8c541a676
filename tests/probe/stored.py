"""A chat put into a real database as a live probe puts it there: event by event, deciding as it goes."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, cast

from ulid import ULID

from chatprobe.browser.chat import Chat
from chatprobe.model import EndedBy, Event, EventName
from chatprobe.probe.digest import Marks, digest
from chatprobe.probe.ending import outcome_of
from chatprobe.probe.journal import Journal
from chatprobe.probe.listening import Listening
from chatprobe.probe.order import Order
from chatprobe.probe.rows import Rows
from chatprobe.probe.timings import columns_of
from chatprobe.scenario.load import load_file
from chatprobe.speaker.rules import RULES
from chatprobe.speaker.sources import is_machine_name
from chatprobe.store.recorder import Recorder
from chatprobe.store.store import Store
from chatprobe.times import epoch_ms, iso

START = epoch_ms("2026-03-02T10:00:00.000Z")
ASKED = START + 10_000.3
LEASE = "2026-03-02T10:30:00.000Z"
HEAD = "casino: lucky\nurl: https://lucky.example/\nquestions: [{id: q1, text: How long does a withdrawal take?}]\n"
HUMAN = {"matches": ["human"]}
OURS = {"visitor": True}


def row(key: str, seconds: float, text: str, **detail: Any) -> Event:
    """A message so many seconds after the question."""
    at = ASKED + seconds * 1000
    return Event(at, EventName.MESSAGE, {"id": key, "text": text, "region": "list", "changed_at": at, **detail})


def frame(seconds: float, data: str) -> Event:
    """A frame from the server."""
    return Event(ASKED + seconds * 1000, EventName.WIRE, {"direction": "in", "via": "websocket", "data": data})


class Visit:
    """One chat being written; `add` what happens, then `close`."""

    def __init__(self, store: Store, folder: Path, yaml: str = "", **columns: Any) -> None:
        file = folder / f"{ULID()}.yaml"
        file.write_text(HEAD + yaml, encoding="utf-8")
        scenario = load_file(file)
        store.add_scenario(scenario.casino, scenario.sha256, scenario.yaml, iso(START))
        self.id = str(ULID())
        facts = {"id": self.id, "casino": "lucky", "depth": "chat", "started_at": iso(START), "rules": RULES}
        sources = {"scenario_sha256": scenario.sha256, "question_id": "q1", "language": "en"}
        self.recorder: Recorder = store.begin({**facts, **sources, **columns}, LEASE, self.id, is_machine_name)
        self.order = Order(scenario, scenario.questions[0], "en")
        self.journal = Journal(self.recorder)
        rows = Rows(self.recorder, self.recorder.pseudonyms.of, "en")
        self.listening = Listening(self.order, cast("Chat", None), self.journal, rows)
        self.marks = Marks(START, START + 4_000.5, START + 5_000.25, ASKED)
        self.journal.tell(EventName.ASKED, ASKED, opened_at=self.marks.opened, requested_at=self.marks.requested)
        self.add(row("q", 0.05, "How long does a withdrawal take?", **OURS))

    def add(self, event: Event) -> None:
        """Let something happen, and decide as listening does."""
        self.journal.add(event)
        self.chat = digest(self.journal.of_this_try, self.marks, self.order.rules())
        self.listening._tell_notices(self.chat)
        self.listening._tell_decisions(self.chat)
        self.listening.rows.keep(self.chat)

    def close(self, ended_by: EndedBy = EndedBy.DEADLINE, later: Iterable[Event] = ()) -> str:
        """End listening; `later` comes while the visitor leaves. Gives the probe's id."""
        self.journal.tell(EventName.LISTENED, ended_by=str(ended_by))
        over = ASKED + 600_000
        columns = columns_of(self.chat, over) | {"open_ms": 4_000.5}
        for event in later:
            self.journal.add(event)
        name = columns["agent"]
        agent = self.recorder.pseudonyms.of(name) if name else None
        outcome = str(outcome_of(self.chat, ended_by))
        ending = {"agent": agent, "outcome": outcome, "ended_by": str(ended_by), "finished_at": iso(over)}
        self.recorder.finish(columns | ending)
        return self.id


def visited(store: Store, folder: Path, events: Iterable[Event], yaml: str = "", **columns: Any) -> str:
    """A finished probe of these events; its id."""
    visit = Visit(store, folder, yaml, **columns)
    for event in events:
        visit.add(event)
    return visit.close()
