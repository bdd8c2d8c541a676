"""Opening the chat of an unknown page: rank, click, see whether something new asks for a message, else try the next."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from playwright.async_api import BrowserContext

from chatprobe.browser import words
from chatprobe.browser.gates import pass_overlay
from chatprobe.browser.locate import STRONG, TEXT_KINDS, Candidate, is_elsewhere, rank_launchers, stand_together
from chatprobe.browser.observer import Observer
from chatprobe.browser.pointing import ask, click
from chatprobe.browser.signs import launcher_says_offline
from chatprobe.browser.standing import Standing, State, look_at
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


async def selector_hint(observer: Observer, now: Survey, one: Clickable) -> str:
    """A short CSS selector that matches this element alone; empty where there is none."""
    return str(await ask(observer, now, one, "selector") or "")


async def open_chat(
    observer: Observer,
    context: BrowserContext,
    reload: Callable[[], Awaitable[object]],
    before_click: Callable[[Candidate], None] = lambda _: None,
) -> Opening:
    """Open the chat of the page that stands in the context.

    `reload` brings the page back to its beginning between two candidates; `before_click` hears what will be clicked
    just before it is (the act that may put the visitor in line). A launcher may take LATE_S to appear, a click ANSWER_S
    to show something.
    """
    opener = _Opener(observer, context)
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
        before_click(candidate)
        opening = await opener.attempt(candidate)
        if opening.standing:
            return opening
    return await opener.nothing_opened()


async def steady_launcher(observer: Observer, context: BrowserContext) -> Candidate | None:
    """The best launcher once it stays the best; overlays in its way are dismissed, but it is not clicked."""
    return await _Opener(observer, context).best_candidate()


class _Opener:
    """One attempt after another, and what was learned of each."""

    def __init__(self, observer: Observer, context: BrowserContext) -> None:
        self._observer = observer
        self._context = context
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
        clicked = await pass_overlay(self._observer, self._context, now, self._dismissed)
        self._dismissed |= {one.id for one in clicked}
        return bool(clicked)

    async def attempt(self, candidate: Candidate) -> Opening:
        """Click a candidate and wait for what it shows, clicking on through menus that plainly lead to a chat."""
        before = await self.look()
        selector = await selector_hint(self._observer, before, candidate.target)
        spot = await click(self._observer, before, candidate.target)
        tried = Tried(
            candidate.target.name, selector, candidate.score, candidate.why, spot.cover if spot else "", opened=False
        )
        self._marks.add(_mark(candidate.target))
        standing, now = await self._wait(before)
        self._tried.append(replace(tried, opened=standing is not None))
        if standing is None and (said := launcher_says_offline(candidate.target)):
            standing = Standing(State.OFFLINE, said=said)
        return Opening(standing, now, before, tuple(self._tried), launcher=candidate.target)

    async def _wait(self, before: Survey) -> tuple[Standing | None, Survey]:
        """Look until the same thing stands open in two looks running."""
        until = time.monotonic() + ANSWER_S
        patience = time.monotonic() + HESITATION_S
        clicked: set[str] = set()
        last: Standing | None = None
        while True:
            now = await self.pause_and_look()
            standing = look_at(now, before)
            if standing and last and standing.state is last.state and _final(standing, patience):
                return standing, now
            last = standing
            if time.monotonic() >= until:
                return None, now
            if _undecided(standing) and time.monotonic() >= patience and len(clicked) < INNER_CLICKS:
                inner = _inner_step(now, before, clicked)
                if inner:
                    clicked.add(inner.id)
                    await click(self._observer, now, inner)
                    patience = time.monotonic() + HESITATION_S
                    until = max(until, time.monotonic() + ANSWER_S)

    async def nothing_opened(self) -> Opening:
        now = await self.look()
        rest = [one.target for one in rank_launchers(now)[: CANDIDATES + 2] if _mark(one.target) not in self._marks]
        hints = [await selector_hint(self._observer, now, one) for one in rest]
        return Opening(None, now, None, tuple(self._tried), tuple(hint for hint in hints if hint))


def _mark(one: Clickable) -> tuple[str, str]:
    """What stays the same of a clickable when its page is loaded again."""
    return one.name, one.hints


def _undecided(standing: Standing | None) -> bool:
    return standing is None or (standing.state in (State.OFFLINE, State.WAITING) and standing.form is None)


def _final(standing: Standing, patience: float) -> bool:
    """Words alone may be a menu's; a way on is looked for first."""
    return not _undecided(standing) or time.monotonic() >= patience + 2 * LOOK_EVERY_S


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
    return next(iter([*sorted(strong, key=lambda one: len(one.name)), *agreeing]), None)
