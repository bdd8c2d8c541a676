"""A real database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from chatprobe.store.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "chatprobe.db", create=True) as opened:
        yield opened
