"""When to leave a casino alone: its scenario is broken, or we are not let in. Told from rows; nothing is remembered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chatprobe.model import Depth, Origin, Outcome
from chatprobe.plan.budget import DAY, HOUR, WEEK
from chatprobe.times import epoch_ms

BROKEN_IN_A_ROW = 3
"""Visits of one depth that found nothing usable, one after another."""
REST_MS = DAY
"""After so long one more visit shows whether all is well again."""
LOOKED_BACK_MS = WEEK + 2 * DAY
"""How much of a casino's history the decision needs."""
_SEEN_WITHIN_MS = 48 * HOUR
_FEWEST = 4
"""Visits in a week below which a share says nothing."""
_SILENT = frozenset({Outcome.INTERRUPTED, Outcome.PROBE_FAULT, Outcome.SITE_DOWN})
"""Outcomes that say nothing about the scenario."""
NOTHING_FOUND = frozenset({Outcome.SCENARIO_BROKEN, Outcome.NOT_OFFERED})
"""Outcomes after which the doctor may have to look."""
_NOT_LET_IN = frozenset({Outcome.LOGIN_WALL, Outcome.CAPTCHA, Outcome.GEO_BLOCKED, Outcome.BLOCKED})


@dataclass(frozen=True)
class Pause:
    """A casino is left alone."""

    why: str
    """A sentence for the editor."""
    until: float
    """Epoch ms of the next visit."""


def paused(history: Sequence[Mapping[str, Any]], sha256: str, now: float) -> Pause | None:
    """Whether the casino is to be left alone at `now` (epoch ms).

    `history` is what `Store.history` gives for the last `LOOKED_BACK_MS`, `sha256` names the scenario as it is now:
    a new text begins anew, and so does a visit that went well, such as one by `run`.
    """
    ended = [row for row in history if row["outcome"] is not None and row["outcome"] not in _SILENT]
    pauses = [*_broken(ended, sha256), *_blocked(ended, now)]
    return max((one for one in pauses if now < one.until), key=lambda one: one.until, default=None)


def _broken(ended: Sequence[Mapping[str, Any]], sha256: str) -> list[Pause]:
    same = _of_text(ended, sha256)
    pauses = []
    for depth in Depth:
        last = [row for row in same if row["depth"] == depth][-BROKEN_IN_A_ROW:]
        if len(last) == BROKEN_IN_A_ROW and all(_found_nothing(row, same) for row in last):
            step = f" at {last[-1]['failed_step']}" if last[-1]["failed_step"] else ""
            why = f"the last {BROKEN_IN_A_ROW} visits of depth {depth} found nothing usable{step}"
            pauses.append(Pause(why, epoch_ms(last[-1]["started_at"]) + REST_MS))
    return pauses


def _of_text(ended: Sequence[Mapping[str, Any]], sha256: str) -> list[Mapping[str, Any]]:
    """The visits with this text; that the doctor found nothing either is no visit more that failed."""
    same = (row for row in ended if row["scenario_sha256"] == sha256)
    return [row for row in same if not (row.get("origin") == Origin.DOCTOR and row["outcome"] in NOTHING_FOUND)]


def needs_doctor(history: Sequence[Mapping[str, Any]], sha256: str) -> bool:
    """Whether the scenario broke and the doctor has not looked at it since it last worked: he looks once.

    A chat that is not offered may be the casino's own doing: there he waits until the casino is paused for it.
    """
    ended = [row for row in history if row["outcome"] is not None and row["outcome"] not in _SILENT]
    same = _of_text(ended, sha256)
    if not same or not _found_nothing(same[-1], same):
        return False
    if same[-1]["outcome"] == Outcome.NOT_OFFERED and not _broken(ended, sha256):
        return False
    worked = max((row["started_at"] for row in same if not _found_nothing(row, same)), default="")
    looked = (row for row in ended if row.get("origin") == Origin.DOCTOR and row["scenario_sha256"] == sha256)
    return all(row["started_at"] < worked for row in looked)


def _found_nothing(row: Mapping[str, Any], same: Sequence[Mapping[str, Any]]) -> bool:
    """A chat that is not offered is the casino's doing only if the same scenario found it not long before."""
    if row["outcome"] != Outcome.NOT_OFFERED:
        return bool(row["outcome"] == Outcome.SCENARIO_BROKEN)
    at = epoch_ms(row["started_at"])
    before = [other for other in same if 0 < at - epoch_ms(other["started_at"]) <= _SEEN_WITHIN_MS]
    return not any(
        Outcome(other["outcome"]).side == "casino" and other["outcome"] != row["outcome"] for other in before
    )


def _blocked(ended: Sequence[Mapping[str, Any]], now: float) -> list[Pause]:
    week = [row for row in ended if epoch_ms(row["started_at"]) > now - WEEK]
    refused = [row for row in week if row["outcome"] in _NOT_LET_IN]
    if len(week) < _FEWEST or 2 * len(refused) <= len(week):
        return []
    why = f"{len(refused)} of {len(week)} visits in a week were not let in, the last with {refused[-1]['outcome']}"
    return [Pause(why, epoch_ms(refused[-1]["started_at"]) + REST_MS)]
