"""What must be true of a value before it is written: valid text, valid JSON, no personal data, bounded."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any

from chatprobe.store.redact import redact

TEXT_LIMIT = 20_000
"""Longest text of a message, in characters."""
DETAIL_LIMIT = 16_384
"""Longest string inside an event's detail, in characters."""
_CUT = " … [cut]"
_RESIDUE = 400
"""Longer than anything `redact` looks for, so that a number cut in half is never kept."""
_DEPTH = 40
_ITEMS = 2_000

JSON_COLUMNS = {
    "probes": ("overrides",),
    "messages": ("evidence",),
    "events": ("detail",),
    "decisions": ("evidence",),
    "parts": ("structure",),
}
"""The columns that hold JSON or NULL, by table."""


_PROSE = ("text", "detail")
"""The text columns that hold words of the page. Ids and check sums elsewhere must not be taken for card numbers."""


def clean_text(text: str, limit: int = TEXT_LIMIT) -> str:
    """`text` made `writable`, personal data masked, at most `limit` characters with a mark if cut."""
    short = text[: limit + _RESIDUE] if len(text) > limit else text
    masked = redact(writable(short))
    if len(text) > len(short):
        masked = masked[:-_RESIDUE]
    elif len(masked) <= limit:
        return masked
    return masked[: limit - len(_CUT)] + _CUT


def writable(text: str) -> str:
    """`text` without what UTF-8 or SQLite's tools stumble over: lone surrogates and NUL."""
    if text.isascii() and "\0" not in text:
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "\ufffd")


def to_json(value: Any) -> str:
    """JSON text of `value` with every string cleaned; what JSON cannot say becomes null or text, never an error."""
    return json_text(clean_value(value))


def json_text(cleaned: Any) -> str:
    """JSON text of what `clean_value` gave."""
    return json.dumps(cleaned, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def clean_value(value: Any, depth: int = _DEPTH) -> Any:
    """`value` as JSON would give it back, at most `depth` levels of it: every string cleaned, NaN and infinity None."""
    if isinstance(value, str):
        return clean_text(value, DETAIL_LIMIT)
    if value is None or isinstance(value, int | float):
        return None if isinstance(value, float) and not math.isfinite(value) else value
    if depth == 0:
        return _CUT.strip()
    if isinstance(value, Mapping):
        pairs = list(value.items())[:_ITEMS]
        return {clean_text(str(key), DETAIL_LIMIT): clean_value(item, depth - 1) for key, item in pairs}
    if isinstance(value, list | tuple | set | frozenset):
        return [clean_value(item, depth - 1) for item in list(value)[:_ITEMS]]
    return clean_text(str(value), DETAIL_LIMIT)


def clean_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """`row` as it may be written: text cleaned, mappings and lists as JSON, NaN and infinity as NULL."""
    return {column: _cell(column, value) for column, value in row.items()}


def _cell(column: str, value: Any) -> Any:
    if isinstance(value, str):
        return clean_text(value) if column in _PROSE else writable(value)
    if isinstance(value, Mapping | list | tuple):
        return to_json(value)
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def from_json(text: str | None) -> Any:
    """The value of a JSON column; a damaged one is given as its text, `db check` tells."""
    try:
        return None if text is None else json.loads(text)
    except ValueError:
        return text
