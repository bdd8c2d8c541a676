"""What `chatprobe doctor` looks at: each check a plain function that returns what it found and never raises."""

from __future__ import annotations

import os
import shutil
import time
import zoneinfo
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from chatprobe.errors import BadFile, ChatprobeError

Status = Literal["ok", "warn", "fail"]

_MB = 1_000_000
_WRITTEN = datetime(2026, 1, 1, tzinfo=UTC)
"""When this program is from: no right clock is earlier."""


@dataclass(frozen=True)
class Check:
    """One thing looked at."""

    name: str
    status: Status
    detail: str
    hint: str | None = None

    def as_row(self) -> dict[str, Any]:
        """The shape of `doctor --json`."""
        return {"name": self.name, "status": self.status, "detail": self.detail, "hint": self.hint}


def failed(name: str, error: ChatprobeError) -> Check:
    """The check that `error` ended; of many mistakes the first, and how many there are."""
    if isinstance(error, BadFile) and len(error.problems) > 1:
        detail = f"{error.problems[0]} (and {len(error.problems) - 1} more)"
        return Check(name, "fail", detail, error.hint)
    return Check(name, "fail", error.message, error.hint)


def settings(folder: Path) -> Check:
    """Whether `chatprobe.toml` and the `CHATPROBE_…` variables can be read."""
    from chatprobe.settings import FILE, load_settings

    try:
        load_settings(folder)
    except ChatprobeError as error:
        return failed("settings", error)
    return Check("settings", "ok", FILE if (folder / FILE).exists() else f"defaults (no {FILE} here)")


def scenarios(folder: Path) -> Check:
    """Whether every scenario of the folder loads."""
    from chatprobe.scenario.load import load_folder

    if not folder.is_dir():
        return Check("scenarios", "warn", f"no folder {folder}", "make one, or name another with --scenarios DIR")
    loaded, problems = load_folder(folder)
    if problems:
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        return Check("scenarios", "fail", f"{problems[0]}{more}", "chatprobe check lists every mistake")
    return Check("scenarios", "ok", f"{len(loaded)} in {folder}")


def database(path: Path) -> Check:
    """Whether the database opens, is current, writable and in WAL mode; a missing one only needs a writable folder."""
    from chatprobe.store import Store

    folder = path.absolute().parent
    if not path.exists():
        if os.access(folder, os.W_OK | os.X_OK):
            return Check("database", "ok", f"{path} does not exist yet; the first run creates it")
        return Check("database", "fail", f"{folder} cannot be written", "name another place with --db FILE")
    try:
        Store.open(path).close()
    except ChatprobeError as error:
        return failed("database", error)
    if not _is_wal(path):
        return Check("database", "warn", f"{path} is not in WAL mode", "chatprobe db migrate sets it")
    return Check("database", "ok", f"{path}, {path.stat().st_size / _MB:.1f} MB")


def _is_wal(path: Path) -> bool:
    """Whether bytes 18 and 19 of the file's header, its write and read version, say 2: WAL."""
    with path.open("rb") as file:
        return file.read(20)[18:] == b"\x02\x02"


def private_files(path: Path) -> Check:
    """Whether what is secret or personal beside the database is its owner's alone."""
    from chatprobe.store.pseudonym import key_file

    wanted = {path: 0o600, key_file(path): 0o600, path.absolute().parent / "artifacts": 0o700}
    there = {file: mode for file, mode in wanted.items() if file.exists()}
    open_ones = [file for file, mode in there.items() if file.stat().st_mode & 0o777 & ~mode]
    if open_ones:
        hint = f"chmod go= {' '.join(str(file) for file in open_ones)}"
        return Check("private files", "warn", f"others can read {', '.join(file.name for file in open_ones)}", hint)
    return Check("private files", "ok", "database, key and artifacts are yours alone" if there else "none yet")


