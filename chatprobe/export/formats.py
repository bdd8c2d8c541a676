"""The formats there are."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from chatprobe.errors import UsageError
from chatprobe.export.lines import Csv, JsonLines
from chatprobe.export.writing import Format, Writer
from chatprobe.store.codebook import Relation
from chatprobe.store.frozen import Frozen


class _Copy:
    """A frozen copy as a writer."""

    damaged = 0

    def __init__(self, path: Path, relation: Relation | None) -> None:
        self._frozen = Frozen(path, relation)
        self.write = self._frozen.write
        self.close = self._frozen.finish
        self.discard = self._frozen.close


def _csv(path: Path, relation: Relation | None, _about: Mapping[str, str]) -> Writer:
    return Csv(path, _one(relation))


def _jsonl(path: Path, relation: Relation | None, _about: Mapping[str, str]) -> Writer:
    return JsonLines(path, _one(relation))


def _parquet(path: Path, relation: Relation | None, about: Mapping[str, str]) -> Writer:
    from chatprobe.export.parquet import Parquet

    return Parquet(path, _one(relation), about)


def _xlsx(path: Path, relation: Relation | None, about: Mapping[str, str]) -> Writer:
    from chatprobe.export.spreadsheet import Spreadsheet

    return Spreadsheet(path, _one(relation), about)


def _sqlite(path: Path, relation: Relation | None, _about: Mapping[str, str]) -> Writer:
    return _Copy(path, relation)


def _one(relation: Relation | None) -> Relation:
    if relation is None:
        raise UsageError("only sqlite takes all tables at once", "name a table or view")
    return relation


FORMATS = {
    one.name: one
    for one in (
        Format("csv", (".csv",), _csv, streams=True),
        Format("jsonl", (".jsonl", ".ndjson"), _jsonl, streams=True),
        Format("parquet", (".parquet", ".pq"), _parquet),
        Format("xlsx", (".xlsx",), _xlsx, carries=True),
        Format("sqlite", (".db", ".sqlite", ".sqlite3"), _sqlite, carries=True, whole=True),
    )
}
"""By name, in the order of their help."""


def meant(output: Path) -> Format:
    """The format that a file's name means; raises UsageError where it means none."""
    found = next((one for one in FORMATS.values() if output.suffix.lower() in one.endings), None)
    if found is None:
        raise UsageError(f"which format is {output}?", f"--format {', '.join(FORMATS)}")
    return found
