"""What a visit says of each part of a scenario: it works, it is broken, it drifts, or it cannot be seen yet. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from chatprobe.browser.arrival import Stop
from chatprobe.browser.gallery import INNER, Kept, words_in
from chatprobe.browser.parts import Match
from chatprobe.browser.portrait import Level, Portrait
from chatprobe.browser.tokens import is_made, says_something
from chatprobe.discover.likeness import differences
from chatprobe.model import Outcome, StepStatus
from chatprobe.parts import Part

FORM = "chat.form"
LEVELS = 3
"""Elements around a row that must all be gone before the row is taken for gone, too."""


class State(StrEnum):
    """How a part is."""

    OK = "ok"
    BROKEN = "broken"
    """It finds nothing, or the wrong thing, where it should find something."""
    DRIFT = "drift"
    """It still works; what it rests on has changed since the last good visit."""
    LATER = "later"
    """It cannot be seen at this point of a visit: nothing is known of it."""


class Standing(StrEnum):
    """How far a visit came."""

    NOTHING = "nothing"
    FORM = "form"
    BOX = "box"
    """The question stood in the box."""


@dataclass(frozen=True)
class Diagnosis:
    """One part of a scenario, as one visit shows it."""

    path: str
    state: State
    detail: str = ""
    """A sentence, or several parted by semicolons; empty where there is nothing to say."""
    selectors: tuple[str, ...] = ()
    """As the scenario has them; empty where the generic method is at work."""
    matches: tuple[Match, ...] = ()
    wants: bool = False
    """Another selector is wanted: it is broken, or leans on what is not alone any more."""
    reached: bool = False
    """The visit came to it, whatever it found there."""

    def as_row(self) -> dict[str, Any]:
        """Its shape in a report."""
        frames = [
            {"selector": one.selector, "frame": one.frame, "matches": one.count, "visible": one.visible}
            for one in self.matches
        ]
        row = {"part": self.path, "state": str(self.state), "detail": self.detail, "selectors": list(self.selectors)}
        return {**row, "frames": frames}


@dataclass(frozen=True)
class Seen:
    """What was seen of one visit."""

    parts: tuple[Part, ...]
    standing: Standing = Standing.NOTHING
    stop: Stop | None = None
    """Where it ended; None where the question stood in the box."""
    matches: tuple[Match, ...] = ()
    """What all selectors match at that moment."""
    steps: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """The newest report of each step."""
    found: Mapping[str, Kept] = field(default_factory=dict)
    """How the parts that were used are made."""
    home: tuple[Level, ...] | None = None
    """The frame elements around the chat; empty for the page itself, None where no chat was seen."""
    framed: bool = False
    """`chat.frames` selects the frame that the chat stands in."""
    styled: frozenset[str] = frozenset()
    """Classes and ids, with their sign, that style sheets of the chat's frame know."""
    standing_around: frozenset[str] = frozenset()
    """Of the selectors from `around`, those that match something."""

    def of(self, path: str) -> tuple[Match, ...]:
        """What a part's selectors match."""
        return tuple(one for one in self.matches if one.path == path)

    def visible(self, path: str, *, inside: bool = True) -> list[Match]:
        """The matches of a part that can be seen, in the frames where it is looked for, or elsewhere."""
        return [one for one in self.of(path) if one.visible and one.inside is inside]


Remembered = Mapping[str, Sequence[Kept]]
"""How each part was made at good visits, the newest first."""


def around(kept: Sequence[Kept]) -> list[str]:
    """Selectors of what stood around a part before anybody wrote: the nearest elements that have names."""
    levels = [level for level in (kept[0].portrait.above if kept else ()) if level.early]
    return [css for css in map(_named, levels) if css][:LEVELS]


def _named(level: Level) -> str:
    told = level.attributes
    if told.get("id") and not is_made(told["id"]):
        return f'[id="{told["id"]}"]'
    classes = [one for one in told.get("class", "").split() if says_something(one)]
    return level.tag + "".join(f".{one}" for one in classes) if classes else ""


