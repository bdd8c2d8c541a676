"""`python -m benchmarks.scale`: time and memory on databases of 10,000 to 1,000,000 probes; docs/benchmarks-scale.md.

Each command runs as a user runs it, in a process of its own, beside the sqlite3 shell with the query that comes nearest
to it. A further command is a further `Task`.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from benchmarks.large import MESSAGES
from benchmarks.machine import facts
from benchmarks.page import table

PAGE = Path(__file__).parent.parent / "docs/benchmarks-scale.md"
SIZES = (10_000, 100_000, 1_000_000)
ROUNDS = {10_000: 3}
"""How often each is measured, else once: of several the median counts."""
MEMORY_MB = 1_000.0
GROWTH = 1.25
"""Ten times the data may take ten times as long, and so much more for the noise of a machine that does other things."""


@dataclass(frozen=True)
class Task:
    """Something that is measured."""

    name: str
    command: tuple[str, ...]
    """What follows `chatprobe`; `{db}` is the database, `{out}` a new file."""
    query: str
    """What the sqlite3 shell does beside it."""
    limit_s: float | None = None
    """What it may take at the largest size."""


WAITS = "SELECT casino, answered, wait_ms, cell FROM waits ORDER BY casino, wait_ms"
CHATS = """
SELECT coalesce(asked_at, started_at) AS at, cell, outcome FROM probes
WHERE casino = 'casino-000' AND origin = 'plan' AND depth = 'chat' AND side = 'casino' ORDER BY at
"""
TASKS = (
    Task(
        "export messages",
        ("export", "messages", "--format", "parquet", "--output", "{out}", "--db", "{db}"),
        "SELECT * FROM messages ORDER BY probe_id, seq",
        60.0,
    ),
    Task("stats", ("stats", "--json", "--db", "{db}"), WAITS, 10.0),
    Task(
        "report of one casino",
        ("report", "casino-000", "--output", "{out}", "--db", "{db}"),
        "SELECT * FROM replies WHERE casino = 'casino-000' ORDER BY probe_id, seq",
        15.0,
    ),
    Task("verdicts on one casino", ("verdict", "casino-000", "--json", "--db", "{db}"), CHATS),
)


@dataclass(frozen=True)
class Run:
    """One process, from start to end."""

    wall_s: float
    cpu_s: float
    peak_mb: float


@dataclass(frozen=True)
class Figure:
    """A task on a database of one size."""

    task: str
    probes: int
    own: Run
    shell: Run | None
    limit_s: float | None


def measured(command: Sequence[str], folder: Path) -> Run:
    """Run a command and wait for it; raises RuntimeError with the end of what it said where it fails."""
    began = time.monotonic()
    with (folder / "said").open("w+b") as said:
        pid = os.posix_spawnp(
            command[0],
            list(command),
            os.environ,
            file_actions=[
                (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
                (os.POSIX_SPAWN_DUP2, said.fileno(), 2),
            ],
        )
        _, status, used = os.wait4(pid, 0)
        wall = time.monotonic() - began
        if status:
            said.seek(0)
            raise RuntimeError(f"{' '.join(command)}: {said.read()[-500:].decode(errors='replace')}")
    return Run(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def middle(runs: Iterable[Run]) -> Run:
    """The medians."""
    known = list(runs)
    return Run(*(statistics.median(getattr(run, name) for run in known) for name in ("wall_s", "cpu_s", "peak_mb")))


def figures(database: Path, probes: int, folder: Path) -> Iterator[Figure]:
    """All tasks on one database; what is compared runs alternately."""
    rounds = range(ROUNDS.get(probes, 1))
    shell = shutil.which("sqlite3")
    for task in TASKS:
        own, beside = [], []
        for _ in rounds:
            out = folder / "out"
            for old in folder.glob("out*"):
                old.unlink()
            words = [word.format(db=database, out=out) for word in task.command]
            own.append(measured([sys.executable, "-m", "chatprobe", *words, "--scenarios", str(folder)], folder))
            if shell:
                beside.append(measured([shell, "-readonly", str(database), task.query], folder))
        yield Figure(task.name, probes, middle(own), middle(beside) if beside else None, task.limit_s)


def growth(sizes: Sequence[Figure]) -> float:
    """How much longer a task takes for a probe than at the next smaller size, at worst: CPU time, start-up and all."""
    each = [one.own.cpu_s / one.probes for one in sorted(sizes, key=lambda one: one.probes)]
    return max((large / small for small, large in pairwise(each)), default=0.0)


def judged(wall_s: float, cpu_s: float, peak_mb: float, limit_s: float) -> str:
    """Whether a target is met. On a machine that does other things too, CPU time says what wall time cannot."""
    if peak_mb >= MEMORY_MB or cpu_s > limit_s:
        return "MISSED"
    return "met" if wall_s <= limit_s else "met by CPU time, on a busy machine"


HEAD = """\
# Benchmark of scale

