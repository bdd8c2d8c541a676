"""`chatprobe daemon`, as far as it ends before it begins."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from chatprobe.cli import cli
from chatprobe.store.lock import DaemonLock


def daemon(folder: Path, *options: str) -> Result:
    arguments = ["daemon", "--db", str(folder / "c.db"), "--scenarios", str(folder / "scenarios"), *options]
    return CliRunner().invoke(cli, arguments)


def test_a_scenario_folder_that_is_not_there(tmp_path: Path) -> None:
    """A mistyped folder is an error at once, not a daemon with nothing to do; nothing is created."""
    done = daemon(tmp_path)
    assert (3, f"error: {tmp_path / 'scenarios'}: no such folder") == (done.exit_code, done.stderr.splitlines()[0])
    assert [] == list(tmp_path.iterdir())


def test_a_database_that_another_daemon_has(tmp_path: Path) -> None:
    """A second daemon on the same database ends with 3 and the way to see the first."""
    (tmp_path / "scenarios").mkdir()
    with DaemonLock(tmp_path / "c.db", {}):
        done = daemon(tmp_path)
    assert (3, "hint: `chatprobe status` shows what it does") == (done.exit_code, done.stderr.splitlines()[1])


def test_no_browser(tmp_path: Path) -> None:
    """Without a browser there is nothing to serve: exit 4."""
    (tmp_path / "scenarios").mkdir()
    assert 4 == daemon(tmp_path, "--browser", str(tmp_path / "no-browser")).exit_code


def test_settings_with_a_mistake(tmp_path: Path) -> None:
    """Settings that cannot be used are an error at the start: exit 3."""
    (tmp_path / "scenarios").mkdir()
    done = CliRunner(env={"CHATPROBE_LIMITS_AT_ONCE": "none"}).invoke(
        cli, ["daemon", "--db", str(tmp_path / "c.db"), "--scenarios", str(tmp_path / "scenarios")]
    )
    assert 3 == done.exit_code
