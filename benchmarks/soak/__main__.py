"""`python -m benchmarks.soak`: keep a daemon busy for an hour and spoil what can be spoilt."""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.machine import facts
from benchmarks.soak import kills, memory, troubles
from benchmarks.soak.page import page
from chatprobe.browser.launch import find_browser, launched

PAGE = Path(__file__).parents[2] / "docs/benchmarks-daemon.md"
PARTS = ("kills", "memory", "troubles")


def main() -> None:
    """Run the parts asked for, print the page, and exit with 1 where something was wrong."""
    options = _options()
    known, began = facts(asyncio.run(_version())), time.monotonic()
    with tempfile.TemporaryDirectory(prefix="chatprobe-soak-") as name:
        folders = {part: (options.keep or Path(name)) / part for part in PARTS}
        for folder in folders.values():
            folder.mkdir(parents=True)
        wanted = options.part or PARTS
        met = troubles.run(folders["troubles"]) if "troubles" in wanted else []
        endured = memory.endure(folders["memory"], options.probes) if "memory" in wanted else None
        killed = (
            kills.soak(folders["kills"], options.minutes, options.kills, options.seed) if "kills" in wanted else None
        )
    if options.beside:
        known["beside it"] = options.beside
    text = page(known, killed, endured, met)
    output = options.output or (PAGE if set(wanted) == set(PARTS) else None)
    if output:
        output.write_text(text, encoding="utf-8")
    print(text)
    print(f"{time.monotonic() - began:.0f} s", file=sys.stderr)
    wrong = [one for found in (killed, endured) if found for one in found.wrong]
    sys.exit(1 if wrong or not all(one.right for one in met) else 0)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soak", description=__doc__)
    parser.add_argument("--part", choices=PARTS, action="append", help="only this one; default: all three")
    parser.add_argument("--minutes", type=float, default=20.0, help="of the part with kills; default: 20")
    parser.add_argument("--kills", type=int, default=24, help="how many; default: 24")
    parser.add_argument("--seed", type=int, default=1, help="of plan and kills; default: 1")
    parser.add_argument("--probes", type=int, default=500, help="of the part on memory; default: 500")
    parser.add_argument("--beside", metavar="TEXT", help="what else ran on the machine, for the page")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="a new folder for databases and logs, to look at them")
    parser.add_argument("--output", type=Path, metavar="FILE", help=f"where the page goes; all parts: docs/{PAGE.name}")
    return parser.parse_args()


async def _version() -> str:
    async with launched(find_browser()) as running:
        return running.version


if __name__ == "__main__":
    main()