<!-- Written by `make scale`. Not edited by hand. -->

What `chatprobe` takes on large databases, made by `python -m benchmarks.large`: months of visits to up to 300 casinos,
half of them chats, and five messages for each probe. Beside it, in the same run, the sqlite3 shell with the query that
comes nearest: for an export the same rows as text to nowhere.
"""
HOW = """\
## How

- Each figure is a process from start to end: Python's start and the imports are in it. *CPU* is what the process and
  its threads used of both cores, *peak* the most memory it held at once.
- Wall time depends on what else the machine does: 1 of load is one core at work. CPU time depends on it less; a command
  that has the machine to itself takes no longer than that, once the file is in memory. Where only CPU time is within
  a target, that is said.
- An export masks the names of people in all texts, compresses, and writes the codebook. The shell only reads.
- *Growth* compares the CPU time for each probe with that at the next smaller size, and is the worst of both steps: 1 is
  linear; start-up makes it less.
"""


def render(found: Sequence[Figure]) -> str:
    """The whole page."""
    about = {name: value for name, value in facts("").items() if name not in {"browser", "Playwright"}}
    largest = max(one.probes for one in found)
    return "\n".join(
        [
            HEAD,
            *(f"- {name}: {value}" for name, value in about.items()),
            f"\n## Targets, at {largest:,} probes and {MESSAGES * largest:,} messages\n",
            _targets([one for one in found if one.probes == largest and one.limit_s is not None], found),
            "\n## All figures\n",
            _figures(found),
            "",
            HOW,
        ]
    )


def _targets(limited: Sequence[Figure], found: Sequence[Figure]) -> str:
    lines = []
    for one in limited:
        limit, own = one.limit_s or 0.0, one.own
        per = growth([other for other in found if other.task == one.task])
        grown = f"{per:.2f}" + ("" if per <= GROWTH else " MISSED")
        met = judged(own.wall_s, own.cpu_s, own.peak_mb, limit)
        times = (f"{own.wall_s:.1f} s", f"{own.cpu_s:.1f} s")
        lines.append((one.task, f"<= {limit:.0f} s", *times, f"{own.peak_mb:.0f} MB", grown, met))
    return table(("command", "target", "wall", "CPU", "peak (< 1,000 MB)", "growth (1: linear)", ""), lines)


def _figures(found: Sequence[Figure]) -> str:
    lines = []
    for one in sorted(found, key=lambda figure: figure.task):
        shell = f"{one.shell.cpu_s:.2f} s" if one.shell else "-"
        ratio = f"{one.own.cpu_s / one.shell.cpu_s:.1f}" if one.shell else "-"
        own = (f"{one.own.wall_s:.2f} s", f"{one.own.cpu_s:.2f} s", f"{one.own.peak_mb:.0f} MB")
        lines.append((one.task, f"{one.probes:,}", *own, shell, ratio))
    return table(("command", "probes", "wall", "CPU", "peak", "sqlite3 shell, CPU", "times"), lines)


def main() -> None:
    """Measure, print and write the page."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="probes; default: all three")
    parser.add_argument("--folder", type=Path, metavar="DIR", help="where databases are kept; default: a temporary one")
    parser.add_argument("--output", type=Path, metavar="FILE", help=f"where the page goes; all sizes: docs/{PAGE.name}")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="chatprobe-scale-") as own:
        folder = options.folder or Path(own)
        found = [one for probes in options.sizes for one in _of(folder, probes, Path(own))]
    text = render(found)
    print(text)
    output = options.output or (PAGE if tuple(options.sizes) == SIZES else None)
    if output:
        output.write_text(text, encoding="utf-8")


def _of(folder: Path, probes: int, scratch: Path) -> Iterator[Figure]:
    database = folder / f"{probes}.db"
    if not database.exists():
        # In a process of its own: a child counts the memory of whoever started it as its own.
        subprocess.run([sys.executable, "-m", "benchmarks.large", str(probes), str(database)], check=True)
    for one in figures(database, probes, scratch):
        run = one.own
        _note(f"{one.task}, {probes:,} probes: {run.wall_s:.1f} s, CPU {run.cpu_s:.1f} s, {run.peak_mb:.0f} MB")
        yield one


def _note(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
