"""Messages as JSON lines: what `classify` reads, and what it says of each."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from chatprobe.model import Decision, Observed, Speaker
from chatprobe.speaker.decide import decide
from chatprobe.speaker.excerpt import carrying
from chatprobe.speaker.lexicon import kind_of
from chatprobe.speaker.rules import Rules, Told
from chatprobe.speaker.wire import frames, unfolded

LONGEST_LINE = 20_000_000
"""Bytes of one line."""
_LONGEST_DELAY_MS = 1e15
"""Longer than any clock has run; a number beyond is no time."""


class LineError(ValueError):
    """A line that is no message; the text says what was expected."""


def classify_line(line: bytes, rules: Rules) -> dict[str, Any]:
    """Who wrote the message of one JSON line: ``{speaker, confidence, evidence}``; LineError where it is none."""
    row = object_in(line, "a message is a JSON object")
    told: list[Told] = []
    try:
        for place, earlier in enumerate(_list(row, "before")):
            told.append(_told(earlier, told, rules, f"before[{place}]"))
        return decide(_observed(row, ""), told, rules).as_row()
    except RecursionError:
        raise LineError("nested too deeply") from None


def object_in(line: bytes, expected: str) -> Mapping[str, Any]:
    """The JSON object in a line; LineError where there is none, `expected` if it is JSON of another kind."""
    if len(line) > LONGEST_LINE:
        raise LineError(f"longer than {LONGEST_LINE} bytes")
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise LineError(f"not UTF-8: {error.reason} at byte {error.start}") from None
    except RecursionError:
        raise LineError("nested too deeply") from None
    except json.JSONDecodeError as error:
        raise LineError(f"not JSON from column {error.colno} on" if line.strip() else "empty line") from None
    except ValueError:
        raise LineError("not JSON: a number of too many digits") from None
    return _mapping(row, expected)


def _told(earlier: Any, told: list[Told], rules: Rules, path: str) -> Told:
    """An earlier message, its author as given in ``speaker`` or else decided."""
    row = _mapping({"text": earlier} if isinstance(earlier, str) else earlier, f"{path}: expected an object")
    message, given = _observed(row, f"{path}."), row.get("speaker")
    if given is None:
        decision = decide(message, told, rules)
    elif given in list(Speaker):
        decision = Decision(Speaker(given), 1.0)
    else:
        raise LineError(f"{path}.speaker: expected one of {', '.join(Speaker)}")
    return Told(message, decision, kind_of(message.text))


def _observed(row: Mapping[str, Any], path: str) -> Observed:
    text = row.get("text")
    if not isinstance(text, str):
        raise LineError(f"{path}text: expected a string" if "text" in row else f"{path}text: missing")
    return Observed(
        text=text,
        language=_string(row, "language", path),
        name=_string(row, "name", path),
        delay_ms=_delay(row, path),
        attributes=_attributes(row, path),
        wire=_wire(row, path, text),
    )


def _mapping(value: Any, expected: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise LineError(expected)
    return value


def _list(row: Mapping[str, Any], key: str) -> list[Any]:
    value = row.get(key)
    if not isinstance(value, list | None):
        raise LineError(f"{key}: expected a list")
    return value or []


def _string(row: Mapping[str, Any], key: str, path: str) -> str | None:
    value = row.get(key)
    if not isinstance(value, str | None):
        raise LineError(f"{path}{key}: expected a string")
    return value


def _delay(row: Mapping[str, Any], path: str) -> float | None:
    value = row.get("delay_ms")
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= _LONGEST_DELAY_MS:
        raise LineError(f"{path}delay_ms: expected milliseconds, 0 or more")
    return float(value)


def _attributes(row: Mapping[str, Any], path: str) -> dict[str, str]:
    value = _mapping(row.get("attributes") or {}, f"{path}attributes: expected an object")
    if any(isinstance(inner, dict) for inner in value.values()):
        raise LineError(f"{path}attributes: expected strings as values")
    # A class list may come as a list, a number as a number: the page knows strings only.
    return {key: " ".join(map(str, v)) if isinstance(v, list) else str(v) for key, v in value.items() if v is not None}


def _wire(row: Mapping[str, Any], path: str, text: str) -> Mapping[str, Any] | None:
    """The frame as an object, as a list of objects, or as the raw text that came over the wire."""
    value = row.get("wire")
    if isinstance(value, list):
        value = json.dumps(value)
    if isinstance(value, str):
        return carrying(frames(value), text) or next(iter(frames(value)), None)
    if not isinstance(value, dict | None):
        raise LineError(f"{path}wire: expected an object or the raw frame as a string")
    return unfolded(value) if value else value
