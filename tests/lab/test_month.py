"""The simulated month: drawn from a seed, of good scenarios, and as its casinos are described."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from chatprobe.lab.houses import HOUSES
from chatprobe.lab.month import House, Visit, visits
from chatprobe.model import EndedBy, Outcome
from chatprobe.scenario.load import load_file
from chatprobe.times import epoch_ms

START = epoch_ms("2026-03-02T00:00:00Z")


def _house(name: str) -> House:
    return next(house for house in HOUSES if house.name == name)


def _chats(name: str) -> list[Visit]:
    return [visit for visit in visits(_house(name), 1, START) if visit.depth == "chat"]


def test_a_seed_gives_the_same_month_again() -> None:
    """The same seed draws the same visits, another one others."""
    house = _house("sim-aurora")
    assert list(visits(house, 1, START)) == list(visits(house, 1, START))
    assert list(visits(house, 1, START)) != list(visits(house, 2, START))


@pytest.mark.parametrize("house", HOUSES, ids=lambda house: house.name)
def test_every_house_has_a_good_scenario_and_known_outcomes(house: House, tmp_path: Path) -> None:
    """Scenarios load without a warning, names say what they are, outcomes and endings are those of a probe."""
    file = tmp_path / "house.yaml"
    file.write_text(house.scenario, encoding="utf-8")
    assert () == load_file(file, {}).warnings
    assert house.name.startswith("sim-")
    found = list(visits(house, 1, START))
    assert set() == {visit.outcome for visit in found} - set(Outcome)
    assert set() == {visit.ended_by for visit in found} - set(EndedBy)


def test_hours_of_the_day_are_met_evenly() -> None:
    """Chats come at every hour of the day, about as often."""
    met = Counter(visit.cell % 24 for visit in _chats("sim-aurora"))
    assert 24 == len(met)
    assert max(met.values()) - min(met.values()) <= 3


def test_nobody_answers_in_a_hole_that_the_widget_denies() -> None:
    """From 02:00 to 06:00 sim-nocturne says online, and no chat is answered."""
    house = _house("sim-nocturne")
    inside = [visit for visit in visits(house, 1, START) if visit.cell % 24 in range(2, 6)]
    assert {"online"} == {visit.outcome for visit in inside if visit.depth == "presence"}
    asked = {visit.outcome for visit in inside if visit.depth == "chat"}
    assert {"no_reply"} == asked - {"probe_fault", "scenario_broken"}


def test_a_shift_past_midnight_belongs_to_the_day_it_began_on() -> None:
    """Who begins on Friday evening is there on Saturday morning, and nobody on Monday morning."""
    shift = _house("sim-aurora").shifts[2]
    friday = type(shift)(22, 8, ("Ann",), days=frozenset({4}))
    assert [True, True, False, False] == [friday.covers(cell) for cell in (4 * 24 + 22, 5 * 24 + 5, 5 * 24 + 22, 3)]
