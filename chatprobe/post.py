"""Messages to people, by way of Apprise: its only home. An address holds secrets: none is ever shown or logged."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from enum import StrEnum


class NoticeEvent(StrEnum):
    """What an operator can be told of by message."""

    SCENARIO_BROKEN = "scenario_broken"
    """A casino is paused, since nothing usable was found there three times in a row or we were not let in; or a file
    cannot be used."""
    DISK_LOW = "disk_low"
    DAEMON_TROUBLE = "daemon_trouble"
    """Something the daemon needs does not work."""
    CLAIM_REFUTED = "claim_refuted"
    """A casino's visits refute what it says of its chat."""


def check_address(text: str) -> None:
    """`ValueError`, without the address, where `text` is none that a message could be sent to."""
    from apprise import Apprise

    _hush()
    if not Apprise().add(text):
        raise ValueError("is not the address of a service that Apprise knows, such as mailto://… or ntfy://…")


def send(addresses: Sequence[str], title: str, text: str) -> list[int]:
    """Send to each address; the positions, from 1, of those that did not take it. Blocks, some seconds at most each."""
    return [number for number, address in enumerate(addresses, 1) if not _sent(address, title, text)]


def _sent(address: str, title: str, text: str) -> bool:
    from apprise import Apprise

    _hush()
    service = Apprise()
    return service.add(address) and bool(service.notify(title=title, body=text))


def _hush() -> None:
    """Its own warnings name addresses."""
    log = logging.getLogger("apprise")
    log.addHandler(logging.NullHandler())
    log.propagate = False
