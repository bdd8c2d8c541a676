"""Real database files, and a probe on one of them in few words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ulid import ULID

from chatprobe.store import Recorder, Store
from chatprobe.times import epoch_ms

START = "2026-03-02T10:00:00.000Z"
LATER = "2026-03-02T10:15:00.000Z"

Begin = Callable[..., Recorder]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "chatprobe.db"


@pytest.fixture
def begin(store: Store) -> Begin:
    """Begin a chat probe at `lucky`; keywords replace columns of its row."""

    def begin(lease_until: str = LATER, **columns: Any) -> Recorder:
        row = {"id": str(ULID()), "casino": "lucky", "depth": "chat", "started_at": START, **columns}
        return store.begin(row, lease_until)

    return begin


@pytest.fixture
def start() -> float:
    """Epoch ms of the probes' start."""
    return epoch_ms(START)