def disk(folder: Path) -> Check:
    """Whether there is room for months of probes, or at least for today's."""
    free = shutil.disk_usage(folder).free
    status: Status = "fail" if free < 100 * _MB else "warn" if free < 1000 * _MB else "ok"
    hint = None if status == "ok" else "a probe's artifacts take up to some MB: free space"
    return Check("disk", status, f"{free / _MB:,.0f} MB free in {folder}", hint)


def clock(wall_s: float) -> Check:
    """Whether the system's clock, `wall_s` seconds since 1970, can be right."""
    now = datetime.fromtimestamp(wall_s, UTC)
    if now < _WRITTEN:
        return Check("clock", "fail", f"it says {now:%Y-%m-%d %H:%M} UTC", "set it; a time service keeps it right")
    return Check("clock", "ok", f"{now:%Y-%m-%d %H:%M:%S} UTC")


def steady(wall_s: float, monotonic_s: float) -> Check:
    """Whether wall clock and monotonic clock agreed on how long something took."""
    stepped_ms = abs(wall_s - monotonic_s) * 1000
    if stepped_ms > 100:
        hint = "a time service that slews instead of stepping"
        return Check("steady clock", "warn", f"it was set by {stepped_ms:.0f} ms while we looked", hint)
    return Check("steady clock", "ok", f"moved {stepped_ms:.1f} ms against the monotonic clock")


def time_zones() -> Check:
    """Whether time zones can be looked up."""
    zones = zoneinfo.available_timezones()
    if "Europe/Malta" not in zones:
        return Check("time zones", "fail", "no time zone data", "pip install tzdata")
    return Check("time zones", "ok", f"{len(zones)} known")


def browser(explicit: Path | None) -> list[Check]:
    """Whether a browser is there, starts, is sandboxed, and has the system's clock."""
    import asyncio

    from chatprobe.browser.health import health
    from chatprobe.browser.launch import find_browser

    wall, monotonic = time.time(), time.monotonic()
    try:
        path = find_browser(explicit)
        found = asyncio.run(health(path))
    except ChatprobeError as error:
        return [failed("browser", error)]
    return [
        Check("browser", "ok", f"{path}, version {found.version}"),
        sandbox(),
        page_clock(found.clock_offset_ms),
        steady(time.time() - wall, time.monotonic() - monotonic),
    ]


def sandbox() -> Check:
    """Whether Chromium's sandbox is on."""
    from chatprobe.browser.launch import sandbox_reason

    reason = sandbox_reason()
    if reason is None:
        return Check("sandbox", "ok", "on")
    return Check("sandbox", "warn", f"off: {reason}", "casino pages are strangers' code: run as an ordinary user")


def page_clock(offset_ms: float) -> Check:
    """Whether pages tell the system's time."""
    if abs(offset_ms) > 1000:
        hint = "restart the browser after setting the clock"
        return Check("page clock", "warn", f"{offset_ms:+.0f} ms against the system's", hint)
    return Check("page clock", "ok", f"{offset_ms:+.1f} ms against the system's")


def notify(folder: Path) -> list[Check]:
    """Whether a test message reaches each service, and our sign of life the watchdog."""
    from chatprobe.daemon.notices import TITLE, pinged
    from chatprobe.post import send
    from chatprobe.settings import load_settings

    try:
        settings = load_settings(folder).notify
    except ChatprobeError as error:
        return [failed("notify", error)]
    lost = send(settings.urls, TITLE, "A test: messages of chatprobe arrive here.")
    services = [address.partition(":")[0] for address in settings.urls]  # what follows is secret
    found = [_arrived(f"message {at} ({one})", fine=at not in lost) for at, one in enumerate(services, 1)]
    if settings.dead_man_url:
        found.append(_arrived("dead_man_url", fine=pinged(settings.dead_man_url)))
    return found or [Check("notify", "warn", "nobody is told", "set notify.urls")]


def _arrived(name: str, *, fine: bool) -> Check:
    if fine:
        return Check(name, "ok", "sent")
    return Check(name, "fail", "did not arrive", "is the address right, and the service reachable?")
