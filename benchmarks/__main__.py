"""`python -m benchmarks`: measure, print, and write docs/benchmarks.md."""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.commands import overhead, start_up
from benchmarks.figures import Cell
from benchmarks.hall import Hall
from benchmarks.machine import facts
from benchmarks.page import Run, render
from benchmarks.rounds import measure
from benchmarks.visitors import Visitors, chatprobe_visitors, script_visitors
from chatprobe.browser.launch import find_browser, launched

PAGE = Path(__file__).parent.parent / "docs/benchmarks.md"
PAGES = ("static", "animated")
TOOLS: dict[str, Callable[[Path, Path], AbstractAsyncContextManager[Visitors]]] = {
    "chatprobe": chatprobe_visitors,
    "script": script_visitors,
}


@dataclass(frozen=True)
class Size:
    """How much is measured."""

    rounds: dict[tuple[str, str], dict[int, int]]
    """By page and tool: rounds for each number of visitors at once."""
    starts: int
    visits: int


# The targets are set for the static page: there, a hundred visits give p99 a meaning.
FULL = Size(
    {
        ("static", "chatprobe"): {1: 3, 20: 5, 50: 2},
        ("static", "script"): {1: 3, 20: 2, 50: 1},
        ("animated", "chatprobe"): {1: 2, 20: 1, 50: 1},
        ("animated", "script"): {1: 2, 20: 1, 50: 1},
    },
    starts=21,
    visits=3,
)
QUICK = Size(
    {(page, tool): {1: 1, 20: 1} if page == "static" else {1: 1} for page in PAGES for tool in TOOLS},
    starts=15,
    visits=1,
)


def main() -> None:
    """Run all, write the page and print it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few figures in some minutes; writes only with --output")
    parser.add_argument("--output", type=Path, metavar="FILE", help="where the page goes; default: docs/benchmarks.md")
    options = parser.parse_args()
    output = options.output or (None if options.quick else PAGE)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="chatprobe-bench-") as folder:
        run = asyncio.run(_run(Path(folder), QUICK if options.quick else FULL))
    text = render(run)
    if output:
        output.write_text(text, encoding="utf-8")
    print(text)
    _note(f"{time.monotonic() - began:.0f} s" + (f"; written to {output}" if output else ""))


async def _run(folder: Path, size: Size) -> Run:
    browser = find_browser()
    async with launched(browser) as running:
        known = facts(running.version)
    _note("start-up")
    started = await asyncio.to_thread(start_up, size.starts)
    _note("one visit, from start to end")
    over = await overhead(browser, folder, size.visits)
    cells = [await _cell(folder, browser, *planned) for planned in _plan(size)]
    return Run(known, cells, started, over)


def _plan(size: Size) -> Iterator[tuple[str, str, int, int]]:
    """Page, tool, visitors at once, rounds: the two tools one right after the other."""
    for page in PAGES:
        for count in size.rounds[page, "chatprobe"]:
            for tool in TOOLS:
                yield page, tool, count, size.rounds[page, tool][count]


async def _cell(folder: Path, browser: Path, page: str, tool: str, count: int, rounds: int) -> Cell:
    began = time.monotonic()
    async with Hall() as hall, TOOLS[tool](browser, folder) as visitors:
        cell = await measure(hall, visitors, page, count, rounds)
    found = cell.against_page
    said = f"median {found.median:.1f} ms, p99 {found.p99:.1f}" if found else "nothing measured"
    seconds = time.monotonic() - began
    _note(f"{page}, {count} at once, {tool}: {said}, {cell.lost} lost, {cell.at_once} waited at once ({seconds:.0f} s)")
    return cell


def _note(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
