"""For all tests: an empty database, and examples that may take their time."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from chatprobe.store.store import Store

# How long an example may take says nothing about the code on a busy machine.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")

# Shells have what they run in the background ignore Ctrl-C, and programs started from there would ignore it as well.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty database, `chatprobe.db` in the test's folder."""
    with Store.open(tmp_path / "chatprobe.db", create=True) as opened:
        yield opened
