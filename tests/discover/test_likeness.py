"""How much two portraits are of one element, and what is told of its changes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from chatprobe.browser.portrait import Level, Portrait
from chatprobe.browser.survey import Box
from chatprobe.discover.likeness import differences, likeness

LAUNCHER = Portrait(
    "button",
    "button",
    "Live chat",
    {"id": "chat-open", "class": "lucky-bubble", "data-testid": "chat", "aria-label": "Live chat"},
    Box(1200, 720, 60, 60),
    (1280, 800),
    visible=True,
    above=(Level("div", {"class": "lucky-corner"}),),
)
RENAMED = {"id": "help-start", "class": "help-core", "data-testid": "help", "aria-label": "Live chat"}
OTHERS = (
    Portrait("button", "button", "Back to top", {"class": "top"}, Box(1216, 640, 44, 44), (1280, 800)),
    Portrait("a", "link", "Games", {"href": "/games"}, Box(300, 20, 60, 20), (1280, 800)),
    Portrait("button", "button", "Accept all", {"class": "cookie-yes"}, Box(40, 740, 120, 40), (1280, 800)),
)


def changed(**changes: Any) -> Portrait:
    return replace(LAUNCHER, **changes)


def test_nothing_changed_is_one() -> None:
    """The same portrait is wholly like itself, whatever it does not tell."""
    assert 1.0 == likeness(LAUNCHER, LAUNCHER)
    assert 1.0 == likeness(Portrait("i"), Portrait("i"))


@pytest.mark.parametrize(
    "now",
    [
        changed(attributes=RENAMED, above=(Level("div", {"class": "help-zone"}),)),
        changed(name="Hilfe", attributes={**LAUNCHER.attributes, "aria-label": "Hilfe"}),
        changed(box=Box(20, 720, 60, 60)),
        changed(frames=(Level("iframe", {"id": "corner"}),)),
        changed(view=(1440, 900), box=Box(1360, 820, 60, 60)),
    ],
)
def test_what_was_changed_is_still_the_likest(now: Portrait) -> None:
    """Renamed, translated, moved, framed or in a larger window: it is more like itself than anything else is."""
    assert likeness(LAUNCHER, now) > max(likeness(LAUNCHER, other) for other in OTHERS)


@pytest.mark.parametrize(
    ("now", "told"),
    [
        (changed(), ()),
        (
            changed(attributes={**LAUNCHER.attributes, "id": "help"}),
            ("its id is 'help', and was 'chat-open'",),
        ),
        (changed(attributes={**LAUNCHER.attributes, "class": ""}), ("it lost the class lucky-bubble",)),
        (changed(name="Hilfe"), ("it says 'Hilfe', and said 'Live chat'",)),
        (changed(tag="a"), ("it is a <a>, and was a <button>",)),
        (
            changed(frames=(Level("iframe", {"title": "Chat"}),)),
            ("it stands in the frame 'Chat', and stood in the page itself",),
        ),
        (changed(box=Box(20, 20, 60, 60)), ("it stands elsewhere on the page",)),
        (changed(box=Box(1190, 700, 60, 60)), ()),
    ],
)
def test_changes_are_told_in_words(now: Portrait, told: tuple[str, ...]) -> None:
    """What is another thing than at all good visits is said; a few pixels are nothing."""
    assert told == differences([LAUNCHER], now)


def test_what_changes_with_each_visit_says_nothing() -> None:
    """An id that was another one at the visit before, or that a machine made, is no change."""
    before = [LAUNCHER, changed(attributes={**LAUNCHER.attributes, "id": "talk"})]
    assert () == differences(before, changed(attributes={**LAUNCHER.attributes, "id": "help"}))
    made = changed(attributes={**LAUNCHER.attributes, "id": "css-1x9fz3"})
    assert () == differences([made], changed(attributes={**LAUNCHER.attributes, "id": "css-8dk2p1"}))
    assert () == differences([], LAUNCHER)
