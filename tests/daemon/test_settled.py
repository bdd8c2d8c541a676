"""What becomes of a claim reaches plan and operator."""

from __future__ import annotations

import re
from typing import Any

import pytest

from chatprobe.daemon.planner import Planner
from chatprobe.model import Outcome
from chatprobe.post import NoticeEvent
from chatprobe.times import iso
from tests.daemon.conftest import NOON, House, write

DAY = 86_400_000.0
HOUR = DAY / 24


def chats(house: House, days: int, night: Outcome) -> None:
    """For so many days up to now a chat at noon that a person answers, and one at night."""
    rows = []
    for day in range(1, days + 1):
        for hour, outcome in ((0.0, Outcome.HUMAN_REPLY), (-9.5 + day % 2 * 1.5, night)):
            at = NOON - day * DAY + hour * HOUR
            rows.append(
                {
                    "id": f"P{day}{hour:+}",
                    "casino": "lucky",
                    "depth": "chat",
                    "started_at": iso(at),
                    "asked_at": iso(at),
                    "outcome": str(outcome),
                    "side": "casino",
                    "cell": int((at - NOON) // HOUR + 12) % 168,
                    "waited_ms": 600_000.0,
                }
            )
    house.store._connection.db.table("probes").insert_all(rows)


@pytest.fixture
def told() -> list[tuple[str, str, str]]:
    return []


@pytest.fixture
def planner(house: House, told: list[tuple[str, str, str]]) -> Planner:
    write(house.folder.path, "lucky", "timezone: UTC\nclaims: {hours: 24/7}\n")
    house.folder.look(anew=True)
    made = Planner(house.store, house.folder, house.clock, seed=7)
    made.settled.tell = lambda event, about, text: told.append((event, about, text))
    return made


def slots(house: House) -> list[dict[str, Any]]:
    rows = house.store.slots.between("2026-03-02", "3000")
    return [row for row in rows if (row["casino"], row["depth"]) == ("lucky", "chat")]


def test_a_refuted_claim_ends_the_hunt(house: House, planner: Planner, told: list[tuple[str, str, str]]) -> None:
    """Once refuted, no hunt is drawn, the operator is told once, and the survey's stored slots stay and get more."""
    planner.draw(house.clock.now)
    before = slots(house)
    assert {"even", "adaptive"} == {row["mode"] for row in before}
    chats(house, 40, Outcome.NO_REPLY)
    planner.chat_ended("lucky")
    planner.draw(house.clock.now)
    after = slots(house)
    assert {(row["id"], row["status"]) for row in before} <= {(row["id"], row["status"]) for row in after}
    assert [row["id"] for row in before if row["mode"] == "adaptive"] == [
        row["id"] for row in after if row["mode"] == "adaptive"
    ]
    assert len(after) > len(before)
    planner.chat_ended("lucky")
    planner.draw(house.clock.now)
    ((event, about, text),) = told
    assert (NoticeEvent.CLAIM_REFUTED, "lucky") == (event, about)
    assert re.fullmatch(
        r"lucky: the claim hours 24/7 is refuted, evidence .+ : 1, 2026-01-\d\d to 2026-0\d-\d\d\. "
        r"Look: chatprobe verdict lucky --why",
        text,
    )
    assert 1 == len(house.events("claim_settled"))


def test_what_was_refuted_long_ago_is_no_news(house: House, planner: Planner, told: list[tuple[str, str, str]]) -> None:
    """A daemon that starts with a claim refuted weeks before hunts for nothing and tells nobody."""
    chats(house, 60, Outcome.NO_REPLY)
    planner.draw(house.clock.now)
    assert ({"even"}, []) == ({row["mode"] for row in slots(house)}, told)


def test_an_open_claim_is_hunted_for(house: House, planner: Planner, told: list[tuple[str, str, str]]) -> None:
    """Some days of answers settle nothing."""
    chats(house, 5, Outcome.HUMAN_REPLY)
    planner.draw(house.clock.now)
    assert "adaptive" in {row["mode"] for row in slots(house)}
    assert [] == told


def test_a_bug_in_the_judge_keeps_no_plan_from_being_drawn(
    house: House, planner: Planner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is said in the log, and the casino is planned for as if nothing were settled."""
    monkeypatch.setattr("chatprobe.daemon.settled.verdicts", lambda _: 1 / 0)
    planner.draw(house.clock.now)
    assert "adaptive" in {row["mode"] for row in slots(house)}
    assert ["verdict", "verdict"] == [one["kind"] for one in house.events("trouble")]
