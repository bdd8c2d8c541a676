"""`python -m benchmarks.mends`: changed widgets, what the doctor says of them, and docs/benchmarks-doctor.md."""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.machine import facts
from benchmarks.mends.alarms import Alarm, alarms
from benchmarks.mends.held_out import held_out
from benchmarks.mends.keeping import Kept
from benchmarks.mends.mutations import Mutant, mutants
from benchmarks.mends.page import PAGE, render, summary, told
from benchmarks.mends.site import Site
from benchmarks.mends.trial import Result, Trial
from chatprobe.browser.context import Browsers
from chatprobe.browser.launch import find_browser, launched
from chatprobe.store.store import Store

AT_ONCE = 3
"""Mutants at the same time, each on a site of its own; or casinos of the lab: mostly, a visit waits."""
Wanted = tuple[Mutant, bool]
"""A mutant, and whether the doctor remembers a good visit."""


def main() -> None:
    """Run and print; all of it, the lab's casinos too, also writes the page."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.mends", description=__doc__)
    parser.add_argument("--only", type=int, nargs="*", metavar="N", help="only the mutants of these numbers")
    parser.add_argument("--seed", type=int, default=1, help="draws the names")
    parser.add_argument("--list", choices=("built", "held-out"), help="only the mutants of this list")
    parser.add_argument("--lab", action="store_true", help="only the lab's casinos, none of which has changed")
    parser.add_argument("--memory", choices=("good", "none"), help="only with, or without, knowledge of a good visit")
    parser.add_argument("--at-once", type=int, default=AT_ONCE, help=f"mutants at once; default: {AT_ONCE}")
    parser.add_argument("--results", type=Path, metavar="FILE", help="JSON lines to keep, and to go on from")
    parser.add_argument("--output", type=Path, metavar="FILE", help=f"where the page goes; all: docs/{PAGE.name}")
    options = parser.parse_args()
    began, known = time.monotonic(), asyncio.run(_facts())
    lists = {"built": mutants(options.seed), "held-out": held_out(options.seed)}
    chosen = {name: found for name, found in lists.items() if options.list in (None, name)}
    kept = Kept(options.results)
    results = kept.results(mutant for found in chosen.values() for mutant in found)
    done = {(one.mutant.name, one.remembered) for one in results}
    wanted = [
        (mutant, memory == "good")
        for memory in ("good", "none")
        for found in chosen.values()
        for number, mutant in enumerate(found, 1)
        if options.memory in (None, memory) and (not options.only or number in options.only)
        if (mutant.name, memory == "good") not in done
    ]
    if not options.lab:
        results += asyncio.run(_run(wanted, options.at_once, kept))
    parts = {name: _in_order(found, results) for name, found in chosen.items()}
    parted = options.only or options.list or options.memory or options.seed != 1
    unchanged = [] if parted else asyncio.run(_unchanged(options.at_once, kept))
    print(summary(parts), told(unchanged), sep="\n\n")
    if output := options.output or (None if parted or options.lab else PAGE):
        output.write_text(render(parts, unchanged, known), encoding="utf-8")
    _note(f"{time.monotonic() - began:.0f} s")


def _in_order(mutants: Sequence[Mutant], results: Sequence[Result]) -> list[Result]:
    places = {mutant.name: place for place, mutant in enumerate(mutants)}
    return sorted((one for one in results if one.mutant.name in places), key=lambda one: places[one.mutant.name])


async def _unchanged(at_once: int, kept: Kept) -> list[Alarm]:
    def tell(one: Alarm) -> None:
        kept.add(one)
        _note(
            f"{one.casino}: {one.visited}{'' if one.good else ' (no good visit)'}",
            *(f"    {said}" for said in one.said),
        )

    with tempfile.TemporaryDirectory(prefix="chatprobe-mends-") as name:
        return await alarms(Path(name), at_once, kept.alarms(), tell)


async def _facts() -> dict[str, str]:
    async with launched(find_browser()) as running:
        return facts(running.version)


async def _run(wanted: Sequence[Wanted], at_once: int, kept: Kept) -> list[Result]:
    """What becomes of all that is wanted, in no order."""
    found: list[Result] = []
    groups: dict[str, list[Wanted]] = {}
    for one in wanted:
        groups.setdefault(one[0].widget.name, []).append(one)
    waiting = sorted(groups.values(), key=len)

    def tell(one: Result) -> None:
        found.append(one)
        kept.add(one)
        _tell(one)

    with tempfile.TemporaryDirectory(prefix="chatprobe-mends-") as name:
        async with Browsers(find_browser()) as browsers, asyncio.TaskGroup() as workers:
            for number in range(min(at_once, len(groups))):
                workers.create_task(_work(waiting, tell, browsers, Path(name) / str(number)))
    return found


async def _work(waiting: list[list[Wanted]], tell: Callable[[Result], None], browsers: Browsers, folder: Path) -> None:
    """Do what waits, one widget after the other: each is visited only once before its changes."""
    with Site() as site, Store.open(folder.with_suffix(".db"), create=True) as store:
        trial = Trial(site, store, browsers, folder)
        while waiting:
            for mutant, remembered in waiting.pop():
                tell(await trial.run(mutant, remembered=remembered))


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
