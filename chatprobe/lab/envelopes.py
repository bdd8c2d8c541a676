"""How vendors' sockets and streams wrap a frame; the page's `wire.js` takes it out again."""

from __future__ import annotations

import json
from typing import Literal

from chatprobe.lab.acts import Frame

Envelope = Literal["plain", "socketio", "sockjs", "ddp", "named"]

EVENT = "conversation"
"""Name of the event in those envelopes that have one."""


def wrapped(envelope: Envelope, frame: Frame) -> str:
    """One frame as it stands on the wire: a socket's message, or the lines of a server-sent event."""
    text = json.dumps(frame)
    match envelope:
        case "socketio":
            return f"42{json.dumps([EVENT, frame])}"
        case "sockjs":
            return f"a{json.dumps([text])}"
        case "ddp":
            fields = {"eventName": "room", "args": [frame]}
            return json.dumps({"msg": "changed", "collection": EVENT, "id": "id", "fields": fields})
        case "named":
            return f"event: {EVENT}\ndata: {text}\n"
        case _:
            return text


def streamed(envelope: Envelope, frame: Frame) -> str:
    """The same as one block of an event stream."""
    body = wrapped(envelope, frame) if envelope == "named" else f"data: {wrapped(envelope, frame)}\n"
    return f"id: {frame['seq']}\n{body}\n"
