"""`chatprobe daemon`: probes around the clock."""

from __future__ import annotations

import asyncio
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chatprobe.cli.base import browser_option, db_option, scenarios_option
from chatprobe.errors import Problem, ScenarioError

if TYPE_CHECKING:
    from chatprobe.daemon.daemon import Daemon
    from chatprobe.daemon.folder import Folder
    from chatprobe.daemon.local import LocalDispatch
    from chatprobe.store.lock import DaemonLock
    from chatprobe.store.store import Store

PORT = 9465


@click.command("daemon")
@scenarios_option
@db_option
@browser_option
@click.option("--once", is_flag=True, help="Draw no slots: do those that are stored, and end after the last.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=PORT,
    envvar="CHATPROBE_PORT",
    show_default=True,
    show_envvar=True,
    help="Where /healthz and /metrics listen, on loopback only; 0 takes a free port.",
)
def daemon(scenarios: Path, db: Path, browser: Path | None, *, once: bool, port: int) -> None:
    """Probe every casino of the scenario folder around the clock, until stopped.

    SIGTERM or Ctrl-C: nothing new is begun, chats are left politely, exit code 0. SIGHUP: settings and scenarios are
    read again. Edited scenario files are taken over by themselves.

    \b
    Example:
      chatprobe daemon --scenarios scenarios --db chatprobe.db
    """
    from chatprobe.daemon.folder import Folder
    from chatprobe.log import set_up
    from chatprobe.store.lock import DaemonLock
    from chatprobe.store.store import Store

    if not scenarios.is_dir():  # one that goes away later is waited for; one that never was is a mistake
        raise ScenarioError([Problem(str(scenarios), None, "", "no such folder", "name another with --scenarios DIR")])
    signal.signal(signal.SIGHUP, signal.SIG_IGN)  # until there is something to reload
    set_up("text" if sys.stderr.isatty() else "json")
    with DaemonLock(db, {}) as lock, Store.open(db, create=True) as store:
        asyncio.run(_serve(store, Folder(scenarios), lock, browser, (once, port)))


async def _serve(store: Store, folder: Folder, lock: DaemonLock, browser: Path | None, how: tuple[bool, int]) -> None:
    from chatprobe.browser.context import Browsers
    from chatprobe.browser.launch import find_browser, sandbox_reason
    from chatprobe.cli.stopping import stop_on_signals
    from chatprobe.daemon.clock import SystemClock
    from chatprobe.daemon.daemon import Daemon
    from chatprobe.daemon.health import Health
    from chatprobe.daemon.local import LocalDispatch
    from chatprobe.log import LogEvent, logger
    from chatprobe.settings import load_settings

    settings, clock = load_settings(), SystemClock()
    path = find_browser(browser)
    if reason := sandbox_reason():
        logger().warning(LogEvent.SANDBOX_OFF, reason=reason)
    once, port = how
    with stop_on_signals(quiet=not sys.stderr.isatty()) as stop:
        async with Browsers(path, recycle_after=settings.limits.recycle_after) as browsers:
            dispatch = LocalDispatch(store, browsers, settings, clock)
            daemon = Daemon(store, folder, dispatch, clock, once=once)
            daemon.use(settings)
            health = Health(daemon.state, clock, port)
            lock.tell({"health": health.address})
            loop = asyncio.get_running_loop()
            loop.add_signal_handler(signal.SIGHUP, _reload, daemon, dispatch)
            try:
                await daemon.run(stop)
            finally:
                loop.remove_signal_handler(signal.SIGHUP)
                health.close()


def _reload(daemon: Daemon, dispatch: LocalDispatch) -> None:
    """Read settings and scenarios again; settings with a mistake leave the old ones in force."""
    from chatprobe.errors import SettingsError
    from chatprobe.log import LogEvent, logger
    from chatprobe.settings import load_settings

    try:
        settings = load_settings()
    except SettingsError as error:
        for problem in error.problems:
            logger().error(LogEvent.SETTINGS_REFUSED, problem=str(problem))
    else:
        dispatch.settings = settings
        daemon.use(settings)
    daemon.look_anew()
    logger().info(LogEvent.RELOADED)
