"""How much two portraits are of one element, and what about it has changed. Pure.

The weights are ranks by judgement: what somebody wrote to tell an element by says most, how it looks says least, and
nothing alone decides, because any of it may have been renamed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from chatprobe.browser.portrait import Level, Portrait
from chatprobe.browser.tokens import is_made, says_something

SAID = ("aria-label", "placeholder", "title", "alt")
"""Attributes that visitors read."""
GIVEN = ("id", "name", "data-testid", "data-test", "data-qa", "data-cy", "for", "aria-controls")
"""Attributes that somebody wrote to tell an element by."""
_KINDS = ("type", "autocomplete", "contenteditable", "aria-haspopup", "part")
_NEAR = 60.0
"""Pixels from a corner of the page by which a part may move without having moved."""

_Trait = tuple[float, float]
"""Weight, and how far it agrees: 0 to 1."""


def likeness(old: Portrait, new: Portrait) -> float:
    """From 0, nothing in common, to 1, nothing changed; what `old` does not tell counts for nothing."""
    traits = [*_made(old, new), *_said(old, new), *_written(old, new), *_placed(old, new)]
    weight = sum(one for one, _ in traits)
    return sum(one * agrees for one, agrees in traits) / weight if weight else 0.0


def likest(kept: Sequence[Portrait], new: Portrait) -> float:
    """The same to whichever of several portraits is nearest."""
    return max((likeness(old, new) for old in kept), default=0.0)


def _made(old: Portrait, new: Portrait) -> Iterator[_Trait]:
    yield 1.0, float(old.tag == new.tag)
    if old.role or new.role:
        yield 1.5, float(old.role == new.role)
    for name in _KINDS:
        if name in old.attributes:
            yield 0.5, float(old.attributes[name] == new.attributes.get(name))


def _said(old: Portrait, new: Portrait) -> Iterator[_Trait]:
    if old.name:
        yield 2.0, float(old.name.casefold() == new.name.casefold())
    for name in SAID:
        if old.attributes.get(name):
            yield 1.0, float(old.attributes[name] == new.attributes.get(name))


def _written(old: Portrait, new: Portrait) -> Iterator[_Trait]:
    for name, value in old.attributes.items():
        if name in GIVEN and not is_made(value):
            yield 2.5, float(value == new.attributes.get(name))
        elif name in ("href", "src"):
            yield 1.0, float(value == new.attributes.get(name))
        elif name.startswith("data-") and name not in GIVEN and name not in SAID:
            yield 0.5, float(value == new.attributes.get(name))
    ours, theirs = ({one for one in side.classes if says_something(one)} for side in (old, new))
    if ours:
        yield 2.0, len(ours & theirs) / len(ours | theirs)


def _placed(old: Portrait, new: Portrait) -> Iterator[_Trait]:
    if old.box.width and new.box.width:
        yield 1.0, _ratio(old.box.width, new.box.width) * _ratio(old.box.height, new.box.height)
        yield 2.0, _same_place(old, new)
    ours, theirs = (set(_words(side.above)) for side in (old, new))
    if ours:
        yield 1.0, len(ours & theirs) / len(ours | theirs)
    yield 0.5, float(len(old.frames) == len(new.frames))


def _ratio(one: float, other: float) -> float:
    return min(one, other) / max(one, other, 1.0)


def _same_place(old: Portrait, new: Portrait) -> float:
    """Whether they stand equally far from the corner that is nearest to the old one."""
    gap = _gap(old, new)
    return 1.0 if gap <= _NEAR else max(0.0, 1.0 - (gap - _NEAR) / 300)


def _gap(old: Portrait, new: Portrait) -> float:
    (x, y), (new_x, new_y) = old.box.centre, new.box.centre
    (width, height), (new_width, new_height) = old.view, new.view
    across = new_x - x if x <= width / 2 else (new_width - new_x) - (width - x)
    down = new_y - y if y <= height / 2 else (new_height - new_y) - (height - y)
    return float((across**2 + down**2) ** 0.5)


def _words(levels: Sequence[Level]) -> Iterator[str]:
    for level in levels:
        yield level.tag
        yield from (f"#{value}" for name, value in level.attributes.items() if name == "id" and not is_made(value))
        yield from (f".{one}" for one in level.attributes.get("class", "").split() if says_something(one))


def differences(kept: Sequence[Portrait], new: Portrait) -> tuple[str, ...]:
    """What is told otherwise of a part than at all the good visits before, the newest first, in sentences.

    What was one thing at one of those visits and another at the next says nothing.
    """
    if not kept:
        return ()
    old = kept[0]
    return (*_otherwise_made(kept, old, new), *_otherwise_said(kept, old, new), *_elsewhere(kept, old, new))


def _otherwise_made(kept: Sequence[Portrait], old: Portrait, new: Portrait) -> Iterator[str]:
    if new.tag not in {one.tag for one in kept}:
        yield f"it is a <{new.tag}>, and was a <{old.tag}>"
    for name in GIVEN:
        was, now = old.attributes.get(name, ""), new.attributes.get(name, "")
        steady = all(one.attributes.get(name, "") == was for one in kept)
        if was != now and steady and was and not is_made(was):
            yield f"its {name} is {now!r}, and was {was!r}" if now else f"it lost its {name} {was!r}"
    lost = {one for one in old.classes if says_something(one)} - set(new.classes)
    if lost and all(lost <= set(one.classes) for one in kept):
        yield f"it lost the {'classes' if len(lost) > 1 else 'class'} {' '.join(sorted(lost))}"


def _otherwise_said(kept: Sequence[Portrait], old: Portrait, new: Portrait) -> Iterator[str]:
    told: Mapping[str, tuple[str, str]] = {
        "it says": (old.name, new.name),
        **{f"its {name} says": (old.attributes.get(name, ""), new.attributes.get(name, "")) for name in SAID},
    }
    steady_name = len({one.name for one in kept}) == 1
    for what, (was, now) in told.items():
        if was and now and was != now and steady_name:
            yield f"{what} {now!r}, and said {was!r}"
            return


def _elsewhere(kept: Sequence[Portrait], old: Portrait, new: Portrait) -> Iterator[str]:
    places = {tuple(_frame(level) for level in one.frames) for one in kept}
    now = tuple(_frame(level) for level in new.frames)
    if now not in places and len(places) == 1:
        yield f"it stands in {_where(new)}, and stood in {_where(old)}"
    elif all(_gap(one, new) > 4 * _NEAR for one in kept) and old.box.width and new.box.width:
        yield "it stands elsewhere on the page"


def _frame(level: Level) -> str:
    """What is lasting of a frame element."""
    told = level.attributes
    lasting = (told.get(name, "") for name in ("id", "name", "title", "address"))
    return " ".join(one for one in lasting if one and not is_made(one)) or level.tag


def _where(one: Portrait) -> str:
    return f"the frame {_frame(one.frames[-1])!r}" if one.frames else "the page itself"
