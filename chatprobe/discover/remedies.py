"""What to write instead: elements of the page that are like a lost part or do its work, and how to find them again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from chatprobe.browser.anatomy import ways_of, ways_to_frame
from chatprobe.browser.banners import find_overlays
from chatprobe.browser.chat import Chat
from chatprobe.browser.forms import Role, find_form
from chatprobe.browser.frames import ChatFrame, frame_name
from chatprobe.browser.locate import find_composer, may_launch, rank_launchers, send_controls
from chatprobe.browser.observer import FrameGone
from chatprobe.browser.portrait import Portrait, place_of, portrait_of
from chatprobe.browser.stability import Choice, Node, Way, own_ways
from chatprobe.browser.survey import Clickable, Field, Survey, Thing
from chatprobe.browser.tokens import says_something
from chatprobe.discover.diagnosis import Diagnosis
from chatprobe.discover.layers import Layer, layer_remedies
from chatprobe.discover.likeness import likest
from chatprobe.discover.proposal import Proposal
from chatprobe.scenario.edit import Edit, Verb
from chatprobe.scenario.schema import Scenario
from chatprobe.scenario.steps import Action, Step

LEAST_LIKE = 0.5
"""What is less like the lost part, and does not look like one that does its work, is none."""
ELEMENTS = 3
"""Elements that are proposed for one part."""
LISTS = 6
"""Lists that are looked at for the chat's rows."""
_HINT = 0.5
"""What doing the work of a part is worth, against likeness from 0 to 1."""
_STRONG = 10.0
"""The score of a launcher that nobody would doubt."""


@dataclass(frozen=True)
class Page:
    """A page with what is wanted on it."""

    chat: Chat
    scenario: Scenario
    now: Survey
    before: Survey | None = None
    """The page before the chat was opened."""
    wrong: str = ""
    """Id of an element that was tried as the launcher, and opened another chat: others come first."""


@dataclass(frozen=True)
class Candidate:
    """An element that may be the lost part."""

    thing: Thing
    score: float
    likeness: float
    portrait: Portrait


_SINGLE = ("chat.launcher", "chat.input", "chat.send")
_PASSING = (Action.CLICK, Action.WAIT)
"""Acts of a step that may be left out where nothing is there."""


async def remedies_for(
    one: Diagnosis, page: Page, kept: Sequence[Portrait], frame: ChatFrame | None, layer: Layer | None
) -> list[Proposal]:
    """What to write instead of a part that wants it, best first; `frame` is the one the chat stands in."""
    if one.path == "chat.frames":
        return await frame_remedies(page, frame)
    if one.path == "chat.messages":
        return row_remedies(one.path, await rows_now(page, frame))
    step = step_of(page.scenario, one.path)
    if step is None and one.path.startswith("before"):
        return layer_remedies(layer, one.path) if layer else []
    if step is None and one.path not in _SINGLE:
        return []
    found = await remedies(page, one.path, one.selectors[0] if step and one.selectors else "", kept)
    if one.path == "chat.send":
        return [*found, without_send(one.path)]
    may_go = step is not None and one.path.startswith("before") and step.action in _PASSING
    return [*found, without_step(one.path)] if may_go else found


async def remedies(page: Page, path: str, old: str, kept: Sequence[Portrait]) -> list[Proposal]:
    """What to write at `path`, best first.

    `old` is the selector that a step holds now, `kept` how the part was made at good visits.
    """
    frames = () if path == "chat.launcher" or path.startswith("before") else page.scenario.chat.frames
    found: list[list[Proposal]] = []
    for one in (await candidates(page, path, kept))[:ELEMENTS]:
        _, ways = await ways_of(page.chat.observer, page.chat.context, page.now, one.thing, frames)
        what = _told(one, page)
        found.append([_proposal(path, old, way, what, one.likeness if kept else None) for way in ways])
    # The best of each element first: where the first element is the wrong one, no other way to it helps.
    firsts = [ways[0] for ways in found if ways]
    rest = [way for ways in found for way in ways[1:]]
    return [*firsts[:1], *rest[: len(found[0]) - 1 if found else 0], *firsts[1:]]


