"""A daemon's parts over a real database and a real scenario folder, under a clock that is set by hand."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import structlog

from chatprobe.daemon.folder import Folder
from chatprobe.daemon.gate import Gate
from chatprobe.daemon.keeper import Keeper
from chatprobe.daemon.lag import Beat
from chatprobe.daemon.state import State
from chatprobe.daemon.worker import Worker
from chatprobe.settings import Limits
from chatprobe.store import Store
from chatprobe.times import epoch_ms, iso
from tests.daemon.fakes import HandClock, RowDispatch

NOON = epoch_ms("2026-03-02T12:00:00.000Z")
MINUTE = 60_000.0

SCENARIO = """casino: {casino}
url: https://{casino}.example/
questions: [{{id: q1, text: How long does a withdrawal take?}}]
"""


def write(folder: Path, casino: str, more: str = "") -> Path:
    """A scenario file; `more` are further lines of it."""
    path = folder / f"{casino}.yaml"
    path.write_text(SCENARIO.format(casino=casino) + more, encoding="utf-8")
    return path


@dataclass
class House:
    """Everything but scheduler and loop."""

    store: Store
    folder: Folder
    clock: HandClock
    state: State
    beat: Beat
    gate: Gate
    worker: Worker
    keeper: Keeper
    dispatch: RowDispatch
    said: list[dict[str, Any]] = field(default_factory=list)

    def slot(self, name: str, casino: str = "lucky", depth: str = "chat", after_ms: float = 0.0) -> None:
        """Store a slot planned so long after now."""
        self.store.slots.add(
            [{"id": name, "casino": casino, "depth": depth, "planned_at": iso(self.clock.now + after_ms)}]
        )

    async def fire(self) -> None:
        """A round, and all that can begin begins and ends."""
        for slot in await asyncio.to_thread(self.keeper.round) or []:
            if epoch_ms(slot["planned_at"]) <= self.clock.now:
                self.worker.fire(slot, self.dispatch)
        await self.settled()

    async def settled(self) -> None:
        """Wait until nothing runs but what is held."""
        while (tasks := set(self.worker.tasks)) and self.dispatch.held < len(tasks):
            holding = asyncio.create_task(self.dispatch.holding.wait())
            await asyncio.wait({*tasks, holding}, return_when=asyncio.FIRST_COMPLETED)
            holding.cancel()
            self.dispatch.holding.clear()

    async def let_go(self) -> None:
        """What is held ends."""
        self.dispatch.going.set()
        await asyncio.gather(*self.worker.tasks)

    def ends(self) -> dict[str, tuple[str, str | None]]:
        """Status and reason of all slots."""
        rows = self.store.slots.between("2026-01-01T00:00:00.000Z", "2027-01-01T00:00:00.000Z")
        return {row["id"]: (row["status"], row["reason"]) for row in rows}

    def events(self, name: str) -> list[dict[str, Any]]:
        """What the log said under that name."""
        return [one for one in self.said if one["event"] == name]


@pytest.fixture
def said() -> Iterator[list[dict[str, Any]]]:
    """What is logged."""
    with structlog.testing.capture_logs() as entries:
        yield entries


@pytest.fixture
def scenarios(tmp_path: Path) -> Path:
    """A folder with the casinos `lucky` and `monte`."""
    folder = tmp_path / "scenarios"
    folder.mkdir()
    for casino in ("lucky", "monte"):
        write(folder, casino)
    return folder


@pytest.fixture
async def house(store: Store, scenarios: Path, said: list[dict[str, Any]]) -> House:
    clock, folder = HandClock(NOON), Folder(scenarios, {})
    state, beat = State(0.0), Beat()
    gate = Gate(store, folder, state, clock, beat)
    worker = Worker(store, folder, gate, state, clock)
    keeper = Keeper(store, folder, gate, None, state)
    keeper.limits = Limits(disk_free_mb=0)  # whatever this machine has is enough
    keeper.start()
    dispatch = RowDispatch(store, clock.now_ms)
    return House(store, folder, clock, state, beat, gate, worker, keeper, dispatch, said)
