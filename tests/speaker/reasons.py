"""What speaks against a person, as parts of a message."""

from __future__ import annotations

from typing import Any

from chatprobe.model import Speaker

AGAINST: tuple[dict[str, Any], ...] = (
    {"buttons": ("Yes", "No")},
    {"streamed": True},
    {"typing": True},
    {"status_like": True},
    {"region": "status"},
    {"delay_ms": 10.0},
    {"text": "I am a chatbot."},
    {"text": "You are number 2 in the queue."},
    {"matches": frozenset({Speaker.BOT})},
    {"attributes": {"data-is-bot": "true"}},
    {"attributes": {"data-kind": "auto-reply"}},
    {"wire": {"is_bot": True}},
    {"wire": {"intent": "payout"}},
)
