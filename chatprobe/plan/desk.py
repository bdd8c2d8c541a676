"""What the plan knows of a casino and of the house."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from chatprobe.plan.budget import MINUTE, WEEK, Caps
from chatprobe.plan.cells import minute_of_week

ALONE_A_WEEK = 6
"""Survey chats a week where nothing is hunted for."""
BESIDE_HUNT_A_WEEK = 4
"""Survey chats a week beside a hunt: one in each 42 hours."""
HUNTS_A_WEEK = 5
CHAT_MS = 15 * MINUTE
_WEEKLY = (6, 4, 3, 2, 1)
"""Rates whose period is whole hours, and longer than a day by more than the hours that a neighbour can block."""


@dataclass(frozen=True)
class Desk:
    """One casino as the plan sees it; times are its own clocks'."""

    casino: str
    timezone: str = "UTC"
    presence_per_day: int = 8
    caps: Caps = field(default_factory=Caps)
    blackout: tuple[tuple[int, int], ...] = ()
    """Half-open stretches without any visit, in minutes since Monday 00:00."""
    hunted: frozenset[int] = frozenset()
    """Cells of the promised hours while their truth is open: where hunts may go. Empty where nothing is to settle."""
    begun: float = 0.0
    """When the casino's plan began, epoch ms: looks are even over whole weeks from this time of the day on. Keep it."""
    chat_ms: float = CHAT_MS
    """The longest that one chat occupies us."""

    def shuts(self, cell: int) -> bool:
        """Whether the blackout takes any minute of the hour of the week `cell`."""
        return any(start < cell * 60 + 60 and cell * 60 < end for start, end in self.blackout)

    def is_black(self, at: float) -> bool:
        """Whether `at` (epoch ms) lies in the blackout."""
        if not self.blackout:
            return False
        minute = minute_of_week(at, self.timezone)
        return any(start <= minute < end for start, end in self.blackout)

    @property
    def surveys_a_week(self) -> int:
        """Survey chats drawn in a week; 0 where no chat is allowed.

        One less than allowed: a week that begins in the middle of a period can see one more.
        """
        (a_day, _), (a_week, _) = self.caps.spans()
        most = min(BESIDE_HUNT_A_WEEK if self.hunted else ALONE_A_WEEK, max(1, a_week - 1))
        return next(rate for rate in _WEEKLY if rate <= most) if min(a_day, a_week) > 0 else 0

    @property
    def demand(self) -> int:
        """Chats a week that the plan would like to hold here, at most."""
        (_, (a_week, _)) = self.caps.spans()
        return min(a_week, self.surveys_a_week + (HUNTS_A_WEEK if self.hunted else 0))


@dataclass(frozen=True)
class House:
    """What holds for all casinos together."""

    at_once: int = 20
    """Visits at one time."""
    caps: Caps | None = None
    """Chats and agents' time of all casinos together; `apart_ms` has no meaning here. None: no limit."""
    share: float = 1.0
    """The share of chats that is held at all, by lot: what the function `share` gives for `caps`."""
    closed: tuple[tuple[float, float], ...] = ()
    """Half-open stretches, in epoch ms, in which nobody is visited."""
    opted_out: frozenset[str] = frozenset()
    """Casinos that are not to be visited."""

    def is_closed(self, at: float) -> bool:
        """Whether `at` (epoch ms) lies in a stretch without visits."""
        return any(start <= at < end for start, end in self.closed)


def share(desks: Iterable[Desk], caps: Caps) -> float:
    """The share of the chats wanted at `desks` that caps for all of them have room for, 0 to 1.

    Thinning all chats alike leaves every hour its share; a bare cap would let the first hours of each period take all.
    """
    wanted = sum(desk.demand for desk in desks)
    return min(1.0, min(most * WEEK / span for most, span in caps.spans()) / wanted) if wanted else 1.0
