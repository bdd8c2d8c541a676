"""Other changes to other widgets than the doctor was built on, written down after he was built.

`python -m benchmarks.mends --held-out` tries them. What a change breaks is named as in the list of mutations.
"""

from __future__ import annotations

import random
from dataclasses import replace

from benchmarks.mends.labels import FINNISH, SPANISH
from benchmarks.mends.mutations import Change, Mutant, Planned, all_of, drawn, renamed
from benchmarks.mends.widgets import Widget, page

_OPEN = "one('.$launcher').onclick = () => { one('.$panel').style.display = 'flex'; };"
_BUTTON = '<button class="$launcher">$$open</button>'
DOCK = Widget(
    "dock",
    page("dock.html"),
    put_in={
        "talk": page("talk.js"),
        "row": "li",
        "door": _BUTTON,
        "opening": _OPEN,
        "shown": "none",
        "first": "",
        "field": '<textarea class="$box" aria-label="$$type"></textarea>',
        "button": '<button class="$send" title="$$send">&#x27a4;</button>',
    },
)
PORTAL = Widget(
    "portal",
    page("portal.html"),
    {"window": page("window.html")},
    put_in={
        "talk": page("talk.js"),
        "row": "div",
        "source": "frame.src = 'http://ELSEWHERE/window';",
        "filled": "",
    },
)
WALLED = replace(DOCK, name="walled", layer="wall.html", put_in={**DOCK.put_in, "row": "div"})


def with_parts(**parts: str) -> Change:
    """Other pieces of the page."""
    return lambda widget, _: replace(widget, put_in={**widget.put_in, **parts})


def hashed(widget: Widget, draw: random.Random) -> Widget:
    """Every class is made by a machine, and another one with each release."""
    return widget.renamed(
        {name: f"sc-{draw.randrange(36**5):x}{draw.randrange(10)}" for name in sorted(widget.named())}
    )


def in_closed_root(widget: Widget, draw: random.Random) -> Widget:
    """The launcher is drawn by an element of its own, in a closed shadow root."""
    opening = page("closed_door.js")
    now = replace(widget, put_in={**widget.put_in, "door": "<help-dock></help-dock>", "opening": opening})
    return renamed("launcher")(now, draw)


def written_into_blank_frames(widget: Widget, _draw: random.Random) -> Widget:
    """The chat's page has no address any more: the site's script writes it into a frame of a frame."""
    return replace(widget, put_in={**widget.put_in, "source": "", "filled": page("filled.js")})


def beside_a_second_chat(widget: Widget, _draw: random.Random) -> Widget:
    """Another vendor's chat stands before it, its launcher says the same."""
    return replace(widget, html=page("second.html") + widget.html)


def wall_in_a_frame(widget: Widget, _draw: random.Random) -> Widget:
    """The banner comes from a provider of such banners, in a frame, in Finnish."""
    spoken = {**widget.labels, **{name: FINNISH[name] for name in ("cookies", "accept", "refuse")}}
    return replace(widget, layer="framed_wall.html", frames={"wall": page("wall_inside.html")}, labels=spoken)


def behind_an_age_gate(widget: Widget, _draw: random.Random) -> Widget:
    """The banner gave way to a question about the visitor's age, in Spanish."""
    return replace(widget, layer="age.html", labels={**widget.labels, **{name: SPANISH[name] for name in _GATE}})


def placeholder_in_spanish(widget: Widget, _draw: random.Random) -> Widget:
    """Only the box speaks another language."""
    return replace(widget, labels={**widget.labels, "type": SPANISH["type"]})


_GATE = ("lang", "age", "of_age", "minor")
_UNTIL = (
    "one('.$rows').hidden = true; one('.$composer').style.display = 'none';"
    " const go_on = (event) => { event.preventDefault(); one('.$FIRST').remove();"
    " one('.$rows').hidden = false; one('.$composer').style.display = 'flex'; };"
)
_FORM = _OPEN + _UNTIL.replace("FIRST", "form") + " one('.$form').onsubmit = go_on;"
_MENU = _OPEN + _UNTIL.replace("FIRST", "menu") + " one('.$start').onclick = go_on;"
_STYLE = "width:240px;min-height:34px;border:1px solid"
_EDITABLE = f'<div class="$field" contenteditable="true" data-placeholder="$$type" style="{_STYLE}"></div>'
_FIELD = page("talk.js").replace("$box", "$field")

PLAN: tuple[Planned, ...] = (
    ("launcher in a closed root", DOCK, in_closed_root, ("chat.launcher",)),
    ("all classes hashed", DOCK, hashed, ("chat.launcher",)),
    ("box is an editable div", DOCK, with_parts(field=_EDITABLE, talk=_FIELD), ("chat.input",)),
    ("list and rows made anew", DOCK, all_of(with_parts(row="section"), renamed("rows")), ("chat.messages",)),
    ("no send button", DOCK, with_parts(button=""), ("chat.send",)),
    ("a form before the chat", DOCK, with_parts(first=page("details.html"), opening=_FORM), ("chat.form",)),
    (
        "a menu before the chat",
        DOCK,
        with_parts(first=page("menu.html"), opening=_MENU),
        ("chat.launcher", "chat.form"),
    ),
    ("no launcher, it stands open", DOCK, with_parts(door="", opening="", shown="flex"), ("chat.launcher",)),
    ("placeholder in Spanish", PORTAL, placeholder_in_spanish, ("chat.input",)),
    ("frame from another host", PORTAL, with_parts(source="frame.src = 'http://OTHER/window';"), ("chat.frames",)),
    ("in frames without address", PORTAL, written_into_blank_frames, ("chat.frames",)),
    ("a second chat on the page", WALLED, beside_a_second_chat, ("chat.launcher",)),
    ("wall in a frame, in Finnish", WALLED, wall_in_a_frame, ("before[0]", "before[1]")),
    ("age gate in Spanish", WALLED, behind_an_age_gate, ("before[0]", "before[1]")),
)


def held_out(seed: int) -> list[Mutant]:
    """All of them, always the same for one seed."""
    return drawn(PLAN, (), seed)
