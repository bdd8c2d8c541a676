"""`stats` and `verdict` on two simulated casinos, and on everything that can be wrong."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from chatprobe.cli import cli
from chatprobe.cli.month import write_month
from chatprobe.cli.numbers import between, percent, told, wait
from chatprobe.lab.houses import HOUSES
from chatprobe.store import Store

SHOWN = [house for house in HOUSES if house.name in ("sim-nocturne", "sim-comptoir")]


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("month") / "month.db"
    write_month(path, SHOWN)
    return path


def run(command: str, db: Path, *options: str) -> Result:
    arguments = [command, "--db", str(db), "--scenarios", str(db.parent / "none"), *options]
    return CliRunner().invoke(cli, arguments, prog_name="chatprobe")


def rows(command: str, db: Path, *options: str) -> list[dict[str, Any]]:
    data: list[dict[str, Any]] = json.loads(run(command, db, "--json", *options).stdout)["data"]
    return data


def test_several_casinos_are_told_by_their_main_figures(month: Path) -> None:
    """One line for each casino, every number with its interval, and what was left out below."""
    lines = run("stats", month).stdout.splitlines()
    head = ["casino", "chats", "chat offered", "a person in 5m", "median wait", "never answered"]
    assert head == [part.strip() for part in lines[0].split("  ") if part]
    assert ["sim-comptoir", "sim-nocturne"] == [line.split()[0] for line in lines[1:3]]
    assert all(3 <= line.count("[") for line in lines[1:3])
    assert lines[-1].startswith("2026-03-02 to 2026-03-31; survey of ")
    assert "left out: " in lines[-1]


def test_one_casino_is_told_whole(month: Path) -> None:
    """Its figures stand one below the other, each with the group that it is of."""
    told = run("stats", month, "--casino", "sim-comptoir").stdout
    names = {line.split("  ")[0] for line in told.splitlines()}
    assert {"offered", "human within", "wait median", "names met", "unmet name", "same language"} <= names
    assert {"shown open", "human when shown open", "our faults"} <= names


@pytest.mark.parametrize(
    ("by", "groups"),
    [
        ("hour", [f"{hour:02}" for hour in range(24)]),
        ("weekday", ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]),
        ("language", ["de", "en", "fr"]),
        ("question", ["documents", "payout"]),
    ],
)
def test_figures_are_split(month: Path, by: str, groups: list[str]) -> None:
    """Each part has its line, and in JSON its rows."""
    found = rows("stats", month, "--casino", "sim-comptoir", "--by", by)
    assert groups == list(dict.fromkeys(row["group"] for row in found))
    lines = run("stats", month, "--casino", "sim-comptoir", "--by", by).stdout.splitlines()
    assert groups == [line.split()[1] for line in lines[1 : 1 + len(groups)]]


def test_casinos_stand_side_by_side(month: Path) -> None:
    """Those asked in the same language over the same time get the places that they may have."""
    places = [row for row in rows("stats", month, "--by", "casino") if row["metric"] == "place"]
    assert {("sim-comptoir", 2, 2), ("sim-nocturne", 1, 1)} == {(row["casino"], *row["interval"]) for row in places}
    assert "place" in run("stats", month, "--by", "casino").stdout


def test_rows_have_one_shape(month: Path) -> None:
    """Scripts rely on the keys of a row and on numbers that JSON can hold."""
    (first, *rest) = rows("stats", month, "--casino", "sim-nocturne")
    keys = ["casino", "metric", "group", "estimate", "interval", "unit", "counts", "method", "note"]
    assert all(keys == list(row) for row in (first, *rest))
    assert ("sim-nocturne", "offered", None, "share") == tuple(
        first[key] for key in ("casino", "metric", "group", "unit")
    )
    wanted = {row["metric"]: row for row in rest}["wait_median"]
    assert wanted["interval"][0] < wanted["estimate"] < wanted["interval"][1]
    (verdict, *_) = rows("verdict", month, "sim-nocturne")
    assert {"casino", "claim", "promise", "standing", "estimate", "interval", "counts", "method"} <= verdict.keys()


def test_since_leaves_out_what_was_before(month: Path) -> None:
    """Later visits only are counted, and with too few of them shares say what they need."""
    told = run("stats", month, "--since", "2026-03-28").stdout
    assert "3 of 14 days" in told
    assert told.splitlines()[-1].startswith("2026-03-28 to 2026-03-31")


def test_verdicts_are_told_with_their_reasons(month: Path) -> None:
    """The gap at night is refuted with its hours, kept hours are upheld, and German is answered in English."""
    told = run("verdict", month).stdout
    assert "somebody answers 24/7: refuted, evidence " in told
    assert "nobody answered: at 02 h " in told
    assert "somebody answers Mon-Sat 08:00-24:00: upheld so far" in told
    assert "answers in de: refuted" in told
    assert told.endswith("9 claims: if all were true, 0.09 at most would be expected to be refuted by chance, ever\n")


def test_why_lists_the_visits(month: Path) -> None:
    """Each visit behind a verdict is named with its time, its outcome and what it speaks for."""
    told = run("verdict", month, "sim-nocturne", "--why").stdout
    behind = [line.split() for line in told.splitlines() if line.endswith(("for it", "against it"))]
    (refuted, *_) = rows("verdict", month, "sim-nocturne", "--why")
    assert [one["probe_id"] for one in refuted["witnesses"]] == [
        line[5] for line in behind[: len(refuted["witnesses"])]
    ]
    assert {"against"} == {line[-2] for line in behind[: len(refuted["witnesses"])]}


def test_an_empty_database_says_what_to_do(tmp_path: Path) -> None:
    """No visit and no claim are no errors: it is told what brings some."""
    db = tmp_path / "empty.db"
    Store.open(db, create=True).close()
    for command, hint in (("stats", "chatprobe daemon"), ("verdict", "docs/scenario.md")):
        result = run(command, db)
        assert (0, "") == (result.exit_code, result.stdout)
        assert hint in result.stderr
        assert [] == rows(command, db)


@pytest.mark.parametrize(
    ("options", "code", "message"),
    [
        (("--casino", "sim-nocturn"), 3, "did you mean sim-nocturne?"),
        (("--since", "yesterday"), 2, "'yesterday' is no time"),
        (("--since", "2026-02-30"), 2, "is no time"),
        (("--since", "9000-01-01"), 2, "is yet to come"),
        (("--within", "5"), 2, "a duration needs a unit"),
        (("--by", "moon"), 2, "'moon' is not one of"),
    ],
)
def test_mistakes_are_told(month: Path, options: tuple[str, ...], code: int, message: str) -> None:
    """What does not exist or makes no sense is an error with a hint."""
    result = run("stats", month, *options)
    assert code == result.exit_code
    assert message in result.stderr


@pytest.mark.parametrize("command", ["stats", "verdict"])
def test_databases_that_cannot_be_read_are_told(tmp_path: Path, command: str) -> None:
    """A missing file is not made, a broken one and one of a newer version are refused."""
    db = tmp_path / "x.db"
    assert (3, False) == (run(command, db).exit_code, db.exists())
    db.write_bytes(b"no database" * 99)
    assert 3 == run(command, db).exit_code
    db.unlink()
    Store.open(db, create=True).close()
    with sqlite3.connect(db) as raw:
        raw.execute("INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('chatprobe', '999', '')")
    result = run(command, db)
    assert (3, True) == (result.exit_code, "newer chatprobe" in result.stderr)


def test_an_unknown_casino_has_no_verdict(month: Path) -> None:
    """A mistyped casino is an error with the name that was meant."""
    result = run("verdict", month, "sim-nocturne", "sim-comptoire")
    assert (3, True) == (result.exit_code, "did you mean sim-comptoir?" in result.stderr)


def test_numbers_as_people_read_them() -> None:
    """Shares near their ends are not rounded onto them, waits have two units, and open ends are dots."""
    assert ["93 %", "99.7 %", "0.2 %", "0 %", "100 %"] == [percent(x) for x in (0.93, 0.997, 0.002, 0.0, 1.0)]
    assert ["9.4s", "2m40s", "5m", "61m05s", "not reached"] == [
        wait(x) for x in (9_400.0, 160_000.0, 300_000.0, 3_665_000.0, float("inf"))
    ]
    assert ("[10 % to …]", "", "3") == (between(0.1, None, "share"), between(None, None, "ms"), told(3.0, "steps"))
