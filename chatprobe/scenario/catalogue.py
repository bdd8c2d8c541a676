"""The presets as a page for people."""

from __future__ import annotations

from collections.abc import Iterator

from chatprobe.scenario.preset import Preset
from chatprobe.scenario.presets import presets

_HEAD = """\
# Vendors' widgets

<!-- Generated from chatprobe/presets. Renew: make docs -->

What is known of each, and how well: entries attested by two or more separate sources (2+), by one (1), or by general
knowledge alone. [presets.md](presets.md) says what that means and how to add one; `chatprobe presets VENDOR` lists
every entry with its source.

| `chat.vendor` | widget | 2+ | 1 | general | tried on | opens by call | may call somebody human by |
|---|---|---|---|---|---|---|---|
"""


def markdown() -> str:
    """The page `docs/vendors.md`."""
    return _HEAD + "".join(_rows()) + "".join(_notes())


def _rows() -> Iterator[str]:
    for preset in presets().values():
        chat = preset.file.chat
        counts = " | ".join(str(number) for number in preset.known().values())
        calls = "yes" if chat.open_call else "no" if preset.chat else ""
        yield f"| `{preset.id}` | {preset.file.name} | {counts} | {preset.file.tried} | {calls} | {_tells(preset)} |\n"


def _tells(preset: Preset) -> str:
    """By what the preset may call somebody human; empty where it knows no more than a fingerprint."""
    chat = preset.file.chat
    if not preset.chat:
        return ""
    ways = {
        "frames or events": any(rule.speaker == "human" for rule in chat.wire),
        "rows": bool(chat.speakers.human),
        "who joined": chat.joined_is_human or any(rule.person for rule in chat.joins),
    }
    return ", ".join(way for way, known in ways.items() if known) or "no"


def _notes() -> Iterator[str]:
    yield "\n"
    for preset in presets().values():
        if preset.file.note:
            yield f"- **{preset.file.name}**: {preset.file.note}\n"
