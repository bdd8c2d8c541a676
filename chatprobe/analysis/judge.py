"""All verdicts on one casino."""

from __future__ import annotations

from collections.abc import Iterator

from chatprobe.analysis.case import Case
from chatprobe.analysis.hours import on_hours
from chatprobe.analysis.shares import on_first_reply, on_language
from chatprobe.analysis.status import on_status
from chatprobe.analysis.verdict import Verdict


def verdicts(case: Case) -> Iterator[Verdict]:
    """How each claim of the casino stands; none for a casino that claims nothing."""
    claims = case.claims
    if claims.hours:
        yield on_hours(case)
        yield on_status(case)
    if claims.first_reply_ms:
        yield on_first_reply(case)
    for language in claims.languages:
        yield on_language(case, language)