def diagnose(seen: Seen, kept: Remembered) -> tuple[Diagnosis, ...]:
    """Every part of the scenario, and the step that ended the visit where no part of it did."""
    found = [_diagnosis(part, seen, kept.get(part.path, ())) for part in seen.parts]
    found = _with_inner(found, seen, kept)
    known = {one.path for one in found if one.state is State.BROKEN}
    stop = seen.stop
    if stop and _faulty(stop) and stop.step not in known and not (stop.step == "chat.input" and "chat.frames" in known):
        found = [one for one in found if one.path != stop.step]
        found.append(Diagnosis(stop.step, State.BROKEN, stop.detail, wants=True, reached=True))
    elif _new_form(seen, kept):
        said = "a form stands before the chat now, and did not at the last good visits"
        found.append(Diagnosis(FORM, State.DRIFT, said, reached=True))
    return tuple(found)


def _with_inner(found: list[Diagnosis], seen: Seen, kept: Remembered) -> list[Diagnosis]:
    """The diagnoses, and what had to be clicked between launcher and box that was not there at any good visit."""
    clicked = seen.found.get(INNER)
    if clicked is None or INNER in kept or "chat.input" not in kept:
        return found
    said = f"behind it one more click is needed now, and was made: {clicked.portrait.name!r}"
    known = next((one for one in found if one.path == "chat.launcher"), Diagnosis("chat.launcher", State.OK))
    if known.state not in (State.OK, State.DRIFT):
        return found
    detail = f"{known.detail}; {said}" if known.detail else said
    drifts = replace(known, state=State.DRIFT, detail=detail, reached=True)
    return [drifts, *(one for one in found if one is not known)]


def _new_form(seen: Seen, kept: Remembered) -> bool:
    """Whether a form stands there of which neither the scenario nor any good visit knows."""
    known = any(path.startswith(FORM) for path in (*kept, *(part.path for part in seen.parts)))
    return seen.standing is Standing.FORM and "chat.input" in kept and not known


def _faulty(stop: Stop) -> bool:
    return stop.outcome in (Outcome.SCENARIO_BROKEN, Outcome.NOT_OFFERED)


def _diagnosis(part: Part, seen: Seen, kept: Sequence[Kept]) -> Diagnosis:
    judge = _JUDGES.get(part.path.split("[")[0], _judge_later)
    state, detail, wants = judge(part, seen, kept)
    reached = part.path in seen.steps or state is not State.LATER
    return Diagnosis(part.path, state, detail, part.selectors, seen.of(part.path), wants, reached)


_Judged = tuple[State, str, bool]
"""State, detail, whether another selector is wanted."""
_UNSEEN: _Judged = (State.LATER, "", False)
_FINE: _Judged = (State.OK, "", False)


def _broken(detail: str) -> _Judged:
    return State.BROKEN, detail, True


def _judge_launcher(part: Part, seen: Seen, kept: Sequence[Kept]) -> _Judged:
    """As any step; but a chat that stands open by itself is none the worse for it."""
    if part.path not in seen.steps and seen.standing is not Standing.NOTHING:
        return State.DRIFT, "nothing was there to click: the chat stood open by itself", False
    return _judge_step(part, seen, kept)


def _judge_step(part: Part, seen: Seen, kept: Sequence[Kept]) -> _Judged:
    """What a visit does with it tells: steps before the chat, launcher, box."""
    report = seen.steps.get(part.path)
    if report is None:
        return _UNSEEN
    if report["status"] == StepStatus.FAILED:
        return _judge_failed(part, seen, report)
    now = seen.found.get(part.path)
    if report["status"] == StepStatus.SKIPPED or now is None:
        return State.LATER, "it was not there this time", False
    return _judge_drift(part, now, kept)


def _judge_failed(part: Part, seen: Seen, report: Mapping[str, Any]) -> _Judged:
    elsewhere = seen.visible(part.path, inside=False)
    if part.frames and elsewhere:
        return State.LATER, f"it is there, in {elsewhere[0].frame}: outside the frames of chat.frames", False
    cover = f"; {report['covered_by']} stood over it" if report.get("covered_by") else ""
    return _broken(f"{report.get('error') or 'it failed'}{cover}")


def _judge_drift(part: Part, now: Kept, kept: Sequence[Kept]) -> _Judged:
    """Found; is it found as it was?"""
    said = [*_by_other(part, now, kept), *_not_alone(now, kept)]
    wants = bool(said)
    # What another selector found was another thing to rest on: a scenario that was mended begins anew.
    said += differences([one.portrait for one in kept if one.selector == now.selector], now.portrait)
    return (State.DRIFT, "; ".join(said), wants) if said else _FINE


