"""What can go wrong, as one small tree.

    ChatprobeError                 anything chatprobe says to its user as ``error: …``
    ├── UsageError                 the command line itself is wrong
    ├── BadFile                    files of the user's are wrong; carries every mistake
    │   ├── SettingsError          ``chatprobe.toml`` or a ``CHATPROBE_…`` variable
    │   ├── ScenarioError          one or more scenario files
    │   └── DialogueError          a file of dialogues for the lab
    ├── UnknownCasino              no scenario of that name in the folder
    ├── DatabaseError              the database is missing, too new, read-only or not ours
    │   ├── MissingKey             the key of its pseudonyms is not beside it
    │   └── UnknownProbe           no probe of that id in it, or several that begin so
    ├── StorageFull                the disk is full: nothing half-written is left behind
    ├── BrowserMissing             no usable browser on this machine
    ├── SiteUnreachable            an address gives no page to look at
    ├── NoChat                     an address gives no chat to write a scenario of; carries the outcome
    ├── BudgetRefused              the probe would exceed the manners of the house
    └── Interrupted                the user or the system asked us to stop

"Could not measure" is no exception: it is an ``Outcome`` with ``Side.OURS``. Each class carries the ``code`` that
``--json`` prints and the ``exit_code`` a script sees, and knows nothing of the command line.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """A hint naming the known word nearest to `word`, where one is near."""
    from difflib import get_close_matches

    folded = {one.casefold(): one for one in known}
    close = get_close_matches(word.casefold(), folded, 1)
    return f"did you mean {folded[close[0]]}?" if close else None


class ChatprobeError(Exception):
    """Anything chatprobe tells its user as an error; `hint` says what to do next."""

    code = "error"
    exit_code = 1

    def __init__(self, message: str, hint: str | None = None) -> None:
        """Say `message`, and `hint` below it."""
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(ChatprobeError):
    """The command line itself is wrong."""

    code = "usage"
    exit_code = 2


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


class BadFile(ChatprobeError):
    """Files of the user's are wrong; `problems` lists every mistake, in file and line order."""

    exit_code = 3

    def __init__(self, problems: list[Problem]) -> None:
        """Say every one of `problems`, and the first hint."""
        hint = next((problem.hint for problem in problems if problem.hint), None)
        super().__init__("\n".join(str(problem) for problem in problems), hint)
        self.problems = problems


class SettingsError(BadFile):
    """``chatprobe.toml`` or a ``CHATPROBE_…`` variable is wrong."""

    code = "settings"


class ScenarioError(BadFile):
    """One or more scenario files are wrong."""

    code = "scenario"


class DialogueError(BadFile):
    """A file of dialogues for the lab is wrong."""

    code = "dialogues"


class UnknownCasino(ChatprobeError):
    """No scenario of that name in the folder."""

    code = "unknown_casino"
    exit_code = 3


class DatabaseError(ChatprobeError):
    """The database is missing, too new, read-only or not ours."""

    code = "database"
    exit_code = 3


class UnknownProbe(DatabaseError):
    """No probe of that id in the database, or several that begin so."""

    code = "unknown_probe"


class MissingKey(DatabaseError):
    """The key that the database's pseudonyms were made with is not beside it."""

    code = "missing_key"


class StorageFull(ChatprobeError):
    """The disk is full: nothing half-written is left behind."""

    code = "disk_full"
    exit_code = 4


class BrowserMissing(ChatprobeError):
    """No usable browser on this machine."""

    code = "no_browser"
    exit_code = 4


class SiteUnreachable(ChatprobeError):
    """An address gives no page to look at."""

    code = "unreachable"
    exit_code = 4


class NoChat(ChatprobeError):
    """An address gives no chat to write a scenario of; `code` is the name of the outcome."""

    exit_code = 4

    def __init__(self, outcome: str, message: str, hint: str | None = None) -> None:
        """Say `message`, and `hint` below it."""
        super().__init__(message, hint)
        self.code = outcome


class BudgetRefused(ChatprobeError):
    """The probe would exceed the manners of the house, or another probe holds this casino."""

    code = "budget"
    exit_code = 4


class Interrupted(ChatprobeError):
    """The user or the system asked us to stop."""

    code = "interrupted"
    exit_code = 130
