"""What the operator allows for all casinos together."""

from __future__ import annotations

from chatprobe.plan.budget import MINUTE, Caps
from chatprobe.plan.desk import House
from chatprobe.settings import Limits, Settings

_NO_LIMIT = 1_000_000


def _caps(limits: Limits) -> Caps | None:
    """The caps on chats and agents' time over all casinos; None where the settings name none."""
    a_day, a_week, minutes = limits.chats_per_day, limits.chats_per_week, limits.agent_minutes_per_week
    if a_day is None and a_week is None and minutes is None:
        return None
    return Caps(a_day or _NO_LIMIT, a_week or _NO_LIMIT, 0.0, agent_ms_per_week=(minutes or _NO_LIMIT) * MINUTE)


def house_of(settings: Settings) -> House:
    """What the settings say of all casinos; the share that caps leave depends on the casinos, too."""
    return House(
        settings.limits.at_once,
        _caps(settings.limits),
        closed=tuple((one.begin, one.end) for one in settings.blackout),
        opted_out=frozenset(settings.opt_out),
    )
