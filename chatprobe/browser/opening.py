"""Opening the chat of an unknown page: rank, click, see whether something new asks for a message, else try the next."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from playwright.async_api import BrowserContext

from chatprobe.browser import words
from chatprobe.browser.gates import pass_overlay
from chatprobe.browser.locate import (
    NOT_SEND,
    STRONG,
    TEXT_KINDS,
    Candidate,
    is_elsewhere,
    rank_launchers,
    stand_together,
)
from chatprobe.browser.observer import Observer
from chatprobe.browser.pointing import ask, click
from chatprobe.browser.signs import launcher_says_offline
from chatprobe.browser.standing import Standing, State, look_at, shut_door
from chatprobe.browser.survey import Clickable, Field, Survey, survey

LATE_S = 9.0
"""How long a launcher may take to appear."""
STEADY_S = 1.2
"""How long a strong candidate must stay the best."""
ANSWER_S = 7.0
"""How long a click may take to show something."""
HESITATION_S = 1.5
"""How long after a click nothing but buttons must show before one of them is clicked."""
LOOK_EVERY_S = 0.3
CANDIDATES = 3
INNER_CLICKS = 3
OVERLAYS = 4


@dataclass(frozen=True)
class Tried:
    """One click on the way, for the editor's debugging view."""

    name: str
    """What the clickable says."""
    selector: str
    """A short CSS selector that would match it; empty where there is none."""
    score: float
    why: tuple[str, ...]
    covered_by: str
    opened: bool


@dataclass(frozen=True)
class Opening:
    """How opening the chat went."""

    standing: Standing | None
    """None: nothing that looks like a chat opened."""
    survey: Survey
    """The newest look."""
    before: Survey | None
    """The look before the click that worked: with it `look_at` tells new from old; None where nothing was clicked."""
    tried: tuple[Tried, ...] = ()
    near_misses: tuple[str, ...] = ()
    """Selectors of candidates that were not clicked."""
    launcher: Clickable | None = None
    """What opened it; None where the chat stood open already."""


class Companion:
    """Hears of each click on the way to the chat, just before it. This one does not mind."""

    async def overlay(self, clicked: Clickable, now: Survey) -> None:
        """A banner, an age gate or an offer is got out of the way."""

    async def launcher(self, candidate: Candidate, now: Survey) -> None:
        """A candidate is tried: the act that may put the visitor in line."""

    async def inner(self, clicked: Clickable, now: Survey) -> None:
        """Something in the open panel leads on."""


async def selector_hint(observer: Observer, now: Survey, one: Clickable) -> str:
    """A short CSS selector that matches this element alone; empty where there is none."""
    return str(await ask(observer, now, one, "selector") or "")


async def open_chat(
    observer: Observer,
    context: BrowserContext,
    reload: Callable[[], Awaitable[object]],
    companion: Companion | None = None,
) -> Opening:
    """Open the chat of the page that stands in the context.

    `reload` brings the page back to its beginning between two candidates. A launcher may take LATE_S to appear, a click
    ANSWER_S to show something.
    """
    opener = _Opener(observer, context, companion)
    if opening := await opener.open_already():
        return opening
    for attempt in range(CANDIDATES):
        if attempt:
            await reload()
        candidate = await opener.best_candidate()
        # While nothing good was to be seen, a chat without a launcher may have come late.
        if (candidate is None or candidate.score < STRONG) and (opening := await opener.open_already()):
            return opening
        if candidate is None:
            break
        opening = await opener.attempt(candidate)
        if opening.standing:
            return opening
    return await opener.nothing_opened()


async def steady_launcher(observer: Observer, context: BrowserContext) -> Candidate | None:
    """The best launcher once it stays the best; overlays in its way are dismissed, but it is not clicked."""
    return await _Opener(observer, context).best_candidate()


