"""Whoever examines a scenario by its visits: looks at each from inside, and may have another text of it tried."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from chatprobe.browser.arrival import Stop
from chatprobe.browser.chat import Chat
from chatprobe.browser.frames import Search
from chatprobe.browser.gallery import Kept
from chatprobe.browser.steps import Action
from chatprobe.browser.survey import Survey
from chatprobe.scenario.schema import Scenario


@dataclass(frozen=True)
class Scene:
    """One visit at one moment, its page still standing."""

    chat: Chat
    scenario: Scenario
    before: Survey | None
    """The page before the chat was opened."""
    found: Mapping[str, Kept]
    """How the parts that were used are made, by path."""
    steps: Mapping[str, Mapping[str, Any]]
    """The newest report of each step, by its path, as it is stored."""
    stop: Stop | None = None
    """Where the visit ended; None while the question stands in the box."""


class Examiner(Protocol):
    """Takes part in dry runs."""

    most_visits: int
    """How often it wants to visit at most."""

    async def found(self, chat: Chat, action: Action, found: Search) -> None:
        """Hear what was found for a step, just before it is done."""

    async def look(self, scene: Scene) -> None:
        """Look at a visit: while the question stands in the box, else at its end."""

    def next(self) -> Scenario | None:
        """The scenario to visit with once more; None when all is known."""

    def told(self) -> Mapping[str, Any]:
        """What was found so far, as JSON."""
