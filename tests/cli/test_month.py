"""The simulated month as a database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from chatprobe.cli import cli
from chatprobe.cli.month import write_month, write_reports
from chatprobe.lab.houses import HOUSES
from chatprobe.settings import SIMULATED
from chatprobe.store.store import Store
from chatprobe.times import iso, now_ms


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The month of two casinos."""
    db = tmp_path_factory.mktemp("month") / "month.db"
    write_month(db, HOUSES[3:5])
    with Store.open(db) as store:
        yield store


def test_month_is_a_sound_database(month: Store) -> None:
    """`db check` finds nothing wrong, and every chat counts as planned and drawn evenly."""
    assert [] == month.check(iso(now_ms()))
    rows = month.history(None, "2026-01-01")
    assert {"plan"} == {row["origin"] for row in rows}
    slots = {slot["id"]: slot for slot in month.slots.between("2026-01-01", "2027-01-01")}
    assert [row["id"] for row in rows] == [slots[row["slot_id"]]["probe_id"] for row in rows]


def test_every_row_says_that_it_is_simulated(month: Store) -> None:
    """Vantage, software and browser of each probe, and each casino's name, say so."""
    rows = month.history(None, "2026-01-01")
    assert {SIMULATED} == {row["vantage"] for row in rows}
    assert [] == [row for row in rows if SIMULATED not in row["software"] or SIMULATED not in row["browser"]]
    assert [] == [row for row in rows if not row["casino"].startswith("sim-")]


@pytest.mark.parametrize("command", ["stats", "verdict"])
def test_commands_say_that_it_is_simulated(month: Store, command: str) -> None:
    """Whoever asks for figures or verdicts is told that nothing was measured."""
    done = CliRunner().invoke(cli, [command, "--db", str(month.path)])
    assert 0 == done.exit_code
    assert "these visits are simulated" in done.stderr


def test_writing_it_twice_changes_nothing(month: Store) -> None:
    """The same month again is known already."""
    before = len(month.history(None, "2026-01-01"))
    write_month(Path(month.path), HOUSES[3:5])
    assert before == len(month.history(None, "2026-01-01"))


@pytest.mark.slow
def test_demo_ends_with_two_reports(store: Store) -> None:
    """One on the simulated month, one on the visits of the demo's own database, each telling what it is."""
    simulated, live = write_reports(store.path.parent)
    assert "These visits are simulated." in simulated.read_text("utf-8")
    assert "These visits are simulated." not in live.read_text("utf-8")
    assert "Visits that no plan drew are included." in live.read_text("utf-8")
