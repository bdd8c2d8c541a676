"""Whether a visit can begin at all: why a site that was loaded, or shows no chat, ends it."""

from __future__ import annotations

from dataclasses import dataclass

from chatprobe.browser.chat import Chat
from chatprobe.browser.control import answers
from chatprobe.browser.loading import PageAnswer
from chatprobe.browser.signs import under_repair, wall, wall_in_other_words
from chatprobe.browser.survey import Survey, survey
from chatprobe.model import EndedBy, Outcome

HUNG_S = 10.0
"""How long a loaded page may take to answer at all."""
REDIRECTS = 15
"""More documents than this before anything was clicked: the site sends its visitors in circles."""


@dataclass(frozen=True)
class Stop:
    """Why a probe ends before, or without, a chat."""

    outcome: Outcome
    step: str
    """Where it ended: a path in the scenario or a built-in step's name."""
    detail: str
    """A sentence for the reader."""
    ended_by: EndedBy | None = None
    """What ended a wait that had begun; None where a step ended the probe."""


async def refused(chat: Chat, answer: PageAnswer, control_url: str | None) -> Stop | None:
    """Why what was loaded is no page to visit; None where it is one. `control_url` as in the settings."""
    if not chat.alive:
        return _dead("load")
    if chat.guard.navigations > REDIRECTS:
        return await unreachable(chat, "the site redirects without end", control_url)
    if answer.unfit:
        return Stop(Outcome.SCENARIO_BROKEN, "url", f"the address holds no web page: {answer.unfit}")
    if answer.error:
        return await unreachable(chat, answer.error, control_url)
    if answer.trouble is None and not await chat.responds(HUNG_S):
        return _hung("load")
    return await _turned_away(chat, answer.status or 200, control_url)


async def _turned_away(chat: Chat, status: int, control_url: str | None) -> Stop | None:
    seen = await survey(chat.observer, chat.context)
    barred = wall(seen, status)
    if status >= 400 and barred in (None, Outcome.BLOCKED) and (said := wall_in_other_words(seen)):
        barred = barred if said[0] is Outcome.SITE_DOWN else said[0]
    if barred:
        return Stop(barred, "load", f"the site does not let us in (HTTP {status})")
    if status >= 500:
        return await unreachable(chat, f"the site answers with HTTP {status}", control_url)
    if status >= 400:
        return Stop(Outcome.SCENARIO_BROKEN, "url", f"the site has no such page (HTTP {status})")
    return None


async def unreachable(chat: Chat, error: str, control_url: str | None) -> Stop:
    """A site that fails is down while the control address answers; otherwise the fault may be ours."""
    if control_url and await answers(chat.context, control_url):
        return Stop(Outcome.SITE_DOWN, "load", f"{error}; the control address answers")
    why = "the control address does not answer either" if control_url else "no control_url is set to compare with"
    return Stop(Outcome.PROBE_FAULT, "load", f"{error}; {why}")


async def without_chat(chat: Chat, seen: Survey, control_url: str | None) -> Stop:
    """What it means that nothing on a page looks like a chat; of a page that died or hangs it means nothing."""
    if not chat.alive:
        return _dead("chat.launcher")
    if barred := wall(seen):
        return Stop(barred, "chat.launcher", "we are not let in")
    if stop := await _closed(chat, seen, control_url):
        return stop
    if not await chat.responds(HUNG_S):
        return _hung("chat.launcher")
    return Stop(Outcome.NOT_OFFERED, "chat.launcher", "the page works, nothing on it looks like a chat")


async def _closed(chat: Chat, seen: Survey, control_url: str | None) -> Stop | None:
    """What a page that shows next to nothing says of why, in set phrases or in other words."""
    closed = wall_in_other_words(seen)
    said = under_repair(seen) or (closed[1] if closed and closed[0] is Outcome.SITE_DOWN else "")
    if said:
        return await unreachable(chat, f"the site says that it is closed for repair: {said}", control_url)
    return Stop(closed[0], "chat.launcher", f"we are not let in: {closed[1]}") if closed else None


def _dead(step: str) -> Stop:
    return Stop(Outcome.PROBE_FAULT, step, "the page crashed or closed itself")


def _hung(step: str) -> Stop:
    return Stop(Outcome.PROBE_FAULT, step, "the page hangs: nothing on it answers")
