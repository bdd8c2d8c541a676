"""What a wire frame says of its author: the scenario's own rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import jmespath
from jmespath.exceptions import JMESPathError
from jmespath.parser import ParsedResult

from chatprobe.model import Speaker


@dataclass(frozen=True)
class WireRule:
    """One rule over the JSON of a frame."""

    when: str
    """JMESPath; the rule holds where it gives anything but null, false or nothing."""
    speaker: Speaker
    name: str | None = None
    """JMESPath to the author's displayed name."""
    text: str | None = None
    """JMESPath to the message's text."""


@lru_cache(maxsize=256)
def _compiled(expression: str) -> ParsedResult:
    return jmespath.compile(expression)


def pick(expression: str, frame: Any) -> Any:
    """What a JMESPath expression gives over one frame; None also where it does not fit the frame's types."""
    try:
        return _compiled(expression).search(frame)
    except JMESPathError:
        return None


def matching(frame: Mapping[str, Any], rules: tuple[WireRule, ...]) -> tuple[WireRule, ...]:
    """The rules that hold for a frame, in their order."""
    return tuple(rule for rule in rules if pick(rule.when, frame) not in (None, False, "", [], {}))
