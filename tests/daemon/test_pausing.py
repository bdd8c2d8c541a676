"""When a casino is left alone."""

from __future__ import annotations

from typing import Any

import pytest

from chatprobe.daemon.pausing import needs_doctor, paused
from chatprobe.times import epoch_ms, iso

START = epoch_ms("2026-03-02T00:00:00.000Z")
HOUR_MS = 3_600_000.0
NOW = START + 30 * HOUR_MS


def history(*visits: str, every: float = 2.0, depth: str = "presence", sha: str = "new") -> list[dict[str, Any]]:
    """Visits with these outcomes, so many hours apart, the last one two hours before NOW."""
    first = NOW - every * len(visits) * HOUR_MS
    return [
        {
            "started_at": iso(first + number * every * HOUR_MS),
            "depth": depth,
            "outcome": outcome,
            "scenario_sha256": sha,
            "failed_step": "chat.launcher",
        }
        for number, outcome in enumerate(visits)
    ]


@pytest.mark.parametrize(
    ("visits", "is_paused"),
    [
        (["scenario_broken"] * 3, True),
        (["scenario_broken"] * 2, False),
        (["scenario_broken"] * 3 + ["online"], False),
        (["online"] + ["scenario_broken"] * 3, True),
        (["scenario_broken", "probe_fault", "scenario_broken", "interrupted", "site_down", "scenario_broken"], True),
        (["not_offered"] * 3, True),
        (["online"] + ["not_offered"] * 3, False),
        (["offline"] + ["not_offered"] * 3, False),
        (["scenario_broken", "not_offered", "not_offered"], True),
        ([], False),
    ],
)
def test_three_broken_visits_in_a_row_pause_the_casino(visits: list[str], is_paused: bool) -> None:
    """Broken three times running, our own faults left out; a chat not offered counts where none was found before."""
    assert is_paused == (paused(history(*visits), "new", NOW) is not None)


def test_the_pause_says_why_and_until_when() -> None:
    """The editor is told what failed and when the next visit is."""
    pause = paused(history(*["scenario_broken"] * 3), "new", NOW)
    assert pause is not None
    assert "the last 3 visits of depth presence found nothing usable at chat.launcher" == pause.why
    assert NOW + 22 * HOUR_MS == pause.until


@pytest.mark.parametrize(
    ("visits", "wanted"),
    [
        (["scenario_broken"], True),
        (["online", "scenario_broken"], True),
        (["scenario_broken", "online"], False),
        (["scenario_broken", "doctor:scenario_broken"], False),
        (["scenario_broken", "doctor:scenario_broken", "scenario_broken"], False),
        (["scenario_broken", "doctor:scenario_broken", "online", "scenario_broken"], True),
        (["scenario_broken", "doctor:online", "scenario_broken"], False),
        (["not_offered"], False),
        (["not_offered"] * 3, True),
        (["online"] + ["not_offered"] * 3, False),
        (["not_offered"] * 3 + ["doctor:not_offered"], False),
        (["probe_fault"], False),
        ([], False),
    ],
)
def test_the_doctor_looks_once_at_each_break(visits: list[str], wanted: bool) -> None:
    """When a scenario broke, and again only after it had worked; a chat not offered may be the casino's doing."""
    assert wanted == needs_doctor(with_doctor(visits), "new")


def test_what_the_doctor_found_broken_is_no_visit_more() -> None:
    """His dry runs do not make a pause come sooner, and one that goes well ends it."""
    assert paused(with_doctor(["scenario_broken", "doctor:scenario_broken", "scenario_broken"]), "new", NOW) is None
    assert paused(with_doctor(["scenario_broken"] * 3 + ["doctor:scenario_broken"]), "new", NOW) is not None
    assert paused(with_doctor(["scenario_broken"] * 3 + ["doctor:online"]), "new", NOW) is None


def with_doctor(visits: list[str]) -> list[dict[str, Any]]:
    """Visits, some of them the doctor's."""
    rows = history(*(visit.removeprefix("doctor:") for visit in visits))
    return [
        {**row, "origin": "doctor" if visit.startswith("doctor:") else "plan"}
        for row, visit in zip(rows, visits, strict=True)
    ]


def test_a_new_text_begins_anew() -> None:
    """What an older text of the scenario failed at does not count against the new one."""
    assert paused(history(*["scenario_broken"] * 3, sha="old"), "new", NOW) is None


def test_looks_do_not_hide_that_chats_are_broken() -> None:
    """Each depth is counted by itself: looks that go well leave broken chats broken."""
    chats = history(*["scenario_broken"] * 3, depth="chat")
    assert paused([*chats, *history("online", "online")], "new", NOW) is not None


def test_after_a_day_one_visit_tries_again() -> None:
    """The pause ends a day after the last failure, and begins anew when the next visit fails as well."""
    rows = history(*["scenario_broken"] * 3, every=24.0)
    assert paused(rows, "new", NOW) is None
    assert paused([*rows, *history("scenario_broken", every=0.5)], "new", NOW) is not None


@pytest.mark.parametrize(
    ("visits", "is_paused"),
    [
        (["captcha", "blocked", "online", "login_wall"], True),
        (["captcha", "captcha", "online", "online"], False),
        (["captcha"] * 3, False),
        (["geo_blocked"] * 4, True),
    ],
)
def test_a_casino_that_mostly_keeps_us_out_is_paused(visits: list[str], is_paused: bool) -> None:
    """More than half of at least four visits in a week not let in is a pause, whatever the scenario's text."""
    assert is_paused == (paused(history(*visits, sha="old"), "new", NOW) is not None)


def test_what_is_older_than_a_week_is_forgiven() -> None:
    """Refusals of more than a week ago do not count."""
    assert paused(history(*["captcha"] * 8, every=24.0)[:-1], "new", NOW + 168 * HOUR_MS) is None
