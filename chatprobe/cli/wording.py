"""How counts, times and reasons are put in words, wherever a chat is told of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from chatprobe.cli.base import safe


def count(number: int, what: str) -> str:
    """``1 probe``, ``2 probes``."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def when(at_ms: float | None) -> str:
    """A time from the question, as a column; blank where nothing was asked."""
    return f"{at_ms / 1000:+9.3f} s" if at_ms is not None else " " * 11


def reasons(message: Mapping[str, Any]) -> Iterator[str]:
    """The evidence in a row of `messages`, a line each, without what is damaged."""
    from chatprobe.probe.replay import evidence_of

    for one in evidence_of(message):
        yield f"{'':24}{one.source} {one.weight:g}: {safe(one.detail)}"
