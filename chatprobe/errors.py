"""What can go wrong, as one small tree.

    ChatprobeError                 anything chatprobe says to its user as ``error: …``
    ├── UsageError                 the command line itself is wrong
    ├── SettingsError              ``chatprobe.toml`` or a ``CHATPROBE_…`` variable is wrong
    ├── ScenarioError              one or more scenario files are wrong; carries every mistake
    ├── UnknownCasino              no scenario of that name in the folder
    ├── DatabaseError              the database is missing, too new, read-only or not ours
    ├── StorageFull                the disk is full: nothing half-written is left behind
    ├── BrowserMissing             no usable browser on this machine
    ├── BudgetRefused              the probe would exceed the manners of the house
    └── Interrupted                the user or the system asked us to stop

"Could not measure" is no exception: it is an ``Outcome`` with ``Side.OURS``. Each class carries the ``code`` that
``--json`` prints and the ``exit_code`` a script sees, and knows nothing of the command line.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


class ChatprobeError(Exception):
    """Anything chatprobe tells its user as an error; `hint` says what to do next."""

    code = "error"
    exit_code = 1

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(ChatprobeError):
    """The command line itself is wrong."""

    code = "usage"
    exit_code = 2


class SettingsError(ChatprobeError):
    """``chatprobe.toml`` or a ``CHATPROBE_…`` variable is wrong."""

    code = "settings"
    exit_code = 3


@dataclass(frozen=True)
class Problem:
    """One mistake in one file."""

    file: str
    """Path as the user gave it."""
    line: int | None
    """Line of the mistake, from 1; None where a file has no lines (a folder, an unreadable file)."""
    path: str
    """Dotted path of the key, such as ``chat.launcher``; empty for the file as a whole."""
    message: str
    """What is wrong and what was expected."""
    hint: str | None = None
    """What to do about it, where one can tell."""
    severity: Literal["error", "warning"] = "error"
    """A warning does not stop the file from being used."""

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return ": ".join(part for part in (place, self.path, self.message) if part)


class ScenarioError(ChatprobeError):
    """One or more scenario files are wrong; `problems` lists every mistake, in file and line order."""

    code = "scenario"
    exit_code = 3

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems), next((p.hint for p in problems if p.hint), None))
        self.problems = problems


class UnknownCasino(ChatprobeError):
    """No scenario of that name in the folder."""

    code = "unknown_casino"
    exit_code = 3


class DatabaseError(ChatprobeError):
    """The database is missing, too new, read-only or not ours."""

    code = "database"
    exit_code = 3


class StorageFull(ChatprobeError):
    """The disk is full: nothing half-written is left behind."""

    code = "disk_full"
    exit_code = 4


class BrowserMissing(ChatprobeError):
    """No usable browser on this machine."""

    code = "no_browser"
    exit_code = 4


class BudgetRefused(ChatprobeError):
    """The probe would exceed the manners of the house, or another probe holds this casino."""

    code = "budget"
    exit_code = 4


class Interrupted(ChatprobeError):
    """The user or the system asked us to stop."""

    code = "interrupted"
    exit_code = 130
