"""Messages to the operator, not too many of them, and the sign of life for a watchdog elsewhere."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from http.client import HTTPException
from urllib.request import urlopen

from chatprobe.daemon.clock import Clock
from chatprobe.log import LogEvent, logger
from chatprobe.plan.budget import DAY, MINUTE
from chatprobe.post import NoticeEvent, send
from chatprobe.settings import NotifySettings

TITLE = "chatprobe"
PING_TIMEOUT_S = 10.0


class Rates:
    """What may be sent when; everything else is counted. The clock is one that nobody sets."""

    def __init__(self) -> None:
        self.held = 0
        """What was not sent since the last message that was."""
        self._last: dict[tuple[str, str], float] = {}
        self._day: deque[float] = deque()

    def admit(self, key: tuple[str, str], now: float, limits: NotifySettings) -> bool:
        """Whether a message of this kind may go out at `now` (ms); where it may, it counts as gone."""
        while self._day and now - self._day[0] >= DAY:
            self._day.popleft()
        soon = now - self._last.get(key, float("-inf")) < limits.quiet.total_seconds() * 1000
        if soon or len(self._day) >= limits.per_day:
            self.held += 1
            return False
        self._last[key] = now
        self._day.append(now)
        return True


class Notices:
    """Sends in threads of its own: neither loop nor probes ever wait for a mail server."""

    def __init__(self, clock: Clock) -> None:
        self.settings = NotifySettings()
        """As they are now."""
        self.threads: list[threading.Thread] = []
        """Those that still send."""
        self._clock = clock
        self._rates = Rates()
        self._lock = threading.Lock()
        self._pinged_at = float("-inf")
        self._failing: set[str] = set()

    def tell(self, event: NoticeEvent, about: str, text: str) -> None:
        """Send `text`, if that is wished and not too often; `about` is a casino or a kind of trouble."""
        settings = self.settings
        if not settings.urls or event not in settings.events:
            return
        with self._lock:
            if not self._rates.admit((event, about), self._clock.steady_ms(), settings):
                return
            held, self._rates.held = self._rates.held, 0
        more = f"\n{held} earlier messages were held back or did not arrive." if held else ""
        self._begin(lambda: self._send(settings.urls, f"{text}{more}", held))

    def ping(self) -> None:
        """A sign of life, at most one a minute; call it when all is well."""
        now, url = self._clock.steady_ms(), self.settings.dead_man_url
        if url and now - self._pinged_at >= MINUTE:
            self._pinged_at = now
            self._begin(lambda: self._result("dead_man_url", fine=pinged(url)))

    def _begin(self, work: Callable[[], None]) -> None:
        thread = threading.Thread(target=work, name="notices", daemon=True)
        self.threads = [*(one for one in self.threads if one.is_alive()), thread]
        thread.start()

    def _send(self, urls: tuple[str, ...], text: str, held: int) -> None:
        failed = send(urls, TITLE, text)
        if len(failed) == len(urls):
            with self._lock:
                self._rates.held += held + 1
        self._result("urls", fine=not failed)

    def _result(self, what: str, *, fine: bool) -> None:
        """Failing is said once, until it works again."""
        with self._lock:
            new = not fine and what not in self._failing
            (self._failing.discard if fine else self._failing.add)(what)
        if new:
            logger().warning(LogEvent.NOTICE_FAILED, setting=f"notify.{what}")


def pinged(url: str) -> bool:
    """Whether the watchdog took our sign of life."""
    try:
        with urlopen(url, timeout=PING_TIMEOUT_S):  # noqa: S310  # settings take http and https only
            return True
    except (OSError, ValueError, HTTPException):
        return False
