"""What stands in all frames of all pages of a browser context: fields, clickables, text, as plain data.

Boxes are CSS pixels in the viewport of their page, so that a mouse finds them through any nesting of frames and roots.
Nothing here decides what an element is for: that is `locate`, `forms` and `signs`, pure functions over a `Survey`.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from playwright.async_api import BrowserContext, Frame, Page

from chatprobe.browser.observer import FrameGone, Observer

FRAME_TIMEOUT_S = 4.0


@dataclass(frozen=True)
class Box:
    """A rectangle in CSS pixels."""

    x: float
    y: float
    width: float
    height: float

    @property
    def centre(self) -> tuple[float, float]:
        """Its middle."""
        return self.x + self.width / 2, self.y + self.height / 2

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.y + self.height

    def moved(self, x: float, y: float) -> Box:
        """The same box elsewhere."""
        return replace(self, x=self.x + x, y=self.y + y)

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in it."""
        return self.x <= x <= self.right and self.y <= y <= self.bottom

    def distance(self, other: Box) -> float:
        """Gap between two boxes; 0 where they touch."""
        across = max(self.x - other.right, other.x - self.right, 0.0)
        down = max(self.y - other.bottom, other.y - self.bottom, 0.0)
        return float((across**2 + down**2) ** 0.5)


@dataclass(frozen=True)
class Thing:
    """An element and where it stands."""

    id: str
    """Survives from one survey to the next, as long as the document does."""
    document: str
    tag: str
    role: str
    box: Box
    visible: bool
    anchor: str
    """Id of the outermost fixed box it stands in, itself included; empty in the page's flow."""
    dialog: str
    """Id of the dialog it stands in."""
    layer: str
    """Id of the fixed layer over the whole view that it stands in."""
    hushed: bool
    """Hidden from screen readers (`aria-hidden`)."""
    landmark: str
    """The nearest of header, nav, footer, main, aside."""
    z: int
    hints: str
    """Class, id, file names: what no visitor reads."""
    cover: str | None
    """What covers its centre: empty for nothing, None where the centre is out of view."""
    form: str
    """Id of its `<form>`."""


@dataclass(frozen=True)
class Field(Thing):
    """Something to write into or to choose from."""

    kind: str
    """textarea, editable, select, or the type of an input: text, email, tel, password, search, checkbox, radio …"""
    label: str
    placeholder: str
    name: str
    """The `name` attribute, else the id."""
    autocomplete: str
    value: str
    enabled: bool
    """Neither disabled nor read-only."""
    required: bool
    checked: bool
    options: tuple[tuple[str, str, bool], ...]
    """Of a select: value, text, disabled."""
    label_box: Box | None
    """Where its label stands, for a checkbox drawn by its label."""


@dataclass(frozen=True)
class Clickable(Thing):
    """Something a visitor might click."""

    name: str
    href: str
    semantic: bool
    """A button or link by its tag or role, not only by its looks."""
    pointer: bool
    """The mouse turns into a hand over it."""
    expanded: str
    """`aria-expanded`, empty where it has none."""
    popup: str
    enabled: bool


@dataclass(frozen=True)
class Panel:
    """A fixed box, dialog or layer that holds text."""

    id: str
    box: Box
    text: str


@dataclass(frozen=True)
class Document:
    """One frame's document."""

    key: str
    page: int
    """Index of its page among the context's pages."""
    url: str
    title: str
    text: str
    """Visible text, lines of elements, cut at 6,000 characters."""
    box: Box
    """The part of its page it fills."""
    embedded: bool
    """In a frame element."""
    afloat: bool
    """Its frame element, or one around it, is fixed over the page."""
    layered: bool = False
    """Its frame element, or one around it, lies over the whole view."""
    host_z: int = 0
    host_name: str = ""
    """Title and hints of the frame element."""
    panels: tuple[Panel, ...] = ()
    language: str = ""
    """What it says it is written in."""


@dataclass(frozen=True)
class Survey:
    """Everything seen at one moment."""

    fields: tuple[Field, ...] = ()
    clickables: tuple[Clickable, ...] = ()
    documents: Mapping[str, Document] = field(default_factory=dict)
    frames: Mapping[str, Frame] = field(default_factory=dict)
    """The frame of each document, by the document's key."""
    pages: tuple[Page, ...] = ()

    def page_of(self, thing: Thing) -> Page:
        """The page whose mouse reaches it."""
        return self.pages[self.documents[thing.document].page]

    def afloat(self, thing: Thing) -> bool:
        """Fixed over the page, by itself or with its frame."""
        return bool(thing.anchor) or self.documents[thing.document].afloat

    def view_of(self, thing: Thing) -> Box:
        """What its page shows, from its corner (0, 0)."""
        page = self.documents[thing.document].page
        return next(one.box for one in self.documents.values() if one.page == page and not one.embedded)

    def ids(self) -> frozenset[str]:
        """Ids of all that is visible."""
        return frozenset(thing.id for thing in (*self.fields, *self.clickables) if thing.visible)

    def without(self, before: Survey | None) -> Survey:
        """What is new since an earlier look."""
        if before is None:
            return self
        old = before.ids()
        fields = tuple(one for one in self.fields if one.id not in old)
        return replace(self, fields=fields, clickables=tuple(one for one in self.clickables if one.id not in old))

    def text_around(self, thing: Thing) -> str:
        """Visible text of what it stands in: its fixed box, dialog or layer, or its frame; else of the document."""
        document = self.documents[thing.document]
        texts = {panel.id: panel.text for panel in document.panels}
        return texts.get(thing.anchor) or texts.get(thing.dialog) or texts.get(thing.layer) or document.text


