"""A command on a real terminal, answered key by key."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import sys
import termios
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

PROMPT = re.compile(rb"(?:help|quit)\r\n> ")


@dataclass(frozen=True)
class Session:
    """What a command did on its terminal."""

    code: int
    shown: str


def on_terminal(arguments: Sequence[str], keys: str, folder: Path) -> Session:
    """Run chatprobe with these arguments; each prompt gets the next of `keys`, one too many gets `q`."""
    ours, its = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", "CHATPROBE_AUTHOR": "anna"}
    command = [sys.executable, "-m", "chatprobe", *arguments]
    process = subprocess.Popen(command, stdin=its, stdout=its, stderr=its, cwd=folder, env=environment, close_fds=True)
    os.close(its)
    shown = b""
    asked = 0
    while (fresh := _read(ours)) is not None:
        shown += fresh
        # A key that comes before the terminal is raw would be thrown away.
        if len(PROMPT.findall(shown)) > asked and not termios.tcgetattr(ours)[3] & termios.ICANON:
            os.write(ours, (keys[asked] if asked < len(keys) else "q").encode())
            asked += 1
    os.close(ours)
    return Session(process.wait(), shown.decode("utf-8", "replace"))


def _read(descriptor: int) -> bytes | None:
    """What came, b"" if nothing did for a moment, None at the end."""
    ready, _, _ = select.select([descriptor], [], [], 0.02)
    if not ready:
        return b""
    try:
        return os.read(descriptor, 65_536) or None
    except OSError:  # Linux's way to say that the other side is closed
        return None
