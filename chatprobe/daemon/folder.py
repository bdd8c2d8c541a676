"""The scenario folder, watched: a good edit is taken, a bad one reported once while what stood there before goes on."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from chatprobe.errors import Problem, ScenarioError
from chatprobe.scenario.load import files_of, load_file
from chatprobe.scenario.schema import Scenario

_Mark = tuple[int, int, int]
"""Time of change in ns, size and inode of a file."""


@dataclass(frozen=True)
class Changes:
    """What a look at the folder found new."""

    taken: tuple[Scenario, ...] = ()
    """New scenarios, and those whose text changed."""
    gone: tuple[str, ...] = ()
    """Casinos without a file."""
    refused: tuple[Problem, ...] = ()
    """Mistakes not reported before."""


class Folder:
    """The scenarios of a folder as they are to be used now."""

    def __init__(self, path: Path, env: Mapping[str, str] = os.environ) -> None:
        """`env` fills in ``${NAME}``."""
        self.path = path
        self.scenarios: dict[str, Scenario] = {}
        """By casino."""
        self.problems: dict[Path, tuple[Problem, ...]] = {}
        """What is wrong with the files that cannot be used as they are."""
        self._env = env
        self._good: dict[Path, Scenario] = {}
        self._bad: dict[Path, tuple[Problem, ...]] = {}
        self._read: dict[Path, _Mark] = {}
        self._seen: dict[Path, _Mark] | None = None

    def look(self, *, anew: bool = False) -> Changes:
        """Take over what changed since the last look; `anew` reads every file again.

        A change counts once two looks in a row find the same: a file that is being written, or is gone for the moment
        between two renames, is left alone.
        """
        if not self.path.is_dir():  # a folder that is not mounted is no order to stop
            return self._judged((Problem(str(self.path), None, "", "no such folder"),))
        seen = _marks(self.path)
        at_rest = self._seen is None or seen == self._seen
        self._seen = seen
        if anew or (at_rest and seen != self._read):
            self._take(seen, {} if anew else self._read)
            return self._judged()
        return self._judged() if self.path in self.problems else Changes()

    def _take(self, seen: dict[Path, _Mark], read: Mapping[Path, _Mark]) -> None:
        changed = [path for path in seen if read.get(path) != seen[path]]
        self._good = {path: scenario for path, scenario in self._good.items() if path in seen}
        self._bad = {path: found for path, found in self._bad.items() if path in seen and path not in changed}
        for path in changed:
            try:
                self._good[path] = load_file(path, self._env)
            except ScenarioError as error:
                if path.exists():  # else it went since it was listed, and the next look sees that
                    self._bad[path] = tuple(error.problems)
        self._read = seen

    def _judged(self, lost: tuple[Problem, ...] = ()) -> Changes:
        """Choose one file for each casino; what is new in `scenarios` and `problems`."""
        before, told = self.scenarios, {str(one) for found in self.problems.values() for one in found}
        chosen: dict[str, Scenario] = {}
        problems = {**self._bad, **({self.path: lost} if lost else {})}
        for path in sorted(self._good):
            first = chosen.setdefault(self._good[path].casino, self._good[path])
            if first is not self._good[path]:
                said = f"{first.casino} is already the casino of {first.file}"
                problems[path] = (Problem(str(path), None, "casino", said),)
        self.scenarios, self.problems = chosen, problems  # at once: other threads read them
        taken = [one for one in self.scenarios.values() if _sha(before.get(one.casino)) != one.sha256]
        gone = [casino for casino in before if casino not in self.scenarios]
        refused = [one for found in self.problems.values() for one in found if str(one) not in told]
        return Changes(tuple(taken), tuple(gone), tuple(refused))


def _sha(scenario: Scenario | None) -> str | None:
    return scenario.sha256 if scenario else None


def _marks(folder: Path) -> dict[Path, _Mark]:
    marks = {}
    for path in files_of(folder):
        try:
            stat = path.stat()
        except OSError:  # gone since it was listed
            continue
        marks[path] = stat.st_mtime_ns, stat.st_size, stat.st_ino
    return marks
