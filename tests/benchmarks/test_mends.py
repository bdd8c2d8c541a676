"""The benchmark of the doctor: its lists, its page, and what it keeps of a run that was broken off."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.mends.alarms import Alarm
from benchmarks.mends.held_out import held_out
from benchmarks.mends.keeping import Kept
from benchmarks.mends.mutations import Mutant, mutants
from benchmarks.mends.page import render, summary
from benchmarks.mends.trial import Result
from chatprobe.model import Outcome

FIRST, *_, GONE = mutants(1)
FINE = Result(
    FIRST,
    True,
    "chat.launcher",
    "nothing matches",
    "#new = <button>",
    verified=True,
    visits=2,
    seconds=9.0,
    mended=True,
)
WRONG = replace(FINE, remembered=False, named="chat.input", mended=False, wrong="scenario_broken: nothing matches")
ALARMS = [
    Alarm("lucky", Outcome.HUMAN_REPLY, ("drift chat.input: it says 'a'",)),
    Alarm("cellar", Outcome.NOT_OFFERED, ()),
]


@pytest.mark.parametrize("mutant", [*mutants(1), *held_out(1)], ids=lambda one: one.name)
def test_every_change_changes_something(mutant: Mutant) -> None:
    """Its pages are others than those the scenario knows, and every piece of them is there."""
    before, after = mutant.widget.pages(), mutant.now.pages()
    assert before != after
    assert not [
        text for text in (*before.values(), *after.values()) if "$" in text.replace("${", "") or "@style@" in text
    ]


def test_the_figures_count_what_can_be_mended() -> None:
    """Where no chat is left nothing can be mended: it counts for what is named only."""
    gone = replace(FINE, mutant=GONE, first="(nothing)", verified=False, mended=False)
    [_, _, remembered, forgetful] = summary({"built": [FINE, gone, WRONG]}).splitlines()
    assert remembered.endswith("| a good visit | 2 of 2 | 1 of 1 | 1 of 1 |")
    assert forgetful.endswith("| nothing | 0 of 1 | 0 of 1 | 0 of 1 |")


def test_the_page_tells_of_each_mutant_and_of_false_alarms() -> None:
    """What was wrong stands there as plainly as what was right."""
    page = render({"built": [FINE, WRONG]}, ALARMS, {"date": "today"})
    assert f"| {FIRST.name} | chat.launcher | works: `#new` | WRONG: chat.input; DOES NOT WORK: `#new` |" in page
    assert "of 1 casinos" in page
    assert "- lucky: drift chat.input: it says 'a'" in page


def test_a_run_goes_on_from_what_it_kept(tmp_path: Path) -> None:
    """Mutants and casinos come back as they were; of other mutants nothing is known."""
    kept = Kept(tmp_path / "results.jsonl")
    for one in (FINE, WRONG, *ALARMS):
        kept.add(one)
    assert ([FINE, WRONG], ALARMS) == (kept.results([FIRST]), kept.alarms())
    assert [] == kept.results([GONE])
