"""Word to the service manager that started us: the protocol of sd_notify, some lines of text to a socket."""

from __future__ import annotations

import os
import socket
from collections.abc import Mapping

READY, STOPPING, WATCHDOG = "READY=1", "STOPPING=1", "WATCHDOG=1"


def notify(state: str, env: Mapping[str, str] = os.environ) -> bool:
    """Send `state` to the socket that `NOTIFY_SOCKET` names; False where there is none or nobody listens."""
    address = env.get("NOTIFY_SOCKET", "")
    if not address.startswith(("/", "@")):
        return False
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as connection:
        connection.settimeout(0)  # a service manager that does not read must not stop us
        try:
            connection.sendto(state.encode(), address.replace("@", "\0", 1) if address[0] == "@" else address)
        except OSError:
            return False
    return True
