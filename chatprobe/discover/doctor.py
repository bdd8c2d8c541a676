"""The doctor: examines a scenario by dry runs, says which part is broken or drifts, and tries what it proposes.

Each proposal is tried by visiting once more with the scenario as it would be: what is called verified has worked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from chatprobe.browser.chat import Chat
from chatprobe.browser.frames import ChatFrame, Search
from chatprobe.browser.gallery import LAYER, Kept
from chatprobe.browser.steps import Action
from chatprobe.browser.survey import survey
from chatprobe.discover.diagnosis import Diagnosis, Standing, State, diagnose, portraits_of
from chatprobe.discover.layers import Layer, layer_over
from chatprobe.discover.likeness import likest
from chatprobe.discover.proposal import Proposal
from chatprobe.discover.remedies import Page, remedies_for
from chatprobe.discover.seeing import home_of, see
from chatprobe.errors import ScenarioError
from chatprobe.scenario.edit import EditRefused, Verb, edited
from chatprobe.scenario.load import load_text
from chatprobe.scenario.schema import Scenario

if TYPE_CHECKING:
    from chatprobe.probe.examiner import Scene

MOST_VISITS = 9
TOLD = 6
"""Proposals for one part that a report names."""
SAME_LAYER = 0.6
"""A layer that is so like one at an earlier visit is none that is new."""


@dataclass
class Case:
    """One part, over all visits."""

    first: Diagnosis
    """As the scenario was given."""
    proposals: list[Proposal] = field(default_factory=list)
    at: int = 0
    """Which proposal is tried; those before it did not work."""
    verified: bool = False
    """That one worked in a visit."""

    @property
    def trying(self) -> Proposal | None:
        """The proposal that holds for the next visit."""
        return self.proposals[self.at] if self.at < len(self.proposals) else None

    @property
    def problem(self) -> bool:
        """Whether somebody should look at it."""
        return self.first.state in (State.BROKEN, State.DRIFT)

    def ordered(self) -> list[tuple[Proposal, bool | None]]:
        """The proposals, and whether each worked (None: not tried): those that did first, those that did not last."""
        failed: list[tuple[Proposal, bool | None]] = [(one, False) for one in self.proposals[: self.at]]
        rest: list[tuple[Proposal, bool | None]] = [(one, None) for one in self.proposals[self.at :]]
        if self.verified and rest:
            rest[0] = (rest[0][0], True)
        return [*rest, *failed]

    def as_row(self) -> dict[str, Any]:
        """Its shape in a report."""
        proposals = [{**one.as_row(), "verified": worked} for one, worked in self.ordered()[:TOLD]]
        return {**self.first.as_row(), "proposals": proposals}


class Doctor:
    """An `Examiner` of one scenario."""

    most_visits = MOST_VISITS

    def __init__(self, scenario: Scenario, kept: Iterable[Kept] = ()) -> None:
        """`kept` is how the casino's parts were made at good visits, the newest first."""
        self.scenario = scenario
        self.cases: dict[str, Case] = {}
        """What is known of each part, by path."""
        self.ended: str | None = None
        """Why the first visit came to no chat although no part is at fault: a sentence."""
        self.visits = 0
        self._kept: dict[str, list[Kept]] = {}
        for one in kept:
            self._kept.setdefault(one.path, []).append(one)
        self._using: dict[str, Proposal] = {}
        self._now: dict[str, Diagnosis] = {}
        self._standing = Standing.NOTHING
        self._looked = False
        self._layer: Layer | None = None

    def mended(self) -> str | None:
        """The scenario's text with every proposal that worked; None where none did."""
        worked = [case.trying.edit for case in self.cases.values() if case.verified and case.trying]
        return edited(self.scenario.yaml, worked) if worked else None

    def told(self) -> dict[str, Any]:
        """What was found, as JSON."""
        return {"visits": self.visits, "ended": self.ended, "parts": [one.as_row() for one in self.cases.values()]}

    # --- as an examiner -----------------------------------------------------------------------------------------

    async def found(self, chat: Chat, action: Action, found: Search) -> None:
        """Just before the launcher is clicked: does something stand over the page that no step dealt with?"""
        if action.path == "chat.launcher" and self._layer is None:
            self._layer = await layer_over(chat, found.target)

    async def look(self, scene: Scene) -> None:
        """Look at a visit, once: while the question stands in the box, or at its end."""
        if self._looked:
            return
        self._looked = True
        now = await survey(scene.chat.observer, scene.chat.context)
        page, frame = Page(scene.chat, scene.scenario, now, scene.before), home_of(scene, now)
        seen = await see(scene, frame, self._kept)
        found = self._with_layer(diagnose(seen, self._kept), scene)
        self._now, self._standing = {one.path: one for one in found}, seen.standing
        for one in found:
            await self._take(one, page, frame)
        if not self.visits and scene.stop and seen.standing is Standing.NOTHING and not self._any_broken():
            self.ended = scene.stop.detail
        self.visits += 1

    def next(self) -> Scenario | None:
        """The scenario with what is proposed so far; None once all of it has been tried."""
        for path, proposal in self._using.items():
            self._judge(self.cases[path], self._now.get(path), proposal)
        self._looked, self._layer = False, None
        using = {path: case.trying for path, case in self.cases.items() if case.trying}
        if self.visits >= MOST_VISITS or using == self._using:
            return None
        self._using = using
        return _written(self.scenario, using) if using else None

    # --- one visit ----------------------------------------------------------------------------------------------

    def _any_broken(self) -> bool:
        return any(one.state is State.BROKEN for one in self._now.values())

    def _with_layer(self, found: Sequence[Diagnosis], scene: Scene) -> list[Diagnosis]:
        """The diagnoses, and what stands over the page and did not at the last good visits.

        A launcher that was found, and opened nothing from below it, is not to blame.
        """
        layer, known = self._layer, portraits_of(self._kept.get(LAYER, ()))
        launcher = next((one for one in found if one.path == "chat.launcher"), None)
        to_blame = layer is not None and layer.covers and launcher is not None and launcher.state is State.BROKEN
        new = layer is not None and bool(self._kept) and likest(known, layer.portrait) < SAME_LAYER
        if layer is None or not (new or to_blame):
            return list(found)
        path, state = f"before[{len(scene.scenario.before)}]", State.BROKEN if to_blame else State.DRIFT
        said = f"something new stands over the {'launcher' if layer.covers else 'page'}: {layer.portrait.name!r}"
        if to_blame and launcher:
            found = [replace(one, state=State.LATER, wants=False) if one is launcher else one for one in found]
        return [Diagnosis(path, state, said, wants=True, reached=True), *found]

    async def _take(self, one: Diagnosis, page: Page, frame: ChatFrame | None) -> None:
        """Remember what a visit says of a part; what is wanted is looked for on its page."""
        case = self.cases.get(one.path)
        if case is None or (case.first.state is State.LATER and one.state is not State.LATER):
            case = self.cases[one.path] = Case(one)
        if one.wants and not case.proposals:
            kept = portraits_of(self._kept.get(one.path, ()))
            proposed = await remedies_for(one, page, kept, frame, self._layer)
            case.proposals = [each for each in proposed if _written(self.scenario, {one.path: each})]

    # --- over all visits ----------------------------------------------------------------------------------------

    def _judge(self, case: Case, now: Diagnosis | None, proposal: Proposal) -> None:
        """Whether a proposal worked in the visit that was made with it; nothing where that visit cannot tell."""
        if case.verified:
            return
        if now is None:
            case.verified = proposal.edit.verb is Verb.REMOVE and self._standing is not Standing.NOTHING
        elif now.state is State.BROKEN or now.wants:
            case.at += 1
        elif now.state is not State.LATER or (proposal.edit.verb is Verb.OPTIONAL and now.reached):
            case.verified = True


def _written(scenario: Scenario, using: Mapping[str, Proposal]) -> Scenario | None:
    """The scenario with these proposals; None where its file cannot be changed so by itself."""
    try:
        return load_text(edited(scenario.yaml, [one.edit for one in using.values()]), scenario.file)
    except (EditRefused, ScenarioError):
        return None
