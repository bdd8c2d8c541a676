"""A full disk: the daemon lives, says so once, and goes on when there is space."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from chatprobe.daemon.keeper import ROOM_BYTES
from chatprobe.store import Store
from tests.daemon.conftest import MINUTE, House
from tests.store.test_full_disk import small_disk

__all__ = ["small_disk"]


@pytest.fixture
def store(small_disk: Path) -> Iterator[Store]:
    with Store.open(small_disk / "chatprobe.db", create=True) as opened:
        yield opened


def fill(folder: Path) -> Path:
    """Take all the space there is."""
    ballast = folder / "ballast"
    with pytest.raises(OSError, match="No space"):
        ballast.write_bytes(b"\0" * 2_000_000)
    return ballast


async def test_a_full_disk_is_said_once_and_survived(house: House) -> None:
    """No probe is begun that could not be written down; with space again the slot is done, or missed if too late."""
    for name, after in (("early", 0.0), ("late", 8 * MINUTE)):
        house.slot(name, after_ms=after)
    ballast = fill(house.store.path.parent)
    for _ in range(4):
        await house.fire()
        house.clock.run(2 * MINUTE)
    assert (["database"], 1) == (list(house.state.troubles), len(house.events("trouble")))
    assert [] == house.store.history("lucky", "2000")
    ballast.unlink()
    await house.fire()
    assert ("done", None) == house.ends()["late"]
    assert ("missed", "overrun") == house.ends()["early"]
    assert ({}, 1) == (house.state.troubles, len(house.events("trouble_over")))


async def test_a_little_room_is_none(house: House) -> None:
    """The crumbs that small rows still find on a full disk begin no probe, and bring no end of trouble."""
    house.slot("A")
    ballast = fill(house.store.path.parent)
    os.truncate(ballast, ballast.stat().st_size - ROOM_BYTES // 2)
    for _ in range(2):
        await house.fire()
    assert (["database"], {"A": ("planned", None)}) == (list(house.state.troubles), house.ends())
    ballast.unlink()
    await house.fire()
    await house.fire()
    assert ({}, {"A": ("done", None)}) == (house.state.troubles, house.ends())
    assert (1, 1) == (len(house.events("trouble")), len(house.events("trouble_over")))
