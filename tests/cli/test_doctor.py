"""The doctor: each check finds what it is for, and a fault is a line, never a traceback."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner, Result

from chatprobe.cli import checks, cli
from chatprobe.store import Store

GOOD = "casino: lucky\nurl: https://lucky.example/\nquestions:\n  - {id: payout, text: How long does a payout take?}\n"


def _doctor(folder: Path, monkeypatch: pytest.MonkeyPatch, *args: str) -> Result:
    monkeypatch.chdir(folder)
    return CliRunner().invoke(cli, ["doctor", *args], prog_name="chatprobe")


@pytest.mark.slow
def test_machine_that_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a browser, nothing fails, and doctor leaves no trace."""
    result = _doctor(tmp_path, monkeypatch, "--json")
    rows = {row["name"]: row for row in json.loads(result.stdout)["data"]}
    assert [] == [row for row in rows.values() if row["status"] == "fail"]
    assert {"settings", "scenarios", "database", "disk", "clock", "time zones", "browser", "sandbox"} <= set(rows)
    assert (0, []) == (result.exit_code, list(tmp_path.iterdir()))


def test_fault_is_a_line_with_a_hint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A missing browser is one failed line among the others, and exit code 6."""
    result = _doctor(tmp_path, monkeypatch, "--browser", "nowhere/chrome")
    assert "fail browser: nowhere/chrome is not a browser that can be run\n     hint: install one" in result.stdout
    assert "ok   database: " in result.stdout
    hint = "scenarios are examined by name: chatprobe doctor CASINO, or --all-casinos\n"
    assert (hint, 6) == (result.stderr, result.exit_code)


def test_browser_that_is_none(tmp_path: Path) -> None:
    """A program that is not a browser fails to start, in one line."""
    fake = tmp_path / "chrome"
    fake.write_text("#!/bin/sh\nexit 1\n")
    fake.chmod(0o755)
    (check,) = checks.browser(fake)
    assert ("browser", "fail") == (check.name, check.status)
    assert check.detail.startswith(f"{fake} does not start: ")


def test_settings(tmp_path: Path) -> None:
    """Bad settings fail with file and line; no settings are fine."""
    assert "ok" == checks.settings(tmp_path).status
    (tmp_path / "chatprobe.toml").write_text('vantage = "malta"\nproxxy = "x"\n')
    check = checks.settings(tmp_path)
    assert ("fail", f"{tmp_path}/chatprobe.toml:2: proxxy: unknown key") == (check.status, check.detail)


def test_scenarios(tmp_path: Path) -> None:
    """A folder of good scenarios is counted; of bad ones the first mistake is shown; none at all is a warning."""
    assert "warn" == checks.scenarios(tmp_path / "missing").status
    (tmp_path / "good.yaml").write_text(GOOD)
    assert f"1 in {tmp_path}" == checks.scenarios(tmp_path).detail
    (tmp_path / "bad.yaml").write_text("casino: x\ncasino: y\n")
    check = checks.scenarios(tmp_path)
    assert ("fail", "chatprobe check lists every mistake") == (check.status, check.hint)
    assert check.detail.startswith(f"{tmp_path}/bad.yaml:")


def test_database(tmp_path: Path) -> None:
    """A database of ours is fine, another file is not, and a missing one is not created."""
    path = tmp_path / "chatprobe.db"
    assert "ok" == checks.database(path).status
    assert not path.exists()
    Store.open(path, create=True).close()
    assert "ok" == checks.database(path).status
    path.write_text("no database" * 100)
    assert "fail" == checks.database(path).status


def test_database_without_wal(tmp_path: Path) -> None:
    """A database that lost its WAL mode is a warning."""
    path = tmp_path / "chatprobe.db"
    Store.open(path, create=True).close()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    connection.close()
    check = checks.database(path)
    assert ("warn", "chatprobe db migrate sets it") == (check.status, check.hint)


def test_database_in_a_folder_that_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the database's folder does not exist, that fails, and the disk is still looked at."""
    result = _doctor(tmp_path, monkeypatch, "--db", "deep/down/chatprobe.db", "--browser", "none")
    assert f"fail database: {tmp_path}/deep/down cannot be written" in result.stdout
    assert f"MB free in {tmp_path}" in result.stdout


def test_private_files(tmp_path: Path) -> None:
    """A key that others can read is a warning that says how to close it."""
    path = tmp_path / "chatprobe.db"
    assert "none yet" == checks.private_files(path).detail
    with Store.open(path, create=True) as store:
        assert store.pseudonyms
    assert "ok" == checks.private_files(path).status
    key = tmp_path / "chatprobe.db.key"
    key.chmod(0o644)
    check = checks.private_files(path)
    assert ("warn", f"chmod go= {key}") == (check.status, check.hint)


def test_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Little space is a warning, hardly any a failure."""
    found = []
    for free in (5_000_000_000, 500_000_000, 50_000_000):
        monkeypatch.setattr(shutil, "disk_usage", lambda _, free=free: SimpleNamespace(free=free))
        found.append(checks.disk(tmp_path).status)
    assert ["ok", "warn", "fail"] == found


def test_clocks() -> None:
    """A clock from before this program was written is wrong; one that was set while we looked is a warning."""
    assert ["fail", "ok"] == [checks.clock(0).status, checks.clock(1_900_000_000).status]
    assert ["ok", "warn"] == [checks.steady(2.0, 2.001).status, checks.steady(2.0, 3.0).status]
    assert ["ok", "warn"] == [checks.page_clock(-4.0).status, checks.page_clock(-4000.0).status]
    assert "ok" == checks.time_zones().status