def _proposal(path: str, old: str, way: Choice, what: str, like: float | None) -> Proposal:
    likeness = f"; {like:.0%} like what was there" if like is not None else ""
    return Proposal(Edit(path, Verb.SET, way.selector, old), what, f"{way.way}{likeness}", way.rank)


async def candidates(page: Page, path: str, kept: Sequence[Portrait]) -> list[Candidate]:
    """The elements that may be the part at `path`, best first."""
    hints = _hints(page, path)
    things = [one for one in _things(page, path) if one.visible]
    found = []
    for one, portrait in zip(things, await _portraits(page, things), strict=True):
        if portrait is None:
            continue
        like = likest(kept, portrait)
        if like >= LEAST_LIKE or one.id in hints:
            found.append(Candidate(one, like + _HINT * hints.get(one.id, 0.0), like, portrait))
    return sorted(found, key=lambda candidate: (candidate.thing.id == page.wrong, -candidate.score))


def _things(page: Page, path: str) -> Sequence[Thing]:
    """What kind of thing the part is."""
    now = page.now
    if path == "chat.input" or _step_at(page.scenario, path) in (Action.FILL, Action.SELECT):
        return now.fields
    return [one for one in now.clickables if may_launch(one, now)] if path == "chat.launcher" else now.clickables


def _step_at(scenario: Scenario, path: str) -> Action | None:
    step = step_of(scenario, path)
    return step.action if step else None


def step_of(scenario: Scenario, path: str) -> Step | None:
    """The step that stands at a path; None for what is none."""
    lists: Mapping[str, Sequence[Step]] = {
        "before": scenario.before,
        "chat.form": scenario.chat.form,
        "chat.end": scenario.chat.end,
    }
    name, _, index = path.removesuffix("]").partition("[")
    steps = lists.get(name, ())
    return steps[int(index)] if index and int(index) < len(steps) else None


def _hints(page: Page, path: str) -> dict[str, float]:
    """How far elements do the work of the part by what they are, from 0 to 1, by their id."""
    now = page.now
    if path == "chat.launcher":
        return {one.target.id: min(one.score, _STRONG) / _STRONG for one in rank_launchers(now)}
    if path.startswith("before"):
        return _falling(find_overlays(now))
    composer = find_composer(now, page.before) or find_composer(now)
    if path == "chat.input":
        return {composer.id: 1.0} if composer else {}
    if path == "chat.send":
        return _falling(send_controls(now, composer)) if composer else {}
    return _form_hints(page, path) if path.startswith("chat.form") else {}


def _falling(things: Iterable[Clickable]) -> dict[str, float]:
    return {one.id: 1.0 / (at + 1) for at, one in enumerate(things)}


_ROLES = {"{name}": Role.NAME, "{email}": Role.EMAIL, "{phone}": Role.PHONE, "{question}": Role.QUESTION}


def _form_hints(page: Page, path: str) -> dict[str, float]:
    form = find_form(page.now, page.before) or find_form(page.now)
    step = step_of(page.scenario, path)
    if form is None or step is None:
        return {}
    if step.action is Action.CLICK:
        last = step is page.scenario.chat.form[-1]
        return {form.submit.id: 1.0} if form.submit and last else {}
    wanted = _ROLES.get(step.value or "")
    return {ask.field.id: 1.0 if ask.role is wanted else 0.0 for ask in form.asks}


async def _portraits(page: Page, things: Sequence[Thing]) -> list[Portrait | None]:
    """The portraits of surveyed elements, asked for by document at once."""
    found: dict[str, Portrait] = {}
    for key, frame in page.now.frames.items():
        ids = [one.id for one in things if one.document == key]
        try:
            place = await place_of(page.chat.observer, frame)
            told = await page.chat.observer.call(frame, "portraits", ids) if ids else ()
        except FrameGone:
            continue
        found |= {row["id"]: place.portrait(row) for row in told or () if row}
    return [found.get(one.id) for one in things]


