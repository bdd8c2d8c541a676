"""Looking at one visit for the doctor: everything that its diagnosis rests on, at one moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from chatprobe.browser.chat import Chat
from chatprobe.browser.forms import find_form
from chatprobe.browser.frames import ChatFrame, chat_frames
from chatprobe.browser.gallery import Kept
from chatprobe.browser.locate import find_composer
from chatprobe.browser.observer import FrameGone
from chatprobe.browser.parts import look_for
from chatprobe.browser.portrait import Level, place_of
from chatprobe.browser.survey import Survey
from chatprobe.discover.diagnosis import Seen, Standing, around, words_of
from chatprobe.model import Outcome
from chatprobe.parts import Part
from chatprobe.scenario.parts import parts_of

if TYPE_CHECKING:
    from chatprobe.probe.examiner import Scene

_HOLDER = "~"
"""Begins the path of what stood around a part: no part of the scenario's."""


async def see(scene: Scene, frame: ChatFrame | None, kept: Mapping[str, Sequence[Kept]]) -> Seen:
    """All that is to be seen of a visit now; `frame` is the one the chat stands in."""
    chat, scenario = scene.chat, scene.scenario
    parts = parts_of(scenario)
    holders = [Part(f"{_HOLDER}{path}", tuple(around(one)), rows=True) for path, one in kept.items()]
    matches = await look_for(chat.observer, chat.context, [*parts, *holders])
    return Seen(
        parts,
        standing_of(scene),
        scene.stop,
        tuple(one for one in matches if not one.path.startswith(_HOLDER)),
        scene.steps,
        scene.found,
        await _levels(chat, frame),
        framed=frame is not None and frame in await chat_frames(chat.context, scenario.chat.frames),
        styled=await _styled(chat, frame, words_of(parts)),
        standing_around=frozenset(one.selector for one in matches if one.path.startswith(_HOLDER)),
    )


def standing_of(scene: Scene) -> Standing:
    """How far the visit came."""
    if scene.stop is None:
        return Standing.BOX
    stands = scene.stop.step == "chat.form" and scene.stop.outcome is Outcome.ONLINE
    return Standing.FORM if stands else Standing.NOTHING


def home_of(scene: Scene, now: Survey) -> ChatFrame | None:
    """The frame that the chat stands in; None where no chat is to be seen."""
    if scene.stop is None:
        return scene.chat.box_frame
    if scene.stop.step in ("load", "url", "chat.launcher") or scene.stop.step.startswith("before"):
        return None
    form = find_form(now, scene.before)
    thing = form.asks[0].field if form else find_composer(now, scene.before)
    return now.frames.get(thing.document) if thing else None


async def _levels(chat: Chat, frame: ChatFrame | None) -> tuple[Level, ...] | None:
    if frame is None:
        return None
    try:
        return (await place_of(chat.observer, frame)).levels
    except FrameGone:
        return None


async def _styled(chat: Chat, frame: ChatFrame | None, words: Sequence[str]) -> frozenset[str]:
    if frame is None or not words:
        return frozenset()
    try:
        return frozenset(await chat.observer.call(frame, "styled", list(words)) or ())
    except FrameGone:
        return frozenset()
