"""What an automatic chat text is about: a closed list, with what each kind says about its speaker."""

from __future__ import annotations

from enum import StrEnum

from chatprobe.model import Speaker


class Kind(StrEnum):
    """Kinds of text, most telling first: a text that fits several is of the first of them."""

    DISCLOSURE = "disclosure"
    """Says of itself that it is a machine."""
    TYPING = "typing"
    """Somebody is typing: no message at all."""
    QUEUE = "queue"
    """The visitor is in line; may give a position or a waiting time."""
    CLOSED = "closed"
    """The chat has ended."""
    OFFLINE = "offline"
    """Nobody is there; leave a message, come back later."""
    BUSY = "busy"
    """Everybody is busy, longer waits than usual."""
    TRANSFERRED = "transferred"
    """The chat was passed on."""
    JOINED = "joined"
    """Somebody entered the chat or accepted it."""
    LEFT = "left"
    """Somebody left the chat."""
    CONNECTING = "connecting"
    """A connection to somebody is being made."""
    INACTIVITY = "inactivity"
    """Nothing was written for a while; the chat is about to end."""
    SURVEY = "survey"
    """Asks for a rating or thanks for it."""
    CONSENT = "consent"
    """Data protection, recording, terms."""
    NOTICE = "notice"
    """Technical: sent, transcript, translation, upload and connection faults, a form to fill."""
    ACKNOWLEDGEMENT = "acknowledgement"
    """Received; somebody else will answer."""
    HANDOVER = "handover"
    """Offers or announces to fetch a person."""
    MENU = "menu"
    """Asks to choose from a list."""
    FALLBACK = "fallback"
    """Did not understand, say it otherwise."""
    CHALLENGE = "challenge"
    """Asks whether the visitor is automated."""
    OVERLOADED = "overloaded"
    """An agent says there is too much to do."""
    GREETING = "greeting"
    """Welcome, how can I help: said by people and machines alike."""


VETOES: dict[Kind, tuple[Speaker, float]] = {
    # 1: nobody but a machine says it. .75: nearly so. .5: a person may say it now and then.
    Kind.DISCLOSURE: (Speaker.BOT, 1.0),
    Kind.TYPING: (Speaker.SYSTEM, 1.0),
    Kind.QUEUE: (Speaker.SYSTEM, 0.75),
    Kind.CLOSED: (Speaker.SYSTEM, 0.75),
    Kind.OFFLINE: (Speaker.SYSTEM, 0.75),
    Kind.BUSY: (Speaker.SYSTEM, 0.75),
    Kind.TRANSFERRED: (Speaker.SYSTEM, 0.75),
    Kind.JOINED: (Speaker.SYSTEM, 0.75),
    Kind.LEFT: (Speaker.SYSTEM, 0.75),
    Kind.CONNECTING: (Speaker.SYSTEM, 0.75),
    Kind.INACTIVITY: (Speaker.SYSTEM, 0.75),
    Kind.SURVEY: (Speaker.SYSTEM, 0.75),
    Kind.CONSENT: (Speaker.SYSTEM, 0.75),
    Kind.NOTICE: (Speaker.SYSTEM, 0.75),
    Kind.ACKNOWLEDGEMENT: (Speaker.BOT, 0.75),
    Kind.HANDOVER: (Speaker.BOT, 0.5),
    Kind.MENU: (Speaker.BOT, 0.5),
    Kind.FALLBACK: (Speaker.BOT, 0.5),
}
"""What a text of each kind speaks for, and how strongly; kinds not listed say nothing about the speaker."""
