"""What a spreadsheet makes of a text: nothing but a text, of a length and of signs that it can hold."""

from __future__ import annotations

import re

CELL_LIMIT = 32_767
"""Most characters of a cell, counted as UTF-16 does."""
_CUT = " … [cut]"
# Excel, LibreOffice and others take these, after blanks and invisible signs too, for the beginning of a formula.
_FORMULA = re.compile(
    r"[\s\x00-\x20\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]*"
    r"[=+\-@\u2212\ufe62\ufe63\ufe66\ufe6b\uff0b\uff0d\uff1d\uff20]"
)
_BREAKING = frozenset("\t\r\n")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")


def cell(text: str) -> str:
    """`text` with an apostrophe before what would be a formula, and � for control characters."""
    if not text:
        return text
    if not text.isprintable():
        text = _CONTROLS.sub("\ufffd", text)
    return f"'{text}" if text[0] in _BREAKING or _FORMULA.match(text) else text


def bounded(text: str) -> str:
    """`text` cut to what a cell of a spreadsheet holds, with a mark."""
    if len(text) <= CELL_LIMIT // 2:
        return text
    units = text.encode("utf-16-le", "replace")
    if len(units) <= 2 * CELL_LIMIT:
        return text
    return units[: 2 * (CELL_LIMIT - len(_CUT))].decode("utf-16-le", "ignore") + _CUT
