"""One mutant at a time: a good visit before the change, the doctor after it, and a dry run with what it wrote."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from benchmarks.mends.mutations import Mutant
from benchmarks.mends.site import Site
from benchmarks.mends.widgets import Widget
from chatprobe.browser.context import Browsers
from chatprobe.browser.gallery import Kept, kept_of
from chatprobe.discover.diagnosis import State
from chatprobe.discover.doctor import Case, Doctor
from chatprobe.model import Outcome
from chatprobe.probe.order import Order
from chatprobe.probe.session import probe
from chatprobe.scenario.load import load_text
from chatprobe.scenario.schema import Scenario
from chatprobe.settings import Limits, Settings
from chatprobe.store.store import Store

NOTHING = "(nothing)"
"""Stands for the first proposal where there is none."""
PATIENCE_S = 4.0
"""How long a step looks for its element: the pages are here at once."""


@dataclass(frozen=True)
class Result:
    """What became of one mutant."""

    mutant: Mutant
    remembered: bool
    """The doctor knew of a good visit."""
    named: str
    """The first part that was said to be broken or to drift; empty where none was."""
    said: str
    """What was said of it."""
    first: str = NOTHING
    """What was proposed first, with its element."""
    verified: bool = False
    """It worked when the doctor tried it."""
    visits: int = 0
    seconds: float = 0.0
    mended: bool = False
    """A dry run with the mended file came to the box, or to the form before it."""
    wrong: str = ""

    @property
    def works(self) -> bool:
        """The first proposal works."""
        return self.mutant.findable and self.verified and self.mended

    @property
    def right(self) -> bool:
        """The step that broke was named."""
        return self.named in self.mutant.broken


class Trial:
    """Does mutants one after the other, in one browser."""

    def __init__(self, site: Site, store: Store, browsers: Browsers, folder: Path) -> None:
        self.whole = True
        """Whether the good visit before a change is a whole chat: without one nothing is known of rows."""
        self._site, self._store, self._browsers, self._folder = site, store, browsers, folder
        folder.mkdir(exist_ok=True)
        self._known: dict[str, list[Kept]] = {}
        self._settings = Settings(limits=Limits(step_timeout=timedelta(seconds=PATIENCE_S)))

    def scenario(self, widget: Widget) -> Scenario:
        """The widget's scenario, in its file."""
        question = "questions: [{id: q, text: How long does a payout take?}]"
        head = f"casino: {widget.name}\nurl: {self._site.url}\n{question}\n"
        path = self._folder / f"{widget.name}.yaml"
        path.write_text(head + widget.scenario, encoding="utf-8")
        return load_text(path.read_text(encoding="utf-8"), path)

    async def visit(self, scenario: Scenario, doctor: Doctor | None = None, *, dry: bool = True) -> tuple[Outcome, str]:
        """One probe: its outcome and detail."""
        question = scenario.questions[0]
        order = Order(scenario, question, next(iter(question.text)), self._settings, origin="doctor", dry_run=dry)
        probe_id, outcome = await probe(order, self._store, self._browsers, asyncio.Event(), examiner=doctor)
        return outcome, str(self._store.probe(probe_id)["detail"])

    async def know(self, widget: Widget) -> list[Kept]:
        """What a good visit kept, one for each widget: nothing of its mutants is in it."""
        if widget.name in self._known:
            return self._known[widget.name]
        self._site.show(widget)
        outcome, detail = await self.visit(self.scenario(widget), dry=not self.whole)
        if outcome.side != "casino" or outcome is Outcome.NOT_OFFERED:
            raise RuntimeError(f"{widget.name} does not work before any change: {outcome}: {detail}")
        self._known[widget.name] = [kept_of(row) for row in self._store.parts.of(widget.name)]
        return self._known[widget.name]

    async def run(self, mutant: Mutant, *, remembered: bool = True) -> Result:
        """The doctor on one mutant; without `remembered` it knows of no good visit."""
        kept = await self.know(mutant.widget) if remembered else []
        scenario = self.scenario(mutant.widget)
        self._site.show(mutant.now)
        began = time.monotonic()
        doctor = Doctor(scenario, kept)
        await self.visit(scenario, doctor)
        case = _first(doctor)
        result = _result(mutant, doctor, case, time.monotonic() - began, remembered=remembered)
        text = doctor.mended()
        if text is None and any(case.first.state is State.BROKEN for case in doctor.cases.values()):
            return result
        outcome, detail = await self.visit(load_text(text or scenario.yaml, scenario.file))
        came = outcome is Outcome.ONLINE
        return replace(result, mended=came, wrong="" if came else f"{outcome}: {detail}")


def _first(doctor: Doctor) -> Case | None:
    broken = [case for case in doctor.cases.values() if case.first.state is State.BROKEN]
    drifting = [case for case in doctor.cases.values() if case.first.state is State.DRIFT]
    return next(iter([*broken, *drifting]), None)


def _result(mutant: Mutant, doctor: Doctor, case: Case | None, seconds: float, *, remembered: bool) -> Result:
    if case is None:
        return Result(mutant, remembered, "", doctor.ended or "", seconds=seconds, visits=doctor.visits)
    proposals = [one for one, _ in case.ordered()]
    # What was tried first counts, whatever worked in the end; what works as it is needs nothing.
    worked = (case.verified and case.at == 0) or not case.first.wants
    first = f"{proposals[0]} = {proposals[0].what}" if proposals else NOTHING
    return Result(mutant, remembered, case.first.path, case.first.detail, first, worked, doctor.visits, seconds)
