"""Exploring an unknown casino's chat up to the point where something would be sent, and noting how to find it again."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from chatprobe.browser.anatomy import ways_of, ways_to_frame
from chatprobe.browser.arrival import Stop, refused, without_chat
from chatprobe.browser.carries import Loads
from chatprobe.browser.chat import Chat
from chatprobe.browser.forms import Form
from chatprobe.browser.gates import pass_overlay
from chatprobe.browser.locate import STRONG, Candidate, send_controls
from chatprobe.browser.opening import Companion, Opening, open_chat
from chatprobe.browser.persona import Entry, Visitor, plan_form
from chatprobe.browser.picture import Mark, Shot, shoot
from chatprobe.browser.stability import Anatomy, Choice
from chatprobe.browser.standing import Standing, State
from chatprobe.browser.survey import Survey, Thing, survey
from chatprobe.discover.detect import vendors_of
from chatprobe.errors import SiteUnreachable
from chatprobe.model import Outcome
from chatprobe.scenario.preset import Preset

BANNERS_S = 4.0
"""How long banners are waited for: they come late, and stand in the way of what is clicked next."""
QUIET_S = 1.5
"""How long none must have come."""
BANNERS = 4
LOOK_EVERY_S = 0.3
TOLD = Visitor("{name}", "{email}", "{phone}")
"""What a scenario writes in a form's fields."""


@dataclass(frozen=True)
class Part:
    """One thing that was found, and how to find it again."""

    name: str
    """Its key in the scenario: launcher, frames, input …"""
    says: str
    """What visitors read on it."""
    ways: tuple[Choice, ...]
    """What finds it and nothing else, most lasting first; empty where nothing does."""
    anatomy: Anatomy | None = None


@dataclass(frozen=True)
class Act:
    """One step of a form."""

    verb: str
    """fill, select or click."""
    part: Part
    value: str = ""


@dataclass(frozen=True)
class Explored:
    """What was found at an address."""

    stop: Stop | None = None
    """Why there is no chat to write of; None where there is one."""
    standing: Standing | None = None
    """What stood open at the end."""
    language: str = ""
    """What the page says it is written in, or an empty text."""
    vendor: Preset | None = None
    banners: tuple[Part, ...] = ()
    """What was clicked to get past what stood over the page, in order."""
    launcher: Part | None = None
    """None: the chat stands open by itself."""
    inner: tuple[str, ...] = ()
    """What was clicked in the open panel to go on."""
    frames: Part | None = None
    """None: the chat stands in the page itself."""
    input: Part | None = None
    form: tuple[Act, ...] | None = None
    """None where no form stands before the chat, or where it cannot be told in steps."""
    shots: tuple[Shot, ...] = ()

    @property
    def form_stands(self) -> Form | None:
        """The form before the chat."""
        return self.standing.form if self.standing and self.standing.state is State.FORM else None


async def explore(
    chat: Chat, url: str, timeout_ms: float, control_url: str | None, presets: Sequence[Preset]
) -> Explored:
    """Look at an address and open its chat; fills in and sends nothing. `chat` has just been started."""
    return await _Explorer(chat, url, timeout_ms, control_url).go(presets)


@dataclass
class _Notes:
    """What the explorer noted on the way."""

    banners: list[Part] = field(default_factory=list)
    launcher: Part | None = None
    inner: list[str] = field(default_factory=list)
    shots: list[Shot] = field(default_factory=list)


