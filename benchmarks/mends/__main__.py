"""`python -m benchmarks.mends`: changed widgets, and what the doctor says of them."""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

from benchmarks.mends.mutations import mutants
from benchmarks.mends.site import Site
from benchmarks.mends.trial import Result, Trial
from chatprobe.browser.context import Browsers
from chatprobe.browser.launch import find_browser
from chatprobe.store.store import Store


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.mends", description=__doc__)
    parser.add_argument("--only", type=int, nargs="*", metavar="N", help="only the mutants of these numbers")
    parser.add_argument("--seed", type=int, default=1, help="draws the names")
    parser.add_argument("--forgetful", action="store_true", help="the doctor knows of no good visit")
    options = parser.parse_args()
    results = asyncio.run(_run(options.only, options.seed, remembered=not options.forgetful))
    right = sum(one.right for one in results)
    findable = [one for one in results if one.mutant.findable]
    worked = sum(one.works for one in findable)
    print(f"named the step: {right} of {len(results)}; first proposal works: {worked} of {len(findable)}")


async def _run(only: list[int] | None, seed: int, *, remembered: bool) -> list[Result]:
    results = []
    with tempfile.TemporaryDirectory() as name, Site() as site:
        folder = Path(name)
        with Store.open(folder / "chatprobe.db", create=True) as store:
            async with Browsers(find_browser()) as browsers:
                trial = Trial(site, store, browsers, folder)
                for number, mutant in enumerate(mutants(seed), 1):
                    if only and number not in only:
                        continue
                    result = await trial.run(mutant, remembered=remembered)
                    results.append(result)
                    _note(result)
    return results


def _note(one: Result) -> None:
    marks = f"{'named' if one.right else 'MISNAMED'} {'works' if one.works else 'NOT MENDED'}"
    print(f"{one.mutant.name}: {marks} ({one.visits} visits, {one.seconds:.0f} s)", file=sys.stderr)
    print(f"    {one.named}: {one.said}\n    {one.first} {one.wrong}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
