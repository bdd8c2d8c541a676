"""What sites do to their widgets: changes drawn by a seed, each with the steps that it must break."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from benchmarks.mends.labels import FRENCH, GERMAN
from benchmarks.mends.widgets import (
    BUBBLE,
    CLOSED,
    CROSS,
    FORM,
    FRAME,
    GATED,
    ICONS,
    INLINE,
    LINK,
    NESTED,
    PILL,
    SHADOW,
    Widget,
    page,
)

WORDS = ("help", "talk", "assist", "desk", "care", "reach", "hello", "guide", "live", "team")
ENDS = ("btn", "root", "area", "wrap", "main", "part", "item", "node", "core", "zone")


@dataclass(frozen=True)
class Mutant:
    """A widget as it is now."""

    name: str
    widget: Widget
    """As its scenario knows it."""
    now: Widget
    broken: frozenset[str]
    """Any of these may be named as the first step that is broken or drifts."""
    findable: bool = True
    """There is something that works instead, or it goes on working."""


Change = Callable[[Widget, random.Random], Widget]
Planned = tuple[str, Widget, Change, Iterable[str]]
"""What is done, to which widget, how, and the steps of which one must be named."""


def renamed(*parts: str) -> Change:
    """Other classes and ids for these parts; for all without any."""

    def change(widget: Widget, draw: random.Random) -> Widget:
        return widget.renamed({part: _name(draw) for part in parts or sorted(widget.named())})

    return change


def _name(draw: random.Random) -> str:
    """Written by somebody, or made by a machine."""
    if draw.random() < 0.3:
        return f"css-{draw.randrange(36**6):x}{draw.randrange(10)}"
    return f"{draw.choice(WORDS)}-{draw.choice(ENDS)}-{draw.choice(WORDS)}"


def speaking(language: str) -> Change:
    """All that visitors read, in another language."""
    labels = {"de": GERMAN, "fr": FRENCH}[language]
    return lambda widget, _: replace(widget, labels=labels)


def with_layer(name: str) -> Change:
    """A layer over the page where there was none, or another one than there was."""

    def change(widget: Widget, draw: random.Random) -> Widget:
        now = replace(widget, layer=name)
        return now.renamed({part: _name(draw) for part in ("layer", "accept", "refuse")})

    return change


def without_layer(widget: Widget, _draw: random.Random) -> Widget:
    """What stood over the page is gone."""
    return replace(widget, layer="")


def without_launcher(widget: Widget, _draw: random.Random) -> Widget:
    """Nothing opens the chat any more: the button is gone, and so is the script that built it."""
    return replace(widget, html="", frames={}, above="")


def unframed(widget: Widget, _draw: random.Random) -> Widget:
    """What stood in a frame stands in the page now."""
    return replace(widget, html=page("unframed.html"), frames={})


def framed(widget: Widget, _draw: random.Random) -> Widget:
    """What stood in the page, launcher and all, stands in a frame now that fills the corner."""
    style = "position:fixed;right:0;bottom:0;width:420px;height:560px;border:0"
    corner = f'<!doctype html><html lang="$$lang"><meta charset="utf-8"><body>{widget.html}'
    html = f'<iframe src="corner" title="$$title" style="{style}"></iframe>'
    return replace(widget, html=html, frames={**widget.frames, "corner": corner})


def in_one_more_frame(widget: Widget, draw: random.Random) -> Widget:
    """The chat's frame stands in another one, of another name."""
    now = widget.renamed({"frame": _name(draw)})
    return replace(now, frames={**now.frames, "outer": page("outer.html")}, put_in={"source": "outer"})


def doubled(widget: Widget, _draw: random.Random) -> Widget:
    """A second element of the launcher's class stands before it: an offer that opens nothing."""
    return replace(widget, above='<p class="$launcher" style="position:static;width:200px;height:40px">New games!</p>')


def all_of(*changes: Change) -> Change:
    """One after the other."""

    def change(widget: Widget, draw: random.Random) -> Widget:
        for one in changes:
            widget = one(widget, draw)
        return widget

    return change


