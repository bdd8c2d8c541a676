"""Listening to chats of many makes, without a selector: pages that resemble one another in nothing but being chats.

Each page in ``widgets/`` runs the same script (``desk.js``): a queue notice, an arrival, typing, several answers, the
same answer twice, a list drawn again, a streamed answer. It keeps what it said, and when.
"""

from __future__ import annotations

import asyncio
import statistics
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Frame

from chatprobe.browser.chat import Chat
from chatprobe.browser.context import Browsers, ContextOptions
from chatprobe.browser.frames import all_frames
from chatprobe.browser.launch import find_browser
from chatprobe.browser.locate import find_composer
from chatprobe.browser.pointing import click
from chatprobe.browser.survey import survey
from chatprobe.model import Event, Speaker
from chatprobe.probe.digest import Digest, Marks, digest
from chatprobe.speaker.rules import Rules

WIDGETS = Path(__file__).parent / "widgets"
PAGES = sorted(page.stem for page in WIDGETS.glob("*.html"))
QUESTION = "How long does a withdrawal usually take?"
AT_ONCE = 4
PATIENCE_MS = 120_000

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Heard:
    """What was heard on one page, and what was said there."""

    chat: Digest
    truth: list[dict[str, Any]]

    @property
    def answers(self) -> list[str]:
        """What the desk said in person."""
        return [said["text"] for said in self.truth if said["kind"] == "agent"]

    def told(self) -> list[str]:
        """What passes for an answer: all that no machine's notice is."""
        asked = self.chat.marks.asked or 0.0
        nobody = (Speaker.VISITOR, Speaker.SYSTEM)
        return [said.line.message.text for said in self.chat.said if said.speaker not in nobody and said.at >= asked]


async def _frame_of_box(chat: Chat) -> Frame:
    seen = await survey(chat.observer, chat.context)
    composer = find_composer(seen)
    assert composer is not None, chat.page.url
    assert await click(chat.observer, seen, composer)
    for frame in all_frames(chat.context):
        if await chat.attend(frame):
            return frame
    raise AssertionError("no box has the focus")


async def _listen(browsers: Browsers, page: str, gate: asyncio.Semaphore) -> Heard:
    events: list[Event] = []
    async with gate, browsers.context(ContextOptions(locale="en")) as context:
        chat = Chat(context, {}, events.append)
        await chat.start()
        await chat.goto((WIDGETS / f"{page}.html").as_uri(), 60_000)
        await _frame_of_box(chat)
        await chat.type(QUESTION)
        await chat.expect(QUESTION)
        await chat.page.keyboard.press("Enter")
        assert await chat.echoed(60)
        await chat.listen()
        await chat.page.wait_for_function("document.documentElement.dataset.over", timeout=PATIENCE_MS)
        await chat.quiet(2.0, 10.0)
        truth = await chat.page.evaluate("truth")
    asked = next(said["at"] for said in truth if said["kind"] == "visitor")
    return Heard(digest(events, Marks(asked, asked, None, asked - 1), Rules(floor_ms=0.0)), truth)


async def _listen_to_all() -> dict[str, Heard]:
    gate = asyncio.Semaphore(AT_ONCE)
    async with Browsers(find_browser()) as browsers:
        heard = await asyncio.gather(*(_listen(browsers, page, gate) for page in PAGES))
    return dict(zip(PAGES, heard, strict=True))


@pytest.fixture(scope="module")
def heard() -> dict[str, Heard]:
    """Every page, visited once."""
    return asyncio.run(_listen_to_all())


@pytest.mark.parametrize("page", PAGES)
def test_answers_are_read_word_for_word_and_nothing_else_passes_for_one(heard: dict[str, Heard], page: str) -> None:
    """Names, times, dates, marks, copies, toasts and notices are no answers; a repeated answer counts twice."""
    assert Counter(heard[page].answers) == Counter(" ".join(text.split()) for text in heard[page].told())


@pytest.mark.parametrize("page", PAGES)
def test_answers_are_timed_as_the_page_shows_them(heard: dict[str, Heard], page: str) -> None:
    """Half of the answers at least carry the page's own time to 20 ms."""
    times = {" ".join(said.line.message.text.split()): said.at for said in reversed(heard[page].chat.said)}
    first = {said["text"]: said["at"] for said in reversed(heard[page].truth) if said["kind"] == "agent"}
    assert statistics.median(abs(times[text] - at) for text, at in first.items()) <= 20.0


@pytest.mark.parametrize("page", PAGES)
def test_the_visitor_is_heard_once(heard: dict[str, Heard], page: str) -> None:
    """The visitor's own words stand in the chat once, whatever is drawn again."""
    visitor = [said.line.message.text for said in heard[page].chat.said if said.speaker is Speaker.VISITOR]
    assert 1 == len(visitor)


@pytest.mark.parametrize("page", [page for page in PAGES if page != "rtl"])
def test_a_place_in_line_and_an_arrival_are_notices(heard: dict[str, Heard], page: str) -> None:
    """The queue notice gives the place, the arrival its time, wherever on the page they stand."""
    assert (2, True) == (heard[page].chat.queue[0].position, heard[page].chat.joined_at is not None)


@pytest.mark.parametrize("page", ["cards", "groups", "header", "later", "lines"])
def test_a_label_gives_the_name_without_its_times_and_marks(heard: dict[str, Heard], page: str) -> None:
    """Where the name stands with a time, a role or a colon, only the name is taken."""
    names = {said.line.message.name for said in heard[page].chat.said if said.line.message.text in heard[page].answers}
    assert {"Anna"} == names - {None}
