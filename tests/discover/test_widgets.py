"""`new --ask`, then `run` with nothing edited, on widgets of sixteen makes in fifteen languages (``widgets/``).

Each has its own way of being opened, its own frames or roots, rows and transport, decoys and banners. A bot and a
notice come before a person. The page keeps what it showed, and when.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from chatprobe.browser.context import Browsers
from chatprobe.browser.launch import find_browser
from chatprobe.discover import detect
from chatprobe.discover.make import Maker, Tried, Wish
from chatprobe.probe.order import Order
from chatprobe.probe.session import probe, question_for
from chatprobe.scenario.load import load_file
from chatprobe.scenario.schema import Scenario
from chatprobe.settings import Settings, VisitorSettings
from chatprobe.store.store import Store
from tests.discover.desk import PAGES, Desk, Visit, running

pytestmark = pytest.mark.slow

AT_ONCE = 5
SETTLE_S = 0.6
"""After a desk's last word, for what may still change."""
PERSONA = Settings(visitor=VisitorSettings("Robin Page", "robin@guide.example"))
UNTOLD = frozenset({"toasts"})
"""Pages on which nothing that is shown tells a person from a bot for sure: `unknown` is the honest answer."""


@dataclass(frozen=True)
class Trial:
    """One widget: what was sent before asking was allowed, and both chats."""

    question: str
    early: list[str]
    rows: tuple[Mapping[str, Any], Mapping[str, Any]]
    """Of the probe that learned, and of a run by the scenario as it was written."""
    visits: tuple[Visit, Visit]


class _Trials:
    """Makes and tries one scenario after another."""

    def __init__(self, desk: Desk, store: Store, browsers: Browsers) -> None:
        self.desk, self.store, self.browsers = desk, store, browsers

    async def tryout(self, scenario: Scenario, *, dry: bool) -> Tried:
        question, language = question_for(scenario, None, None, None)
        order = Order(scenario, question, language, PERSONA, dry_run=dry, study=not dry)
        stop, over = asyncio.Event(), asyncio.Event()
        self.desk.over[scenario.casino] = over
        ending = asyncio.create_task(_after(over, stop))
        probe_id, _ = await probe(order, self.store, self.browsers, stop)
        ending.cancel()
        row = self.store.probe(probe_id)
        kept = next((one["path"] for one in row["artifacts"] if one["kind"] == "structure"), None)
        return Tried(row, json.loads((self.store.path.parent / kept).read_text()) if kept else {})

    async def one(self, page: str) -> Trial:
        wish = Wish(f"{self.desk.base}/w/{page}.html", page, self.store.path.parent / f"{page}.yaml")
        maker = Maker(wish, PERSONA, self.browsers, self.tryout)
        made = await maker.make()
        early = [text for visit in self.desk.of(page) for text in visit.said]
        _, asked = await maker.ask(made)
        ran = await self.tryout(load_file(wish.output), dry=False)
        spoken = [visit for visit in self.desk.of(page) if visit.said]
        return Trial(made.draft.question, early, (asked.row, ran.row), (spoken[0], spoken[-1]))


async def _after(over: asyncio.Event, stop: asyncio.Event) -> None:
    """Tell a probe to stop once the desk has said all it will say."""
    await over.wait()
    await asyncio.sleep(SETTLE_S)
    stop.set()


class Trials(dict[str, Trial | BaseException]):
    """By page; where one went wrong, whoever asks for it learns why, and the others are as they are."""

    def of(self, page: str) -> Trial:
        """The trial of a page."""
        trial = self[page]
        if isinstance(trial, BaseException):
            raise trial
        return trial


async def _all(folder: Path) -> Trials:
    gate = asyncio.Semaphore(AT_ONCE)
    async with running() as desk, Browsers(find_browser()) as browsers:
        with Store.open(folder / "chatprobe.db", create=True) as store:
            trials = _Trials(desk, store, browsers)

            async def one(page: str) -> Trial:
                async with gate:
                    return await trials.one(page)

            return Trials(zip(PAGES, await asyncio.gather(*map(one, PAGES), return_exceptions=True), strict=True))


@pytest.fixture(scope="module")
def trials(tmp_path_factory: pytest.TempPathFactory) -> Trials:
    """Every widget, once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(detect, "LATE_S", 0.5)  # no page has a vendor's marks to wait for
        return asyncio.run(_all(tmp_path_factory.mktemp("widgets")))


def heard(row: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """What others said after the question."""
    return [one for one in row["messages"] if one["speaker"] != "visitor" and (one["at_ms"] or -1) >= 0]


@pytest.mark.parametrize("page", PAGES)
def test_nothing_is_sent_before_it_is_asked_for(trials: Trials, page: str) -> None:
    """Exploring and trying leave no word at the desk; then the question comes once in each chat, before all else."""
    trial = trials.of(page)
    assert ([], [1, 1]) == (trial.early, [visit.said.count(trial.question) for visit in trial.visits])


@pytest.mark.parametrize("page", PAGES)
def test_the_first_answer_is_timed_as_the_page_shows_it(trials: Trials, page: str) -> None:
    """Within 50 ms of the page's own log and what the page itself lagged, learning and learned."""
    for row, visit in zip(trials.of(page).rows, trials.of(page).visits, strict=True):
        measured = row["first_human_ms"] or row["first_unknown_ms"]
        true = visit.frt_ms()
        assert true is not None
        assert abs(measured - true) <= 50 + (row["page_lag_ms"] or 0)


@pytest.mark.parametrize("page", PAGES)
def test_every_word_of_bot_and_person_is_heard_and_nothing_else(trials: Trials, page: str) -> None:
    """Word for word; names, times, copies, toasts, twins and typing lines are no messages."""
    for row, visit in zip(trials.of(page).rows, trials.of(page).visits, strict=True):
        shown = {one["text"]: one["who"] for one in visit.truth}
        said = [one["text"] for one in visit.truth if one["who"] in ("bot", "human")]
        texts = [one["text"] for one in heard(row)]
        assert (said, []) == ([text for text in texts if text in said], [text for text in texts if text not in shown])


@pytest.mark.parametrize("page", PAGES)
def test_no_machine_is_called_a_person(trials: Trials, page: str) -> None:
    """The person is `human`, or an honest `unknown` where nothing tells; bots and notices never are."""
    for row, visit in zip(trials.of(page).rows, trials.of(page).visits, strict=True):
        people = {one["text"] for one in visit.truth if one["who"] == "human"}
        assert [] == [one["text"] for one in heard(row) if one["speaker"] == "human" and one["text"] not in people]
        assert (page in UNTOLD) == (row["first_human_ms"] is None)


def test_forms_hold_what_was_declared_and_no_more(trials: Trials) -> None:
    """Name, address, general support and the required consent are given; offers by mail are not."""
    assert {"Robin Page|robin@guide.example|s"} == {visit.given for visit in trials.of("blank-form").visits}
    assert {"Robin Page|robin@guide.example"} == {visit.given for visit in trials.of("asking-form").visits}
