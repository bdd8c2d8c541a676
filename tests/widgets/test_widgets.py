"""Other people's widgets on pages of ours, asked by the real program; without `make test-widgets` deep-chat alone."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator

import pytest

from tests.widgets.package import Unavailable
from tests.widgets.page import PAGE, render
from tests.widgets.visit import WIDGETS, Visited, visit

NAMES = list(WIDGETS) if os.environ.get("CHATPROBE_WIDGETS") == "all" else ["deep-chat with roles"]
WORST_MS = 50.0

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def visits() -> Iterator[list[Visited]]:
    """All visits so far; once every widget was visited they make the page of results."""
    made: list[Visited] = []
    yield made
    if len(made) == len(WIDGETS) and all(one.found_ms and one.reference_ms for one in made):
        PAGE.write_text(render(made), encoding="utf-8")


@pytest.fixture(scope="module", params=NAMES)
def visited(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, visits: list[Visited]) -> Visited:
    """Each widget, visited once by a scenario that says nothing of its parts."""
    widget = WIDGETS[request.param]
    try:
        widget.package.fetch()
    except Unavailable as error:
        pytest.skip(f"{widget.package.name} {widget.package.version} is not to be had here: {error}")
    visits.append(asyncio.run(visit(widget, tmp_path_factory.mktemp("widget"))))
    return visits[-1]


def test_the_question_is_asked_once_and_answered(visited: Visited) -> None:
    """A person's answer, or somebody's: never a machine's alone, and never a question asked twice."""
    assert visited.row["outcome"] in ("human_reply", "unsure_reply"), (visited.row.get("detail"), visited.errors)
    assert [1] == [len(one.asked) for one in visited.desk.asked]


def test_the_persons_words_are_found_in_time(visited: Visited) -> None:
    """They stand in the chat once, at the time the reference in the page saw: to 50 ms, and as late as the page is."""
    [found], [reference] = visited.found_ms, visited.reference_ms
    assert reference == pytest.approx(found, abs=WORST_MS + visited.row["page_lag_ms"])


def test_nobody_is_taken_for_a_person(visited: Visited) -> None:
    """Lines of bot and desk are no person's, the person's own are hers or nobody's."""
    told = visited.speakers()
    assert set() == {text for text, (who, speaker) in told.items() if who != "human" and speaker == "human"}
    assert {"human", "unknown"} >= {speaker for who, speaker in told.values() if who == "human"}
