"""The rounds: what is looked after every few seconds, whatever else goes on."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from chatprobe.daemon.clock import Clock, Jump, Jumps
from chatprobe.daemon.folder import Folder
from chatprobe.daemon.gate import Gate
from chatprobe.daemon.planner import Planner
from chatprobe.daemon.state import DISK, State
from chatprobe.daemon.timetable import GRACE_MS
from chatprobe.errors import DatabaseError, StorageFull
from chatprobe.log import LogEvent, logger
from chatprobe.model import SlotReason
from chatprobe.plan.budget import DAY, HOUR, MINUTE
from chatprobe.post import NoticeEvent
from chatprobe.settings import Limits
from chatprobe.store.store import Store
from chatprobe.times import epoch_ms, iso

AHEAD_MS = 10 * MINUTE
"""How far ahead slots become jobs; what is stored later than this before its time is found in time all the same."""
BEAT_MS = 30_000.0
ROOM_BYTES = 128 * 1024
"""With less than this nothing is begun."""
HOLD_MS = 5 * MINUTE
"""Longer than a probe takes to renew its lease by itself."""
_LOST_MS = 150_000.0
"""Without a round for so long the ledger begins a new stretch: the machine slept, or the daemon hung."""


class Keeper:
    """Keeps database, folder and plan in order. Its methods block: they are run in a thread, one at a time."""

    def __init__(self, store: Store, folder: Folder, gate: Gate, planner: Planner | None, state: State) -> None:
        """Without `planner` no slot is drawn: what is stored is done."""
        self.limits = Limits()
        """The settings', as they are now."""
        self.anew = False
        """Set to have every scenario file read again in the next round."""
        self._store, self._folder, self._gate, self._planner, self._state = store, folder, gate, planner, state
        self._clock: Clock = gate.clock
        self._jumps = Jumps(self._clock)
        self._jumped: list[Jump] = []
        self._since = self._round_at = self._clock.now_ms()
        self._beat_at = float("-inf")
        self._swept_at = float("-inf")

    def start(self) -> None:
        """Close what an earlier daemon left; its past slots are given up, nothing is caught up in a burst."""
        now = iso(self._clock.now_ms())
        probes = self._store.recover(now)
        claimed = self._store.slots.settle((), SlotReason.DAEMON_DOWN)
        self._look()
        past = self._store.slots.due(now)
        reasons = {casino: self._gate.against_casino(casino) for casino in {slot["casino"] for slot in past}}
        for slot in past:
            if reason := reasons[slot["casino"]]:
                self._store.slots.drop(slot["id"], reason)
        self._tell([{**slot, "reason": reasons[slot["casino"]]} for slot in past if reasons[slot["casino"]]])
        missed = self._miss(now)
        for row in self._store.overview.latest():
            self._state.last_result_ms[row["casino"]] = epoch_ms(row["finished_at"])
        if probes or claimed or missed:
            logger().warning(LogEvent.DAEMON_RECOVERED, probes=len(probes), claimed=claimed, missed=missed)

    def round(self) -> list[dict[str, Any]] | None:
        """Look after everything once; the slots that are to be jobs now, or None where that cannot be known.

        Trouble with the database is said once.
        """
        jump, now = self._jumps.look(), self._clock.now_ms()
        if jump is not None:
            logger().warning(LogEvent.CLOCK_JUMPED, seconds=round(jump.seconds))
            self._jumped.append(jump)
        if jump is not None or now - self._round_at > _LOST_MS:
            self._since, self._beat_at = now, float("-inf")
        self._round_at = now
        self._disk()
        try:
            self._look()
            slots = self._database()
        except (DatabaseError, StorageFull) as error:
            self._state.unwritten(error)
            return None
        self._state.full &= not has_room(self._store.path.parent)
        if not self._state.full:
            self._state.fine("database")
        return slots

    def stop(self) -> None:
        """The last round: nothing runs any more."""
        now = iso(self._clock.now_ms())
        self._store.slots.settle((), SlotReason.DAEMON_DOWN)
        self._store.uptime.beat(iso(self._since), now)

    def _database(self) -> list[dict[str, Any]]:
        now = self._clock.now_ms()
        self._beat(now)
        while self._jumped:
            self._store.hold_on(iso(now + HOLD_MS))  # leases that the clock was set past are not over
            self._skip_over(self._jumped[0])
            self._jumped.pop(0)
        self._store.recover(iso(now))
        self._store.slots.settle(self._state.running, SlotReason.OVERRUN)
        self._miss(iso(now - GRACE_MS))
        self._sweep(now)
        self._plan(now)
        due = self._store.slots.due(iso(now + AHEAD_MS))
        return [slot for slot in due if slot["id"] not in self._state.running]

    def _look(self) -> None:
        anew = self.anew
        if anew:  # before the look: what is asked for meanwhile is for the next one
            self.anew = False
        changes = self._folder.look(anew=anew)
        for scenario in changes.taken:
            logger().info(LogEvent.SCENARIO_TAKEN, casino=scenario.casino, file=str(scenario.file))
        for casino in changes.gone:
            logger().info(LogEvent.SCENARIO_GONE, casino=casino)
        for problem in changes.refused:
            logger().error(LogEvent.SCENARIO_REFUSED, problem=str(problem))
        for file in dict.fromkeys(problem.file for problem in changes.refused):
            self._state.tell(NoticeEvent.SCENARIO_BROKEN, file, f"{file} cannot be used. Look: chatprobe status")
        self._state.visit(self._folder.scenarios.keys() - self._gate.house.opted_out, self._clock.now_ms())
        for scenario in changes.taken:
            if scenario.casino in self._state.paused:
                self._gate.against_casino(scenario.casino)  # a new text may end the pause, and that is said now

    def _disk(self) -> None:
        """Say that space gets short while there still is some; it must grow by a tenth, or the word would flicker.

        Begin nothing where there is none.
        """
        folder = self._store.path.parent
        try:
            free = shutil.disk_usage(folder).free / 1e6
        except OSError:  # what that means is the database's to say
            return
        if free * 1e6 < ROOM_BYTES and not has_room(folder):  # said before a probe finds out
            self._state.unwritten(StorageFull(f"{folder}: the disk is full"))
        least = self.limits.disk_free_mb * (1.1 if DISK in self._state.troubles else 1.0)
        if free < least:
            self._state.trouble(DISK, f"{free:.0f} MB free where the database is, wanted are {least:.0f}")
        else:
            self._state.fine(DISK)

    def _beat(self, now: float) -> None:
        if now - self._beat_at >= BEAT_MS:
            self._store.uptime.beat(iso(self._since), iso(now))
            self._beat_at = now

    def _skip_over(self, jump: Jump) -> None:
        """Slots that the clock was set past were never due; a clock set back brings none back."""
        first, last = iso(jump.expected_ms), iso(max(jump.expected_ms, jump.now_ms))
        passed = [slot for slot in self._store.slots.due(last) if slot["planned_at"] >= first]
        for slot in passed:
            self._store.slots.drop(slot["id"], SlotReason.CLOCK_JUMP)
        self._tell([{**slot, "reason": SlotReason.CLOCK_JUMP} for slot in passed])

    def _plan(self, now: float) -> None:
        """Draw what is to be drawn; a plan that cannot be drawn must not keep stored slots from being done."""
        if self._planner is None:
            return
        try:
            self._planner.draw(now)
        except (DatabaseError, StorageFull):
            raise
        except Exception as error:  # noqa: BLE001  # a bug of ours
            self._state.trouble("plan", f"{type(error).__name__}: {error}", error)
        else:
            self._state.fine("plan")

    def _miss(self, before: str) -> int:
        rows = self._store.slots.miss(before)
        self._tell(rows)
        return len(rows)

    def _tell(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Count and say that these slots were given up; one line for many of a kind."""
        counted = Counter((row["casino"], row["depth"], row["reason"]) for row in rows)
        for (casino, depth, reason), count in sorted(counted.items()):
            self._state.slots[SlotReason(reason).status, reason] += count
            logger().warning(LogEvent.SLOT_DROPPED, casino=casino, depth=depth, reason=reason, count=count)

    def _sweep(self, now: float) -> None:
        """Once an hour: screenshots and snapshots that are too old or too many."""
        if self._clock.steady_ms() - self._swept_at >= HOUR:
            self._store.expire_artifacts(iso(now - self.limits.artifact_days * DAY), self.limits.artifact_mb * 1e6)
            self._swept_at = self._clock.steady_ms()


def has_room(folder: Path) -> bool:
    """Whether the disk of `folder` would take what a probe writes: small rows may still fit on one that is full."""
    try:
        with TemporaryFile(dir=folder) as file:
            os.posix_fallocate(file.fileno(), 0, ROOM_BYTES)
    except OSError:
        return False
    return True
