"""Reasons are sentences that know what they are made of."""

from __future__ import annotations

from chatprobe.analysis.reason import Reason


def test_a_reason_is_its_sentence_and_keeps_its_parts() -> None:
    """It compares and prints as text; name and values are there for other languages."""
    reason = Reason("hours_missing", hours=[2, 14])
    assert "no chat yet at 02, 14 h" == reason
    assert ("hours_missing", {"hours": [2, 14]}) == (reason.name, reason.values)
