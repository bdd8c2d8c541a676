"""Casinos with shifts go by the lab's clock, which is a value."""

from __future__ import annotations

import asyncio
import json
from urllib.request import urlopen

import pytest

from chatprobe.lab import Lab, LabClock
from chatprobe.lab.acts import Say
from chatprobe.lab.casinos import CASINOS

NAMED = {casino.name: casino for casino in CASINOS}
MINUTE = 60_000.0
NIGHT = 3.5 * 60 * MINUTE
"""Half past three, 1970-01-01."""


def person(name: str, hour: int) -> str | None:
    """Who answers at a casino in that hour of the day; None where it is closed."""
    casino = NAMED[name].at(hour)
    return None if casino.widget.before else next(act.name for act in casino.script.answer if isinstance(act, Say))


def test_each_hour_has_its_people() -> None:
    """Shifts tile the day, over midnight too; hours that belong to none are closed; others know no hours."""
    assert ["Chiara"] * 6 + ["Amelie"] * 8 + ["Bastian"] * 8 + ["Chiara"] * 2 == [
        person("carillon", hour) for hour in range(24)
    ]
    assert [3, 4, 5] == [hour for hour in range(24) if person("curfew", hour) is None]
    assert NAMED["lucky"] is NAMED["lucky"].at(3)


@pytest.mark.parametrize("speed", [1.0, 504.0])
def test_the_clock_goes_both_ways(speed: float) -> None:
    """What it shows at a moment, it shows at that moment; between two, `speed` times as much passes."""
    clock = LabClock(1_000.0, 50.0, speed)
    assert (1_000.0, 10.0 * speed) == (clock.shows(50.0), clock.shows(70.0) - clock.shows(60.0))
    assert 75.0 == clock.when(clock.shows(75.0))


async def test_the_page_is_that_of_the_hour() -> None:
    """A page loaded at night has the form of a closed chat, one loaded when the shift began has not."""
    async with Lab(clock=LabClock.from_now(NIGHT, speed=0)) as lab:
        pages = []
        for shown in (NIGHT, NIGHT + 180 * MINUTE):
            lab.clock = LabClock.from_now(shown, speed=0)
            pages.append(await _get(lab.url("curfew")))
        assert [True, False] == ['"before": "offline-form"' in page for page in pages]
        truth = json.loads(await _get(f"{lab.url('curfew')}_truth"))
        assert [NIGHT, NIGHT + 180 * MINUTE] == [visit["shown_ms"] for visit in truth]


async def _get(address: str) -> str:
    def get() -> str:
        with urlopen(address, timeout=30) as answer:
            return str(answer.read().decode())

    return await asyncio.to_thread(get)
