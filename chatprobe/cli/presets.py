"""`chatprobe presets`: what is known of the vendors' chat widgets, and how well."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from chatprobe.cli.base import emit_json, json_option, note, out, table
from chatprobe.cli.trust import knows, row, summary
from chatprobe.errors import UsageError

if TYPE_CHECKING:
    from chatprobe.scenario.preset import Preset

HEAD = ("vendor", "name", "2+", "1", "general", "tried on", "what is known")


@click.command("presets")
@click.argument("vendor", required=False)
@json_option
def presets_command(vendor: str | None, *, as_json: bool) -> None:
    """List what is known of the vendors' chat widgets, or show one VENDOR's preset.

    Counted are the entries that two or more sources attest (2+), one (1), or none but general knowledge; "tried on"
    says whether the preset ever worked on the vendor's own widget. A scenario uses one by chat: {vendor: NAME}.

    \b
    Examples:
      chatprobe presets
      chatprobe presets livechat
    """
    from chatprobe.scenario.presets import presets

    if vendor is None:
        known = list(presets().values())
        if as_json:
            emit_json([row(preset) for preset in known])
            return
        for line in table([HEAD, *(_cells(preset) for preset in known)]):
            out(line)
        note(f"{len(known)} vendors; `chatprobe presets VENDOR` shows one, docs/presets.md says how to add one")
        return
    preset = _named(vendor)
    if as_json:
        emit_json({**row(preset), "facts": [_fact(one) for one in preset.facts]})
        return
    for text in _lines(preset):
        out(text)


def _named(vendor: str) -> Preset:
    from chatprobe.scenario.presets import meant, named, presets

    preset = named(vendor)
    if preset is None:
        near = meant(vendor)
        hint = f"did you mean {near}?" if near else f"known: {', '.join(presets())}"
        raise UsageError(f"no preset of {vendor!r}", hint)
    return preset


def _cells(preset: Preset) -> tuple[str, ...]:
    counts = (str(number) for number in preset.known().values())
    return (preset.id, preset.file.name, *counts, str(preset.file.tried), knows(preset))


def _fact(fact: Any) -> dict[str, Any]:
    return {
        "path": fact.path,
        "value": fact.value,
        "confidence": str(fact.confidence),
        "sources": [str(one) for one in fact.sources],
    }


def _lines(preset: Preset) -> Iterator[str]:
    yield f"{preset.id}: {preset.file.name}"
    if preset.file.aliases:
        yield f"also: {', '.join(preset.file.aliases)}"
    yield f"preset: {summary(preset)}"
    if preset.file.note:
        yield f"note: {preset.file.note}"
    yield ""
    facts = [(fact.path, fact.value, str(fact.confidence), ", ".join(fact.sources)) for fact in preset.facts]
    yield from table([("entry", "value", "confidence", "source"), *facts])