class _Explorer(Companion):
    """One look at one address."""

    def __init__(self, chat: Chat, url: str, timeout_ms: float, control_url: str | None) -> None:
        self._chat = chat
        self._url = url
        self._timeout_ms = timeout_ms
        self._control_url = control_url
        self._notes = _Notes()
        self._loads = Loads(chat.context)

    async def look(self) -> Survey:
        return await survey(self._chat.observer, self._chat.context)

    async def go(self, presets: Sequence[Preset]) -> Explored:
        answer = await self._chat.goto(self._url, self._timeout_ms)
        if stop := await refused(self._chat, answer, self._control_url):
            return await self._stopped(stop)
        naming = asyncio.create_task(self._vendor(presets))
        try:
            await self._clear_banners()
            first = await self.look()
            opening = await open_chat(self._chat.observer, self._chat.context, self._reload, self)
            explored = await self._opened(opening)
            language = next((one.language for one in first.documents.values() if not one.embedded), "")
            return replace(explored, language=language, vendor=await naming if explored.stop is None else None)
        finally:
            naming.cancel()
            await asyncio.gather(naming, return_exceptions=True)

    async def _vendor(self, presets: Sequence[Preset]) -> Preset | None:
        try:
            found = await vendors_of(self._chat, self._loads, presets)
        except SiteUnreachable:
            return None
        return found[0].preset if found and found[0].sure else None

    async def _reload(self) -> None:
        await self._chat.goto(self._url, self._timeout_ms)

    async def _clear_banners(self) -> None:
        """Get past what stands over the page, before anything else is clicked: it would be in the way then."""
        done: frozenset[str] = frozenset()
        began = quiet = time.monotonic()
        while time.monotonic() - quiet < QUIET_S and time.monotonic() - began < BANNERS_S and len(done) < BANNERS:
            await asyncio.sleep(LOOK_EVERY_S)
            clicked = await pass_overlay(self._chat.observer, self._chat.context, await self.look(), done, self.overlay)
            done |= {one.id for one in clicked}
            quiet = time.monotonic() if clicked else quiet

    # --- on the way -----------------------------------------------------------------------------------------------

    async def overlay(self, clicked: Thing, now: Survey) -> None:
        """Note what got a banner out of the way."""
        part = await self._part("before", clicked, now)
        if not any(one.ways == part.ways for one in self._notes.banners):
            self._notes.banners.append(part)

    async def launcher(self, candidate: Candidate, now: Survey) -> None:
        """Note the launcher, and take its picture while it is there."""
        self._notes.inner.clear()
        self._notes.launcher = await self._part("launcher", candidate.target, now)
        shot = await shoot(now.page_of(candidate.target), "Before: what opens the chat")
        marks = (Mark("launcher", candidate.target.box),)
        self._notes.shots = [replace(shot, marks=marks)] if shot else []

    async def inner(self, clicked: Thing, now: Survey) -> None:  # noqa: ARG002
        """Note what led on."""
        self._notes.inner.append(str(getattr(clicked, "name", "")))

    async def _part(self, name: str, thing: Thing, now: Survey, frames: Sequence[str] = ()) -> Part:
        says = str(getattr(thing, "placeholder", "") or getattr(thing, "label", "") or getattr(thing, "name", ""))
        read, ways = await ways_of(self._chat.observer, self._chat.context, now, thing, frames)
        return Part(name, says, ways, read)

    # --- at the end -----------------------------------------------------------------------------------------------

    async def _opened(self, opening: Opening) -> Explored:
        notes, standing = self._notes, opening.standing
        if standing is None or standing.state is State.WALL:
            return await self._stopped(await self._why_not(opening))
        explored = Explored(
            standing=standing,
            banners=tuple(notes.banners),
            launcher=notes.launcher if opening.launcher else None,
            inner=tuple(notes.inner),
        )
        now = await self.look()
        things = _things(standing)
        explored = replace(explored, frames=await self._frames(things, now))
        frames = [explored.frames.ways[0].selector] if explored.frames and explored.frames.ways else []
        if standing.composer:
            explored = replace(explored, input=await self._part("input", standing.composer, now, frames))
        if standing.form and not standing.form.offline:
            explored = replace(explored, form=await self._acts(standing.form, now, frames))
        return replace(explored, shots=(*notes.shots, *await self._last_shot(standing, now)))

    async def _frames(self, things: Sequence[Thing], now: Survey) -> Part | None:
        """The iframe element that holds the chat, the outermost that can be named."""
        frame = now.frames.get(things[0].document) if things else None
        holding: list[Part] = []
        while frame is not None and frame.parent_frame is not None:
            read, ways = await ways_to_frame(self._chat.observer, self._chat.context, frame)
            holding.append(Part("frames", read.node.attributes.get("title", "") if read else "", ways, read))
            frame = frame.parent_frame
        named = [one for one in holding if one.ways]
        return named[-1] if named else next(iter(holding), None)

    async def _acts(self, form: Form, now: Survey, frames: Sequence[str]) -> tuple[Act, ...] | None:
        """The form as steps; None where one of them cannot be told."""
        plan = plan_form(form, TOLD, "{question}")
        if plan.missing or form.submit is None:
            return None
        acts = [await self._act(entry, now, frames) for entry in plan.entries]
        acts.append(Act("click", await self._part("form", form.submit, now, frames)))
        told = all(act.part.ways and act.part.anatomy and not act.part.anatomy.closed for act in acts)
        drawn = any(not entry.ask.field.visible for entry in plan.entries)  # a box drawn over the real one
        return tuple(acts) if told and not drawn else None

    async def _act(self, entry: Entry, now: Survey, frames: Sequence[str]) -> Act:
        part = await self._part("form", entry.ask.field, now, frames)
        kind = entry.ask.field.kind
        verb = "select" if kind == "select" else "click" if kind in ("checkbox", "radio") else "fill"
        return Act(verb, replace(part, says=entry.ask.called), entry.text)

    async def _last_shot(self, standing: Standing, now: Survey) -> list[Shot]:
        things = _things(standing)
        page = now.page_of(things[0]) if things else self._chat.page
        shot = await shoot(page, f"After: {standing.state}" + (f", {standing.said}" if standing.said else ""))
        if shot is None:
            return []
        names = {"input": standing.composer, "submit": standing.form.submit if standing.form else None}
        marks = [Mark(name, thing.box) for name, thing in names.items() if thing]
        marks += [Mark(str(ask.role), ask.field.box) for ask in (standing.form.asks if standing.form else ())]
        if standing.composer:
            marks += [Mark("send", one.box) for one in send_controls(now, standing.composer)[:1]]
        return [replace(shot, marks=tuple(marks))]

    async def _why_not(self, opening: Opening) -> Stop:
        """Why no chat stands open."""
        if opening.standing and opening.standing.wall:
            said = f"a wall opened instead of a chat: {opening.standing.said}"
            return Stop(opening.standing.wall, "chat.launcher", said)
        stop = await without_chat(self._chat, opening.survey, self._control_url)
        if stop.outcome is Outcome.NOT_OFFERED and any(one.score >= STRONG for one in opening.tried):
            clicked = "; ".join(one.name or one.selector for one in opening.tried)
            return Stop(
                Outcome.SCENARIO_BROKEN, "chat.launcher", f"what looks like a launcher opens no chat: {clicked}"
            )
        return stop

    async def _stopped(self, stop: Stop) -> Explored:
        alive = self._chat.alive and not stop.detail.startswith("the page hangs")
        shot = await shoot(self._chat.page, f"{stop.outcome}: {stop.detail}") if alive else None
        return Explored(stop, shots=(shot,) if shot else (), banners=tuple(self._notes.banners))


def _things(standing: Standing) -> list[Thing]:
    """What was found in the open chat."""
    asks = [ask.field for ask in standing.form.asks] if standing.form else []
    return [*([standing.composer] if standing.composer else []), *asks]
