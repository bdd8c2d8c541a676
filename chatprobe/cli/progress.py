"""How far a long command is: one rewritten line on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import click

from chatprobe.cli.base import note

_EVERY_S = 0.2
_ELSEWHERE_S = 30.0


class Progress:
    """Tells a number that grows."""

    def __init__(self, what: str) -> None:
        """`what` is counted: "rows"."""
        self._what = what
        self._watched = sys.stderr is not None and sys.stderr.isatty()
        self._told_at = time.monotonic()
        self._shown = ""

    def __call__(self, number: int) -> None:
        """There are so many by now."""
        now = time.monotonic()
        if now - self._told_at < (_EVERY_S if self._watched else _ELSEWHERE_S):
            return
        self._told_at = now
        line = f"{number:,} {self._what}"
        if self._watched:
            click.echo(f"\r{line}", nl=False, err=True)
            self._shown = line
        else:
            note(line)

    def clear(self) -> None:
        """Leave the line empty for what comes next."""
        if self._shown:
            click.echo(f"\r{' ' * len(self._shown)}\r", nl=False, err=True)
            self._shown = ""


@contextmanager
def progress(what: str) -> Iterator[Progress]:
    """Progress that is gone when the block is."""
    told = Progress(what)
    try:
        yield told
    finally:
        told.clear()
