"""XLSX: for Excel and its like, row by row in little memory."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from chatprobe.export.cells import bounded, cell
from chatprobe.export.writing import Columns
from chatprobe.store.codebook import Kind, Relation, codebook_relation, codebook_rows
from chatprobe.times import epoch_ms

MOST_ROWS = 1_048_576
"""Rows of a sheet, the line of names among them."""
_DAY_MS = 86_400_000.0
_EPOCH_DAY = 25_569.0
"""1 January 1970 as Excel counts days."""
_WIDTHS = {Kind.TIME: 24, Kind.TEXT: 18, Kind.JSON: 30}
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")


class Spreadsheet:
    """One workbook: the rows, on as many sheets as they need, and the codebook."""

    damaged = 0

    def __init__(self, path: Path, relation: Relation, about: Mapping[str, str]) -> None:
        """Begin the first sheet."""
        # Rows wait in files until the end: beside the output, where there must be space anyway.
        self._waiting = TemporaryDirectory(prefix=".chatprobe-", dir=path.parent)
        options = {"constant_memory": True, "tmpdir": self._waiting.name}
        self._file = path.open("wb")
        self._book = xlsxwriter.Workbook(self._file, options)
        self._book.use_zip64()
        self._book.set_properties({"title": f"chatprobe: {relation.name}", "comments": _said(about)})
        self._bold = self._book.add_format({"bold": True})
        self._moment = self._book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss.000"})
        self._relation = relation
        self._sheets = 0
        self._begin_sheet()

    def write(self, _relation: Relation, columns: Columns) -> None:
        """Add rows."""
        writes = [self._write_of(column.kind) for column in self._relation.columns]
        for row in zip(*columns, strict=True):
            if self._row == MOST_ROWS:
                self._begin_sheet()
            for number, value in enumerate(row):
                if value is not None:
                    writes[number](self._sheet, self._row, number, value)
            self._row += 1

    def close(self) -> None:
        """Add the codebook and finish."""
        try:
            self._relation = codebook_relation()
            self._sheets = 0
            self._begin_sheet()
            self.write(self._relation, list(zip(*codebook_rows(), strict=True)))
            self._book.close()
        finally:
            self._file.close()
        self._waiting.cleanup()

    def discard(self) -> None:
        """Let go of the file."""
        for sheet in self._book.worksheets():
            with suppress(OSError):  # a full disk takes no last words
                sheet.row_data_fh.close()
        self._file.close()
        self._waiting.cleanup()

    def _begin_sheet(self) -> None:
        self._sheets += 1
        name = self._relation.name[:24]
        self._sheet = self._book.add_worksheet(name if self._sheets == 1 else f"{name} ({self._sheets})")
        self._sheet.freeze_panes(1, 0)
        for number, column in enumerate(self._relation.columns):
            self._sheet.set_column(number, number, _WIDTHS.get(column.kind, 12))
            self._sheet.write_string(0, number, column.name, self._bold)
        self._row = 1

    def _write_of(self, kind: Kind) -> Callable[[Worksheet, int, int, Any], None]:
        return {Kind.TIME: self._time, Kind.BOOLEAN: _boolean}.get(kind, _plain)

    def _time(self, sheet: Worksheet, row: int, number: int, value: Any) -> None:
        try:
            days = epoch_ms(value) / _DAY_MS + _EPOCH_DAY if _TIME.fullmatch(value) else 0.0
        except (ValueError, TypeError):
            days = 0.0
        if days >= 1:  # Excel knows no day before 1900
            sheet.write_number(row, number, days, self._moment)
        else:
            _plain(sheet, row, number, value)


def _plain(sheet: Worksheet, row: int, number: int, value: Any) -> None:
    if isinstance(value, int | float) and abs(value) < 2**53:
        sheet.write_number(row, number, value)
    else:
        text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
        sheet.write_string(row, number, bounded(cell(text)))


def _boolean(sheet: Worksheet, row: int, number: int, value: Any) -> None:
    if value in (0, 1):
        sheet.write_boolean(row, number, bool(value))
    else:
        _plain(sheet, row, number, value)


def _said(about: Mapping[str, str]) -> str:
    return "\n".join(f"{name}: {value}" for name, value in about.items())
