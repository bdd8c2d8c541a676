"""What came of a drawn chat: the probe's rows beside the lab's truth, and the table of many. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.chats import KINDS, Chat
from benchmarks.figures import quantile
from chatprobe.lab import Conversation

TOLERANCE_MS = 50.0
"""How far the first human time may be off."""


@dataclass(frozen=True)
class Line:
    """One line of a transcript."""

    at_ms: float | None
    """From the question."""
    decided: str
    true: str
    text: str
    name: str | None
    why: tuple[str, ...]
    """The evidence."""


@dataclass(frozen=True)
class Verdict:
    """One probed chat."""

    seed: int
    kind: str
    made_of: str
    """Language, place, transport: for the reader."""
    outcome: str
    expected: str
    error_ms: float | None
    """First human time as measured minus that of the page's own log; None where there is none to compare."""
    lag_ms: float | None
    """The page's longest lag while it was listened to: what a busy machine adds."""
    detail: str
    lines: tuple[Line, ...]

    @property
    def fatal(self) -> list[Line]:
        """Lines called human that no person wrote."""
        return [line for line in self.lines if line.decided == "human" and line.true != "human"]

    @property
    def failures(self) -> list[str]:
        """What is wrong with it."""
        found = []
        if self.outcome != self.expected:
            found.append(f"{self.outcome} instead of {self.expected}")
        if self.fatal:
            found.append(f"{len(self.fatal)} fatal")
        if self.error_ms is not None and abs(self.error_ms) > TOLERANCE_MS:
            found.append(f"off by {self.error_ms:.0f} ms")
        return found

    @property
    def summary(self) -> str:
        """One line on it."""
        error = f"{self.error_ms:+.1f} ms" if self.error_ms is not None else "-"
        wrong = f"  WRONG: {', '.join(self.failures)} {self.detail}" if self.failures else ""
        lag = f"lag {self.lag_ms or 0:.0f}"
        return f"seed {self.seed} {self.kind} ({self.made_of}): {self.outcome}, {error}, {lag}{wrong}"


def judge(chat: Chat, row: dict[str, Any], truth: Conversation | None) -> Verdict:
    """Compare a probe's row with what the lab knows; `truth` is None where nothing was asked."""
    widget = chat.casino.widget
    measured, true = row["first_human_ms"], truth.true_page_frt_ms if truth else None
    return Verdict(
        seed=chat.seed,
        kind=chat.kind,
        made_of=f"{chat.casino.language}, {widget.technology}, {widget.transport}, {widget.rows}",
        outcome=row["outcome"],
        expected=chat.casino.expect.outcome,
        error_ms=measured - true if measured is not None and true is not None else None,
        lag_ms=row["page_lag_ms"],
        detail=row["detail"] or "",
        lines=tuple(_line(message, truth) for message in row["messages"]),
    )


def _line(message: dict[str, Any], truth: Conversation | None) -> Line:
    at, text = message["at_ms"], message["text"]
    asked = truth.page_asked_at if truth else None
    true = message["speaker"]
    if true != "visitor" and truth and asked is not None and at is not None:
        true = truth.author(text, asked + at)
    why = tuple(f"{one['source']}: {one['detail']} ({one['weight']} {one['speaker']})" for one in message["evidence"])
    return Line(at, message["speaker"], true, text, message["agent"], why)


def table(verdicts: Sequence[Verdict]) -> str:
    """Chats, errors, fatal lines and wrong outcomes by kind of evidence, in Markdown."""
    head = "| evidence | chats | times | p50 | p99 | max | fatal | wrong outcomes | over 50 ms |\n" + "|---" * 9 + "|"
    kinds = [kind for kind in KINDS if any(verdict.kind == kind for verdict in verdicts)]
    rows = [_row(kind, [verdict for verdict in verdicts if verdict.kind == kind]) for kind in kinds]
    return "\n".join([head, *rows, _row("all", verdicts), "", _confusion(verdicts)])


def _row(name: str, verdicts: Sequence[Verdict]) -> str:
    errors = [abs(verdict.error_ms) for verdict in verdicts if verdict.error_ms is not None]
    spread = [f"{quantile(errors, share):.1f} ms" for share in (0.5, 0.99, 1.0)] if errors else ["-"] * 3
    fatal = sum(len(verdict.fatal) for verdict in verdicts)
    wrong = sum(verdict.outcome != verdict.expected for verdict in verdicts)
    over = sum(error > TOLERANCE_MS for error in errors)
    cells = [name, len(verdicts), len(errors), *spread, fatal, wrong, over]
    return f"| {' | '.join(map(str, cells))} |"


def _confusion(verdicts: Iterable[Verdict]) -> str:
    """Lines by who wrote them and who was decided."""
    speakers = ("human", "bot", "system", "unknown", "visitor")
    pairs = [(line.true, line.decided) for verdict in verdicts for line in verdict.lines]
    head = "| written by | " + " | ".join(f"decided {who}" for who in speakers) + " |\n" + "|---" * 6 + "|"
    rows = [
        f"| {true} | " + " | ".join(str(pairs.count((true, who))) for who in speakers) + " |"
        for true in ("human", "bot", "system", "visitor")
    ]
    return "\n".join([head, *rows])
