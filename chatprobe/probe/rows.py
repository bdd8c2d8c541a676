"""From what was said to rows of `messages`, kept up to date while the chat lasts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from chatprobe.model import Speaker
from chatprobe.probe.digest import Digest, Said
from chatprobe.speaker.language import language_of
from chatprobe.times import iso


class MessageSink(Protocol):
    """Where rows go; the store's recorder is one."""

    def put_message(self, row: Mapping[str, Any]) -> None:
        """Take a row for the next flush; one of the same `seq` is replaced."""


class Rows:
    """The rows of one chat; a message keeps its `seq` however often it is decided anew."""

    def __init__(self, sink: MessageSink, pseudonym: Callable[[str], str], language: str) -> None:
        self._sink = sink
        self._pseudonym = pseudonym
        self._language = language
        self._seqs: dict[str, int] = {}
        self._rows: dict[str, dict[str, Any]] = {}

    def keep(self, chat: Digest) -> None:
        """Hand on what is new or changed since the last time."""
        for said in chat.said:
            row = self._row(said, chat.marks.asked)
            if self._rows.get(said.line.id) != row:
                self._rows[said.line.id] = row
                self._sink.put_message(row)

    def seq(self, line: str) -> int:
        """The number of a line's message, from its first mention on."""
        return self._seqs.setdefault(line, len(self._seqs))

    def all(self) -> list[dict[str, Any]]:
        """Every row, as it stood last."""
        return sorted(self._rows.values(), key=lambda row: row["seq"])

    def _row(self, said: Said, asked: float | None) -> dict[str, Any]:
        message = said.line.message
        visitor = said.speaker is Speaker.VISITOR
        return {
            "seq": self.seq(said.line.id),
            "at": iso(said.at),
            "at_ms": _since(said.at, asked),
            "wire_ms": _since(said.line.wire_at, asked),
            "settled_ms": _since(message.settled_at, asked),
            "speaker": str(said.speaker),
            "confidence": said.decision.confidence,
            "evidence": [evidence.as_row() for evidence in said.decision.evidence],
            "agent": self._pseudonym(message.name) if message.name and not visitor else None,
            "text": message.text,
            "language": self._language if visitor else language_of(message.text),
        }


def _since(at: float | None, asked: float | None) -> float | None:
    return round(at - asked, 1) if at is not None and asked is not None else None
