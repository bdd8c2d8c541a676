"""Setting up: what it cannot do it says in two lines. That it can is what running these tests has shown."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TOOLS = ("sh", "cat", "cksum", "dirname", "env", "id", "pwd", "rm", "sed", "tail", "timeout")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project in a folder with a space, on a machine that has hardly any program."""
    project = tmp_path / "chat probe"
    (project / "tools").mkdir(parents=True)
    for name in ("tools/set-up.sh", "pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, project / name)
    (tmp_path / "bin").mkdir()
    for tool in TOOLS:
        (tmp_path / "bin" / tool).symlink_to(shutil.which(tool) or "/bin/false")
    return project


def _program(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)


def _set_up(project: Path, **env: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": str(project.parent / "bin"), "HOME": str(project), **env}
    return subprocess.run([project / "tools/set-up.sh"], env=environment, capture_output=True, text=True, check=False)


def _with_environment(project: Path, browser: str) -> None:
    """An environment that is up to date, whose product finds the browser that `browser`, shell text, prints."""
    _program(project / ".venv/bin/python", f'case "$*" in *launch*) {browser};; esac')
    installed = (project / "pyproject.toml").read_bytes().partition(b"[tool.")[0]
    pinned = b"".join((project / name).read_bytes() for name in ("constraints.txt", "tools/set-up.sh"))
    fingerprint = f"{project}\n".encode() + installed + pinned
    stamp = subprocess.run(["cksum"], input=fingerprint, capture_output=True, check=True).stdout
    (project / ".venv/set-up-stamp").write_bytes(stamp)


def test_no_python(project: Path) -> None:
    """Without a Python that is new enough, one error says what to install."""
    _program(project.parent / "bin/python3", "exit 1")
    done = _set_up(project)
    assert done.stderr.startswith("error: Python 3.11 or newer is needed\nhint: install it")
    assert 1 == done.returncode


def test_python_named_is_too_old(project: Path) -> None:
    """A Python named with PYTHON= is taken or refused, never silently replaced."""
    done = _set_up(project, PYTHON="/bin/false")
    expected = "error: /bin/false is no Python 3.11 or newer\nhint: make PYTHON=/path/to/python3.12\n"
    assert (1, expected) == (done.returncode, done.stderr)


def test_nothing_to_do(project: Path) -> None:
    """With an environment that is up to date and a browser, set-up is silent and leaves nothing."""
    _program(project.parent / "bin/chromium", "echo Chromium 1")
    _with_environment(project, f"echo '{project.parent}/bin/chromium'")
    done = _set_up(project)
    assert (0, "", "") == (done.returncode, done.stdout, done.stderr)
    assert not (project / ".venv.log").exists()


def test_no_browser_to_be_had(project: Path) -> None:
    """Where no browser can be installed, the walls of text stay in the log and one error says what to do."""
    _with_environment(project, "exit 4")
    _program(project / ".venv/bin/playwright", "for i in 1 2 3 4 5 6 7 8 9; do echo download failed; done; exit 1")
    done = _set_up(project)
    _, error, hint = done.stderr.splitlines()
    assert "error: no Chrome or Chromium, and none could be installed (details: .venv.log)" == error
    assert hint.startswith("hint: install one (Debian: apt install chromium)")
    assert "download failed" in (project / ".venv.log").read_text()
    assert 1 == done.returncode


def test_browser_that_lacks_libraries(project: Path) -> None:
    """A browser that cannot even tell its version is no browser."""
    _program(project.parent / "bin/chromium", "exit 127")
    _with_environment(project, f"echo '{project.parent}/bin/chromium'")
    _program(project / ".venv/bin/playwright", "exit 1")
    assert "error: no Chrome or Chromium" in _set_up(project).stderr


@pytest.mark.skipif(os.geteuid() != 0, reason="without root apt-get is not tried")
def test_browser_from_the_system(project: Path) -> None:
    """Where Playwright's own cannot be had, root gets the system's package."""
    chromium = project.parent / "bin/chromium"
    _with_environment(project, f"[ -x '{chromium}' ] && echo '{chromium}' || exit 4")
    _program(project / ".venv/bin/playwright", "exit 1")
    install = f"case \"$*\" in *install*) echo '#!/bin/sh' >'{chromium}'; /bin/chmod +x '{chromium}';; esac"
    _program(project.parent / "bin/apt-get", install)
    done = _set_up(project)
    assert "set-up: not from there: installing Debian's chromium" == done.stderr.splitlines()[-1]
    assert 0 == done.returncode
