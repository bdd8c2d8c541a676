"""Durations read and print."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatprobe.durations import format_duration, parse_duration


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("90s", 90),
        ("2m", 120),
        ("1h", 3600),
        ("1h30m", 5400),
        ("500ms", 0.5),
        ("1m500ms", 60.5),
        (" 2m ", 120),
        ("0s", 0),
    ],
)
def test_durations_are_read(text: str, seconds: float) -> None:
    """Hours, minutes, seconds and milliseconds, alone or together."""
    assert timedelta(seconds=seconds) == parse_duration(text)


@pytest.mark.parametrize(
    "text", ["", "s", "2 m", "-2m", "30m1h", "2M", "1.5m", "soon", "2m2m", "9999999999h", None, [], True]
)
def test_anything_else_is_refused(text: object) -> None:
    """What is no duration is refused with an example."""
    with pytest.raises(ValueError, match="is no duration; write 90s, 2m, 1h30m or 500ms"):
        parse_duration(text)


@pytest.mark.parametrize("number", [90, "90"])
def test_bare_number_is_asked_for_its_unit(number: object) -> None:
    """A number alone could mean anything."""
    with pytest.raises(ValueError, match=r"a duration needs a unit: 90s or 90m\?"):
        parse_duration(number)


@settings(deadline=None)  # other work may share the machine
@given(st.integers(0, 10**9).map(lambda ms: timedelta(milliseconds=ms)))
def test_printed_durations_read_back(duration: timedelta) -> None:
    """What is printed is read back as the same duration."""
    assert duration == parse_duration(format_duration(duration))
