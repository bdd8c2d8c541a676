"""Presence: reading launcher and status without starting a chat."""

from __future__ import annotations

from chatprobe.browser.arrival import Stop, without_chat
from chatprobe.browser.locate import SHOWN
from chatprobe.browser.opening import steady_launcher
from chatprobe.browser.signs import launcher_says_offline
from chatprobe.browser.standing import Standing, State, look_at
from chatprobe.browser.steps import Action
from chatprobe.model import Outcome
from chatprobe.probe.visit import Visit


async def presence(visit: Visit) -> Stop:
    """Whether the chat is offered, and what it says of itself. Opens it only where the scenario calls that silent."""
    spec = visit.order.scenario.chat
    if spec.offline and await visit.matches(spec.offline):
        return Stop(Outcome.OFFLINE, "chat.offline", "chat.offline matches")
    if spec.open_is_silent:
        opened = await visit.open()
        return opened if isinstance(opened, Stop) else _read(opened)
    standing = look_at(await visit.look())
    if standing is not None:
        return _read(standing)
    return await _read_launcher(visit)


def _read(standing: Standing) -> Stop:
    if standing.state is State.WALL and standing.wall:
        return Stop(standing.wall, "chat.launcher", "we are not let in")
    if standing.state is State.OFFLINE or standing.said:
        return Stop(Outcome.OFFLINE, "chat.launcher", f"the chat says that nobody is there: {standing.said}")
    return Stop(Outcome.ONLINE, "chat.launcher", "the chat stands open")


async def _read_launcher(visit: Visit) -> Stop:
    spec = visit.order.scenario.chat
    shown = await steady_launcher(visit.chat.observer, visit.chat.context) if visit.chat.alive else None
    offered = shown is not None and shown.score >= SHOWN
    if spec.launcher and visit.chat.alive and not (offered and spec.is_hint("launcher")):
        action = Action("chat.launcher", "wait", spec.launcher, timeout_ms=visit.order.step_ms)
        offered = (await visit.chat.steps.find(action)).target is not None
    if offered and shown is not None and (said := launcher_says_offline(shown.target)):
        return Stop(Outcome.OFFLINE, "chat.launcher", f"the launcher says that nobody is there: {said}")
    if offered:
        return Stop(Outcome.ONLINE, "chat.launcher", "the launcher is shown and does not say closed")
    return await without_chat(visit.chat, await visit.look(), visit.order.settings.control_url)
