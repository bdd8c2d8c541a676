"""Settings that are not one casino's: `chatprobe.toml` in the working folder, overridden by `CHATPROBE_…` variables.

vantage = "malta"
[visitor]
email = "alex@guide.example"        # or CHATPROBE_VISITOR_EMAIL
[limits]
step_timeout = "20s"                # or CHATPROBE_LIMITS_STEP_TIMEOUT
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from chatprobe.addresses import page_address, proxy_parts
from chatprobe.durations import parse_duration
from chatprobe.errors import Problem, SettingsError, did_you_mean
from chatprobe.post import NoticeEvent, check_address
from chatprobe.times import moment_ms

FILE = "chatprobe.toml"
PREFIX = "CHATPROBE_"
SIMULATED = "simulated"
"""The vantage of probes that nobody made: whatever is told of them must say so."""


@dataclass(frozen=True)
class VisitorSettings:
    """Who we say we are where a scenario does not say. Nothing is invented: what is not set here is not said."""

    name: str | None = None
    """Name for pre-chat forms."""
    email: str | None = None
    """E-mail address for pre-chat forms: a mailbox of yours that somebody reads."""
    phone: str | None = None
    """Phone number for pre-chat forms that require one."""
    department: str | None = None
    """Whom to reach where a form lets choose; general support unless set."""


@dataclass(frozen=True)
class Limits:
    """How long and how often."""

    page_timeout: timedelta = timedelta(seconds=45)
    """How long a page may take to load."""
    step_timeout: timedelta = timedelta(seconds=15)
    """How long to look for the element of a step."""
    echo_timeout: timedelta = timedelta(seconds=15)
    """How long our own question may take to show up in the chat."""
    timing_floor: timedelta = timedelta(seconds=2)
    """An answer quicker than this is no human's."""
    recycle_after: int = 50
    """Probes that one browser serves before a new one takes its place."""
    artifact_days: int = 30
    """Days that screenshots and snapshots are kept."""
    artifact_mb: int = 10_000
    """Megabytes that they may take; the oldest go first."""
    disk_free_mb: int = 500
    """Megabytes free on the database's disk below which the daemon warns."""
    text_days: int = 180
    """Days after which `db prune` empties texts and frames."""
    at_once: int = 20
    """Probes that the daemon runs at one time, at most."""
    chats_per_day: int | None = None
    """Chats at all casinos together within 24 hours; no limit unless set."""
    chats_per_week: int | None = None
    """The same within 7 days."""
    agent_minutes_per_week: int | None = None
    """Minutes of agents' time at all casinos together within 7 days; no limit unless set."""


@dataclass(frozen=True)
class Period:
    """A stretch of time."""

    begin: float
    """Epoch ms."""
    end: float
    """The first moment after it, epoch ms."""

@dataclass(frozen=True)
class NotifySettings:
    """Who is told what, and how often."""

    urls: tuple[str, ...] = field(default=(), repr=False)
    """Apprise addresses to send messages to; secrets, never shown."""
    events: tuple[str, ...] = tuple(map(str, NoticeEvent))
    """What to send messages about."""
    quiet: timedelta = timedelta(hours=6)
    """After a message none of the same event and casino for so long."""
    per_day: int = 20
    """Messages within 24 hours, at most."""
    dead_man_url: str | None = field(default=None, repr=False)
    """Called once a minute while the daemon works: a watchdog elsewhere sounds the alarm when it stays away."""


@dataclass(frozen=True)
class Settings:
    """All settings, each with its default."""

    vantage: str | None = None
    """A name for where this machine stands, stored with every probe."""
    proxy: str | None = field(default=None, repr=False)
    """Address of the proxy to go through, such as `http://proxy.example:3128`; a scenario's own wins."""
    control_url: str | None = None
    """A page that always answers: tells a casino that is down from a network that is."""
    opt_out: tuple[str, ...] = ()
    """Casinos that asked not to be visited: nobody is, whatever the scenarios say."""
    blackout: tuple[Period, ...] = ()
    """Stretches without any visit, UTC, as `2026-12-24/2026-12-27`: from the first moment to before the second."""
    visitor: VisitorSettings = VisitorSettings()
    """Who we say we are."""
    limits: Limits = Limits()
    """How long and how often."""
    notify: NotifySettings = NotifySettings()
    """Who is told what, and how often."""


def load_settings(folder: Path = Path(), env: Mapping[str, str] = os.environ) -> Settings:
    """The settings of `folder` under those of `env`; raises `SettingsError` with every mistake in them."""
    path = folder / FILE
    problems: list[Problem] = []
    written = _from_file(path, problems)
    for key, name in _variables().items():
        if env.get(name):
            written[key] = _Written(env[name], name, None, numeric_text=True)
    problems.extend(_misnamed(env))
    values: dict[str, Any] = {}
    for key, entry in written.items():
        try:
            values[key] = _value(key, entry)
        except ValueError as error:
            problems.append(Problem(entry.file, entry.line, key if entry.line else "", str(error)))
    if problems:
        raise SettingsError(sorted(problems, key=lambda problem: (problem.file, problem.line or 0)))
    settings: Settings = _filled(Settings(), values)
    return settings


@dataclass(frozen=True)
class _Written:
    value: Any
    file: str
    line: int | None
    numeric_text: bool = False
    """A number may be written as text: variables hold nothing else."""


