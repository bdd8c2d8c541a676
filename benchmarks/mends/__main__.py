"""`python -m benchmarks.mends`: changed widgets, what the doctor says of them, and docs/benchmarks-doctor.md."""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.machine import facts
from benchmarks.mends.held_out import held_out
from benchmarks.mends.mutations import Mutant, mutants
from benchmarks.mends.page import PAGE, render, summary
from benchmarks.mends.site import Site
from benchmarks.mends.trial import Result, Trial
from chatprobe.browser.context import Browsers
from chatprobe.browser.launch import find_browser, launched
from chatprobe.store.store import Store

AT_ONCE = 3
"""Mutants at the same time, each on a site of its own: mostly, a visit waits."""
Wanted = tuple[Mutant, bool]
"""A mutant, and whether the doctor remembers a good visit."""


def main() -> None:
    """Run and print; all of it also writes the page."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.mends", description=__doc__)
    parser.add_argument("--only", type=int, nargs="*", metavar="N", help="only the mutants of these numbers")
    parser.add_argument("--seed", type=int, default=1, help="draws the names")
    parser.add_argument("--list", choices=("built", "held-out"), help="only the mutants of this list")
    parser.add_argument("--memory", choices=("good", "none"), help="only with, or without, knowledge of a good visit")
    parser.add_argument("--at-once", type=int, default=AT_ONCE, help=f"mutants at once; default: {AT_ONCE}")
    parser.add_argument("--output", type=Path, metavar="FILE", help=f"where the page goes; all: docs/{PAGE.name}")
    options = parser.parse_args()
    began, known = time.monotonic(), asyncio.run(_facts())
    lists = {"built": mutants(options.seed), "held-out": held_out(options.seed)}
    chosen = {name: found for name, found in lists.items() if options.list in (None, name)}
    wanted = [
        (mutant, memory == "good")
        for memory in ("good", "none")
        for found in chosen.values()
        for number, mutant in enumerate(found, 1)
        if options.memory in (None, memory) and (not options.only or number in options.only)
    ]
    results = asyncio.run(_run(wanted, options.at_once))
    parts = {name: [one for one in results if one.mutant in found] for name, found in chosen.items()}
    print(summary(parts))
    parted = options.only or options.list or options.memory or options.seed != 1
    if output := options.output or (None if parted else PAGE):
        output.write_text(render(parts, known), encoding="utf-8")
    _note(f"{time.monotonic() - began:.0f} s")


async def _facts() -> dict[str, str]:
    async with launched(find_browser()) as running:
        return facts(running.version)


async def _run(wanted: Sequence[Wanted], at_once: int) -> list[Result]:
    """The results, in the order of what was wanted."""
    found: dict[int, Result] = {}
    waiting = list(enumerate(wanted))[::-1]
    with tempfile.TemporaryDirectory(prefix="chatprobe-mends-") as name:
        async with Browsers(find_browser()) as browsers, asyncio.TaskGroup() as workers:
            for number in range(min(at_once, len(wanted))):
                workers.create_task(_work(waiting, found, browsers, Path(name) / str(number)))
    return [found[place] for place in sorted(found)]


async def _work(waiting: list[tuple[int, Wanted]], found: dict[int, Result], browsers: Browsers, folder: Path) -> None:
    """Do what waits, one after the other, until nothing is left."""
    with Site() as site, Store.open(folder.with_suffix(".db"), create=True) as store:
        trial = Trial(site, store, browsers, folder)
        while waiting:
            place, (mutant, remembered) = waiting.pop()
            found[place] = await trial.run(mutant, remembered=remembered)
            _tell(found[place])


def _tell(one: Result) -> None:
    memory = "" if one.remembered else "without memory, "
    works = "works" if one.works else "NOT MENDED" if one.mutant.findable else "nothing to mend"
    marks = f"{'named' if one.right else 'MISNAMED'} {works}"
    _note(f"{one.mutant.name}: {marks} ({memory}{one.visits} visits, {one.seconds:.0f} s)")
    _note(f"    {one.named}: {one.said}\n    {one.first} {one.wrong}")


def _note(*lines: str) -> None:
    print(*lines, sep="\n", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
