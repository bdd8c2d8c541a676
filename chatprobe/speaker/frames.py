"""What the frames about a message say of its author."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from chatprobe.model import AUTOMATIC, Observed
from chatprobe.speaker.excerpt import excerpts, whole
from chatprobe.speaker.marks import Mark, marks_in


def frames_of(message: Observed) -> Iterator[tuple[Literal["wire", "dom"], Mapping[str, Any]]]:
    """The JSON about a message: what came from the server, and what the page's own JavaScript says of it."""
    if message.wire is not None:
        yield "wire", message.wire
    for frame in message.told:
        yield "dom", frame


def marks_carried(frame: Mapping[str, Any], text: str) -> list[Mark]:
    """The marks in what the frame says of this message; of a frame without its text, in all that names no others."""
    places = [marks_in(part) for part in excerpts(frame, text)] or [marks_in(whole(frame))]
    marks = dict.fromkeys(mark for place in places for mark in place)
    # The same words may stand there twice, a bot's and a person's: a person they make only where both are.
    return [m for m in marks if m.doubts or m.speaker in AUTOMATIC or all(m in place for place in places)]
