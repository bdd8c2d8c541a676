"""Wall times of commands: starting up, and one `chatprobe run` beside the bare script."""

from __future__ import annotations

import asyncio
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.figures import ratio
from benchmarks.visitors import write_scenario
from chatprobe.lab import Lab

DELAY_S = 3.0
"""The bench page's answer."""
DEADLINE_S = 5.0
"""chatprobe goes on listening after an answer; here only so long from the question on."""


@dataclass(frozen=True)
class StartUp:
    """Median seconds of commands that do next to nothing."""

    help_s: float
    """`chatprobe --help`"""
    click_s: float
    """`python -c "import click"`"""
    sqlite_utils_s: float
    """`sqlite-utils --help`"""
    to_click: float
    """Median of the first by the second, run side by side."""
    to_sqlite_utils: float


@dataclass(frozen=True)
class Overhead:
    """Median seconds of one visit, without the time in which there was only waiting."""

    run_s: float
    """`chatprobe run`: all of it but the wait from question to deadline."""
    script_s: float
    """The script: all of it but the operator's delay."""


def start_up(rounds: int) -> StartUp:
    """Times of start-up, each command once in each round."""
    here = Path(sys.executable)
    commands = [
        [str(here.with_name("chatprobe")), "--help"],
        [str(here), "-c", "import click"],
        [str(here.with_name("sqlite-utils")), "--help"],
    ]
    own, click, sqlite_utils = zip(*([_seconds(command) for command in commands] for _ in range(rounds)), strict=True)
    own_s, click_s, sqlite_utils_s = (statistics.median(times) for times in (own, click, sqlite_utils))
    return StartUp(own_s, click_s, sqlite_utils_s, ratio(own, click), ratio(own, sqlite_utils))


def _seconds(command: Sequence[str]) -> float:
    began = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - began


async def overhead(browser: Path, folder: Path, rounds: int) -> Overhead:
    """Times of a whole visit to the static page, by each tool in turn, each in a process of its own."""
    async with Lab() as lab:
        url = f"{lab.url('bench/static')}?delay={DELAY_S * 1000:.0f}"
        scenario = write_scenario(folder, url, "How long does a withdrawal take?")
        run = ["run", str(scenario), "--db", str(folder / "run.db"), "--deadline", f"{DEADLINE_S:.0f}s"]
        own = ["-m", "chatprobe", *run, "--browser", str(browser), "--expect", "human_reply"]
        script = ["-m", "benchmarks.script", url, str(browser)]
        times = [
            [await asyncio.to_thread(_seconds, [sys.executable, *words]) for words in (own, script)]
            for _ in range(rounds)
        ]
    own_s, script_s = (statistics.median(column) for column in zip(*times, strict=True))
    return Overhead(own_s - DEADLINE_S, script_s - DELAY_S)
