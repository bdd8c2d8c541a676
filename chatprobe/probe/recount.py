"""A chat whose events are no longer kept: its outcome by what its rows say, and by a person's word on them. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chatprobe.model import Decision, EndedBy, Outcome, Speaker
from chatprobe.times import epoch_ms

_TOLD = {EndedBy.OFFLINE: Outcome.OFFLINE, EndedBy.QUEUE_LIMIT: Outcome.QUEUE_TIMEOUT}
"""What such an ending says, whoever wrote which line."""
_WAITED = frozenset(tuple(Outcome)[:6])
"""Outcomes of chats that were listened to until they ended."""

Row = Mapping[str, Any]


def recounted(row: Row, decided: Mapping[int, Decision]) -> dict[str, Any]:
    """The columns of `probes` that follow from who spoke, after `decided` (by `seq`) for the probe in `row`.

    `row` is as `Store.probe` gives it; nothing is counted where nothing was asked.
    """
    if row["asked_at"] is None:
        return {}
    spoken: dict[Speaker, list[Row]] = {speaker: [] for speaker in Speaker}
    for message in sorted(row["messages"], key=lambda one: one["at_ms"] if one["at_ms"] is not None else 0.0):
        known = decided.get(message["seq"])
        spoken[known.speaker if known else Speaker(message["speaker"])].append(message)
    humans = _answers(spoken[Speaker.HUMAN])
    outcome = _outcome(row, spoken)
    return {
        "greeted_ms": _greeted(row, spoken[Speaker.HUMAN]),
        "first_human_ms": _first(spoken[Speaker.HUMAN]),
        "first_unknown_ms": _first(spoken[Speaker.UNKNOWN]),
        "first_bot_ms": _first(spoken[Speaker.BOT]),
        "outcome": str(outcome),
        "side": str(outcome.side),
        "agent": next((message["agent"] for message in humans if message["agent"]), None),
    }


def _answers(messages: list[Row]) -> list[Row]:
    return [message for message in messages if message["at_ms"] is not None and message["at_ms"] >= 0]


def _first(messages: list[Row]) -> float | None:
    return next((message["at_ms"] for message in _answers(messages)), None)


def _greeted(row: Row, humans: list[Row]) -> float | None:
    """From the request to a human text before the question, milliseconds."""
    if row["requested_at"] is None:
        return None
    line = epoch_ms(row["asked_at"]) - epoch_ms(row["requested_at"])
    times = (message["at_ms"] for message in humans if message["at_ms"] is not None)
    return next((round(at + line, 1) for at in times if -line <= at < 0), None)


def _outcome(row: Row, spoken: Mapping[Speaker, list[Row]]) -> Outcome:
    stored = Outcome(row["outcome"])
    if stored not in _WAITED:
        return stored
    for speaker, outcome in ((Speaker.HUMAN, Outcome.HUMAN_REPLY), (Speaker.UNKNOWN, Outcome.UNSURE_REPLY)):
        if _answers(spoken[speaker]):
            return outcome
    if stored in _TOLD.values():
        return stored
    if row["ended_by"] in _TOLD:
        return _TOLD[EndedBy(row["ended_by"])]
    if row["queue_entered_ms"] is not None and row["agent_joined_ms"] is None:
        return Outcome.QUEUE_TIMEOUT
    return Outcome.BOT_ONLY if _answers(spoken[Speaker.BOT]) else Outcome.NO_REPLY
