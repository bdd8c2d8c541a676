"""The doctor: examines a scenario by dry runs, says which part is broken or drifts, and tries what it proposes.

Each proposal is tried by visiting once more with the scenario as it would be: what is called verified has worked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
from chatprobe.model import StepStatus
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
    by_hand: list[Proposal] = field(default_factory=list)
    """Proposals that cannot be written into the file alone, and so were not tried."""
    refused: str = ""
    """Why they cannot."""

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
        rest: list[tuple[Proposal, bool | None]] = [(one, None) for one in (*self.proposals[self.at :], *self.by_hand)]
        if self.verified and rest:
            rest[0] = (rest[0][0], True)
        return [*rest, *failed]

    def as_row(self) -> dict[str, Any]:
        """Its shape in a report."""
        proposals = [{**one.as_row(), "verified": worked} for one, worked in self.ordered()[:TOLD]]
        return {**self.first.as_row(), "proposals": proposals, "by_hand": self.refused or None}


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
        self._launched = False
        self._layer: Layer | None = None
        self._doubted = False
        """The launcher's selector matched several things, and the first opened another chat."""

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
            self._layer = await layer_over(chat, found.target, opened=self._launched)
            self._launched = True

    async def look(self, scene: Scene) -> None:
        """Look at a visit, once: while the question stands in the box, or at its end."""
        if self._looked:
            return
        self._looked = True
        now = await survey(scene.chat.observer, scene.chat.context)
        page, frame = Page(scene.chat, scene.scenario, now, scene.before), home_of(scene, now)
        seen = await see(scene, frame, self._kept)
        found = self._with_wrong_chat(self._with_layer(diagnose(seen, self._kept), scene), scene)
        if self._doubted and (used := scene.found.get("chat.launcher")):
            page = replace(page, wrong=used.portrait.id)
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
        self._looked, self._launched, self._layer = False, False, None
        using = {path: case.trying for path, case in self.cases.items() if case.trying}
        if self.visits >= MOST_VISITS or using == self._using:
            return None
        self._using = using
        try:
            return _written(self.scenario, using.values()) if using else None
        except (EditRefused, ScenarioError):  # each can be written alone, but not all of them together
            return None

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
        path, state = self._layer_path(scene), State.BROKEN if to_blame else State.DRIFT
        said = f"something new stands over the {'launcher' if layer.covers else 'page'}: {layer.portrait.name!r}"
        if to_blame and launcher:
            found = [replace(one, state=State.LATER, wants=False) if one is launcher else one for one in found]
        over = Diagnosis(path, state, said, wants=True, reached=True)
        return [over, *(one for one in found if one.path != path)]

    def _layer_path(self, scene: Scene) -> str:
        """Where the step that deals with a layer belongs: behind the scenario's own, and those for layers before it."""
        index = len(self.scenario.before)
        while scene.steps.get(f"before[{index}]", {}).get("status") == StepStatus.OK:
            index += 1
        return f"before[{index}]"

    def _with_wrong_chat(self, found: Sequence[Diagnosis], scene: Scene) -> list[Diagnosis]:
        """The diagnoses; for a box that is not there, the launcher is to blame where it was one of several.

        Another chat may have come to the page: a box that is looked for in that one would mend the wrong thing.
        """
        known = {one.path: one for one in found}
        launcher, box, used = known.get("chat.launcher"), known.get("chat.input"), scene.found.get("chat.launcher")
        if launcher is None or box is None or used is None or box.state is not State.BROKEN:
            return list(found)
        alone = max((one.visible for one in self._kept.get("chat.launcher", ())), default=1)
        self._doubted = self._doubted or used.visible > alone
        case = self.cases.get("chat.launcher")
        others = case is None or case.at + 1 < len(case.proposals)
        if launcher.state not in (State.OK, State.DRIFT) or not self._doubted or not others:
            return list(found)
        said = f"its selector matches {used.visible} things, and the chat of the first has another box"
        blamed = replace(launcher, state=State.BROKEN, detail=said, wants=True)
        changed = {launcher.path: blamed, box.path: replace(box, state=State.LATER, detail="", wants=False)}
        return [changed.get(one.path, one) for one in found]

    async def _take(self, one: Diagnosis, page: Page, frame: ChatFrame | None) -> None:
        """Remember what a visit says of a part; what is wanted is looked for on its page."""
        case = self.cases.get(one.path)
        if case is None or (case.first.state is State.LATER and one.state is not State.LATER):
            case = self.cases[one.path] = Case(one)
        if one.wants and not case.proposals:
            kept = portraits_of(self._kept.get(one.path, ()))
            proposed = await remedies_for(one, page, kept, frame, self._layer)
            for each in proposed:
                why = _refusal(self.scenario, each)
                (case.by_hand if why else case.proposals).append(each)
                case.refused = case.refused or why

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


def _written(scenario: Scenario, using: Iterable[Proposal]) -> Scenario:
    """The scenario with these proposals; raises EditRefused and ScenarioError where its file cannot be changed so."""
    return load_text(edited(scenario.yaml, [one.edit for one in using]), scenario.file)


def _refusal(scenario: Scenario, proposal: Proposal) -> str:
    """Why a proposal cannot be written into the scenario's file alone; empty where it can."""
    try:
        _written(scenario, [proposal])
    except EditRefused as error:
        return str(error)
    except ScenarioError as error:
        return error.problems[0].message
    return ""
