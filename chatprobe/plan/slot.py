"""A slot: one planned time for one probe."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, Self

from ulid import ULID

from chatprobe.model import Depth, Mode, SlotReason, SlotStatus
from chatprobe.times import epoch_ms, iso


@dataclass(frozen=True, slots=True)
class Slot:
    """One planned time for one probe: a row of `slots`."""

    casino: str
    depth: Depth
    mode: Mode
    at: int
    """Epoch ms."""
    cell: int
    """Hour of the week in the casino's time zone, 0-167."""
    probability: float
    """The chance with which this hour was drawn: see docs/plan.md."""
    seed: int
    status: SlotStatus = SlotStatus.PLANNED
    reason: SlotReason | None = None
    projected: bool = False
    """What would follow if every chat until then were answered: never stored, drawn again when that is known."""
    id: str = ""
    """ULID."""

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> Self:
        """The slot of a stored row."""
        return cls(
            row["casino"],
            Depth(row["depth"]),
            Mode(row["mode"]),
            round(epoch_ms(row["planned_at"])),
            row["cell"],
            row["probability"],
            row["seed"],
            SlotStatus(row["status"]),
            SlotReason(row["reason"]) if row["reason"] else None,
            id=row["id"],
        )

    def row(self) -> dict[str, Any]:
        """The row of `slots`."""
        return {
            "id": self.id,
            "casino": self.casino,
            "depth": str(self.depth),
            "cell": self.cell,
            "planned_at": iso(self.at),
            "mode": str(self.mode),
            "probability": self.probability,
            "seed": self.seed,
            "status": str(self.status),
            "reason": self.reason and str(self.reason),
            "claimed_at": None,
            "probe_id": None,
        }

    @property
    def open(self) -> bool:
        """Whether it is still to be known how it ends."""
        return self.status in (SlotStatus.PLANNED, SlotStatus.RUNNING)


def slot_id(slot: Slot, attempt: int) -> str:
    """The ULID of a slot: the same draw has the same, so that storing it twice does no harm.

    `attempt` counts earlier slots of the same time that were cancelled.
    """
    name = f"{slot.seed}/{slot.casino}/{slot.depth}/{slot.mode}/{slot.at}/{attempt}"
    return str(ULID.from_bytes(slot.at.to_bytes(6, "big") + blake2b(name.encode(), digest_size=10).digest()))
