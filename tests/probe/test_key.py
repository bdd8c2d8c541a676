"""Right and wrong answers, by the scenario's key."""

from __future__ import annotations

from datetime import date

import pytest

from chatprobe.probe.key import answer_match
from chatprobe.scenario.schema import Answer

NOON = "2026-03-02T12:00:00.000Z"


@pytest.mark.parametrize(
    ("said", "phrases", "match"),
    [
        (["Usually 24 Hours."], ["24 hours"], 1),
        (["Give it a", "day  or\u00a0two"], ["a day or two"], 1),
        (["ＦＯＲＴＹ times"], ["forty"], 1),
        (["It is 35x."], ["40x", "35x"], 1),
        (["It takes 1240 minutes"], ["24", "40"], 0),
        (["At most 2.5 %, or 24,000"], ["2", "5", "24"], 0),
        (["Between 24-48 h"], ["24", "48"], 1),
        (["I do not know"], ["24 hours"], 0),
        ([], ["24 hours"], None),
    ],
)
def test_an_answer_holds_a_phrase(said: list[str], phrases: list[str], match: int | None) -> None:
    """Case, widths and blanks make no difference, numbers are held whole, and no answer is neither right nor wrong."""
    assert match == answer_match(said, Answer(any_of=tuple(phrases)), NOON)


@pytest.mark.parametrize(("until", "match"), [(date(2026, 3, 2), 1), (date(2026, 3, 1), None)])
def test_an_old_key_judges_nobody(until: date, match: int | None) -> None:
    """After the last day on which the key is known to be right nothing is expected; nor is it without a key."""
    assert match == answer_match(["yes"], Answer(any_of=("yes",), valid_until=until), NOON)
    assert answer_match(["yes"], None, NOON) is None
