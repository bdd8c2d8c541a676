"""The presets that come with chatprobe: finding one by name, and laying a scenario's own keys over it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from chatprobe.errors import Problem, ScenarioError
from chatprobe.scenario.document import MAX_BYTES, Mistake
from chatprobe.scenario.labels import with_labels
from chatprobe.scenario.preset import Preset, read_preset
from chatprobe.scenario.values import many

FOLDER = Path(str(files("chatprobe"))) / "presets"
SUFFIX = ".yaml"
NEAR = 0.85
"""A name so like a preset's is taken for a slip of the pen; less like ones are vendors we know nothing of."""


@cache
def presets() -> Mapping[str, Preset]:
    """Every preset by its id, in order. Raises ScenarioError with every mistake in any of the files."""
    found: dict[str, Preset] = {}
    problems: list[Problem] = []
    for path in sorted(FOLDER.glob(f"*{SUFFIX}")):
        try:
            found[path.stem] = load_preset(path)
        except ScenarioError as error:
            problems.extend(error.problems)
    if problems:
        raise ScenarioError(problems)
    return found


def load_preset(path: Path) -> Preset:
    """The preset in one file; raises ScenarioError with every mistake in it."""
    try:
        raw = path.read_bytes()[:MAX_BYTES]
        return read_preset(raw.decode("utf-8-sig"), path.stem, str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise ScenarioError([Problem(str(path), None, "", f"cannot be read: {error}")]) from None


def named(name: str) -> Preset | None:
    """The preset of that id, name or alias, whatever its case, blanks and signs; None where there is none."""
    wanted = _plain(name)
    return next((one for one in presets().values() if wanted in {_plain(other) for other in one.names}), None)


def meant(name: str) -> str | None:
    """The id of the preset that `name` is very like, where it is none's."""
    plain = {_plain(other): one.id for one in presets().values() for other in one.names}
    close = get_close_matches(_plain(name), plain, 1, NEAR)
    return plain[close[0]] if close else None


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", name.casefold())


_KEPT = re.compile(r"^--- # the preset (\w+) as it was used\n", re.MULTILINE)
"""Parts a kept scenario's text from its preset's; no scenario file holds such a line: it would be two documents."""


def kept_text(yaml: str, preset: Preset | None) -> str:
    """A scenario file's text and its preset's as one: what the file meant is known when the preset has changed.

    A preset that knows no more than a fingerprint changes nothing of what the file means.
    """
    if preset is None or not preset.chat:
        return yaml
    return f"{yaml.rstrip()}\n--- # the preset {preset.id} as it was used\n{preset.text}"


def kept_parts(text: str, name: str) -> tuple[str, Preset | None]:
    """The text of a scenario file and its preset, from what `kept_text` gave; mistakes are placed in `name`.

    Raises ScenarioError where today's schema refuses the preset.
    """
    found = _KEPT.search(text)
    if found is None:
        return text, None
    return text[: found.start()], read_preset(text[found.end() :], found[1], f"{name}, preset {found[1]}")


def preset_of(data: Mapping[str, Any]) -> tuple[Preset | None, list[Mistake]]:
    """The preset that a scenario's data names; a vendor without one is a name for the record, a slip is a mistake."""
    chat = data.get("chat")
    name = chat.get("vendor") if isinstance(chat, dict) else None
    if not isinstance(name, str) or not _plain(name):
        return None, []
    preset = named(name)
    if preset or not (near := meant(name)):
        return preset, []
    return None, [Mistake(("chat", "vendor"), "no preset is called so", f"did you mean {near}?")]


def whole(data: Mapping[str, Any], preset: Preset | None) -> tuple[dict[str, Any], frozenset[str], list[Mistake]]:
    """A scenario's data over its preset's, with its labels put in; which keys of `chat` are the preset's; mistakes."""
    chat = data.get("chat")
    if not isinstance(chat, dict):
        return dict(data), frozenset(), []
    both, hints = laid_over(chat, preset) if preset else (chat, frozenset())
    read, mistakes = with_labels(both, ("chat",))
    return {**data, "chat": read}, hints, mistakes


def laid_over(chat: Mapping[str, Any], preset: Preset) -> tuple[dict[str, Any], frozenset[str]]:
    """A scenario's `chat` over its preset's, as plain data, and the keys whose value is the preset's alone.

    A key that the scenario writes counts; of mappings, each of their keys; names and labels are added to the preset's.
    Who says what to click to open or to end the chat does not want the preset's call instead.
    """
    usual = dict(preset.chat)
    for step, call in (("launcher", "open_call"), ("end", "end_call")):
        if step in chat and call not in chat:
            usual.pop(call, None)
    both = {key: _over(key, chat[key], usual[key]) for key in chat.keys() & usual.keys()}
    return {**usual, **chat, **both}, frozenset(usual.keys() - chat.keys())


def _over(key: str, own: Any, usual: Any) -> Any:
    if not isinstance(own, dict) or not isinstance(usual, dict):
        return own
    if key not in ("names", "labels"):
        return {**usual, **own}
    return {name: _added(own.get(name), usual.get(name)) for name in dict.fromkeys([*usual, *own])}


def _added(own: Any, usual: Any) -> Any:
    """Both, where both are lists, lone texts or mappings of them."""
    if own is None or usual is None:
        return usual if own is None else own
    if isinstance(own, dict) or isinstance(usual, dict):
        one, other = ({"en": side} if not isinstance(side, dict) else side for side in (own, usual))
        return {key: _added(one.get(key), other.get(key)) for key in dict.fromkeys([*other, *one])}
    return [*_list(usual), *_list(own)]


def _list(value: Any) -> list[Any]:
    found = many(value)
    return list(found) if isinstance(found, list | tuple) else []