def _from_file(path: Path, problems: list[Problem]) -> dict[str, _Written]:
    if not path.exists():
        return {}
    try:
        text = path.read_text(encoding="utf-8")
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        problems.append(_not_toml(path, str(error)))
        return {}
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8 text"
        problems.append(Problem(str(path), None, "", f"cannot be read: {reason}"))
        return {}
    known, found = _kinds(), {}
    for key, value in _flat(data):
        line = _line_of(key, text)
        if key in known:
            found[key] = _Written(value, str(path), line)
        else:
            problems.append(Problem(str(path), line, key, "unknown key", did_you_mean(key, known)))
    return found


def _not_toml(path: Path, reason: str) -> Problem:
    place = re.search(r" \(at line (\d+), column \d+\)", reason)
    line = int(place[1]) if place else None
    return Problem(str(path), line, "", f"not valid TOML: {reason[: place.start()] if place else reason}")


def _flat(table: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{key}.")
        else:
            yield f"{before}{key}", value


def _line_of(key: str, text: str) -> int:
    """The line that sets `key`: tomllib keeps none, so the likeliest is looked up."""
    section = ""
    for number, line in enumerate(text.splitlines(), 1):
        if header := re.match(r"\s*\[+\s*([\w.-]+)", line):
            section = f"{header[1]}."
        elif (found := re.match(r"\s*([\w.-]+)\s*=", line)) and f"{section}{found[1]}" == key:
            return number
    return 1


def _kinds(settings: Any = Settings(), before: str = "") -> dict[str, str]:
    """Dotted key → type of every setting."""
    found = {}
    for one in fields(settings):
        value = getattr(settings, one.name)
        if is_dataclass(value):
            found.update(_kinds(value, f"{before}{one.name}."))
        else:
            found[f"{before}{one.name}"] = str(one.type).removesuffix(" | None")
    return found


def _variables() -> dict[str, str]:
    return {key: PREFIX + key.upper().replace(".", "_") for key in _kinds()}


def _misnamed(env: Mapping[str, str]) -> Iterator[Problem]:
    """Variables of ours that name no setting; single words may belong to a command."""
    known = _variables().values()
    for name in env:
        if name.startswith((f"{PREFIX}VISITOR_", f"{PREFIX}LIMITS_", f"{PREFIX}NOTIFY_")) and name not in known:
            yield Problem(name, None, "", "unknown setting", did_you_mean(name, known))


def _value(key: str, entry: _Written) -> Any:
    value = _PARSERS[_kinds()[key]](int(entry.value) if _is_number(key, entry) else entry.value)
    if check := _CHECKS.get(key):
        check(value)
    return value


def _is_number(key: str, entry: _Written) -> bool:
    return entry.numeric_text and _kinds()[key] == "int" and re.fullmatch(r"\d{1,9}", entry.value) is not None


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"expected text in quotes, got {value!r}")
    return value.strip()


def _count(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise ValueError(f"expected a whole number from 1 on, got {value!r}")
    return value


def _names(value: object) -> tuple[str, ...]:
    names = value.split(",") if isinstance(value, str) else value
    if not isinstance(names, list) or not all(isinstance(name, str) and name.strip() for name in names):
        raise ValueError("expected a list of texts in quotes")  # unseen: they may be secret
    return tuple(name.strip() for name in names)


def _periods(value: object) -> tuple[Period, ...]:
    return tuple(map(_period, _names(value)))


def _period(text: str) -> Period:
    try:
        begin, end = (moment_ms(part) for part in text.split("/"))
    except ValueError:
        raise ValueError(f"{text!r} is no stretch of time; write it as 2026-12-24/2026-12-27") from None
    if begin >= end:
        raise ValueError(f"{text!r} ends before it begins")
    return Period(begin, end)


_PARSERS: Mapping[str, Callable[[Any], Any]] = {
    "str": _text,
    "int": _count,
    "timedelta": parse_duration,
    "tuple[str, ...]": _names,
    "tuple[Period, ...]": _periods,
}


def _services(addresses: tuple[str, ...]) -> None:
    for number, address in enumerate(addresses, 1):
        try:
            check_address(address)
        except ValueError as error:
            raise ValueError(f"number {number} {error}") from None


def _notice_events(names: tuple[str, ...]) -> None:
    known = tuple(map(str, NoticeEvent))
    for name in names:
        if name not in known:
            raise ValueError(f"{name!r} is no event; there are {', '.join(known)}")


def _dead_man(address: str) -> None:
    try:
        page_address(address)
    except ValueError:
        raise ValueError("expected an address beginning with http:// or https://") from None  # unseen: it is secret


_CHECKS: Mapping[str, Callable[[Any], object]] = {
    "proxy": proxy_parts,
    "control_url": page_address,
    "notify.urls": _services,
    "notify.events": _notice_events,
    "notify.dead_man_url": _dead_man,
}


def _filled(settings: Any, values: Mapping[str, Any], before: str = "") -> Any:
    changes = {}
    for one in fields(settings):
        key, value = f"{before}{one.name}", getattr(settings, one.name)
        if is_dataclass(value):
            changes[one.name] = _filled(value, values, f"{key}.")
        elif key in values:
            changes[one.name] = values[key]
    return replace(settings, **changes)
