"""False alarms: the doctor on the lab's casinos, each unchanged since one good visit."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from chatprobe.browser.context import Browsers
from chatprobe.browser.launch import find_browser
from chatprobe.daemon.examine import examine
from chatprobe.lab import Casino, Lab, LabClock
from chatprobe.model import Outcome, Side
from chatprobe.probe.order import Order
from chatprobe.probe.session import probe, question_for
from chatprobe.scenario.load import load_file
from chatprobe.settings import Settings
from chatprobe.store.store import Store


@dataclass(frozen=True)
class Alarm:
    """What the doctor said of one casino that had not changed."""

    casino: str
    visited: Outcome
    """How the visit before it ended."""
    said: tuple[str, ...]
    """The parts that he calls broken or drifting, with his words; none where all is well, as it is."""

    @property
    def good(self) -> bool:
        """The visit came to a chat: what the doctor says then is a false alarm."""
        return self.visited.side is Side.CASINO and self.visited not in (Outcome.NOT_OFFERED, Outcome.SITE_DOWN)


async def alarms(folder: Path, at_once: int, known: Sequence[Alarm], told: Callable[[Alarm], None]) -> list[Alarm]:
    """Visit and examine all of the lab's casinos that are not known, several at once; `told` hears of each."""
    gate, found, done = asyncio.Semaphore(at_once), [*known], {one.casino for one in known}
    async with Lab(clock=LabClock.at_noon()) as lab, Browsers(find_browser()) as browsers:
        os.environ["CHATPROBE_LAB"] = lab.base
        settings = Settings(control_url=lab.control_url)
        with Store.open(folder / "lab.db", create=True) as store:

            async def one(casino: Casino) -> None:
                async with gate:
                    alarm = await _alarm(casino, store, browsers, settings)
                found.append(alarm)
                told(alarm)

            await asyncio.gather(*(one(casino) for casino in lab.casinos if casino.name not in done))
    return sorted(found, key=lambda alarm: alarm.casino)


async def _alarm(casino: Casino, store: Store, browsers: Browsers, settings: Settings) -> Alarm:
    scenario, stop = load_file(casino.scenario), asyncio.Event()
    question, language = question_for(scenario, None, None, None)
    _, outcome = await probe(Order(scenario, question, language, settings), store, browsers, stop)
    examined = await examine(scenario, store, browsers, settings, stop)
    cases = [case.first for case in examined.doctor.cases.values() if case.problem]
    return Alarm(casino.name, outcome, tuple(f"{one.state} {one.path}: {one.detail}" for one in cases))