class _Opener:
    """One attempt after another, and what was learned of each."""

    def __init__(self, observer: Observer, context: BrowserContext, companion: Companion | None = None) -> None:
        self._observer = observer
        self._context = context
        self._companion = companion or Companion()
        self._tried: list[Tried] = []
        self._marks: set[tuple[str, str]] = set()
        self._dismissed: frozenset[str] = frozenset()

    async def look(self) -> Survey:
        """One look; a page that answers late gets a second chance, as all it holds would else count as new."""
        now = await survey(self._observer, self._context)
        return now if now.documents else await survey(self._observer, self._context)

    async def pause_and_look(self) -> Survey:
        await asyncio.sleep(LOOK_EVERY_S)
        return await self.look()

    async def open_already(self) -> Opening | None:
        """What stands open without a click, in two looks running."""
        now = await self.look()
        standing = look_at(await self.pause_and_look()) if look_at(now) else None
        return Opening(standing, now, None, tuple(self._tried)) if standing else None

    async def best_candidate(self) -> Candidate | None:
        """The best launcher not tried yet, once it stays the best; a weak one waits for late ones."""
        began = since = time.monotonic()
        top = ""
        self._dismissed = frozenset()
        while True:
            now = await self.pause_and_look()
            ranked = [one for one in rank_launchers(now) if _mark(one.target) not in self._marks]
            best = ranked[0] if ranked else None
            if await self._clear_way(now, best):
                continue
            if best and best.target.id != top:
                top, since = best.target.id, time.monotonic()
            steady = best is not None and best.score >= STRONG and time.monotonic() - since >= STEADY_S
            if steady or time.monotonic() - began >= LATE_S:
                return best

    async def _clear_way(self, now: Survey, best: Candidate | None) -> bool:
        """Dismiss one overlay if it covers the launcher or nothing good is to be seen; whether one was."""
        if len(self._dismissed) >= OVERLAYS or (best and best.score >= STRONG and not best.target.cover):
            return False
        clicked = await pass_overlay(self._observer, self._context, now, self._dismissed, self._companion.overlay)
        self._dismissed |= {one.id for one in clicked}
        return bool(clicked)

    async def attempt(self, candidate: Candidate) -> Opening:
        """Click a candidate and wait for what it shows, clicking on through menus that plainly lead to a chat."""
        before = await self.look()
        if candidate.target.document not in before.frames:  # its page went on, or hangs, since it was chosen
            return Opening(None, before, None, tuple(self._tried))
        selector = await selector_hint(self._observer, before, candidate.target)
        await self._companion.launcher(candidate, before)
        spot = await click(self._observer, before, candidate.target)
        tried = Tried(
            candidate.target.name, selector, candidate.score, candidate.why, spot.cover if spot else "", opened=False
        )
        self._marks.add(_mark(candidate.target))
        standing, now = await self._wait(before)
        self._tried.append(replace(tried, opened=standing is not None))
        if standing is None and (said := launcher_says_offline(candidate.target)):
            standing = Standing(State.OFFLINE, said=said)
        if standing is None and (candidate.score >= STRONG or words.CHAT.found_in(candidate.target.name)):
            standing = shut_door(now, before)
        return Opening(standing, now, before, tuple(self._tried), launcher=candidate.target)

    async def _wait(self, before: Survey) -> tuple[Standing | None, Survey]:
        """Look until the same thing stands open in two looks running."""
        until = time.monotonic() + ANSWER_S
        steps = InnerSteps(self._observer, before, self._companion)
        last: Standing | None = None
        while True:
            now = await self.pause_and_look()
            standing = look_at(now, before)
            if standing and last and standing.state is last.state and steps.settled(standing):
                return standing, now
            last = standing
            if time.monotonic() >= until:
                return None, now
            if await steps.go_on(now, standing):
                until = max(until, time.monotonic() + ANSWER_S)

    async def nothing_opened(self) -> Opening:
        now = await self.look()
        rest = [one.target for one in rank_launchers(now)[: CANDIDATES + 2] if _mark(one.target) not in self._marks]
        hints = [await selector_hint(self._observer, now, one) for one in rest]
        return Opening(None, now, None, tuple(self._tried), tuple(hint for hint in hints if hint))


def _mark(one: Clickable) -> tuple[str, str]:
    """What stays the same of a clickable when its page is loaded again."""
    return one.name, one.hints


class InnerSteps:
    """Clicks on through the menus and agreements of an open panel, where nothing else is to be done."""

    def __init__(self, observer: Observer, before: Survey, companion: Companion | None = None) -> None:
        """`before`: the survey before the panel opened."""
        self._observer = observer
        self._before = before
        self._companion = companion or Companion()
        self._patience = time.monotonic() + HESITATION_S
        self._clicked: set[str] = set()

    def settled(self, standing: Standing) -> bool:
        """Whether what stands open is the end of the way: words alone may be a menu's, a way on is looked for first."""
        return not _undecided(standing) or time.monotonic() >= self._patience + 2 * LOOK_EVERY_S

    async def go_on(self, now: Survey, standing: Standing | None) -> bool:
        """Click what plainly leads on, if there is nothing better to do; whether anything was clicked."""
        if not _undecided(standing) or time.monotonic() < self._patience or len(self._clicked) >= INNER_CLICKS:
            return False
        inner = _inner_step(now, self._before, self._clicked)
        if inner is None:
            return False
        self._clicked.add(inner.id)
        await self._companion.inner(inner, now)
        await click(self._observer, now, inner)
        self._patience = time.monotonic() + HESITATION_S
        return True


def _undecided(standing: Standing | None) -> bool:
    return standing is None or (standing.state in (State.OFFLINE, State.WAITING) and standing.form is None)


def _takes_messages(one: Field) -> bool:
    return one.visible and one.enabled and not one.hushed and one.kind in TEXT_KINDS and not is_elsewhere(one)


def _inner_step(now: Survey, before: Survey, clicked: set[str]) -> Clickable | None:
    """What leads on inside an open panel: new, and named plainly for starting a chat or for agreeing to it.

    Nothing does beside a box to write into: there such a button is a bot's choice, and a click would speak.
    """
    old = before.ids()
    boxes = [one for one in now.without(before).fields if _takes_messages(one)]
    fresh = [
        one for one in now.clickables if one.visible and one.enabled and one.id not in old and one.id not in clicked
    ]
    fresh = [one for one in fresh if not any(stand_together(one, box) for box in boxes)]
    usable = [one for one in fresh if not one.cover and not words.NEVER_CLICK.found_in(one.name)]
    strong = [one for one in usable if len(one.name) <= 60 and words.START.found_in(one.name)]
    agreeing = [one for one in usable if words.ACCEPT.is_all_of(one.name)]
    # Of several ways to get in touch, the chat; what closes or folds it is named so, too.
    chats = [one for one in usable if _is_chat_by_name(one)]
    return next(iter([*sorted(strong, key=lambda one: len(one.name)), *agreeing, *chats]), None)


def _is_chat_by_name(one: Clickable) -> bool:
    named = len(one.name) <= 40 and words.CHAT.found_in(one.name)
    return bool(named) and not words.NO_LAUNCHER.found_in(one.name) and not NOT_SEND.found_in(one.name)
