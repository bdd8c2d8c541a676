"""Facts with their provenance, as presets write them: `{value: "#x", confidence: 1, source: vendor docs}`.

Taken apart here: what is left has the shape of a scenario's `chat:` part, and every fact is remembered with its place.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from chatprobe.errors import did_you_mean
from chatprobe.scenario.document import Loc, Mistake
from chatprobe.scenario.problems import path_text
from chatprobe.scenario.values import kind


class Confidence(StrEnum):
    """How well a fact is attested."""

    SEVERAL = "2+"
    """Two or more separate sources."""
    ONE = "1"
    """One source; a vendor's own is strong all the same."""
    GENERAL = "general"
    """General knowledge; nothing written was found."""


class Origin(StrEnum):
    """What kind of source attests a fact."""

    VENDOR_SOURCE = "vendor source"
    VENDOR_DOCS = "vendor docs"
    TEST = "third-party test"
    CODE = "third-party code"
    SAVED_PAGE = "saved page"
    FINGERPRINTS = "fingerprint list"
    UNVERIFIED = "unverified list"
    GENERAL = "general knowledge"


@dataclass(frozen=True)
class Fact:
    """One entry of a preset and how it is known."""

    path: str
    """Where it stands: ``chat.launcher[0]``."""
    value: str
    """As text; JSON where it is more than that."""
    confidence: Confidence
    sources: tuple[Origin, ...]


class Unwrapped:
    """A value without its provenance, with the facts and mistakes found in it."""

    def __init__(self, value: Any, loc: Loc) -> None:
        """Take `value`, which stands at `loc`, apart."""
        self.facts: list[Fact] = []
        self.mistakes: list[Mistake] = []
        self.value = self._plain(value, loc)

    def _plain(self, value: Any, loc: Loc) -> Any:
        if isinstance(value, dict) and not {"confidence", "source"}.isdisjoint(value):
            return self._fact(value, loc)
        if isinstance(value, dict):
            return {key: self._plain(inner, (*loc, key)) for key, inner in value.items()}
        if isinstance(value, list):
            return [self._plain(inner, (*loc, index)) for index, inner in enumerate(value)]
        hint = "write {value: …, confidence: 1, source: vendor docs}"
        self.mistakes.append(Mistake(loc, "a fact without its confidence and source", hint))
        return value

    def _fact(self, value: Mapping[str, Any], loc: Loc) -> Any:
        rest = {key: one for key, one in value.items() if key not in ("confidence", "source")}
        plain = rest["value"] if set(rest) == {"value"} else rest
        confidence, sources = str(value.get("confidence", "")), value.get("source", [])
        origins = [str(one) for one in (sources if isinstance(sources, list) else [sources])]
        found = [*_unknown("confidence", [confidence], Confidence, loc), *_unknown("source", origins, Origin, loc)]
        self.mistakes += found
        if not found:
            shown = plain if isinstance(plain, str) else json.dumps(plain, ensure_ascii=False)
            grade = Confidence(confidence)
            self.facts.append(Fact(path_text(loc), shown, grade, tuple(Origin(one) for one in origins)))
        return plain


def _unknown(key: str, written: list[str], known: type[StrEnum], loc: Loc) -> Iterator[Mistake]:
    names = [str(one) for one in known]
    for one in written or [""]:
        if one not in names:
            what = kind(one) if one else "nothing"
            yield Mistake((*loc, key), f"expected one of {', '.join(names)}, got {what}", did_you_mean(one, names))
