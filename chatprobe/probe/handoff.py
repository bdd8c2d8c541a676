"""The handoff: when a bot answers, ask it for a person, by a button of its menu or by a typed sentence."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

from chatprobe.browser.chat import Chat
from chatprobe.browser.failure import browser_failure
from chatprobe.browser.locate import find_composer
from chatprobe.browser.pointing import click_at, spot_of
from chatprobe.browser.steps import Action
from chatprobe.browser.survey import Clickable, Field, Survey, survey
from chatprobe.model import EventName, Speaker, StepStatus
from chatprobe.probe.composer import Composer
from chatprobe.probe.digest import Digest, Said
from chatprobe.probe.journal import Journal
from chatprobe.probe.order import Order
from chatprobe.probe.passing import Promise, is_offer
from chatprobe.probe.person import asks_for_person, best_entry, sentence
from chatprobe.speaker.kinds import Kind
from chatprobe.speaker.textform import same

SETTLED_MS = 2_000.0
"""A bot's text that stood still for so long is whole."""
BARE_MS = 15_000.0
"""A welcome, or a line that haste alone makes a bot's, may be sent for a person who is about to type."""
TYPING_MS = 10_000.0
"""Who is typing is not interrupted."""
BURST_MS = 10_000.0
"""What a machine says within so long of a promise belongs to it."""
EMPTY_PROMISE_MS = 45_000.0
"""A bot's own word that it fetches somebody is believed for so long."""
UNANSWERED_MS = 15_000.0
"""A button after which nothing at all appears for so long did nothing."""
LEAST_LEFT_MS = 10_000.0
"""Nobody is sent for when the chat ends sooner than that."""
CLICKS = 5
"""Buttons clicked at most in one chat, menus within menus included."""
TRIES_S = 40.0
"""The most that one request may take on a slow page."""


def due(chat: Digest, turns: int, deadline_at: float, now: float) -> Said | None:
    """The bot's message to which asking for a person is the answer at `now` (epoch ms); None while it is not.

    `turns` is how many sentences may be typed; with 0 nobody is ever asked for.
    """
    bot = _last_word(chat)
    if turns == 0 or bot is None or deadline_at - now < LEAST_LEFT_MS:
        return None
    if chat.accepted_at is not None or chat.in_queue or chat.offline_at is not None or chat.closed_at is not None:
        return None
    if chat.last_joined_at is not None and chat.last_joined_at > bot.at:
        return None
    if not _answered(chat, bot, now) or any(_keeps(promise, bot, now) for promise in _promises(chat)):
        return None
    return bot if _quiet_from(chat, bot) <= now else None


def _quiet_from(chat: Digest, bot: Said) -> float:
    """Epoch ms from which on nothing more is expected of the bot, or of a person behind it."""
    settled = (bot.line.message.settled_at or bot.at) + (BARE_MS if _bare(bot) else SETTLED_MS)
    typing = [at + TYPING_MS for at in chat.typing if at > bot.at]
    return max([settled, *typing])


def _bare(bot: Said) -> bool:
    against = [e for e in bot.decision.evidence if e.speaker is Speaker.BOT]
    hasty = all(e.source == "timing" for e in against) and not bot.line.message.streamed
    return not bot.line.message.buttons and (bot.kind is Kind.GREETING or hasty)


def _last_word(chat: Digest) -> Said | None:
    """The last thing said to us after the question, where a bot said it and no person ever spoke."""
    if chat.first(Speaker.HUMAN) is not None or chat.greeted_at is not None:
        return None
    heard = [said for who in (Speaker.BOT, Speaker.UNKNOWN) for said in chat.after(who)]
    last = max(heard, key=lambda said: said.at, default=None)
    return last if last is not None and last.speaker is Speaker.BOT else None


def _answered(chat: Digest, bot: Said, now: float) -> bool:
    """Whether the bot had its say since we asked last; a button that did nothing needs no answer."""
    if not chat.requests or bot.at > chat.requests[-1].at or not chat.requests[-1].sent:
        return True
    last = chat.requests[-1]
    return last.click and now - last.at > UNANSWERED_MS and not any(said.at > last.at for said in chat.said)


def _promises(chat: Digest) -> list[Promise]:
    since = chat.requests[-1].at if chat.requests else chat.marks.asked or 0.0
    return [promise for promise in chat.promises if promise.at >= since]


def _keeps(promise: Promise, bot: Said, now: float) -> bool:
    """Whether a promise still holds after what the bot said since."""
    if bot.at > promise.at and any(map(asks_for_person, bot.line.message.buttons)):
        return False  # nobody comes before we choose
    believed = promise.kind is not Kind.HANDOVER or now - promise.at < EMPTY_PROMISE_MS
    return believed and bot.at - promise.at < BURST_MS


