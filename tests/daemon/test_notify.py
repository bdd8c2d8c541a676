"""Word to the service manager."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from chatprobe.daemon.notify import READY, notify


@pytest.mark.parametrize("abstract", [False, True])
def test_the_service_manager_is_told(tmp_path: Path, *, abstract: bool) -> None:
    """The state arrives at the socket that the environment names, a file's or an abstract one."""
    name = f"@chatprobe-{tmp_path}" if abstract else str(tmp_path / "notify")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(name.replace("@", "\0", 1) if abstract else name)
        assert notify(READY, {"NOTIFY_SOCKET": name})
        assert b"READY=1" == manager.recv(100)


@pytest.mark.parametrize("address", ["", "/nobody/listens/here", "vsock:2:1234"])
def test_without_a_service_manager_nothing_is_said(address: str) -> None:
    """No socket, or none that we can speak to: nothing is sent and nothing breaks."""
    assert not notify(READY, {"NOTIFY_SOCKET": address})
    assert not notify(READY, {})
