"""A probe as text: outcome, times, who said what and why, what failed, what was kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import click

from chatprobe.cli.base import safe
from chatprobe.cli.timeline import step_lines
from chatprobe.cli.wording import count, reasons, when
from chatprobe.model import EventName, Outcome, Side, Speaker
from chatprobe.speaker.language import elsewhere

_COLOURS = {Outcome.HUMAN_REPLY: "green", Outcome.ONLINE: "green"}
_TIMES = (
    ("first_human_ms", "first human reply"),
    ("first_unknown_ms", "first reply of an unknown speaker"),
    ("first_bot_ms", "first bot reply"),
    ("greeted_ms", "greeted by a human"),
    ("agent_joined_ms", "agent joined"),
    ("waited_ms", "listened for"),
)
_PRECISION = (
    ("resolution_ms", "the chat asks for news every"),
    ("page_lag_ms", "the page was busy for at most"),
    ("clock_offset_ms", "its clock differs by"),
)


def transcript(row: Mapping[str, Any]) -> Iterator[str]:
    """The lines of a probe's account; `row` as `Store.probe` gives it."""
    yield f"{row['casino']}  {_outcome(row)}  probe {row['id']}"
    if row["detail"]:
        yield f"  {safe(str(row['detail']))}"
    yield from _times(row)
    yield from _language(row)
    for message in row["messages"]:
        yield from _message(message)
    for event in row["events"]:
        if event["name"] == EventName.STEP_FAILED:
            yield from (f"  {line}" for line in step_lines(event["detail"] or {}))
    yield from _examined(row)
    for artifact in row["artifacts"]:
        yield f"  {artifact['kind']}: {safe(artifact['path'])}"


def _examined(row: Mapping[str, Any]) -> Iterator[str]:
    """What the doctor said at his own visit, every part of it that is not as it should be."""
    from chatprobe.discover.advice import advice, problems

    for event in row["events"]:
        if event["name"] == EventName.EXAMINED:
            parts = problems(event["detail"])
            yield from (f"  doctor: {safe(str(advice({'parts': [one]})))}" for one in parts)
            if not parts:
                yield "  doctor: nothing is wrong with the scenario"


def _outcome(row: Mapping[str, Any]) -> str:
    if row["outcome"] is None:
        return "still running"
    if row["outcome"] not in set(Outcome):
        return f"{safe(str(row['outcome']))} (damaged: `chatprobe db check` tells)"
    outcome = Outcome(row["outcome"])
    colour = "red" if outcome.side is Side.OURS else _COLOURS.get(outcome, "yellow")
    ours = " (we could not measure)" if outcome.side is Side.OURS else ""
    return click.style(str(outcome), fg=colour, bold=True) + ours


def _times(row: Mapping[str, Any]) -> Iterator[str]:
    for column, words in _TIMES:
        if row[column] is not None:
            yield f"  {words}: {_seconds(row[column])}"
    yield from _queue(row)
    yield from _handoff(row)
    if row["asked_at"]:
        known = [f"{words} {abs(round(row[name]))} ms" for name, words in _PRECISION if round(row[name] or 0)]
        if known:
            yield f"  precision: {', '.join(known)}"


def _queue(row: Mapping[str, Any]) -> Iterator[str]:
    if row["queue_entered_ms"] is None:
        return
    places = [f"{row[column]}" for column in ("queue_first", "queue_last") if row[column] is not None]
    told = f": {' → '.join(dict.fromkeys(places))}" if places else ""
    entered = row["queue_entered_ms"]
    yield f"  in line {f'from {_seconds(entered)}' if entered >= 0 else 'before the question'}{told}"


def _handoff(row: Mapping[str, Any]) -> Iterator[str]:
    asked = row["handoff_ms"]
    if asked is None:
        return
    ways = f"{count(row['handoff_turns'], 'sentence')}, {count(row['handoff_clicks'], 'click')}"
    human = row["first_human_ms"]
    came = f"; a person {_seconds(human - asked)} later" if human is not None and human >= asked else ""
    yield f"  asked for a person: {_seconds(asked)}, {ways}{came}"


def _language(row: Mapping[str, Any]) -> Iterator[str]:
    """The finding that people answered in another language than the question's."""
    answers = [
        one["language"] for one in row["messages"] if one["speaker"] == Speaker.HUMAN and (one["at_ms"] or 0) > 0
    ]
    if row["language"] and (spoken := elsewhere(row["language"], answers)):
        yield f"  finding: asked in {row['language']}, answered in {' and '.join(spoken)}"


def _message(message: Mapping[str, Any]) -> Iterator[str]:
    speaker = str(message["speaker"])
    yield f"  {when(message['at_ms'])}  {speaker:<8} {safe(str(message['text']))[:160]}"
    if speaker != Speaker.VISITOR:
        yield from reasons(message)


def _seconds(ms: float) -> str:
    return f"{ms:.1f} ms" if ms < 1000 else f"{ms / 1000:.3f} s"


def next_command(row: Mapping[str, Any], casino: str) -> str:
    """What to try next after a probe that could not measure."""
    if row["failed_step"] and str(row["failed_step"]).startswith(("chat.", "before")):
        look = f"look at the screenshot and the DOM above, mend {row['failed_step']}"
        return f"{look}, then: chatprobe run {casino} --dry-run"
    return f"chatprobe run {casino} --headed --pause"
