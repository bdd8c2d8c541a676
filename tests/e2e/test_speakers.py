"""Who wrote each line, compared with the lab's truth: posing casinos, replayed dialogues, and a dozen drawn chats."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from benchmarks.chats import draw
from benchmarks.speakers import play
from chatprobe.browser.context import Browsers
from chatprobe.cli.demo import judge
from chatprobe.lab import Casino, Lab
from chatprobe.lab.acts import Close, Joined, Notice, Queue, Say
from chatprobe.lab.casino import Script, Widget
from chatprobe.lab.casinos import posing
from chatprobe.lab.casinos.answered import BY_HUMAN
from chatprobe.lab.dialogues import SHIPPED, read_dialogues
from chatprobe.probe.order import Order
from chatprobe.probe.session import probe, question_for
from chatprobe.scenario.load import load_file
from chatprobe.store.store import Store

pytestmark = pytest.mark.slow

AT_ONCE = 4

Rows = list[tuple[Casino, dict[str, Any]]]


@pytest.fixture
def visit_all(store: Store, browsers: Browsers, tmp_path: Path) -> Callable[..., Any]:
    """Probe casinos of a lab by the scenarios they bring, several at once."""

    async def all_of(lab: Lab, casinos: Sequence[Casino]) -> Rows:
        gate = asyncio.Semaphore(AT_ONCE)

        async def one(casino: Casino) -> tuple[Casino, dict[str, Any]]:
            path = tmp_path / f"{casino.name}.yaml"
            path.write_text(casino.scenario_for(lab.base), encoding="utf-8")
            scenario = load_file(path)
            async with gate:
                order = Order(scenario, *question_for(scenario, None, None, None))
                probe_id, _ = await probe(order, store, browsers, asyncio.Event())
            return casino, store.probe(probe_id)

        return list(await asyncio.gather(*map(one, casinos)))

    return all_of


def by_author(lab: Lab, rows: Rows) -> dict[str, set[tuple[str, str]]]:
    """By casino: who wrote a line and who was decided, of all lines but the visitor's."""
    found = {}
    for casino, row in rows:
        truth = lab.truth(casino.name)[-1]
        asked = truth.page_asked_at or 0.0
        said = [message for message in row["messages"] if message["speaker"] != "visitor"]
        found[casino.name] = {(truth.author(one["text"], asked + one["at_ms"]), one["speaker"]) for one in said}
    return found


async def test_posing_speakers_are_found_out_or_left_unknown(lab: Lab, visit_all: Callable[..., Any]) -> None:
    """Where machines pose as people each casino is judged right, and no line is a person's that no person wrote."""
    rows = await visit_all(lab, posing.CASINOS)
    assert [] == [found for casino, row in rows if not (found := judge(casino, row, lab)).right]
    pairs = by_author(lab, rows)
    assert {} == {
        name: wrong for name, found in pairs.items() if (wrong := found & {("bot", "human"), ("system", "human")})
    }
    assert {("human", "human"), ("bot", "bot"), ("bot", "system")} <= pairs["afterglow"]


async def test_replayed_dialogues_are_told_apart_line_by_line(visit_all: Callable[..., Any]) -> None:
    """Each line of the shipped dialogues has its true speaker, and the first human time is the page's own."""
    async with Lab(speed=10, casinos=read_dialogues(SHIPPED.read_bytes().splitlines())) as lab:
        rows = await visit_all(lab, lab.casinos)
        assert [] == [found for casino, row in rows if not (found := judge(casino, row, lab)).right]
        pairs = {pair for found in by_author(lab, rows).values() for pair in found}
    assert {("human", "human"), ("bot", "bot"), ("system", "system")} >= pairs


SHORT_LIST = Casino(
    "short",
    "Short List",
    "four rows, used again and again; a place in line, then a notice in them tells who came",
    BY_HUMAN,
    Widget(prefix="zl", rows="recycled", echo="provisional", launcher="open"),
    Script(
        answer=(
            Say(0.8, "Thanks for writing.", "bot", "Emma"),
            Say(0.4, "We are open day and night.", "bot", "Emma"),
            Say(0.4, "Have you seen our new slots?", "bot", "Emma"),
            # The place in line stands there when the visitor's own row goes, and was the last to be looked at.
            Queue(0.4, 1),
            Queue(3.4, 0),
            Notice(0.4, "This conversation may be recorded.", "list"),
            Joined(0.4, "Anna"),
            Say(2.0, "It takes a day at most.", "human", "Anna"),
            Close(1.0),
        )
    ),
    written="""
casino: short
url: ${CHATPROBE_LAB}/short/
questions: [{id: q1, text: How long does a withdrawal take?}]
chat: {deadline: 20s, handoff: false}
""",
)


async def test_a_short_list_loses_no_line(visit_all: Callable[..., Any]) -> None:
    """Where rows are used again and the visitor's own is gone, notices and names are still told from words."""
    async with Lab(casinos=[SHORT_LIST]) as lab:
        ((casino, row),) = await visit_all(lab, lab.casinos)
        assert judge(casino, row, lab).right
    assert [
        ("system", "This conversation may be recorded."),
        ("system", "Anna joined the chat"),
        ("human", "It takes a day at most."),
        ("system", "This chat has ended."),
    ] == [(one["speaker"], one["text"]) for one in row["messages"]][-4:]


async def test_a_dozen_drawn_chats(tmp_path: Path) -> None:
    """Two chats of each kind of evidence: the right outcome, the right time, and nobody called human who is none."""
    verdicts = await play([draw(seed) for seed in range(12)], AT_ONCE, tmp_path)
    assert [] == [verdict.summary for verdict in verdicts if verdict.failures]
