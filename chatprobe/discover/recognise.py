"""Which vendors' marks a page carries, and whether they are enough to name one. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from urllib.parse import urlsplit

from chatprobe.browser.carries import Carried
from chatprobe.scenario.preset import Marks, Preset


class Kind(StrEnum):
    """What kind of mark it is."""

    ADDRESS = "address"
    GLOBAL = "global"
    ELEMENT = "element"


@dataclass(frozen=True)
class Reason:
    """One mark of a vendor that was found."""

    kind: Kind
    mark: str
    """As the preset has it."""
    seen: str
    """What fits it on the page: the address; the mark itself for the other kinds."""
    weak: bool = False
    """Others have it, too: it counts only beside another."""
    held: bool = False
    """The script stands in the page and is not loaded yet, as before a visitor consents."""


@dataclass(frozen=True)
class Found:
    """A vendor and why it is named."""

    preset: Preset
    reasons: tuple[Reason, ...]

    @property
    def marks(self) -> frozenset[tuple[Kind, str]]:
        """What was found of it, however strong."""
        return frozenset((reason.kind, reason.mark) for reason in self.reasons)

    @property
    def sure(self) -> bool:
        """Whether a mark of its own is among the reasons."""
        return any(not reason.weak for reason in self.reasons)


def names_of(presets: Iterable[Preset]) -> list[str]:
    """Every global that is a mark of any of them."""
    return sorted({name for marks in _all_marks(presets) for name in marks.globals})


def selectors_of(presets: Iterable[Preset]) -> list[str]:
    """Every selector that is a mark of any of them."""
    return sorted({selector for marks in _all_marks(presets) for selector in marks.elements})


def _all_marks(presets: Iterable[Preset]) -> Iterator[Marks]:
    for preset in presets:
        yield preset.file.fingerprint
        yield preset.file.fingerprint.weak


def recognise(carried: Carried, presets: Iterable[Preset]) -> list[Found]:
    """The vendors whose marks are on the page, the best attested first.

    One mark of its own names a vendor, or two that it shares with others. Of two that share their marks, the one is not
    named of which nothing is found that is not the other's, too.
    """
    found = [Found(preset, tuple(_reasons(carried, preset))) for preset in presets]
    named = [one for one in found if one.sure or len(one.reasons) >= 2]
    kept = [one for one in named if not any(_outdone(one, other) for other in named)]
    return sorted(kept, key=lambda one: (not one.sure, -len(one.reasons), one.preset.id))


def _outdone(one: Found, other: Found) -> bool:
    return one.marks < other.marks or (one.marks == other.marks and other.sure and not one.sure)


def _reasons(carried: Carried, preset: Preset) -> Iterator[Reason]:
    for marks in (preset.file.fingerprint, preset.file.fingerprint.weak):
        weak = marks is preset.file.fingerprint.weak
        for pattern in marks.addresses:
            if seen := _first(pattern, sorted(carried.addresses)):
                yield Reason(Kind.ADDRESS, pattern, seen, weak)
            elif seen := _first(pattern, sorted(carried.held)):
                yield Reason(Kind.ADDRESS, pattern, seen, weak, held=True)
        for name in marks.globals:
            if name in carried.globals:
                yield Reason(Kind.GLOBAL, name, name, weak)
        for selector in marks.elements:
            if selector in carried.elements:
                yield Reason(Kind.ELEMENT, selector, selector, weak)


def _first(pattern: str, addresses: Sequence[str]) -> str | None:
    return next((address for address in addresses if fits(pattern, address)), None)


def fits(pattern: str, address: str) -> bool:
    """Whether an address is one that a preset's `addresses` mean: `host`, `host/path` or `/path`."""
    host, path = _parts(address)
    wanted_host, wanted_path = _compiled(pattern)
    if not host or (wanted_host and not wanted_host.fullmatch(host)):
        return False
    return bool(wanted_path.match(path) if wanted_host else wanted_path.search(path))


@lru_cache(maxsize=8192)
def _parts(address: str) -> tuple[str, str]:
    try:
        parts = urlsplit(address)
        return (parts.hostname or "").lower(), parts.path + (f"?{parts.query}" if parts.query else "")
    except ValueError:
        return "", ""


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> tuple[re.Pattern[str] | None, re.Pattern[str]]:
    host, slash, path = pattern.partition("/")
    at_host = re.compile(rf"(?:[^.]+\.)*{_glob(host.lower(), '[^/]*')}") if host else None
    return at_host, re.compile(_glob(slash + path, ".*"))


def _glob(text: str, anything: str) -> str:
    return anything.join(re.escape(part) for part in text.split("*"))
