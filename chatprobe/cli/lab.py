"""`chatprobe lab`: the fake casinos, to play with."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chatprobe.cli.base import note, out
from chatprobe.cli.moments import moment
from chatprobe.errors import DialogueError, Problem, UsageError

if TYPE_CHECKING:
    from chatprobe.lab import Casino, Lab

OUR_DIALOGUES = "ours"
"""What stands for the dialogues that come with the program."""


@click.command("lab")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, show_default="any free one", help="Port to listen on."
)
@click.option(
    "--speed",
    type=click.FloatRange(min=0, min_open=True),
    default=1.0,
    show_default="1",
    help="Divides all delays: 2 makes everybody twice as quick.",
)
@click.option(
    "--clock",
    metavar="TIME",
    callback=moment,
    help="What time it is in the lab at its start, UTC: it decides who is on duty. Default: now.",
)
@click.option(
    "--clock-speed",
    type=click.FloatRange(min=0),
    default=1.0,
    show_default="1",
    help="How many times as fast the lab's clock runs: at 504 a week takes twenty minutes.",
)
@click.option(
    "--dialogues",
    is_flag=False,
    flag_value=OUR_DIALOGUES,
    metavar="[FILE]",
    help="Instead of the fake casinos, one casino for each dialogue of a file of JSON lines, replayed with its real "
    "delays. Without FILE: some that come with chatprobe.",
)
def lab(port: int, speed: float, clock: str | None, clock_speed: float, dialogues: str | None) -> None:
    """Serve the fake casinos on this machine until Ctrl-C.

    Each has a scripted operator, and the truth about every visit stands in JSON under /_truth.

    Example: chatprobe lab --port 8800
    """
    from chatprobe.lab import Lab, LabClock
    from chatprobe.lab.casinos import CASINOS
    from chatprobe.times import epoch_ms, now_ms

    shown = LabClock.from_now(epoch_ms(clock) if clock else now_ms(), clock_speed)
    asyncio.run(_serve(Lab(speed, port, _replays(dialogues) if dialogues else CASINOS, shown)))


def _replays(file: str) -> tuple[Casino, ...]:
    from chatprobe.lab.dialogues import SHIPPED, BadDialogues, read_dialogues

    path = SHIPPED if file == OUR_DIALOGUES else Path(file)
    try:
        return read_dialogues(path.read_bytes().splitlines())
    except OSError as error:
        raise DialogueError([Problem(file, None, "", error.strerror or str(error))]) from None
    except BadDialogues as error:
        raise DialogueError([Problem(file, line, "", message) for line, message in error.problems]) from None


async def _serve(lab: Lab) -> None:
    wanted = lab.port
    try:
        async with lab:
            _introduce(lab)
            await asyncio.Event().wait()
    except OSError as error:
        raise UsageError(
            f"cannot listen on port {wanted}: {error.strerror}", "leave out --port for a free one"
        ) from None


def _introduce(lab: Lab) -> None:
    for casino in lab.casinos:
        out(f"{lab.url(casino.name)}\n    {casino.about}")
    note(f"\nTruth about every visit: {lab.base}/_truth")
    note("To probe one of them, in another terminal:")
    note(f"    curl -O {lab.url(lab.casinos[0].name)}scenario.yaml && chatprobe run scenario.yaml")
    note("Ctrl-C ends the lab.")
