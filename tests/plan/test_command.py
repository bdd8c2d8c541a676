"""`chatprobe plan`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from chatprobe.cli import cli
from chatprobe.cli.heatmap import DAYS, heat_maps
from chatprobe.daemon.planner import desk_of
from chatprobe.plan.budget import HOUR
from chatprobe.plan.desk import House
from chatprobe.plan.draw import Past, draw
from chatprobe.plan.slot import Slot
from chatprobe.scenario.load import load_folder
from chatprobe.store.store import Store
from chatprobe.times import iso, now_ms
from tests.plan.helpers import most_within

SCENARIO = """\
casino: {casino}
url: https://{casino}.example/
timezone: Europe/Malta
{claims}
questions:
  - id: payout
    text: How long does a payout take?
"""
SIMULATED = ["plan", "--from", "2026-03-02", "--days", "28", "--seed", "7"]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with two casinos, one of which promises 24/7."""
    (tmp_path / "scenarios").mkdir()
    for casino, claims in (("lucky", "claims: {hours: 24/7}"), ("palace", "")):
        text = SCENARIO.format(casino=casino, claims=claims)
        (tmp_path / f"scenarios/{casino}.yaml").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def called(*args: str) -> Result:
    """The command's end."""
    return CliRunner().invoke(cli, args, prog_name="chatprobe")


def rows(*args: str) -> list[dict[str, Any]]:
    """The rows of `--json`."""
    done = called(*args, "--json")
    assert 0 == done.exit_code, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)["data"]
    return found


def test_simulation_is_replayed(folder: Path) -> None:
    """One seed gives one plan, another another; nothing is written."""
    assert rows(*SIMULATED) == rows(*SIMULATED)
    assert rows(*SIMULATED) != rows(*SIMULATED[:-1], "8")
    assert ["scenarios"] == [path.name for path in folder.iterdir()]


def test_only_the_next_hunt_is_no_projection() -> None:
    """Projected slots are the hunt's alone, have no id, and hunt only where a promise is to be settled."""
    found = rows(*SIMULATED)
    projected = [row for row in found if row["projected"]]
    assert {("lucky", "adaptive", None)} == {(row["casino"], row["mode"], row["id"]) for row in projected}
    assert len([row for row in found if row["mode"] == "adaptive" and not row["projected"]]) <= 1
    assert len({row["id"] for row in found}) == len(found) - len(projected) + 1
    chats = [
        Slot.from_row({**row, "id": ""}).at for row in found if row["depth"] == "chat" and row["casino"] == "lucky"
    ]
    assert [10, 3] >= [most_within(chats, 168 * HOUR), most_within(chats, 24 * HOUR)]


def test_table_and_heat_map() -> None:
    """A person gets the first slots, two maps with their keys, and the sum."""
    done = called(*SIMULATED)
    lines = done.stdout.splitlines()
    assert ["UTC", "there", "casino", "visit", "drawn", "chance", "state"] == lines[0].split()
    assert list(DAYS) == [line[:3] for line in lines if line[:3] in DAYS]
    assert lines[-1].startswith("28 days: simulation from nothing with seed 7; 448 looks planned, ")
    assert max(map(len, lines)) < 120


def test_without_database_from_nothing() -> None:
    """Without a database and a seed the plan is drawn from nothing, and says so."""
    assert "simulation from nothing with seed 0" in called("plan", "--days", "1").stdout


def test_stored_plan(folder: Path) -> None:
    """With a database the stored slots are shown as they are; what the daemon would add is projected."""
    with Store.open(folder / "chatprobe.db", create=True) as store:
        desks = [desk_of(scenario) for scenario in load_folder(folder / "scenarios")[0]]
        now = now_ms()
        stored = [slot.row() for slot in draw(desks, Past(), House(), 5, now, now + 40 * HOUR).slots]
        store.slots.add(stored)
    found = rows("plan", "--days", "3")
    shown = {row["id"]: row["planned_at"] for row in found if not row["projected"]}
    assert {row["id"]: row["planned_at"] for row in stored} == shown
    later = [row["planned_at"] for row in found if row["projected"] and row["mode"] == "even"]
    assert len(later) >= 8
    assert min(later) > max(row["planned_at"] for row in stored if row["depth"] == "presence")


def test_maps_of_a_plan_that_runs(folder: Path) -> None:
    """Once something was done the maps show what is planned, done and missing; cancelled slots are in none."""
    now = now_ms()
    ends = [("done", None), ("done", None), ("missed", "daemon_down"), ("cancelled", "plan_changed"), ("planned", None)]
    with Store.open(folder / "chatprobe.db", create=True) as store:
        desks = [desk_of(scenario) for scenario in load_folder(folder / "scenarios")[0]]
        slots = draw(desks, Past(), House(), 5, now - 30 * HOUR, now).slots
        rows = [{**slot.row(), "status": how, "reason": why} for slot, (how, why) in zip(slots, ends, strict=False)]
        store.slots.add(rows)
    lines = called("plan", "--from", iso(now - 30 * HOUR), "--days", "1").stdout.splitlines()
    (titles,) = [line.split() for line in lines if line.split()[:2] == ["planned", "done"]]
    assert ["planned", "done", "missing"] == titles
    assert "chats projected" not in lines[-1]
    assert "looks missed daemon_down" in lines[-1]


def test_unusable_scenario(folder: Path) -> None:
    """A file that cannot be used is said on stderr; the others are planned."""
    (folder / "scenarios/bad.yaml").write_text("casino: bad\n", encoding="utf-8")
    done = called(*SIMULATED)
    assert "cannot be used: scenarios/bad.yaml" in done.stderr
    assert "448 looks planned" in done.stdout


def test_caps_of_the_settings(folder: Path) -> None:
    """The simulation keeps to what the settings allow for all casinos, and to who opted out."""
    (folder / "chatprobe.toml").write_text('opt_out = ["palace"]\n[limits]\nchats_per_week = 3\n', encoding="utf-8")
    found = rows(*SIMULATED)
    held = [row for row in found if row["depth"] == "chat" and row["status"] == "planned" and not row["projected"]]
    assert {"lucky"} == {row["casino"] for row in found}
    assert most_within([Slot.from_row(row).at for row in held], 168 * HOUR) <= 3
    assert {None, "budget"} == {row["reason"] for row in found}


def test_empty_database() -> None:
    """Where the daemon has not been yet, the command says what to do."""
    assert 0 == called("db", "migrate").exit_code
    done = called("plan")
    assert (0, "") == (done.exit_code, done.stdout)
    assert "hint: chatprobe daemon draws the plan" in done.stderr


def test_no_such_time() -> None:
    """A time that is none is a usage error."""
    done = called("plan", "--from", "yesterday")
    assert 2 == done.exit_code
    assert "'yesterday' is no time" in done.stderr


def test_shades() -> None:
    """Shades go by quarters of the largest count, zero has its own; each map has its key."""
    counts = {0: 1, 1: 4, 2: 5, 3: 8, 167: 8}
    lines = heat_maps({"looks": counts, "chats": {}})
    assert "Mon  ░▒▓█····················   ························" == lines[2]
    assert lines[8].endswith("█   ························")
    assert ["     looks: · 0  ░ 1-2  ▒ 3-4  ▓ 5-6  █ 7-8", "     chats: · 0"] == lines[9:]
