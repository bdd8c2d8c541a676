"""Answers to a review as JSON lines, for scripts: each is taken or refused by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from chatprobe.cli.base import note, out, safe
from chatprobe.cli.judging import JUDGED, Answer, Judge
from chatprobe.model import Speaker

if TYPE_CHECKING:
    from chatprobe.store.doubts import Place

LONGEST_ID = 26
"""Letters of a whole one."""
_EXPECTED = 'an answer is {"probe": id, "seq": number, "speaker": name}'


@dataclass(frozen=True)
class Line:
    """What became of one line."""

    number: int
    """From 1."""
    answer: Answer | None
    """None where the line is no answer."""
    error: str | None
    """Why it was not taken."""

    def as_row(self) -> dict[str, Any]:
        """For `--json`."""
        if self.answer is None:
            return {"line": self.number, "error": self.error}
        probe_id, seq = self.answer.place
        return {
            "line": self.number,
            "probe_id": probe_id,
            "seq": seq,
            "speaker": str(self.answer.speaker),
            "outcome": self.answer.outcome,
            "error": self.error,
        }


def take(lines: Iterable[bytes], judge: Judge, among: frozenset[Place] | None) -> Iterator[Line]:
    """Take each line's answer; `among`: only of these messages."""
    from chatprobe.speaker.lines import LineError

    for number, line in enumerate(lines, 1):
        try:
            place, speaker = _read(line)
        except LineError as error:
            yield Line(number, None, str(error))
            continue
        if among is not None and place not in among:
            yield Line(number, Answer(place, speaker), "not in this sample")
            continue
        answer = judge.say(place, speaker)
        yield Line(number, answer, answer.problem)


def tell(lines: Iterable[Line]) -> None:
    """Print what was taken, and on stderr what was not."""
    found = list(lines)
    for line in found:
        if line.error:
            note(f"line {line.number}: {safe(line.error)}")
        else:
            out(str(line.answer))
    bad = sum(line.error is not None for line in found)
    note(f"{len(found) - bad} of {len(found)} answers taken")
    if not found:
        note('hint: give answers as JSON lines; "chatprobe review --list" shows what is to be answered')


def _read(line: bytes) -> tuple[Place, Speaker]:
    from chatprobe.speaker.lines import LineError, object_in

    row = object_in(line, _EXPECTED)
    probe, seq, speaker = row.get("probe"), row.get("seq"), row.get("speaker")
    if not isinstance(probe, str) or not 0 < len(probe) <= LONGEST_ID:
        raise LineError("probe: expected an id")
    if isinstance(seq, bool) or not isinstance(seq, int) or seq < 0:
        raise LineError("seq: expected the number of a message")
    if speaker not in JUDGED:
        raise LineError(f"speaker: expected one of {', '.join(JUDGED)}")
    return (probe, seq), Speaker(speaker)
