"""`chatprobe run` as its users meet it: exit codes, JSON, and errors in words."""

from __future__ import annotations

import asyncio
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from chatprobe.lab import Lab
from tests.e2e.helpers import chatprobe, scenario

pytestmark = pytest.mark.slow

AT_ONCE = 3
GOLDEN = Path(__file__).parent / "keys.txt"
PAGE = "bench/static/?delay=2500&close=300"
SMALL = "casino: small\nurl: http://127.0.0.1:9/\nquestions: [{id: q1, text: Hello?}]\n"


async def test_json_has_the_shape_scripts_rely_on(lab: Lab, tmp_path: Path) -> None:
    """`run --json` and `show --json` print one document with the same data, its keys those of the golden file."""
    ran = await chatprobe(tmp_path, "run", scenario(tmp_path, lab, PAGE, "60s"), "--json")
    shown = await chatprobe(tmp_path, "show", "--json")
    assert (0, 0, ran.data) == (ran.code, shown.code, shown.data)
    keys = [*ran.data]
    for table in ("messages", "events", "artifacts"):
        keys += [f"{table}.{key}" for key in ran.data[table][0]]
    assert GOLDEN.read_text(encoding="utf-8").splitlines() == keys


async def test_outcomes_have_exit_codes(lab: Lab, tmp_path: Path) -> None:
    """0 where the outcome is the expected one, 5 where not; a document is printed in either case, the answer judged."""
    path = scenario(tmp_path, lab, PAGE, "60s")
    question = "text: How long does a withdrawal take?"
    text = path.read_text("utf-8").replace(question, f"{question}, answer: {{any_of: 24 hours}}")
    path.write_text(text, encoding="utf-8")
    met, missed = await asyncio.gather(
        chatprobe(tmp_path, "run", path, "--expect", "human_reply", "--json", "--db", "met.db"),
        chatprobe(tmp_path, "run", path, "--expect", "offline", "--db", "missed.db"),
    )
    assert (0, "human_reply", 1) == (met.code, met.data["outcome"], met.data["answer_match"])
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


async def test_what_cannot_be_done_is_one_error(tmp_path: Path) -> None:
    """A wrong order or a missing tool is one error with its code and a way out, and no probe is left open."""
    gate = asyncio.Semaphore(AT_ONCE)

    async def one(folder: Path, arguments: tuple[str, ...], code: int, name: str) -> None:
        (folder / "scenarios").mkdir(parents=True)
        (folder / "small.yaml").write_text(SMALL, encoding="utf-8")
        async with gate:
            as_json = await chatprobe(folder, *arguments, "--json")
            as_text = await chatprobe(folder, *arguments)
            shown = await chatprobe(folder, "show", "last")
        assert (code, code, name) == (as_json.code, as_text.code, as_json.error["code"])
        assert as_json.error["hint"]
        assert 1 == as_text.err.count(b"error: ")
        assert b"Traceback" not in as_text.err
        assert b"still running" not in shown.out

    await asyncio.gather(*(one(tmp_path / what, *wrong) for what, wrong in WRONG.items()))


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if not _mounted("-t", "tmpfs", "-o", "size=2m", "tmpfs", folder):
        pytest.skip("no disk of its own can be mounted here")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


def _mounted(*arguments: str | Path) -> bool:
    return subprocess.run(["mount", *arguments], capture_output=True, check=False).returncode == 0


async def test_a_full_disk_is_one_error(lab: Lab, tmp_path: Path, disk: Path) -> None:
    """Where nothing more can be written the command says so with exit code 4, and what was written is sound."""
    path = scenario(tmp_path, lab, PAGE, "60s")
    await chatprobe(tmp_path, "db", "migrate", "--db", disk / "probes.db")
    room = os.statvfs(disk)
    (disk / "ballast").write_bytes(bytes((room.f_bavail - 3) * room.f_frsize))
    ran = await chatprobe(tmp_path, "run", path, "--db", disk / "probes.db")
    assert (4, 1) == (ran.code, ran.err.count(b"error: "))
    assert b"Traceback" not in ran.err
    (disk / "ballast").unlink()
    again = await chatprobe(tmp_path, "run", path, "--db", disk / "probes.db", "--dry-run")
    checked = await chatprobe(tmp_path, "db", "check", "--db", disk / "probes.db")
    assert (0, 0) == (again.code, checked.code)


async def test_a_read_only_disk_is_one_error(lab: Lab, tmp_path: Path, disk: Path) -> None:
    """A database that cannot be written is refused with exit code 3 before anything is visited."""
    await chatprobe(tmp_path, "db", "migrate", "--db", disk / "probes.db")
    assert _mounted("-o", "remount,ro", disk)
    ran = await chatprobe(tmp_path, "run", scenario(tmp_path, lab, PAGE), "--db", disk / "probes.db")
    assert (3, 1, []) == (ran.code, ran.err.count(b"error: "), lab.conversations)
