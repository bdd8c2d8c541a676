"""One way to mend one part of a scenario."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from chatprobe.scenario.edit import Edit, Verb


@dataclass(frozen=True)
class Proposal:
    """One way to mend one part."""

    edit: Edit
    what: str
    """The element it finds, in words; or what leaving it out comes to."""
    why: str
    """Why it may last, and how like the lost part it is."""
    rank: float
    """How lasting it is, from 0 to 1; a rank, no probability."""

    def __str__(self) -> str:
        """What is to be written."""
        if self.edit.verb is Verb.REMOVE:
            return f"without {self.edit.path}"
        if self.edit.verb is Verb.OPTIONAL:
            return f"{self.edit.path} with optional: true"
        return self.edit.selector

    def as_row(self) -> dict[str, Any]:
        """Its shape in a report."""
        edit = {"verb": str(self.edit.verb), "at": self.edit.path, "selector": self.edit.selector or None}
        return {"text": str(self), **edit, "finds": self.what, "why": self.why, "rank": self.rank}
