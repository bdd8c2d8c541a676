"""One line of a page of checks: what was wanted, what was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt


@dataclass(frozen=True)
class Check:
    """One figure beside its target."""

    what: str
    target: str
    found: str
    met: bool | None
    """None where there is no target."""

    def text(self) -> str:
        """A line of the table."""
        said = {True: "met", False: "MISSED", None: ""}[self.met]
        return f"| {self.what} | {self.target} | {self.found} | {said} |"


def share_of(happened: Sequence[bool], what: str, most: float | None) -> Check:
    """How often something happened that may happen in a share `most` of runs."""
    share = sum(happened) / len(happened)
    error = sqrt(share * (1 - share) / len(happened))
    found = f"{share:.2%} ± {error:.2%}".replace("%", " %")
    if most is None:
        return Check(what, "", found, None)
    return Check(what, f"<= {most:.1%}".replace("%", " %"), found, share <= most)
