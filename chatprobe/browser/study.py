"""A chat's structure at its end: what the box, the frame and the rows of the conversation can be found by again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from chatprobe.browser.anatomy import ways_of, ways_to_frame
from chatprobe.browser.chat import Chat
from chatprobe.browser.observer import FrameGone
from chatprobe.browser.survey import Survey, Thing, survey


async def study(chat: Chat, frames: Sequence[str]) -> dict[str, Any]:
    """What can be told as JSON; `frames` are those of the scenario, in which the box is looked for.

    `input`, `send`, `frames`: ways of finding them, as `Choice.as_row`. `conversation`: what the observer tells of the
    rows. What is gone or does not answer is left out.
    """
    now = await survey(chat.observer, chat.context)
    conversation = await _conversation(chat)
    box = _thing(now, conversation.get("box"))
    told: dict[str, Any] = {"conversation": conversation} if conversation else {}
    for name, thing in (("input", box), ("send", _thing(now, chat.sent_by))):
        if thing is not None:
            _, ways = await ways_of(chat.observer, chat.context, now, thing, frames)
            told[name] = [way.as_row() for way in ways]
    if chat.box_frame is not None and not chat.box_frame.is_detached():
        _, ways = await ways_to_frame(chat.observer, chat.context, chat.box_frame)
        told["frames"] = [way.as_row() for way in ways]
    return told


async def _conversation(chat: Chat) -> dict[str, Any]:
    frame = chat.echo_frame or chat.box_frame
    if frame is None:
        return {}
    try:
        return await chat.observer.call(frame, "conversation") or {}
    except FrameGone:
        return {}


def _thing(now: Survey, id_: object) -> Thing | None:
    return next((one for one in (*now.fields, *now.clickables) if one.id == id_ and one.visible), None)
