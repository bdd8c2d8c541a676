"""What a stored probe is decided on beside its facts: a scenario's text, the timing floor, the version of the rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from chatprobe.errors import Problem, ScenarioError
from chatprobe.probe.order import USUAL_FLOOR_MS, rules_of
from chatprobe.scenario.chat import ChatSpec
from chatprobe.scenario.load import find
from chatprobe.scenario.schema import Scenario
from chatprobe.scenario.stored import stored_chat
from chatprobe.speaker.rules import RULES, Rules
from chatprobe.store.store import Store

_SHORT = 12
"""Hex digits of a scenario's digest that name it in a version."""


@dataclass(frozen=True)
class Basis:
    """What decides one probe."""

    rules: Rules
    version: str
    """For the column `rules`: `RULES`, and after a slash the scenario and floor where they are not the probe's own."""
    scenario: Scenario | None = None
    """To be kept beside the decision, where it is a new one."""


BasisFor = Callable[[Mapping[str, Any]], Basis]
"""Gives the basis for a probe's row; raises ScenarioError or UnknownCasino where it cannot be had."""


def kept_basis(store: Store) -> BasisFor:
    """The scenario text and floor each probe was decided on last: its own, until `current_basis` replaced them."""

    def basis(row: Mapping[str, Any]) -> Basis:
        sha256, floor_ms = _last(row)
        name, text = f"stored scenario {sha256[:_SHORT]}", store.decisions.scenario(sha256)
        if text is None:
            raise ScenarioError([Problem(name, None, "", "it is not in the database")])
        return Basis(rules_of(_chat(text, name), floor_ms), _version(row, sha256, floor_ms))

    return basis


def current_basis(folder: Path, floor_ms: float) -> BasisFor:
    """Today's scenario files of `folder`, and today's floor. What a selector matched stays as it was."""

    @cache
    def scenario_of(casino: str) -> Scenario:
        return find(casino, folder)

    def basis(row: Mapping[str, Any]) -> Basis:
        scenario = scenario_of(row["casino"])
        return Basis(rules_of(scenario.chat, floor_ms), _version(row, scenario.sha256, floor_ms), scenario)

    return basis


def _own(row: Mapping[str, Any]) -> tuple[str, float]:
    overrides = row["overrides"] if isinstance(row["overrides"], dict) else {}
    return str(row["scenario_sha256"]), float(overrides.get("floor_ms", USUAL_FLOOR_MS))


def _last(row: Mapping[str, Any]) -> tuple[str, float]:
    _, *later = str(row["rules"]).split("/")
    return (later[0], float(later[1])) if len(later) == 2 else _own(row)


def _version(row: Mapping[str, Any], sha256: str, floor_ms: float) -> str:
    own_sha256, own_floor_ms = _own(row)
    if own_sha256.startswith(sha256) and own_floor_ms == floor_ms:
        return RULES
    return f"{RULES}/{sha256[:_SHORT]}/{floor_ms:g}"


@lru_cache(maxsize=512)
def _chat(text: str, name: str) -> ChatSpec:
    return stored_chat(text, name)