def _by_other(part: Part, now: Kept, kept: Sequence[Kept]) -> Iterator[str]:
    selectors = list(part.selectors)
    used = selectors.index(now.selector) if now.selector in selectors else 0
    before = selectors.index(kept[0].selector) if kept and kept[0].selector in selectors else 0
    if used > before:
        yield f"alternative {used + 1} had to be used: {' and '.join(selectors[:used])} found nothing"


def _not_alone(now: Kept, kept: Sequence[Kept]) -> Iterator[str]:
    if now.visible > max((one.visible for one in kept), default=1):
        yield f"its selector matches {now.visible} things, and the first is used"


def _judge_frames(part: Part, seen: Seen, kept: Sequence[Kept]) -> _Judged:
    if seen.home is None:
        return _UNSEEN
    if seen.framed:
        return _judge_matched(part, seen, kept)
    where = "a frame" if seen.home else "the page itself, in no frame"
    if seen.of(part.path):
        return _broken(f"it selects another frame: the chat stands in {where}")
    return _broken(f"no frame element matches: the chat stands in {where}, found by looking through all")


def _judge_form(part: Part, seen: Seen, kept: Sequence[Kept]) -> _Judged:
    if seen.standing is not Standing.FORM:
        shown = seen.standing is Standing.BOX and kept
        return (State.DRIFT, "the form before the chat did not show", False) if shown else _UNSEEN
    return _judge_matched(part, seen, kept) if seen.visible(part.path) else _missing(part, seen)


def _judge_send(part: Part, seen: Seen, kept: Sequence[Kept]) -> _Judged:
    if seen.standing is not Standing.BOX:
        return _UNSEEN
    if seen.visible(part.path):
        return _judge_matched(part, seen, kept)
    return _UNSEEN if part.optional else _missing(part, seen)


def _missing(part: Part, seen: Seen) -> _Judged:
    count = sum(one.count for one in seen.of(part.path))
    return _broken(f"{count} match, none is visible" if count else "nothing matches")


def _judge_matched(part: Part, seen: Seen, kept: Sequence[Kept]) -> _Judged:
    shown = seen.visible(part.path)
    portraits = shown[0].portraits if shown else ()
    if not portraits:
        return _FINE
    return _judge_drift(part, Kept(part.path, shown[0].selector, portraits[0], shown[0].visible), kept)


def _judge_later(part: Part, seen: Seen, kept: Sequence[Kept]) -> _Judged:
    """Rows, queue, closing: nothing need be there yet. What stood around them at a good visit tells all the same."""
    if seen.visible(part.path):
        return _judge_rows(part, seen, kept)
    if seen.standing is not Standing.BOX or not kept or part.optional:
        return _UNSEEN
    gone = around(kept)
    if gone and not seen.standing_around & set(gone):
        return _broken(f"what it stood in is gone: {gone[0]}")
    lost = [word for word in kept[0].styled if word not in seen.styled]
    if lost:
        return _broken(f"no style sheet knows {' '.join(lost)} any more")
    return _UNSEEN


def _judge_rows(part: Part, seen: Seen, kept: Sequence[Kept]) -> _Judged:
    """Rows of the chat differ among themselves: only another tag or another alternative says something."""
    shown = seen.visible(part.path)
    now = Kept(part.path, shown[0].selector, shown[0].portraits[0]) if shown[0].portraits else None
    said = list(_by_other(part, now, kept)) if now else []
    return (State.DRIFT, "; ".join(said), True) if said else _FINE


def words_of(parts: Sequence[Part]) -> list[str]:
    """All classes and ids that the selectors of rows name, each with its sign."""
    return sorted({word for part in parts if part.rows for one in part.selectors for word in words_in(one)})


def portraits_of(kept: Sequence[Kept]) -> list[Portrait]:
    """How a part was made, the newest first."""
    return [one.portrait for one in kept]


_JUDGES: Mapping[str, Callable[[Part, Seen, Sequence[Kept]], _Judged]] = {
    "before": _judge_step,
    "chat.launcher": _judge_launcher,
    "chat.frames": _judge_frames,
    "chat.form": _judge_form,
    "chat.input": _judge_step,
    "chat.send": _judge_send,
}
