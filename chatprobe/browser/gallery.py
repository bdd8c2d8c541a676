"""What a visit keeps of the chat's parts: how each was made, and small pictures of those that hold nobody's words."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.async_api import BrowserContext, Error, Frame

from chatprobe.browser.artifacts import Artifact
from chatprobe.browser.banners import find_overlays
from chatprobe.browser.frames import Search
from chatprobe.browser.observer import FrameGone, Observer
from chatprobe.browser.parts import look_for
from chatprobe.browser.portrait import Portrait, place_of, portrait_of, portray
from chatprobe.browser.steps import Action
from chatprobe.browser.survey import Clickable, Survey
from chatprobe.parts import Part

LAYER = "layer"
"""The path of what stands over the page; no key of a scenario."""
INNER = "inner"
"""The path of what was clicked between launcher and box; no key of a scenario either."""
CROP_TIMEOUT_MS = 1_500
MARGIN = 12.0
"""Pixels around a part in its picture."""
LARGEST = 600.0
"""A part that is wider or higher is no control: what stands in it may be anybody's words."""


@dataclass(frozen=True)
class Kept:
    """One part as it was found."""

    path: str
    selector: str | None
    """The alternative that matched; None where the generic method found it."""
    portrait: Portrait
    visible: int = 1
    """How many such things were visible; rows are not counted."""
    styled: tuple[str, ...] = ()
    """The selector's classes and ids that a style sheet knew before there were rows."""

    def as_row(self) -> dict[str, Any]:
        """Its row in `parts`."""
        more: dict[str, Any] = {"styled": list(self.styled)} if self.styled else {}
        more |= {"alike": self.visible} if self.visible > 1 else {}
        return {"part": self.path, "selector": self.selector, "structure": {**self.portrait.as_row(), **more}}


@dataclass
class Gallery:
    """Fills while the visit goes on; nothing in it ever ends a visit."""

    observer: Observer
    context: BrowserContext
    folder: Path | None = None
    """Where pictures go; None: none are made."""
    kept: dict[str, Kept] = field(default_factory=dict)
    """By path."""
    crops: dict[str, Artifact] = field(default_factory=dict)
    _styled: dict[str, tuple[str, ...]] = field(default_factory=dict)

    async def found(self, action: Action, found: Search) -> None:
        """Keep a step's element, just before something is done to it."""
        target, visible = found.target, sum(count.visible for count in found.counts)
        if target is None:
            return
        with contextlib.suppress(Error, FrameGone, TimeoutError):
            place = await place_of(self.observer, target.frame)
            element = await target.locator.element_handle(timeout=1_000) if target.locator else target.id
            portrait = await portray(self.observer, place, element)
            await self._keep(Kept(action.path, target.selector, portrait, visible) if portrait else None, target.frame)

    async def thing(self, path: str, frame: Frame | None, element: str) -> None:
        """Keep what the generic method found, by its id from the survey."""
        with contextlib.suppress(Error, FrameGone, TimeoutError):
            if frame is not None:
                portrait = await portray(self.observer, await place_of(self.observer, frame), element)
                await self._keep(Kept(path, None, portrait) if portrait else None, frame)

    async def box(self, frame: Frame | None) -> None:
        """Keep the field the visitor writes into, where no selector found it."""
        if frame is None or "chat.input" in self.kept:
            return
        with contextlib.suppress(Error, FrameGone, TimeoutError):
            place = await place_of(self.observer, frame)
            seen = await self.observer.call(frame, "boxPortrait")
            await self._keep(Kept("chat.input", None, place.portrait(seen)) if seen else None, frame)

    def layer(self, before: Survey | None) -> None:
        """Keep what stood over the page when the chat was opened: another visit can tell whether that is new."""
        if before and (overlays := find_overlays(before)):
            self.kept[LAYER] = Kept(LAYER, None, layer_portrait(before, overlays[0]))

    async def before_rows(self, frame: Frame | None, parts: Iterable[Part]) -> None:
        """Note which words of the rows' selectors the style sheets know, as long as there are no rows."""
        for part in (one for one in parts if one.rows):
            with contextlib.suppress(FrameGone):
                words = [word for selector in part.selectors for word in words_in(selector)]
                known = await self.observer.call(frame, "styled", words) if frame and words else ()
                self._styled[part.path] = tuple(known or ())

    async def matching(self, parts: Iterable[Part]) -> None:
        """Keep what the parts' selectors match now, but for those kept already."""
        missing = [part for part in parts if part.path not in self.kept]
        with contextlib.suppress(Error):
            for match in await look_for(self.observer, self.context, missing, most=1):
                if match.inside and match.portraits and match.path not in self.kept:
                    styled = self._styled.get(match.path, ())
                    visible = 1 if match.rows else match.visible  # of rows there may be any number
                    self.kept[match.path] = Kept(match.path, match.selector, match.portraits[0], visible, styled)

    async def _keep(self, one: Kept | None, frame: Frame) -> None:
        if one is None:
            return
        self.kept[one.path] = one
        box = one.portrait.box
        if self.folder is not None and max(box.width, box.height) <= LARGEST:
            file = self.folder / f"crop-{re.sub(r'[^a-z0-9]+', '-', one.path).strip('-')}.png"
            await frame.page.screenshot(
                path=file, clip=_clip(one.portrait), timeout=CROP_TIMEOUT_MS, animations="allow", caret="initial"
            )
            self.crops[one.path] = Artifact("crop", file)


def layer_portrait(now: Survey, one: Clickable) -> Portrait:
    """What is known of a layer's control without asking its page again."""
    view = now.view_of(one)
    return Portrait(one.tag, one.role or one.tag, one.name, box=one.box, view=(view.width, view.height))


def _clip(portrait: Portrait) -> Any:
    box, (width, height) = portrait.box, portrait.view
    left, top = max(0.0, box.x - MARGIN), max(0.0, box.y - MARGIN)
    right, bottom = min(width, box.right + MARGIN), min(height, box.bottom + MARGIN)
    return {"x": left, "y": top, "width": max(1.0, right - left), "height": max(1.0, bottom - top)}


_QUOTED_OR_BRACKETED = re.compile(r"\"[^\"]*\"|'[^']*'|\[[^\]]*\]|\([^()]*\)")
_WORD = re.compile(r"[.#](?:[\w-]|[^\x00-\x7f]|\\.)+")


def words_in(selector: str) -> list[str]:
    """The classes and ids that a CSS selector names, each with its sign."""
    return _WORD.findall(_QUOTED_OR_BRACKETED.sub("", selector))


def kept_of(row: Mapping[str, Any]) -> Kept:
    """What was kept, from its row in `parts`."""
    structure = row["structure"]
    styled = tuple(structure.get("styled", ()))
    return Kept(row["part"], row["selector"], portrait_of(structure), int(structure.get("alike", 1)), styled)
