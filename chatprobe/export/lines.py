"""CSV and JSON Lines: text, row by row, also to stdout."""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import Any, TextIO

from chatprobe.errors import UsageError
from chatprobe.export.cells import cell
from chatprobe.export.writing import Columns
from chatprobe.store.clean import from_json
from chatprobe.store.codebook import Kind, Relation
from chatprobe.store.target import STDOUT

_UNSAFE = re.compile(r"[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")
"""What JSON lets through and a terminal may obey."""


class Csv:
    """Comma-separated values as RFC 4180 has them, in UTF-8, with a line of names; NULL is empty."""

    damaged = 0

    def __init__(self, path: Path, relation: Relation) -> None:
        """Write the names."""
        self._file = _opened(path)
        self._writer = csv.writer(self._file)
        self._texts = [column.kind not in (Kind.INTEGER, Kind.REAL, Kind.BOOLEAN) for column in relation.columns]
        self._writer.writerow(relation.names)

    def write(self, _relation: Relation, columns: Columns) -> None:
        """Add rows; a text that a spreadsheet would take for a formula gets an apostrophe."""
        named = zip(self._texts, columns, strict=True)
        cells = [[_cell(value) for value in values] if text else list(map(_number, values)) for text, values in named]
        self._writer.writerows(zip(*cells, strict=True))

    def close(self) -> None:
        """Finish."""
        self._file.close()

    discard = close


class JsonLines:
    """One JSON object a line, keys as the columns; JSON columns as what they hold, booleans as such."""

    damaged = 0

    def __init__(self, path: Path, relation: Relation) -> None:
        self._file = _opened(path)
        self._names = relation.names
        self._decoders = [_DECODERS.get(column.kind) for column in relation.columns]
        self._encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_text).encode

    def write(self, _relation: Relation, columns: Columns) -> None:
        """Add rows."""
        decoded = [
            [decode(value) for value in values] if decode else values
            for decode, values in zip(self._decoders, columns, strict=True)
        ]
        self._file.writelines(self._lines(zip(*decoded, strict=True)))

    def _lines(self, rows: Iterator[Sequence[Any]]) -> Iterator[str]:
        for row in rows:
            line = self._encode(dict(zip(self._names, row, strict=True)))
            if not line.isprintable():
                line = _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", line)
            yield f"{line}\n"

    def close(self) -> None:
        """Finish."""
        self._file.close()

    discard = close


def _cell(value: Any) -> Any:
    return cell(value) if isinstance(value, str) else cell(_text(value)) if isinstance(value, bytes) else value


def _number(value: Any) -> Any:
    """A number as it is; a damaged cell may hold a text, and that is treated as one."""
    return value if value is None or isinstance(value, int | float) else _cell(value)


def _boolean(value: Any) -> Any:
    return bool(value) if value in (0, 1) else value


_DECODERS: dict[Kind, Callable[[Any], Any]] = {
    Kind.JSON: lambda value: from_json(value) if isinstance(value, str) else value,
    Kind.BOOLEAN: _boolean,
}


def _text(value: Any) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def _opened(path: Path) -> TextIO:
    if path != STDOUT:
        return path.open("w", encoding="utf-8", errors="replace", newline="")
    if sys.stdout is None:
        raise UsageError("standard output is closed", "name a file with --output")
    return _Stdout(sys.stdout.buffer, encoding="utf-8", errors="replace", newline="")


class _Stdout(TextIOWrapper):
    """Stdout, its line ends left as they are; closing leaves it open."""

    def close(self) -> None:
        """Hand on what was written."""
        if not self.closed:
            self.flush()
            self.detach()
