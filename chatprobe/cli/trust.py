"""How far a preset can be trusted, as every command that uses one tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from chatprobe.scenario.preset import Preset


def row(preset: Preset) -> dict[str, Any]:
    """A preset as `--json` lists it."""
    return {
        "vendor": preset.id,
        "name": preset.file.name,
        "aliases": list(preset.file.aliases),
        "confidence": {str(grade): number for grade, number in preset.known().items()},
        "tried": str(preset.file.tried),
        "knows": knows(preset),
        "note": preset.file.note,
    }


def summary(preset: Preset) -> str:
    """How far to trust a preset, in a line: printed wherever one is used."""
    counts = ", ".join(f"{number} by {_BY[str(grade)]}" for grade, number in preset.known().items() if number)
    return f"{preset.id}, {len(preset.facts)} facts ({counts}); tried: {preset.file.tried}"


_BY = {"2+": "two or more sources", "1": "one", "general": "general knowledge"}


def knows(preset: Preset) -> str:
    """Whether more is known than how to recognise the widget."""
    return "fingerprint and chat" if preset.chat else "fingerprint"