_LAYER = ("before[0]", "before[1]")
_LAUNCHER = ("chat.launcher",)
_CONSENT = with_layer("consent.html")
PLAN: tuple[Planned, ...] = (
    ("launcher renamed", BUBBLE, renamed("launcher"), _LAUNCHER),
    ("box renamed", BUBBLE, renamed("box"), ("chat.input",)),
    ("send renamed", BUBBLE, renamed("send"), ("chat.send",)),
    ("rows renamed", BUBBLE, renamed("row", "agent", "mine"), ("chat.messages",)),
    ("all renamed", BUBBLE, renamed(), _LAUNCHER),
    ("two of the launcher's class", BUBBLE, doubled, _LAUNCHER),
    ("a consent layer", BUBBLE, _CONSENT, _LAYER),
    ("speaks German", PILL, speaking("de"), _LAUNCHER),
    ("speaks French, a consent layer", PILL, all_of(_CONSENT, speaking("fr")), (*_LAYER, *_LAUNCHER)),
    ("all renamed, speaks German", PILL, all_of(renamed(), speaking("de")), _LAUNCHER),
    ("launcher and box renamed", FRAME, renamed("launcher", "box", "message"), _LAUNCHER),
    ("frame renamed", FRAME, renamed("frame"), ("chat.frames",)),
    ("out of the frame", FRAME, unframed, ("chat.frames",)),
    ("one more frame", FRAME, in_one_more_frame, ("chat.frames",)),
    ("all renamed", FRAME, renamed(), _LAUNCHER),
    ("speaks French", CROSS, speaking("fr"), ("chat.frames",)),
    ("all renamed, speaks German", CROSS, all_of(renamed(), speaking("de")), _LAUNCHER),
    ("all renamed", NESTED, renamed(), _LAUNCHER),
    ("all renamed", SHADOW, renamed(), _LAUNCHER),
    ("into a frame", SHADOW, framed, _LAUNCHER),
    ("launcher and box renamed", CLOSED, renamed("launcher", "box"), _LAUNCHER),
    ("all renamed, speaks French", CLOSED, all_of(renamed(), speaking("fr")), _LAUNCHER),
    ("form renamed", FORM, renamed("who", "mail", "start"), ("chat.form[0]",)),
    ("all renamed, speaks German", FORM, all_of(renamed(), speaking("de")), _LAUNCHER),
    ("another consent layer", GATED, _CONSENT, _LAYER),
    ("no consent layer", GATED, without_layer, _LAYER),
    ("another consent layer, speaks German", GATED, all_of(_CONSENT, speaking("de")), _LAYER),
    ("an offer over the page", GATED, with_layer("news.html"), (*_LAYER, *_LAUNCHER)),
    ("link renamed, speaks French", LINK, all_of(renamed("launcher"), speaking("fr")), _LAUNCHER),
    ("all renamed", ICONS, renamed(), _LAUNCHER),
    ("an offer over the page", ICONS, with_layer("news.html"), (*_LAYER, *_LAUNCHER)),
    ("all renamed, speaks German", INLINE, all_of(renamed(), speaking("de")), ("chat.input",)),
)
GONE: tuple[Planned, ...] = (
    ("no launcher", BUBBLE, without_launcher, _LAUNCHER),
    ("no launcher", FRAME, without_launcher, _LAUNCHER),
)


def mutants(seed: int) -> list[Mutant]:
    """All of them, always the same for one seed; the last ones have no chat any more."""
    return drawn(PLAN, GONE, seed)


def drawn(plan: Sequence[Planned], gone: Sequence[Planned], seed: int) -> list[Mutant]:
    """Mutants of two lists; nothing takes the place of what is broken in those of the second."""
    found = []
    for number, (what, widget, change, broken) in enumerate((*plan, *gone), 1):
        now = change(widget, random.Random(seed * 100 + number))
        name = f"{number:02} {widget.name}: {what}"
        found.append(Mutant(name, widget, now, frozenset(broken), number <= len(plan)))
    return found