def _told(one: Candidate, page: Page) -> str:
    """An element in words: ``<button> 'Live chat', lower right``."""
    thing, portrait = one.thing, one.portrait
    says = portrait.name or portrait.attributes.get("placeholder") or portrait.attributes.get("aria-label", "")
    if isinstance(thing, Field) and not says:
        says = thing.label
    view, (x, y) = page.now.view_of(thing), thing.box.centre
    place = f"{'lower' if y > view.height / 2 else 'upper'} {'right' if x > view.width / 2 else 'left'}"
    frame = page.now.frames.get(thing.document)
    inside = f", in {frame_name(frame)}" if frame and frame.parent_frame else ""
    return f"<{thing.tag}>{f' {says!r}' if says else ''}, {place}{inside}"


# --- frames and rows ------------------------------------------------------------------------------------------------


async def frame_remedies(page: Page, frame: ChatFrame | None) -> list[Proposal]:
    """What to write at `chat.frames`: the outermost named element around the chat, or nothing where there is none."""
    if frame is None:
        return []
    if frame.parent_frame is None:
        without = Proposal(Edit("chat.frames", Verb.REMOVE), "the chat stands in the page itself", "no frame", 0.9)
        return [without]
    found: list[Proposal] = []
    at: ChatFrame | None = frame
    while at is not None and at.parent_frame is not None:
        _, ways = await ways_to_frame(page.chat.observer, page.chat.context, at)
        what = f"<iframe> of {frame_name(at)}"
        named = [Proposal(Edit("chat.frames", Verb.SET, way.selector), what, str(way.way), way.rank) for way in ways]
        found = named or found
        at = at.parent_frame
    without = Proposal(
        Edit("chat.frames", Verb.REMOVE), "every frame is looked through", "its frame has no lasting name", 0.3
    )
    return [*found, without]


def row_remedies(path: str, rows: Sequence[str]) -> list[Proposal]:
    """What to write for rows, `rows` being what finds those that stand there now.

    Without any, the generic method does it: it knows them by the echo of the question.
    """
    why = "a mark that all of them have, and nothing else"
    found = [Proposal(Edit(path, Verb.SET, one), "the rows that stand there now", why, 0.45) for one in rows]
    what = "nothing is written: messages are told by what they look like, from the question's echo on"
    return [*found, Proposal(Edit(path, Verb.REMOVE), what, "what is not written cannot break", 0.4)]


async def rows_now(page: Page, frame: ChatFrame | None) -> list[str]:
    """Plain CSS for all rows of the chat's list that stand there now, and for nothing else."""
    if frame is None:
        return []
    try:
        lists = await page.chat.observer.call(frame, "lists", LISTS) or ()
        for told in lists:
            portraits = [portrait_of(row) for row in told["rows"]]
            for css in _row_selectors(portrait_of(told["list"]), portraits):
                seen = await page.chat.observer.call(frame, "matching", {"css": css, "most": 0, "quiet": True})
                if seen and seen["visible"] == len(portraits):
                    return [css]
    except FrameGone:
        return []
    return []


def _row_selectors(around: Portrait, rows: Sequence[Portrait]) -> Iterator[str]:
    shared = set.intersection(*(set(row.classes) for row in rows)) if rows else set()
    yield from (f".{name}" for name in sorted(shared) if says_something(name))
    if rows and len({row.tag for row in rows}) == 1:
        for css, way, _ in own_ways(Node(around.tag, around.attributes)):
            if way is not Way.KIND:
                yield f"{css} > {rows[0].tag}"


def without_step(path: str) -> Proposal:
    """A step that finds nothing, and nothing like it is there."""
    what = "nothing like it is on the page: the step may find nothing"
    return Proposal(Edit(path, Verb.OPTIONAL), what, "a banner may come back, or show in another place", 0.3)


def without_send(path: str) -> Proposal:
    """A send control that is not there any more."""
    what = "nothing is written: Enter sends, else what looks like a send control"
    return Proposal(Edit(path, Verb.REMOVE), what, "what is not written cannot break", 0.35)
