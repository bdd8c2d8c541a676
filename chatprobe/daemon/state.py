"""What the daemon knows of itself, for those who look: health, metrics, the note in its lock, the log."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from chatprobe.errors import DatabaseError, StorageFull
from chatprobe.log import LogEvent, logger
from chatprobe.post import NoticeEvent

DISK = "disk"
"""The kind of trouble that has a notice of its own."""


@dataclass
class State:
    """Written by the daemon's loop and its threads, read by whoever asks."""

    started_ms: float
    """Steady ms."""
    ticked_ms: float | None = None
    """Steady ms of the last round that ended, None before the first can begin; the loop hangs when it grows old."""
    known_ms: dict[str, float] = field(default_factory=dict)
    """Epoch ms since which a casino is to be visited; others, such as one that opted out, are not in it."""
    running: dict[str, str] = field(default_factory=dict)
    """Casino by slot."""
    last_result_ms: dict[str, float] = field(default_factory=dict)
    """Epoch ms at which the last probe of each casino ended."""
    probes: Counter[tuple[str, str]] = field(default_factory=Counter)
    """How many probes of a depth had an outcome."""
    slots: Counter[tuple[str, str]] = field(default_factory=Counter)
    """How many slots became a status for a reason."""
    troubles: dict[str, str] = field(default_factory=dict)
    """What does not work now, by kind."""
    full: bool = False
    """Whether the disk took no more, and no room was seen since: nothing is begun that could not be written down."""
    paused: dict[str, str] = field(default_factory=dict)
    """Why a casino is left alone."""
    tell: Callable[[NoticeEvent, str, str], None] = lambda _event, _about, _text: None
    """Told what the operator may want to know: the event, the casino or kind of trouble, the message."""

    def trouble(self, kind: str, what: str, error: BaseException | None = None) -> None:
        """Something does not work: said once until it is over, however often it fails."""
        if kind not in self.troubles:
            logger().error(LogEvent.TROUBLE, kind=kind, what=what, exc_info=error)
            event = NoticeEvent.DISK_LOW if kind == DISK else NoticeEvent.DAEMON_TROUBLE
            why = "" if error else f": {what}"  # what a bug says may hold anything
            self.tell(event, kind, f"Trouble: {kind}{why}. Look: chatprobe status")
        self.troubles[kind] = what

    def fine(self, kind: str) -> None:
        """It works; said where it did not."""
        if self.troubles.pop(kind, None) is not None:
            logger().info(LogEvent.TROUBLE_OVER, kind=kind)

    def unwritten(self, error: StorageFull | DatabaseError) -> None:
        """The database did not take what was to be written."""
        self.full |= isinstance(error, StorageFull)
        self.trouble("database", error.message)

    def visit(self, casinos: Collection[str], now: float) -> None:
        """These are to be visited from `now` (epoch ms) on, and no others."""
        self.known_ms = {casino: self.known_ms.get(casino, now) for casino in casinos}
        for casino in self.paused.keys() - self.known_ms:
            del self.paused[casino]

    def pause(self, casino: str, why: str | None, advice: str | None = None) -> None:
        """The casino is left alone for that reason, or is not (None); said when that changes.

        `advice` is what the doctor says of its scenario.
        """
        if why and casino not in self.paused:
            logger().warning(LogEvent.CASINO_PAUSED, casino=casino, why=why)
            said = f"The doctor: {advice}. Try: chatprobe doctor {casino}" if advice else f"Try: chatprobe run {casino}"
            self.tell(NoticeEvent.SCENARIO_BROKEN, casino, f"{casino} is paused: {why}. {said}")
        elif not why and casino in self.paused:
            logger().info(LogEvent.CASINO_RESUMED, casino=casino)
        if why:
            self.paused[casino] = why
        else:
            self.paused.pop(casino, None)
