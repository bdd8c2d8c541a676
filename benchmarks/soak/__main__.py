"""`python -m benchmarks.soak`: keep a daemon busy for an hour and spoil what can be spoilt."""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from benchmarks.machine import facts
from benchmarks.soak import kills, memory, page, troubles
from chatprobe.browser.launch import find_browser, launched

PAGE = Path(__file__).parents[2] / "docs/benchmarks-daemon.md"


def main() -> None:
    """Run the parts asked for, renew their sections of the page, and exit with 1 where something was wrong."""
    options, right = _options(), True
    with tempfile.TemporaryDirectory(prefix="chatprobe-soak-") as name:
        for part in options.part or _PARTS:
            folder, known, began = (options.keep or Path(name)) / part, facts(asyncio.run(_version())), time.monotonic()
            folder.mkdir(parents=True)
            if options.beside:
                known["beside it"] = options.beside
            lines, fine = _PARTS[part](folder, options)
            text = page.section(known, lines)
            page.renew(options.output, list(_PARTS), part, text)
            print(text)
            print(f"{part}: {time.monotonic() - began:.0f} s", file=sys.stderr)
            right &= fine
    sys.exit(0 if right else 1)


def _kills(folder: Path, options: argparse.Namespace) -> tuple[Iterable[str], bool]:
    found = kills.soak(folder, options.minutes, options.kills, options.seed)
    return page.killed(found), not found.wrong


def _memory(folder: Path, options: argparse.Namespace) -> tuple[Iterable[str], bool]:
    found = memory.endure(folder, options.probes)
    return page.endured(found), not found.wrong


def _troubles(folder: Path, _options: argparse.Namespace) -> tuple[Iterable[str], bool]:
    met = troubles.run(folder)
    return page.met(met), all(one.right for one in met)


_PARTS: dict[str, Callable[[Path, argparse.Namespace], tuple[Iterable[str], bool]]] = {
    "kills": _kills,
    "memory": _memory,
    "troubles": _troubles,
}
"""In the order of the page."""


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soak", description=__doc__)
    parser.add_argument("--part", choices=_PARTS, action="append", help="only this one; default: all three")
    parser.add_argument("--minutes", type=float, default=20.0, help="of the part with kills; default: 20")
    parser.add_argument("--kills", type=int, default=24, help="how many; default: 24")
    parser.add_argument("--seed", type=int, default=1, help="of plan and kills; default: 1")
    parser.add_argument("--probes", type=int, default=500, help="of the part on memory; default: 500")
    parser.add_argument("--beside", metavar="TEXT", help="what else ran on the machine, for the page")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="a folder for databases and logs, to look at them")
    parser.add_argument(
        "--output",
        type=Path,
        default=PAGE,
        metavar="FILE",
        help=f"whose sections are renewed; default: docs/{PAGE.name}",
    )
    return parser.parse_args()


async def _version() -> str:
    async with launched(find_browser()) as running:
        return running.version


if __name__ == "__main__":
    main()
