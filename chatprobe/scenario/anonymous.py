"""A scenario's text for other readers: without the people and secrets that stand in it."""

from __future__ import annotations

from typing import Any

import yaml

from chatprobe.scenario.document import parse

_PERSONAL = {"visitor": ("name", "email", "phone", "proxy", "storage_state", "geolocation"), "names": ("humans",)}
"""Keys of sections whose values are a person's, or lead to one."""
_TYPED = ("value", "fill")
"""Keys of steps that hold what is typed into a form, signing in for one."""


def without_people(text: str, mask: str) -> str:
    """The text with `mask` for names of agents, all that tells of the visitor and what is typed into forms.

    Comments are left out; a text that is no YAML is all `mask`. What `kept_text` adds stays.
    """
    own, mark, preset = text.partition("\n--- ")
    data = parse(own).data
    if not isinstance(data, dict):
        return mask
    said = yaml.safe_dump(_without(data, mask), allow_unicode=True, sort_keys=False, width=120)
    return f"{said.rstrip()}{mark}{preset}" if mark else said


def _without(value: Any, mask: str, section: str = "") -> Any:
    if isinstance(value, list):
        return [_without(one, mask, section) for one in value]
    if not isinstance(value, dict):
        return value
    personal = _PERSONAL.get(section, ())
    return {
        key: mask if key in personal else _typed(one, mask) if key in _TYPED else _without(one, mask, str(key))
        for key, one in value.items()
    }


def _typed(value: Any, mask: str) -> Any:
    """What is typed, its selector left."""
    return dict.fromkeys(value, mask) if isinstance(value, dict) else mask
