"""What a visit remembers of the chat's parts, and shows to an examiner, where one takes part."""

from __future__ import annotations

from typing import Any

from chatprobe.browser.arrival import Stop
from chatprobe.browser.frames import Search
from chatprobe.browser.steps import Action
from chatprobe.model import EventName, Outcome, Side
from chatprobe.probe.examiner import Examiner, Scene
from chatprobe.probe.visit import Visit
from chatprobe.scenario.parts import parts_of

_STEPS = (EventName.STEP_OK, EventName.STEP_FAILED)


class Keeping:
    """Goes along with one visit."""

    def __init__(self, visit: Visit, examiner: Examiner | None) -> None:
        self._visit = visit
        self._examiner = examiner
        self._parts = parts_of(visit.order.scenario)
        visit.chat.steps.found = self._found
        visit.typed = self._while_typed

    async def parts(self, outcome: Outcome) -> list[dict[str, Any]]:
        """How the chat's parts are made, as rows of `parts`, where the visit came to the chat."""
        if outcome.side is Side.OURS or outcome in (Outcome.NOT_OFFERED, Outcome.SITE_DOWN):
            return []
        gallery = self._visit.gallery
        gallery.layer(self._visit.before)
        await gallery.matching(self._parts)
        return [kept.as_row() for kept in gallery.kept.values()]

    async def show(self, stop: Stop | None) -> None:
        """Let the examiner look; `stop` is where the visit ended, None while the question stands in the box."""
        if self._examiner:
            told = (event for event in self._visit.journal.of_this_try if event.name in _STEPS)
            steps = {str(event.detail["step"]): event.detail for event in told}
            visit = self._visit
            scene = Scene(visit.chat, visit.order.scenario, visit.before, visit.gallery.kept, steps, stop)
            await self._examiner.look(scene)

    async def _found(self, action: Action, found: Search) -> None:
        await self._visit.gallery.found(action, found)
        if self._examiner:
            await self._examiner.found(self._visit.chat, action, found)

    async def _while_typed(self) -> None:
        """See what there is only now: the box, what sends, what the style sheets know before there are rows."""
        gallery, frame = self._visit.gallery, self._visit.chat.box_frame
        await gallery.box(frame)
        await gallery.before_rows(frame, self._parts)
        await gallery.matching([part for part in self._parts if part.path == "chat.send"])
        await self.show(None)
