"""Ways into the chat besides a click on the scenario's launcher: the widget's own JavaScript, and what a preset knows.

What a preset says may be wrong for this page. So each of these gives None where nothing came of it, and the generic
method goes on.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from chatprobe.browser.calls import call_page
from chatprobe.browser.locate import SHOWN, rank_launchers
from chatprobe.browser.opening import LATE_S
from chatprobe.browser.standing import Standing, look_at
from chatprobe.browser.steps import Action
from chatprobe.model import StepStatus

if TYPE_CHECKING:
    from chatprobe.probe.visit import Visit

OPENS_S = 6.0
"""How long a chat may take to stand open after a call or a click of the preset's."""
LOOK_EVERY_S = 0.3
UNNAMED_S = 4.0
"""How long something that looks like a launcher must be there before the preset's own is no longer waited for."""


async def by_call(visit: Visit, timeout_s: float) -> Standing | None:
    """Open the chat by `chat.open_call`; its function may take `timeout_s` to be there."""
    began = visit.journal.now()
    calls = visit.order.calls(visit.order.scenario.chat.open_call)
    visit.before = await visit.look()
    visit.note_request()
    called = await call_page(visit.chat.observer, visit.chat.context, calls, timeout_s)
    error = called.error or (None if called.call else "the page has no such function")
    standing = None if error else await visit.stands_open(OPENS_S * 1000)
    if standing is None and error is None and visit.chat.alive:
        error = "it was called, no chat opened"
    _tell(visit, "chat.open_call", began, error, " | ".join(str(call) for call in calls))
    return standing


async def by_preset(visit: Visit) -> Standing | None:
    """Open the chat as the vendor's preset says, where this page offers it."""
    spec = visit.order.scenario.chat
    offered = await _offered(visit)
    if offered is None or isinstance(offered, Standing):
        return offered
    ways: list[Callable[[], Awaitable[Standing | None]]] = []
    if spec.is_hint("open_call") and spec.open_call:
        ways.append(lambda: by_call(visit, 0.0))
    if spec.is_hint("launcher") and spec.launcher:
        ways.append(lambda: _by_click(visit))
    for way in ways:
        if (standing := await way()) or not visit.chat.alive:
            return standing
    return None


async def _offered(visit: Visit) -> Standing | Literal[True] | None:
    """Whether visitors are offered the chat: a call may open also what the casino shows nobody, or members only.

    What stands open where it stands open already; None where nothing offers it after LATE_S.
    """
    until, since = time.monotonic() + LATE_S, None
    named = visit.order.scenario.chat.launcher
    standing: Standing | None = None
    while visit.chat.alive and time.monotonic() < until:
        if named and await visit.finds(named):
            return True
        seen, last = await visit.look(), standing
        standing = look_at(seen)
        if standing and last and standing.state is last.state:
            return standing
        shown = any(one.score >= SHOWN for one in rank_launchers(seen))
        since = (since or time.monotonic()) if shown else None
        if since is not None and (not named or time.monotonic() - since >= UNNAMED_S):
            return True
        await asyncio.sleep(LOOK_EVERY_S)
    return None


async def _by_click(visit: Visit) -> Standing | None:
    spec, began = visit.order.scenario.chat, visit.journal.now()
    action = Action("chat.launcher", "click", spec.launcher, timeout_ms=0)
    if not await visit.finds(spec.launcher):
        _tell(visit, "chat.launcher", began, "nothing on the page is what the preset names", None)
        return None
    visit.before = await visit.look()
    visit.note_request()
    report = await visit.chat.steps.do(action)
    if report.status is not StepStatus.OK:
        _tell(visit, "chat.launcher", began, report.error, report.selector)
        return None
    visit.journal.report(report)
    return await visit.stands_open(OPENS_S * 1000)


def _tell(visit: Visit, step: str, began: float, error: str | None, selector: str | None) -> None:
    """Report a step whose failure is no failure of the probe: another way follows."""
    report = visit.journal.timed(step, began, error, selector)
    visit.journal.report(replace(report, status=StepStatus.SKIPPED) if error else report)
