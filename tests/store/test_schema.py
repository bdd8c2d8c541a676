"""The tables, their codebook, and what the views count."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from chatprobe.model import Outcome
from chatprobe.store import Store
from chatprobe.store.clean import JSON_COLUMNS
from chatprobe.store.codebook import markdown

if TYPE_CHECKING:
    from tests.store.conftest import Begin

PAGE = Path(__file__).parents[2] / "docs" / "database.md"
FINISHED = "2026-03-02T10:30:00.000Z"
ASKED = {"asked_at": "2026-03-02T10:00:10.000Z", "waited_ms": 600_000.0, "cell": 10, "scenario_sha256": "ab"}

Ended = dict[str, Any]


@pytest.fixture
def visit(store: Store, begin: Begin) -> Any:
    """A finished probe with these columns."""
    store.add_scenario("lucky", "ab", "casino: lucky", FINISHED)

    def visit(outcome: str, **columns: Any) -> str:
        recorder = begin(**columns)
        recorder.finish({"outcome": outcome, "finished_at": FINISHED})
        return recorder.probe_id

    return visit


def test_codebook_page_is_current() -> None:
    """docs/database.md is what the schema says; `make docs` renews it."""
    assert markdown() == PAGE.read_text("utf-8")


def test_codebook_names_every_column(store: Store) -> None:
    """Every column of every table and view has its line, in order, and nothing else has."""
    db = store._connection.db
    named = {part.split("`")[1]: part for part in markdown().split("\n## ")[1:]}
    found = {
        name: [line.split("`")[1] for line in part.splitlines() if line.startswith("| `")]
        for name, part in named.items()
    }
    tables = {name for name in db.table_names() if not name.startswith("_")} | set(db.view_names())
    assert {name: [row[1] for row in db.execute(f"PRAGMA table_info({name})")] for name in tables} == found


def test_json_columns_exist_and_are_marked(store: Store) -> None:
    """The columns treated as JSON are those the codebook calls JSON."""
    parts = {part.split("`")[1]: part for part in markdown().split("\n## ")[1:]}
    marked = {
        name: tuple(line.split("`")[1] for line in part.splitlines() if "| JSON:" in line)
        for name, part in parts.items()
    }
    assert JSON_COLUMNS == {name: columns for name, columns in marked.items() if columns}


def test_outcomes_named_in_views_exist(store: Store) -> None:
    """The views use names of the closed list of outcomes only."""
    sql = "".join(view.schema for view in store._connection.db.views)
    quoted = set(re.findall("'(.*?)'", re.sub("-- .*", "", sql)))
    others = {"human", "bot", "unknown", "plan", "casino", "%Y-%m-%dT%H:%M:%fZ", "-48 hours", "+48 hours"}
    assert set() == quoted - set(Outcome) - others


def test_scenario_text_is_kept_once(store: Store) -> None:
    """The same text is one row, first seen when it was first used."""
    for at in ("2026-03-02T10:00:00.000Z", "2026-03-03T10:00:00.000Z"):
        store.add_scenario("lucky", "ab", "casino: lucky", at)
    assert ["2026-03-02T10:00:00.000Z"] == [row["first_seen"] for row in store._connection.db.table("scenarios").rows]


@pytest.mark.parametrize(
    ("outcome", "columns", "wait"),
    [
        ("human_reply", {"first_human_ms": 30_000.0}, (30_000.0, 1, 30_000.0, 1)),
        ("human_reply", {"first_human_ms": 30_000.0, "first_unknown_ms": 9.0}, (30_000.0, 1, 9.0, 1)),
        ("unsure_reply", {"first_unknown_ms": 9.0}, (600_000.0, 0, 9.0, 1)),
        ("no_reply", {}, (600_000.0, 0, 600_000.0, 0)),
        ("bot_only", {"first_bot_ms": 1.0}, (600_000.0, 0, 600_000.0, 0)),
        ("queue_timeout", {}, (600_000.0, 0, 600_000.0, 0)),
        ("interrupted", {}, (600_000.0, 0, 600_000.0, 0)),
        ("offline", {}, (None, 0, None, 0)),
        ("probe_fault", {}, None),
        ("interrupted", {"asked_at": None}, None),
        ("human_reply", {"origin": "run", "first_human_ms": 1.0}, None),
    ],
)
def test_waits(store: Store, visit: Any, outcome: str, columns: Ended, wait: tuple[Any, ...] | None) -> None:
    """A wait ends with a human or is censored; unsure ones are given both ways; our faults and `run` are left out."""
    visit(outcome, **{**ASKED, **columns})
    names = ("wait_ms", "answered", "wait_if_unsure_counts_ms", "answered_if_unsure_counts")
    rows = [tuple(row[name] for name in names) for row in store._connection.db.view("waits").rows]
    assert ([wait] if wait else []) == rows


def test_availability_counts_visits_of_the_casinos_doing(store: Store, visit: Any) -> None:
    """Open, closed, down and answered visits are counted by cell; our failures and unplanned visits are not."""
    for outcome in ("online", "online", "offline", "site_down", "probe_fault", "captcha", "interrupted"):
        visit(outcome, depth="presence", cell=10)
    visit("human_reply", **ASKED, first_human_ms=1.0)
    visit("online", origin="run", cell=10)
    rows = [dict(row) for row in store._connection.db.view("availability_by_hour").rows]
    counts = {
        "visits": 5,
        "open": 3,
        "offline": 1,
        "not_offered": 0,
        "site_down": 1,
        "asked": 1,
        "human_reply": 1,
        "unsure_reply": 0,
    }
    assert [{"casino": "lucky", "cell": 10, **counts}] == rows


@pytest.mark.parametrize(
    ("before", "after", "sha256", "counted"),
    [
        ("2026-03-01T10:00:00.000Z", "2026-03-03T10:00:00.000Z", "ab", 1),
        ("2026-02-28T10:00:00.000Z", "2026-03-04T10:00:00.000Z", "ab", 1),
        ("2026-02-28T09:59:59.999Z", "2026-03-03T10:00:00.000Z", "ab", 0),
        ("2026-03-01T10:00:00.000Z", "2026-03-04T10:00:00.001Z", "ab", 0),
        ("2026-03-01T10:00:00.000Z", "2026-03-03T10:00:00.000Z", "other", 0),
    ],
)
def test_not_offered_needs_sightings_around_it(
    store: Store, visit: Any, before: str, after: str, sha256: str, counted: int
) -> None:
    """A missing chat counts only if the same scenario found it up to 48 hours before and after."""
    store.add_scenario("lucky", "other", "", FINISHED)
    for at in (before, after):
        visit("online", depth="presence", started_at=at, scenario_sha256=sha256)
    visit("not_offered", depth="presence", started_at="2026-03-02T10:00:00.000Z", scenario_sha256="ab")
    assert [counted] == [row["not_offered"] for row in store._connection.db.view("availability_by_hour").rows]


def test_replies_are_what_others_said_after_the_question(store: Store, begin: Begin) -> None:
    """Greetings before the question, notices and the visitor's own words are no replies."""
    recorder = begin(**ASKED | {"scenario_sha256": None})
    said = ((-5.0, "bot"), (1.0, "visitor"), (2.0, "system"), (3.0, "bot"), (4.0, "unknown"), (5.0, "human"))
    messages = [{"seq": n, "at_ms": at, "speaker": who, "text": "…"} for n, (at, who) in enumerate(said)]
    recorder.finish({"outcome": "human_reply", "finished_at": FINISHED}, messages)
    assert {3, 4, 5} == {row["seq"] for row in store._connection.db.view("replies").rows}
