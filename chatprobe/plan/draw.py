"""The plan: from what was planned and seen, the slots of the days to come."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from chatprobe.model import Depth, Mode, SlotReason, SlotStatus
from chatprobe.plan.budget import DAY, WEEK
from chatprobe.plan.desk import CHAT_MS, Desk, House
from chatprobe.plan.dice import Dice
from chatprobe.plan.hunt import Hunt
from chatprobe.plan.presence import LOOK_MS, Presence
from chatprobe.plan.room import Load, Tally
from chatprobe.plan.seen import Seen
from chatprobe.plan.slot import Slot, slot_id
from chatprobe.plan.survey import Survey

_HELD = frozenset({SlotStatus.PLANNED, SlotStatus.RUNNING, SlotStatus.DONE})
_NEVER_MEANT = frozenset({SlotReason.BUDGET, SlotReason.BLACKOUT})


@dataclass(frozen=True)
class Past:
    """What is stored."""

    slots: Iterable[Mapping[str, Any]] = ()
    """Rows of `slots`, planned ones of the future too; of each casino all, or those since a whole number of weeks."""
    seen: Mapping[str, Seen] = field(default_factory=dict)
    """By casino what earlier visits told."""


@dataclass(frozen=True)
class Drawn:
    """What changes."""

    slots: list[Slot]
    """To be stored, by time; those that the plan itself skips carry their reason."""
    projected: list[Slot]
    """What would follow if all went well: to be shown, not stored."""
    cancelled: list[str]
    """Ids of stored looks that a new chat has displaced; others of `slots` take their place."""


def draw(desks: Iterable[Desk], past: Past, house: House, seed: int, start: float, until: float) -> Drawn:
    """The slots of [`start`, `until`) (epoch ms) that `past` does not hold yet.

    The same arguments give the same slots. What `past` holds stays: cancel stored slots to have them drawn again.
    """
    return _Drawing(desks, past, house, seed, start, until).drawn()


class _Drawing:
    """One call of `draw`."""

    def __init__(self, desks: Iterable[Desk], past: Past, house: House, seed: int, start: float, until: float) -> None:
        self.desks = sorted((desk for desk in desks if desk.casino not in house.opted_out), key=lambda d: d.casino)
        self.house, self.seed, self.start, self.until = house, seed, start, until
        self.seen = {desk.casino: past.seen.get(desk.casino, Seen()) for desk in self.desks}
        self.slots: dict[str, list[Slot]] = defaultdict(list)
        self.cancelled: Counter[tuple[str, Depth, int]] = Counter()
        for slot in map(Slot.from_row, past.slots):
            if slot.status == SlotStatus.CANCELLED:
                self.cancelled[slot.casino, slot.depth, slot.at] += 1
            else:
                self.slots[slot.casino].append(slot)

    def drawn(self) -> Drawn:
        """Surveys first, of all casinos: nothing that depends on outcomes may stand in their way."""
        stored = [slot for slots in self.slots.values() for slot in slots]
        new = [slot for slots in self._surveys(stored) for slot in slots]
        load = self._load(slot for slots in self.slots.values() for slot in slots if slot.status in _HELD)
        tally = Tally(self._limits(), self._chat_times())
        hunts = [slot for desk in self.desks for slot in self._hunts(desk, load, tally)]
        looks, displaced = self._looks(load)
        meant = [slot for slot in (*new, *hunts, *looks) if slot.at < self.until and not slot.projected]
        return Drawn(
            sorted(map(self._named, meant), key=lambda slot: (slot.at, slot.casino, slot.depth)),
            sorted((slot for slot in hunts if slot.projected), key=lambda slot: slot.at),
            [slot.id for slot in displaced],
        )

    def _surveys(self, stored: Iterable[Slot]) -> Iterable[list[Slot]]:
        """Survey chats, a week further than asked for: hunts must leave them their room."""
        earlier = [slot for slot in stored if _is_survey(slot) and slot.reason not in _NEVER_MEANT]
        load = self._load(earlier)
        tally = Tally(self._limits(), (slot.at for slot in earlier))
        for desk in self.desks:
            slots = self.slots[desk.casino]
            own = Tally(desk.caps.spans(), (slot.at for slot in earlier if slot.casino == desk.casino))
            survey = Survey(desk, self.seed, [slot for slot in slots if _is_survey(slot)])
            new = [
                self._allowed(desk, slot, (own, tally), load)
                for slot in survey.draw(self.start, self.until + WEEK + DAY, load)
            ]
            slots.extend(new)
            yield new

    def _hunts(self, desk: Desk, load: Load, tally: Tally) -> list[Slot]:
        if not desk.hunted:
            return []
        held = [slot for slot in self.slots[desk.casino] if slot.depth == Depth.CHAT and slot.status in _HELD]
        drawn = Hunt(desk, self.seed, self.seen[desk.casino], held).draw(self.start, self.until, load)
        new = [slot if slot.projected else self._allowed(desk, slot, (tally,), load) for slot in drawn]
        self.slots[desk.casino].extend(slot for slot in new if not slot.projected)
        return new

    def _looks(self, load: Load) -> tuple[list[Slot], list[Slot]]:
        new: list[Slot] = []
        displaced: list[Slot] = []
        for desk in self.desks:
            slots = self.slots[desk.casino]
            chats = sorted(slot.at for slot in slots if slot.depth == Depth.CHAT and slot.status in _HELD)
            presence = Presence(
                desk, self.seed, [s for s in slots if s.depth == Depth.PRESENCE], list(map(float, chats))
            )
            displaced += presence.disturbed(self.start)
            new += [self._allowed(desk, slot, (), load) for slot in presence.draw(self.start, self.until, load)]
        return new, displaced

    def _allowed(self, desk: Desk, slot: Slot, tallies: Iterable[Tally], load: Load) -> Slot:
        """`slot`, skipped if something forbids it; else counted."""
        duration = desk.chat_ms if slot.depth == Depth.CHAT else LOOK_MS
        if slot.status != SlotStatus.PLANNED:
            return slot
        if desk.is_black(slot.at) or self.house.is_closed(slot.at):
            return replace(slot, status=SlotStatus.SKIPPED, reason=SlotReason.BLACKOUT)
        room = load.has_room(slot.at, duration) and all(tally.has_room(slot.at) for tally in tallies)
        if not room or self._thinned(slot):
            return replace(slot, status=SlotStatus.SKIPPED, reason=SlotReason.BUDGET)
        load.add(slot.at, duration)
        for tally in tallies:
            tally.add(slot.at)
        return slot

    def _thinned(self, slot: Slot) -> bool:
        """Whether the house's caps leave no room for this one of many chats, by lot."""
        lot = Dice(self.seed, slot.casino, "share", slot.at)
        return slot.depth == Depth.CHAT and lot.unit() >= self.house.share

    def _limits(self) -> tuple[tuple[int, float], ...]:
        return self.house.caps.spans() if self.house.caps else ()

    def _chat_times(self) -> list[float]:
        """When chats are or were held anywhere, by whomever."""
        planned = (
            slot.at for slots in self.slots.values() for slot in slots if _is_chat(slot) and slot.status in _HELD
        )
        return [*planned, *(at for seen in self.seen.values() for at in seen.asked)]

    def _load(self, slots: Iterable[Slot]) -> Load:
        load = Load(self.house.at_once)
        chat_ms = {desk.casino: desk.chat_ms for desk in self.desks}
        for slot in slots:
            if slot.at >= self.start - DAY:
                load.add(slot.at, chat_ms.get(slot.casino, CHAT_MS) if _is_chat(slot) else LOOK_MS)
        return load

    def _named(self, slot: Slot) -> Slot:
        return replace(slot, id=slot_id(slot, self.cancelled[slot.casino, slot.depth, slot.at]))


def _is_chat(slot: Slot) -> bool:
    return slot.depth == Depth.CHAT


def _is_survey(slot: Slot) -> bool:
    return _is_chat(slot) and slot.mode == Mode.EVEN
