"""Running the real program against the lab: scenario files, processes, and what they left in the database."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chatprobe.lab import Lab

PATIENCE_S = 240
"""How long a probe may take before the test gives up: far longer than any should, on any machine."""

SMALL_CHAT = """
chat:
  deadline: {deadline}
  input: "#box"
  messages: ".msg"
  speakers: {{human: ".msg.agent", visitor: ".msg.visitor"}}
"""
"""What there is to say about the lab's smallest chat, which its bench and hostile pages use."""


def scenario(folder: Path, lab: Lab, page: str, deadline: str = "8s", more: str = "") -> Path:
    """A scenario file for a bench or hostile page of the lab; `more` are further lines of it."""
    name = page.split("?", maxsplit=1)[0].replace("/", "-").strip("-")
    address = f"{lab.base}/{page}" if "?" in page else lab.url(page)
    head = f"casino: {name}\nurl: {address}\nquestions: [{{id: q1, text: How long does a withdrawal take?}}]\n"
    path = folder / f"{name}.yaml"
    path.write_text(head + SMALL_CHAT.format(deadline=deadline) + more, encoding="utf-8")
    return path


@dataclass(frozen=True)
class Ran:
    """What a finished command left."""

    code: int
    out: bytes
    err: bytes

    @property
    def data(self) -> Any:
        """The document printed with `--json`."""
        return json.loads(self.out)["data"]

    @property
    def error(self) -> dict[str, str]:
        """The error printed with `--json`."""
        return dict(json.loads(self.out)["error"])


async def start(folder: Path, *arguments: str | Path, **variables: str) -> asyncio.subprocess.Process:
    """`chatprobe …` as a process of its own, in a group of its own, as a terminal would start it."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("CHATPROBE_")}
    if "CHATPROBE_BROWSER" in os.environ:
        environment["CHATPROBE_BROWSER"] = os.environ["CHATPROBE_BROWSER"]
    return await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "chatprobe", *map(str, arguments)),
        cwd=folder,
        env={**environment, **variables},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        start_new_session=True,
    )


async def ended(process: asyncio.subprocess.Process) -> Ran:
    """The process at its end."""
    async with asyncio.timeout(PATIENCE_S):
        out, err = await process.communicate()
    assert process.returncode is not None
    return Ran(process.returncode, out, err)


async def chatprobe(folder: Path, *arguments: str | Path, **variables: str) -> Ran:
    """Run a command to its end."""
    return await ended(await start(folder, *arguments, **variables))


async def until(condition: Callable[[], bool]) -> None:
    """Wait for something to become true; fails when it never does."""
    async with asyncio.timeout(PATIENCE_S):
        while not condition():  # noqa: ASYNC110  # other processes set no event for us
            await asyncio.sleep(0.02)
