"""A daemon and what can be broken around it, as the troubles see it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.soak.service import Overdue, Service, until
from benchmarks.soak.setclock import SetClock


@dataclass
class Result:
    """How the daemon took one of them."""

    what: str
    seen: str
    """In words."""
    right: bool


@dataclass
class Yard:
    """A daemon, and what can be broken around it."""

    service: Service
    clock: SetClock
    browser: Path
    """The script that starts the browser, or does not."""
    disk: Path | None
    """The small disk with the database; None where we may mount none."""
    results: list[Result] = field(default_factory=list)
    now_s: int = 0
    """By how much its clock is wrong."""

    def plan(self, *casinos: str, after_s: float = 1.0, depth: str = "chat") -> None:
        """Slots, by the daemon's own clock."""
        self.service.plan_soon(casinos, after_s + self.now_s, depth)

    def done(self) -> int:
        """How many slots ended with a probe."""
        return self.service.count("slots", "status = 'done'")

    def goes_on(self, casino: str = "lucky") -> bool:
        """Whether a chat planned now is done as ever."""
        before = self._replies()
        self.plan(casino)
        with suppress(Overdue):
            until(lambda: self._replies() > before, "a chat", 180)
        return self._replies() > before

    def _replies(self) -> int:
        return self.service.count("probes", "outcome = 'human_reply'")

    def told(self, event: str, **what: str) -> int:
        """How many lines of the log say that."""
        return sum(all(line.get(key) == value for key, value in what.items()) for line in self.service.log(event))

    def troubles(self) -> dict[str, str]:
        """What the daemon says does not work now."""
        return dict((self.service.health() or {}).get("troubles", {}))

    def note(self, what: str, seen: str, *, right: bool) -> None:
        """Keep a result."""
        self.results.append(Result(what, seen, right))
