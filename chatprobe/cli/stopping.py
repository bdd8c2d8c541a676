"""Ctrl-C and SIGTERM only set a flag, so that the probe leaves the chat politely; a second one ends at once."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Iterator

from chatprobe.cli.base import note
from chatprobe.errors import Interrupted

SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextlib.contextmanager
def stop_on_signals(*, quiet: bool = False) -> Iterator[asyncio.Event]:
    """An event that is set when we are asked to stop; to be used inside the running loop. `quiet`: nobody watches."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    task = asyncio.current_task()

    def asked() -> None:
        if stop.is_set() and task is not None:
            task.cancel()
            return
        if not quiet:
            note("stopping: leaving the chat politely (once more to leave at once)")
        stop.set()

    for number in SIGNALS:
        loop.add_signal_handler(number, asked)
    try:
        yield stop
    except asyncio.CancelledError:
        if stop.is_set():
            raise Interrupted("interrupted") from None
        raise
    finally:
        for number in SIGNALS:
            loop.remove_signal_handler(number)