@dataclass(frozen=True)
class _Stand:
    """Where a frame's content begins and how its element stands, in page coordinates."""

    page: int
    box: Box
    afloat: bool
    embedded: bool
    layered: bool = False
    z: int = 0
    name: str = ""
    hidden: bool = False


async def survey(observer: Observer, context: BrowserContext) -> Survey:
    """Look at every visible frame of every page; frames that hang or went away are left out."""
    pages = tuple(page for page in context.pages if not page.is_closed())
    parts = await asyncio.gather(*(_survey_page(observer, page, index) for index, page in enumerate(pages)))
    found = [part for page_parts in parts for part in page_parts]
    return Survey(
        fields=tuple(item for part in found for item in part.fields),
        clickables=tuple(item for part in found for item in part.clickables),
        documents={key: document for part in found for key, document in part.documents.items()},
        frames={key: frame for part in found for key, frame in part.frames.items()},
        pages=pages,
    )


async def _survey_page(observer: Observer, page: Page, index: int) -> list[Survey]:
    size = page.viewport_size or {"width": 0, "height": 0}
    view = Box(0, 0, size["width"], size["height"])
    found = await _survey_tree(observer, page.main_frame, _Stand(index, view, afloat=False, embedded=False))
    # Without the page's own document nobody knows what is new in its frames, or where they stand.
    return found if any(not document.embedded for part in found for document in part.documents.values()) else []


async def _survey_tree(observer: Observer, frame: Frame, stand: _Stand) -> list[Survey]:
    """One frame and all visible frames below it; a frame's children are looked at while it answers itself."""
    own = _survey_frame(observer, frame, stand)
    below = (_survey_child(observer, child, stand) for child in frame.child_frames)
    first, *rest = await asyncio.gather(own, *below)
    return [*first, *(part for parts in rest for part in parts)]


async def _survey_child(observer: Observer, child: Frame, above: _Stand) -> list[Survey]:
    stand = await _stand_of(observer, child, above)
    if stand is None or stand.hidden or stand.box.width < 8 or stand.box.height < 8:
        return []
    return await _survey_tree(observer, child, stand)


async def _stand_of(observer: Observer, frame: Frame, above: _Stand) -> _Stand | None:
    host = await host_of(observer, frame)
    if host is None:
        return None
    content = Box(*host["content"]).moved(above.box.x, above.box.y)
    return _Stand(
        page=above.page,
        box=content,
        afloat=above.afloat or bool(host["anchor"]),
        embedded=True,
        layered=above.layered or bool(host["layer"]),
        z=max(above.z, int(host["z"])),
        name=f"{host['title']} {host['hints']}",
        hidden=not host["visible"],
    )


async def host_of(observer: Observer, frame: Frame) -> Mapping[str, Any] | None:
    """How the element that holds a frame stands in its parent's document; None where nobody answers."""
    try:
        async with asyncio.timeout(FRAME_TIMEOUT_S):
            element = await frame.frame_element()
        parent = frame.parent_frame
        return await observer.call(parent, "host", element, FRAME_TIMEOUT_S) if parent else None
    except Exception:  # noqa: BLE001  # a frame can go at any moment, and Playwright names that in many ways
        return None


async def _survey_frame(observer: Observer, frame: Frame, stand: _Stand) -> list[Survey]:
    try:
        seen = await observer.call(frame, "survey", None, FRAME_TIMEOUT_S)
        return [_read(json.loads(seen), frame, stand)] if seen else []
    except (FrameGone, ValueError):
        return []


def _read(seen: Mapping[str, Any], frame: Frame, stand: _Stand) -> Survey:
    box = stand.box if stand.embedded and stand.box.width else Box(0, 0, *seen["view"])
    key = str(seen["document"])
    document = Document(
        key=key,
        page=stand.page,
        url=str(seen["url"]),
        title=str(seen["title"]),
        text=str(seen["text"]),
        box=box,
        embedded=stand.embedded,
        afloat=stand.afloat,
        layered=stand.layered,
        host_z=stand.z,
        host_name=stand.name,
        panels=tuple(Panel(p["id"], Box(*p["box"]).moved(box.x, box.y), p["text"]) for p in seen["panels"]),
        language=str(seen["lang"]),
    )
    return Survey(
        fields=tuple(_field(row, key, box) for row in seen["fields"]),
        clickables=tuple(Clickable(**_placed(row, key, box)) for row in seen["clickables"]),
        documents={key: document},
        frames={key: frame},
    )


def _placed(row: Mapping[str, Any], document: str, box: Box) -> dict[str, Any]:
    return {**row, "document": document, "box": Box(*row["box"]).moved(box.x, box.y)}


def _field(row: Mapping[str, Any], document: str, box: Box) -> Field:
    label_box = Box(*row["label_box"]).moved(box.x, box.y) if row["label_box"] else None
    options = tuple((str(value), str(text), bool(off)) for value, text, off in row["options"])
    return Field(**{**_placed(row, document, box), "label_box": label_box, "options": options})
