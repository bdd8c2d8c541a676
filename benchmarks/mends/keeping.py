"""What a run that was broken off found: JSON lines, one for each mutant and each casino."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.mends.alarms import Alarm
from benchmarks.mends.mutations import Mutant
from benchmarks.mends.trial import Result
from chatprobe.model import Outcome


class Kept:
    """The lines of one file; without a file nothing is kept."""

    def __init__(self, file: Path | None) -> None:
        self._file = file

    def add(self, one: Result | Alarm) -> None:
        """Keep what has been found."""
        if self._file is None:
            return
        row = _row_of(one) if isinstance(one, Result) else asdict(one)
        with self._file.open("a", encoding="utf-8") as file:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")

    def results(self, mutants: Iterable[Mutant]) -> list[Result]:
        """What is known of these mutants."""
        named = {mutant.name: mutant for mutant in mutants}
        return [Result(**{**row, "mutant": named[row["mutant"]]}) for row in self._rows() if row.get("mutant") in named]

    def alarms(self) -> list[Alarm]:
        """What is known of the lab's casinos."""
        rows = [row for row in self._rows() if "casino" in row]
        return [Alarm(row["casino"], Outcome(row["visited"]), tuple(row["said"])) for row in rows]

    def _rows(self) -> list[dict[str, Any]]:
        if self._file is None or not self._file.exists():
            return []
        return [json.loads(line) for line in self._file.read_text(encoding="utf-8").splitlines()]


def _row_of(one: Result) -> dict[str, Any]:
    return {**{name: value for name, value in vars(one).items() if name != "mutant"}, "mutant": one.mutant.name}
