"""All verdicts on one casino."""

from __future__ import annotations

from chatprobe.analysis.case import Case
from chatprobe.analysis.hours import on_hours
from chatprobe.analysis.verdict import Verdict


def verdicts(case: Case) -> list[Verdict]:
    """How each claim of the casino stands; none for a casino that claims nothing."""
    return [on_hours(case)] if case.claims.hours else []
