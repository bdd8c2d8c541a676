"""`chatprobe lab`: the fake casinos, to play with."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import click

from chatprobe.cli.base import note, out
from chatprobe.errors import UsageError

if TYPE_CHECKING:
    from chatprobe.lab import Lab


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
def lab(port: int, speed: float) -> None:
    """Serve the fake casinos on this machine until Ctrl-C.

    Each has a scripted operator, and the truth about every visit stands in JSON under /_truth.

    Example: chatprobe lab --port 8800
    """
    from chatprobe.lab import Lab

    asyncio.run(_serve(Lab(speed, port)))


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
    note(f"    export CHATPROBE_LAB={lab.base}")
    note(f"    chatprobe run {lab.casinos[0].scenario}")
    note("Ctrl-C ends the lab.")