class Handoff:
    """Asks for a person in one chat."""

    def __init__(self, order: Order, chat: Chat, journal: Journal) -> None:
        self.order = order
        self.chat = chat
        self.journal = journal
        self._clicked: set[str] = set()

    async def ask(self, chat: Digest, deadline_at: float) -> None:
        """Ask, if now is the moment. A page that breaks meanwhile is the listener's to notice."""
        spec = self.order.scenario.chat.handoff
        bot = due(chat, spec.turns, deadline_at, self.journal.now())
        if bot is None:
            return
        typed = sum(not request.click for request in chat.requests)
        try:
            async with asyncio.timeout(TRIES_S):
                clicks = len(chat.requests) - typed
                if clicks < CLICKS and (await self._by_selector() or await self._by_button(bot, typed)):
                    return
                if typed < spec.turns:
                    await self._by_sentence(typed)
        except Exception as error:
            reason = browser_failure(error)
            if reason is None:
                raise
            self.journal.tell(EventName.NOTE, text=f"asking for a person failed: {reason}")

    # --- by a button --------------------------------------------------------------------------------------------

    async def _by_selector(self) -> bool:
        """Click the first of the scenario's buttons that shows and was not clicked yet."""
        spec = self.order.scenario.chat
        for selector in spec.handoff.click:
            if selector in self._clicked or not await self.chat.shows((selector,), spec.frames):
                continue
            self._clicked.add(selector)
            label = await self.chat.text_of((selector,), spec.frames)
            began = self.journal.now()
            action = Action("chat.handoff.click", "click", (selector,), timeout_ms=3_000, frames=spec.frames)
            report = await self.chat.steps.do(action)
            self.journal.report(report)
            if report.status is StepStatus.OK:
                self._clicked.add(same(label))
                self._tell(began, "click", label=label or selector)
                return True
        return False

    async def _by_button(self, bot: Said, typed: int) -> bool:
        """Click the entry of the bot's menu, or of the chat's panel, that means a person."""
        now = await survey(self.chat.observer, self.chat.context)
        field = find_composer(now)
        things = [one for one in self._in_chat(now) if is_safe(one, now) and same(one.name) not in self._clicked]
        attached = {same(label) for label in bot.line.message.buttons}
        own = [one.name for one in things if same(one.name) in attached]
        panel = [one.name for one in things if is_beside(one, now, field) and asks_for_person(one.name)]
        label = best_entry([*own, *panel], typed, offered=is_offer(bot.line, bot.kind))
        # The newest of several alike stands last.
        chosen = [one for one in reversed(things) if label is not None and same(one.name) == same(label)]
        for thing in chosen:
            began = self.journal.now()
            spot = await spot_of(self.chat.observer, now, thing)
            if spot is not None and not spot.cover and await click_at(now, thing, spot):
                self._clicked.add(same(thing.name))
                self._tell(began, "click", label=thing.name)
                return True
        return False

    def _in_chat(self, now: Survey) -> Iterator[Clickable]:
        frames = {self.chat.box_frame, self.chat.echo_frame}
        for thing in now.clickables:
            frame = now.frames[thing.document]
            if frame in frames or frame.parent_frame in frames - {frame.page.main_frame}:
                yield thing

    # --- by a sentence ------------------------------------------------------------------------------------------

    async def _by_sentence(self, typed: int) -> None:
        text = sentence(self.order.language, typed, self.order.scenario.chat.handoff.text)
        composer = Composer(self.order, self.chat, self.journal, lambda: survey(self.chat.observer, self.chat.context))
        began = self.journal.now()
        stop = await composer.take(find_composer(await composer.look()))
        stop = stop or await composer.write(text) or await composer.send()
        self._tell(began, "text", text=text, sent=stop is None)

    def _tell(self, began: float, way: str, *, sent: bool = True, **what: str) -> None:
        """Note the request at the moment of its act in the page: the last key or click."""
        acts = [event.at for event in self.journal.events if event.name is EventName.ACT and event.at >= began]
        turn = 1 + sum(event.name is EventName.HANDOFF and "way" in event.detail for event in self.journal.events)
        self.journal.tell(EventName.HANDOFF, max(acts, default=began), turn=turn, way=way, sent=sent, **what)


def is_safe(thing: Clickable, now: Survey) -> bool:
    """Whether a click on it neither leaves the page nor submits a form."""
    if not thing.visible or not thing.enabled or thing.landmark in ("nav", "footer"):
        return False
    here = now.documents[thing.document].url.partition("#")[0]
    stays = not thing.href or thing.href.startswith("javascript:") or thing.href.partition("#")[0] == here
    return stays and not thing.form


def is_beside(thing: Clickable, now: Survey, field: Field | None) -> bool:
    """Whether it stands in the panel of the chat's box, where there is such a panel."""
    if field is None:
        return False
    panel = field.anchor or field.dialog
    if panel:
        return panel in (thing.anchor, thing.dialog)
    return thing.document == field.document and now.documents[field.document].embedded
