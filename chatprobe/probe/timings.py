"""The probe's columns that follow from the chat: pure."""

from __future__ import annotations

from typing import Any

from chatprobe.model import Speaker
from chatprobe.probe.digest import Digest
from chatprobe.times import iso


def columns_of(chat: Digest, over: float) -> dict[str, Any]:
    """Columns of `probes` for a chat whose question was asked; `over` is the end of listening, epoch ms.

    Durations are milliseconds from asking (`greeted_ms`: from the request).
    """
    marks = chat.marks
    asked = marks.asked if marks.asked is not None else over

    def since(at: float | None) -> float | None:
        return round(at - asked, 1) if at is not None else None

    first = chat.queue[0] if chat.queue else None
    last = chat.queue[-1] if chat.queue else None
    humans = chat.after(Speaker.HUMAN)
    name = next((said.line.message.name for said in humans if said.line.message.name), None)
    greeted = chat.greeted_at
    requests = [request for request in chat.requests if request.sent]
    clicks = sum(request.click for request in requests)
    return {
        "asked_at": iso(asked),
        "requested_at": iso(marks.requested if marks.requested is not None else asked),
        "greeted_ms": round(greeted - marks.requested, 1) if greeted and marks.requested else None,
        "first_human_ms": since(chat.first(Speaker.HUMAN)),
        "first_bot_ms": since(chat.first(Speaker.BOT)),
        "first_unknown_ms": since(chat.first(Speaker.UNKNOWN)),
        "agent_joined_ms": since(chat.joined_at),
        "queue_entered_ms": since(first.at if first else None),
        "queue_first": first.position if first else None,
        "queue_last": last.position if last else None,
        "handoff_ms": since(requests[0].at) if requests else None,
        "handoff_turns": len(requests) - clicks if requests else None,
        "handoff_clicks": clicks if requests else None,
        "waited_ms": since(over),
        "agent": name,
    }
