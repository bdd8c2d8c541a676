"""`chatprobe run` as its users meet it: exit codes, JSON, and errors in words."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from chatprobe.lab import Lab
from tests.e2e.helpers import chatprobe, scenario

pytestmark = pytest.mark.slow

GOLDEN = Path(__file__).parent / "keys.txt"
PAGE = "bench/static/?delay=2500"
SMALL = "casino: small\nurl: http://127.0.0.1:9/\nquestions: [{id: q1, text: Hello?}]\n"


async def test_json_has_the_shape_scripts_rely_on(lab: Lab, tmp_path: Path) -> None:
    """`run --json` and `show --json` print one document with the same data, its keys those of the golden file."""
    ran = await chatprobe(tmp_path, "run", scenario(tmp_path, lab, PAGE, "5s"), "--json")
    shown = await chatprobe(tmp_path, "show", "--json")
    assert (0, 0, ran.data) == (ran.code, shown.code, shown.data)
    keys = [*ran.data]
    for table in ("messages", "events", "artifacts"):
        keys += [f"{table}.{key}" for key in ran.data[table][0]]
    assert GOLDEN.read_text(encoding="utf-8").splitlines() == keys


async def test_outcomes_have_exit_codes(lab: Lab, tmp_path: Path) -> None:
    """0 where the outcome is the expected one, 5 where not; a document is printed in either case."""
    path = scenario(tmp_path, lab, PAGE, "5s")
    met = await chatprobe(tmp_path, "run", path, "--expect", "human_reply", "--json")
    missed = await chatprobe(tmp_path, "run", path, "--expect", "offline")
    assert (0, "human_reply") == (met.code, met.data["outcome"])
    assert 5 == missed.code
    assert b"expected offline, got human_reply" in missed.err


async def test_a_dry_run_sends_nothing(lab: Lab, tmp_path: Path) -> None:
    """`--dry-run` types the question and takes it back: the desk hears nothing."""
    ran = await chatprobe(tmp_path, "run", scenario(tmp_path, lab, PAGE), "--dry-run", "--json")
    assert (0, "online", None) == (ran.code, ran.data["outcome"], ran.data["asked_at"])
    assert [[]] == [visit.visitor for visit in lab.truth("bench/static")]


WRONG = {
    "unknown casino": (("run", "nowhere"), 3, "unknown_casino"),
    "unknown question": (("run", "small.yaml", "--question", "q2"), 2, "usage"),
    "unknown language": (("run", "small.yaml", "--language", "xx"), 2, "usage"),
    "no duration": (("run", "small.yaml", "--deadline", "soon"), 2, "usage"),
    "no browser": (("run", "small.yaml", "--browser", "/nonexistent/chrome"), 4, "no_browser"),
    "no program": (("run", "small.yaml", "--browser", "/bin/false"), 4, "no_browser"),
    "no database there": (("run", "small.yaml", "--db", "missing/folder/probes.db"), 3, "database"),
}


@pytest.mark.parametrize(("arguments", "code", "name"), WRONG.values(), ids=WRONG.keys())
async def test_what_cannot_be_done_is_one_error(
    tmp_path: Path, arguments: tuple[str, ...], code: int, name: str
) -> None:
    """A wrong order or a missing tool is one error with its code and a way out, and no probe is left open."""
    (tmp_path / "scenarios").mkdir()
    (tmp_path / "small.yaml").write_text(SMALL, encoding="utf-8")
    as_json = await chatprobe(tmp_path, *arguments, "--json")
    as_text = await chatprobe(tmp_path, *arguments)
    assert (code, code, name) == (as_json.code, as_text.code, as_json.error["code"])
    assert as_json.error["hint"]
    assert 1 == as_text.err.count(b"error: ")
    assert b"Traceback" not in as_text.err
    assert b"still running" not in (await chatprobe(tmp_path, "show", "last")).out


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", folder], capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip("no disk of its own can be mounted here")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


async def test_a_full_disk_is_one_error(lab: Lab, tmp_path: Path, small_disk: Path) -> None:
    """Where nothing more can be written the command says so with exit code 4, and what was written is sound."""
    path = scenario(tmp_path, lab, PAGE, "6s")
    await chatprobe(tmp_path, "db", "migrate", "--db", small_disk / "probes.db")
    room = os.statvfs(small_disk)
    (small_disk / "ballast").write_bytes(bytes((room.f_bavail - 3) * room.f_frsize))
    ran = await chatprobe(tmp_path, "run", path, "--db", small_disk / "probes.db")
    assert (4, 1) == (ran.code, ran.err.count(b"error: "))
    assert b"Traceback" not in ran.err
    (small_disk / "ballast").unlink()
    again = await chatprobe(tmp_path, "run", path, "--db", small_disk / "probes.db", "--dry-run")
    checked = await chatprobe(tmp_path, "db", "check", "--db", small_disk / "probes.db")
    assert (0, 0) == (again.code, checked.code)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give up being root")
async def test_a_read_only_database_is_one_error(lab: Lab, tmp_path: Path) -> None:
    """A database that cannot be written is refused with exit code 3 before anything is visited."""
    path = scenario(tmp_path, lab, PAGE, "3s")
    folder = tmp_path / "sealed"
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "tmpfs", folder], check=False, capture_output=True)
    await chatprobe(tmp_path, "db", "migrate", "--db", folder / "probes.db")
    sealed = subprocess.run(["mount", "-o", "remount,ro", folder], check=False, capture_output=True)
    try:
        if sealed.returncode:
            pytest.skip("no folder can be sealed here")
        ran = await chatprobe(tmp_path, "run", path, "--db", folder / "probes.db")
    finally:
        subprocess.run(["umount", "-l", folder], check=False, capture_output=True)
    assert (3, 1, []) == (ran.code, ran.err.count(b"error: "), lab.conversations)
