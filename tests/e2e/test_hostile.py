"""Hostile pages: the right outcome or a fault of ours, and no harm to the terminal, the database or other probes."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import psutil
import pytest
from playwright.async_api import BrowserContext

from chatprobe.browser import opening
from chatprobe.browser.locate import Candidate
from chatprobe.browser.observer import Observer
from chatprobe.lab import Lab
from chatprobe.lab.extras import ANSWER, SPECIAL, hostile_names
from chatprobe.model import Depth, Event, EventName
from chatprobe.probe import presence
from chatprobe.settings import Limits, Settings
from chatprobe.store.store import Store
from chatprobe.times import iso, now_ms
from tests.e2e.conftest import Probe, scenario_of
from tests.e2e.helpers import chatprobe, scenario

pytestmark = pytest.mark.slow

PLAIN = "bench/static/?"
HEAVY = frozenset({"alert-storm", "busy-load", "busy-question", "flood"})
"""Pages that keep the machine at work."""
DEADLINES = {"busy-question": "25s", "flood": "40s", "huge": "60s"}
"""Those that keep a busy machine at work for longer than the others are waited for; there, drawing fifty thousand rows
may take until the probe holds the page for hung."""
QUESTION = "How long does a withdrawal take?"

EXPECTED = {
    "alert-storm": ("probe_fault", "load"),
    "alerts": ("human_reply", None),
    "beforeunload": ("human_reply", None),
    "busy-load": ("probe_fault", "load"),
    "busy-question": ("probe_fault", None),
    "closing": ("no_reply", None),
    "download": ("human_reply", None),
    "endless": ("human_reply", None),
    "flood": ("human_reply", None),
    "forging": ("human_reply", None),
    "huge": ("human_reply", None),
    "leaving": ("no_reply", None),
    "markup": ("human_reply", None),
    "overwriting": ("human_reply", None),
    "permissions": ("human_reply", None),
    "redirects": ("site_down", "load"),
    "script-redirects": ("site_down", "load"),
}
"""Outcome and failed step of each page."""


def questions(lab: Lab, page: str) -> int:
    """How often the question reached the desk of a page."""
    return sum(text == QUESTION for conversation in lab.truth(page) for _, text in conversation.visitor)


async def test_every_page_ends_as_it_should(lab: Lab, store: Store, visit: Probe, tmp_path: Path) -> None:
    """Several at once in one browser: each its outcome, no question asked twice, and a plain page works afterwards."""
    gates = {True: asyncio.Semaphore(2), False: asyncio.Semaphore(4)}

    async def one(name: str) -> tuple[str, dict[str, Any]]:
        async with gates[name in HEAVY]:
            page = f"hostile/{name}/?close=300"
            return name, await visit(scenario(tmp_path, lab, page, DEADLINES.get(name, "20s")))

    rows = dict(await asyncio.gather(*(one(name) for name in hostile_names() if name != "huge")))
    rows |= dict([await one("huge")])  # alone, or a busy machine takes its page for hung
    found = {name: (row["outcome"], row["failed_step"]) for name, row in rows.items()}
    assert found.pop("flood")[0] in ("human_reply", "probe_fault")
    assert {name: EXPECTED[name] for name in found} == found
    assert {} == {name: times for name in found if (times := questions(lab, f"hostile/{name}")) > 1}
    assert [] == store.check(iso(now_ms()))
    plain = await visit(scenario(tmp_path, lab, f"{PLAIN}close=300", "20s"))
    assert ("human_reply", [QUESTION, ANSWER]) == (plain["outcome"], [m["text"] for m in plain["messages"]][:2])
    forged_words_are_not_heard(rows["forging"])
    replaced_clocks_do_not_move_the_times(rows["overwriting"], lab.truth("hostile/overwriting")[-1].true_frt_ms)
    a_message_of_megabytes_is_cut(rows["huge"])


def forged_words_are_not_heard(row: dict[str, Any]) -> None:
    """Calls of every function a page can reach add no message and no event to the probe."""
    assert [QUESTION, ANSWER] == [message["text"] for message in row["messages"]][:2]
    assert "Forged" not in json.dumps(row)


def replaced_clocks_do_not_move_the_times(row: dict[str, Any], true_ms: float | None) -> None:
    """On a page that replaces Date, performance and MutationObserver the wait is no shorter than the server's."""
    assert true_ms is not None
    assert true_ms - 50 <= row["first_human_ms"]
    assert row["asked_at"] > row["started_at"]


def a_message_of_megabytes_is_cut(row: dict[str, Any]) -> None:
    """Of 5 MB the first 20,000 characters are kept, and a mark that there was more."""
    text = next(message["text"] for message in row["messages"] if message["speaker"] == "human")
    assert text.startswith(SPECIAL["hostile/huge"][:1000])
    assert 10_000 < len(text) <= 20_000


def renderers() -> list[psutil.Process]:
    """The processes that draw pages for this program."""
    found = []
    for child in psutil.Process().children(recursive=True):
        try:
            if "--type=renderer" in child.cmdline():
                found.append(child)
        except psutil.Error:
            continue
    return found


async def test_a_crash_ends_one_probe_only(lab: Lab, store: Store, visit: Probe, tmp_path: Path) -> None:
    """A renderer killed after the question is a fault of ours, not asked again; the next probe knows nothing of it."""

    def kill(event: Event) -> None:
        if event.name is EventName.ASKED:
            for process in renderers():
                process.kill()

    crashed = await visit(scenario(tmp_path, lab, f"{PLAIN}delay=600000", "60s"), kill)
    assert ("probe_fault", 1) == (crashed["outcome"], questions(lab, "bench/static"))
    assert "page_crashed" in [event["name"] for event in crashed["events"]]
    assert "human_reply" == (await visit(scenario(tmp_path, lab, f"{PLAIN}close=300", "60s")))["outcome"]
    assert [] == store.check(iso(now_ms()))


async def test_a_page_that_died_says_nothing_of_the_casino(
    lab: Lab, visit: Probe, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A look whose browser is killed saw no chat: that is a fault of ours, and no chat that is not offered."""
    monkeypatch.setattr(opening, "LATE_S", 1.0)

    async def search(observer: Observer, context: BrowserContext) -> Candidate | None:
        for process in psutil.Process().children(recursive=True):
            if "chrom" in process.name():
                process.kill()
        return await opening.steady_launcher(observer, context)

    monkeypatch.setattr(presence, "steady_launcher", search)

    hasty = Settings(control_url=lab.control_url, limits=Limits(step_timeout=timedelta(seconds=3)))
    row = await visit(scenario_of(lab, "lucky"), depth=Depth.PRESENCE, settings=hasty)
    assert ("probe_fault", "ours") == (row["outcome"], row["side"])


async def test_the_terminal_is_not_harmed(lab: Lab, tmp_path: Path) -> None:
    """Escape sequences in a message reach neither the timeline, the transcript, `show` nor the JSON as raw bytes."""
    path = scenario(tmp_path, lab, "hostile/markup/?close=300", "60s")
    ran = await chatprobe(tmp_path, "run", path)
    shown = await chatprobe(tmp_path, "show", "last")
    as_json = await chatprobe(tmp_path, "show", "last", "--json")
    assert (0, 0, 0) == (ran.code, shown.code, as_json.code)
    for raw in (b"\x1b", b"\x07", b"\x00", "\x9b".encode(), "\u202e".encode()):
        assert raw not in ran.out + ran.err + shown.out + as_json.out
    assert "<img src=x onerror=" in as_json.data["messages"][1]["text"]
