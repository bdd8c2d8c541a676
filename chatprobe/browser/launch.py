"""Finding and launching the browser: one Chromium for many probes.

Run as ``python -m chatprobe.browser.launch`` it prints the path of the browser chatprobe would use, or exits with 4.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import sys
from collections.abc import AsyncIterator
from pathlib import Path

from playwright.async_api import Browser, Playwright, async_playwright
from playwright.async_api import Error as PlaywrightError

from chatprobe.errors import BrowserMissing

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
    "chrome",
    "chromium-headless-shell",
    "headless_shell",
)
"""Names of browsers that serve, in order of preference."""

_CACHED = ("chromium-*/chrome-linux*/chrome", "chromium_headless_shell-*/chrome-*/*headless*shell")

# Nothing a browser does on its own account may reach the network or the disk while a chat is timed.
_FLAGS = (
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--mute-audio",
)

HINT = "install one: `playwright install chromium`, or on Debian `apt install chromium`; or name it with --browser PATH"


def find_browser(explicit: Path | None = None) -> Path:
    """The browser to use: the one named, else CHATPROBE_BROWSER, else one on the PATH, else Playwright's own.

    Raises BrowserMissing when there is none, or when the one named is not an executable file.
    """
    named = explicit or (Path(os.environ["CHATPROBE_BROWSER"]) if os.environ.get("CHATPROBE_BROWSER") else None)
    if named is not None:
        return _executable(named)
    for name in NAMES:
        if found := shutil.which(name):
            return Path(found)
    for pattern in _CACHED:
        if cached := sorted(_playwright_cache().glob(pattern)):
            return cached[-1]
    raise BrowserMissing("no Chromium or Chrome found", HINT)


def _executable(named: Path) -> Path:
    path = Path(shutil.which(str(named)) or named)
    if not path.is_file() or not os.access(path, os.X_OK):
        raise BrowserMissing(f"{named} is not a browser that can be run", HINT)
    return path


def _playwright_cache() -> Path:
    chosen = os.environ.get("PLAYWRIGHT_BROWSERS_PATH")
    return Path(chosen) if chosen and chosen != "0" else Path.home() / ".cache" / "ms-playwright"


def sandbox_reason() -> str | None:
    """Why Chromium's sandbox must be off on this machine; None where it can be on."""
    if os.geteuid() == 0:
        return "running as root"
    if _user_namespaces_forbidden():
        return "this system forbids user namespaces"
    return None


def _user_namespaces_forbidden() -> bool:
    for switch, forbidding in (
        ("/proc/sys/kernel/unprivileged_userns_clone", "0"),
        ("/proc/sys/user/max_user_namespaces", "0"),
        ("/proc/sys/kernel/apparmor_restrict_unprivileged_userns", "1"),
    ):
        with contextlib.suppress(OSError):
            if Path(switch).read_text(encoding="ascii").strip() == forbidding:
                return True
    return False


async def launch(playwright: Playwright, path: Path, *, headless: bool = True, slow_mo_ms: float = 0) -> Browser:
    """Start one browser. Signals are ours: the browser must outlive Ctrl-C long enough to leave a chat politely.

    Raises BrowserMissing when it does not start.
    """
    try:
        return await playwright.chromium.launch(
            executable_path=path,
            headless=headless,
            slow_mo=slow_mo_ms,
            chromium_sandbox=sandbox_reason() is None,
            args=list(_FLAGS),
            handle_sigint=False,
            handle_sigterm=False,
            handle_sighup=False,
            timeout=60_000,
        )
    except PlaywrightError as error:
        reason = str(error).strip().splitlines()[0]
        raise BrowserMissing(f"{path} does not start: {reason}", "run `chatprobe doctor`; " + HINT) from error


@contextlib.asynccontextmanager
async def launched(path: Path, *, headless: bool = True) -> AsyncIterator[Browser]:
    """One browser for the length of a block."""
    async with async_playwright() as playwright:
        browser = await launch(playwright, path, headless=headless)
        try:
            yield browser
        finally:
            with contextlib.suppress(PlaywrightError, asyncio.TimeoutError):
                await asyncio.wait_for(browser.close(), 15)


if __name__ == "__main__":
    try:
        print(find_browser())  # noqa: T201  # the set-up script reads it
    except BrowserMissing as missing:
        print(f"error: {missing.message}\nhint: {missing.hint}", file=sys.stderr)  # noqa: T201
        sys.exit(missing.exit_code)
