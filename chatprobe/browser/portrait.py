"""Portraits: how an element is made and where it stands, to know it again on a page that has changed.

They are kept for months, so they hold nothing that anybody wrote in a chat: of rows no name and no text at all.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import ElementHandle, Error, Frame

from chatprobe.browser.frames import COUNT_TIMEOUT_S, frame_offset
from chatprobe.browser.observer import FrameGone, Observer
from chatprobe.browser.survey import Box

_NOWHERE = Box(0, 0, 0, 0)


@dataclass(frozen=True)
class Level:
    """An element around another."""

    tag: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    shadow: str = ""
    """``open`` or ``closed`` where what it holds stands in its shadow root."""
    early: bool = False
    """It stood there before the question was asked."""

    def as_row(self) -> dict[str, Any]:
        """Its shape in a database: what is empty is left out."""
        row = {"tag": self.tag, "attributes": dict(self.attributes), "shadow": self.shadow, "early": self.early}
        return {name: value for name, value in row.items() if value}


@dataclass(frozen=True)
class Portrait:
    """How one element is made and where it stands."""

    tag: str
    role: str = ""
    """As written, else what its tag means."""
    name: str = ""
    """What it says to a visitor: its label; never the words of a row."""
    attributes: Mapping[str, str] = field(default_factory=dict)
    box: Box = _NOWHERE
    """CSS pixels in the viewport of its page."""
    view: tuple[float, float] = (0, 0)
    """Width and height of that viewport."""
    visible: bool = False
    above: tuple[Level, ...] = ()
    """The elements around it in its document, the nearest first."""
    frames: tuple[Level, ...] = ()
    """The frame elements around its document, the outermost first; none for the page itself."""
    id: str = field(default="", compare=False)
    """By which the observer of its document knows it now; not kept."""

    @property
    def classes(self) -> tuple[str, ...]:
        """Its classes."""
        return tuple(self.attributes.get("class", "").split())

    def as_row(self) -> dict[str, Any]:
        """Its shape in a database: what is empty is left out."""
        row: dict[str, Any] = {
            "tag": self.tag,
            "role": self.role,
            "name": self.name,
            "attributes": dict(self.attributes),
            "box": [round(one) for one in (self.box.x, self.box.y, self.box.width, self.box.height)],
            "view": [round(one) for one in self.view],
            "visible": self.visible,
            "above": [level.as_row() for level in self.above],
            "frames": [level.as_row() for level in self.frames],
        }
        return {name: value for name, value in row.items() if value}


def portrait_of(row: Mapping[str, Any]) -> Portrait:
    """The portrait in a row of the database, or in what the observer says of an element."""
    view = row.get("view", (0, 0))
    return Portrait(
        tag=str(row["tag"]),
        role=str(row.get("role", "")),
        name=str(row.get("name", "")),
        attributes=_texts(row.get("attributes")),
        box=Box(*row.get("box", (0, 0, 0, 0))),
        view=(float(view[0]), float(view[1])),
        visible=bool(row.get("visible")),
        above=_levels(row.get("above")),
        frames=_levels(row.get("frames")),
        id=str(row.get("id", "")),
    )


def _levels(rows: Any) -> tuple[Level, ...]:
    return tuple(
        Level(str(row["tag"]), _texts(row.get("attributes")), str(row.get("shadow", "")), bool(row.get("early")))
        for row in rows or ()
    )


def _texts(values: Any) -> dict[str, str]:
    return {str(name): str(value) for name, value in (values or {}).items()}


@dataclass(frozen=True)
class Place:
    """Where a frame's document stands."""

    frame: Frame
    levels: tuple[Level, ...] = ()
    """The frame elements around it, the outermost first."""
    offset: tuple[float, float] = (0, 0)
    """Its corner in CSS pixels of its page."""

    def portrait(self, seen: Mapping[str, Any]) -> Portrait:
        """The portrait of an element in it, of which its observer says so much."""
        alone = portrait_of(seen)
        size = self.frame.page.viewport_size
        view = (float(size["width"]), float(size["height"])) if size else alone.view
        return replace(alone, box=alone.box.moved(*self.offset), view=view, frames=self.levels)


async def place_of(observer: Observer, frame: Frame) -> Place:
    """Where a frame stands; raises FrameGone when it went away."""
    levels: list[Level] = []
    at: Frame | None = frame
    try:
        while at is not None and at.parent_frame is not None:
            element = await asyncio.wait_for(at.frame_element(), COUNT_TIMEOUT_S)
            seen = await observer.call(at.parent_frame, "portrait", element, COUNT_TIMEOUT_S) or {"tag": "iframe"}
            host = urlsplit(at.url).hostname
            address = {"address": host} if host else {}
            levels.append(Level(seen["tag"], {**_texts(seen.get("attributes")), **address}))
            at = at.parent_frame
        return Place(frame, tuple(reversed(levels)), await frame_offset(frame))
    except (Error, TimeoutError) as error:
        raise FrameGone(f"the frame went away: {error}") from error


async def portray(observer: Observer, place: Place, element: str | ElementHandle) -> Portrait | None:
    """The portrait of an element, by its id from the survey or by its handle; None when it is gone.

    Raises FrameGone.
    """
    seen = await observer.call(place.frame, "portrait", element, COUNT_TIMEOUT_S)
    return place.portrait(seen) if seen else None
