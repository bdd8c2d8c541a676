"""The log: what happened, for those who run chatprobe. The only home of structlog.

Results go to stdout and notes for the person watching to stderr by way of `cli`; the log is the third voice, on stderr,
one event per line. Import it inside functions: structlog is too slow for `chatprobe --help`.
"""

from __future__ import annotations

import logging
import os
import sys
import traceback
from enum import StrEnum
from typing import Literal, cast

import structlog
from structlog.typing import EventDict, FilteringBoundLogger, WrappedLogger


class LogEvent(StrEnum):
    """What can stand as an event in the log; nothing else does."""

    PROBE_FAILED = "probe_failed"
    """A bug of ours; the probe is closed as `probe_fault`."""
    SANDBOX_OFF = "sandbox_off"
    """Chromium runs without its sandbox; `reason` says why."""
    DAEMON_STARTED = "daemon_started"
    DAEMON_RECOVERED = "daemon_recovered"
    """What an earlier daemon left open was closed."""
    DAEMON_STOPPING = "daemon_stopping"
    """No new probe; `running` ones are leaving their chats."""
    DAEMON_STOPPED = "daemon_stopped"
    RELOADED = "reloaded"
    """SIGHUP: settings and scenarios were read again."""
    SETTINGS_REFUSED = "settings_refused"
    """The settings have a mistake; those before it stay."""
    PLAN_DRAWN = "plan_drawn"
    PROBE_STARTED = "probe_started"
    PROBE_ENDED = "probe_ended"
    SLOT_DROPPED = "slot_dropped"
    """No probe was made of a planned time; `reason` says why."""
    SCENARIO_TAKEN = "scenario_taken"
    """A new or changed scenario holds from the next probe on."""
    SCENARIO_REFUSED = "scenario_refused"
    """A scenario file cannot be used; what it said before goes on."""
    SCENARIO_GONE = "scenario_gone"
    SCENARIO_EXAMINED = "scenario_examined"
    """It broke, and the doctor looked at it; `said` is what is wrong and what to write instead."""
    CASINO_PAUSED = "casino_paused"
    CASINO_RESUMED = "casino_resumed"
    CLAIM_SETTLED = "claim_settled"
    """What a casino says of its chat is refuted, or upheld so far."""
    CLOCK_JUMPED = "clock_jumped"
    """The system's clock was set by `seconds`."""
    LOOSE_ERROR = "loose_error"
    """An error that nobody waited for, such as of a browser that was killed."""
    TROUBLE = "trouble"
    """Something the daemon needs does not work; said once."""
    TROUBLE_OVER = "trouble_over"
    NOTICE_FAILED = "notice_failed"
    """A message to the operator, or the sign of life, did not arrive; said once until one does."""


LogFormat = Literal["text", "json"]


def set_up(style: LogFormat = "text", level: int = logging.INFO) -> None:
    """Send the log to stderr, as `key=value` text or as JSON lines, from `level` (of `logging`) upwards."""
    renderer = structlog.processors.JSONRenderer() if style == "json" else structlog.processors.LogfmtRenderer()
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
            structlog.processors.format_exc_info if style == "json" else _last_line,
            _in_order,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),  # stderr as it is then, not as it was here
        cache_logger_on_first_use=False,
    )


def _last_line(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """A person gets the error without its traceback, which CHATPROBE_DEBUG=1 brings."""
    error = event.pop("exc_info", None)
    if isinstance(error, BaseException):
        event["error"] = f"{type(error).__name__}: {error}"
        if os.environ.get("CHATPROBE_DEBUG"):
            event["traceback"] = "".join(traceback.format_exception(error))
    return event


def _in_order(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Time, level and event first: the eye reads down a column."""
    first = {key: event.pop(key) for key in ("at", "level", "event") if key in event}
    return {**first, **event}


def logger() -> FilteringBoundLogger:
    """The logger. Its first argument is a `LogEvent`, everything else goes into keywords."""
    return cast("FilteringBoundLogger", structlog.get_logger())
