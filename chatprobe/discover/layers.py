"""What stands over a page when its chat is to be opened, and which control gets it out of the way."""

from __future__ import annotations

from dataclasses import dataclass

from chatprobe.browser.anatomy import ways_of
from chatprobe.browser.banners import CLOSE, find_overlays, refuses, turns_away
from chatprobe.browser.chat import Chat
from chatprobe.browser.frames import Target, identify
from chatprobe.browser.gallery import layer_portrait
from chatprobe.browser.portrait import Portrait
from chatprobe.browser.survey import Clickable, Survey, survey
from chatprobe.browser.words import NEVER_CLICK
from chatprobe.discover.proposal import Proposal
from chatprobe.scenario.edit import Edit, Verb


@dataclass(frozen=True)
class Layer:
    """What stood over the page when the chat was about to be opened."""

    portrait: Portrait
    """Of the control that gets it out of the way."""
    selectors: tuple[str, ...]
    """What finds that control, best first."""
    covers: bool = False
    """It stands over the launcher itself."""


async def layer_over(chat: Chat, target: Target | None, *, opened: bool) -> Layer | None:
    """What stands over the page, and how to get past it: refusing where that is offered; None for nothing.

    A layer that no list of words knows is one where it covers `target`, the launcher; unless that was clicked before
    (`opened`): then it may be the chat.
    """
    now = await survey(chat.observer, chat.context)
    launcher = await identify(chat.observer, target) if target else ""
    covered = next((one for one in now.clickables if one.id == launcher and one.cover), None)
    known = find_overlays(now) or (_controls_over(covered, now) if covered and not opened else [])
    selectors = [way.selector for one in known[:2] for way in (await ways_of(chat.observer, chat.context, now, one))[1]]
    return Layer(layer_portrait(now, known[0]), tuple(selectors), covered is not None) if selectors else None


def _controls_over(covered: Clickable, now: Survey) -> list[Clickable]:
    """The buttons of whatever stands over a clickable, what says no or goes away first; never a way to another page."""
    x, y = covered.box.centre
    panels = {
        panel.id
        for panel in now.documents[covered.document].panels
        if panel.id not in (covered.anchor, covered.dialog, covered.layer) and panel.box.holds(x, y)
    }
    inside = [one for one in now.clickables if panels & {one.anchor, one.dialog, one.layer} and one.visible]
    usable = [
        one
        for one in inside
        if not (one.cover or one.href or NEVER_CLICK.found_in(one.name) or turns_away(one, now.text_around(one)))
    ]
    return sorted(usable, key=lambda one: (not refuses(one), not CLOSE.is_all_of(one.name), -one.box.y, -one.box.x))


def layer_remedies(layer: Layer, path: str) -> list[Proposal]:
    """One more step before the chat, at `path`: ``before[2]``."""
    what = f"<{layer.portrait.tag}> {layer.portrait.name!r} of what stands over the page"
    why = "clicked where it is there, passed over where not"
    return [Proposal(Edit(path, Verb.INSERT, one), what, why, 0.6) for one in layer.selectors]
