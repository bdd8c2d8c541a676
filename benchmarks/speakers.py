"""Hundreds of drawn chats, each probed and compared with the lab's truth line by line: `python -m benchmarks.speakers`.

Every chat is drawn from its seed (benchmarks/chats.py): transport, place, layout, language, what tells a person,
delays, and bots', queue's and system's lines before, between and after. A chat fails where the outcome is not the
expected one, the first human time is off by more than 50 ms from the page's own log, or a line that no person wrote is
called human.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

from benchmarks.chats import Chat, draw
from benchmarks.machine import facts
from benchmarks.verdicts import Line, Verdict, judge, table
from chatprobe.browser.context import Browsers
from chatprobe.browser.launch import find_browser, launched
from chatprobe.lab import Lab
from chatprobe.log import set_up
from chatprobe.probe.order import Order
from chatprobe.probe.session import probe, question_for
from chatprobe.scenario.load import load_file
from chatprobe.store.store import Store

PAGE = Path(__file__).parent.parent / "docs/benchmarks-speakers.md"
CHATS = 300
AT_ONCE = 12
ENTERING = 3
"""Chats on the way to their question at the same time: a page that is being loaded spoils the times of the others."""
HEAD = """\
# Benchmark of the speakers

<!-- Written by `make bench`. Not edited by hand. -->

Drawn chats in the [lab](lab.md), each probed once and compared with what the lab knows, line by line. What must hold:
each first human time right to 50 ms, no line called human that no person wrote, and `unsure_reply` where nothing tells
who answers.
"""
HOW = f"""\

## How

- Each chat is drawn from its seed, 0 to {CHATS - 1} (`benchmarks/chats.py`): where the chat lives, how words travel,
  how rows look and are drawn, language, delays of 3 to 15 s before a person's first words, and automatic lines before,
  between and after: greetings, menus, acknowledgements, places in line, notices in the list, in the header and as
  toasts, surveys under the person's own name.
- *Evidence* is all that tells a person from the rest: attributes of rows, fields of frames, names, joining after a
  place in line, or being passed on from a bot that was asked for a person; or none at all. The scenarios name the
  selectors, rules and names it needs; most name nothing else.
- *Times* are the first human times that were compared; p50, p99 and max are their errors against the page's own clock.
- *Fatal* counts lines of bots or widgets that were called human. *Wrong outcomes* counts chats that did not end as
  expected.
- {AT_ONCE} chats at once, {ENTERING} of them on the way to their question. A chat is played again by
  `python -m benchmarks.speakers --only SEED`.
"""


class Round:
    """Probes chats, several at once."""

    def __init__(self, lab: Lab, store: Store, browsers: Browsers, folder: Path) -> None:
        self._lab = lab
        self._store = store
        self._browsers = browsers
        self._folder = folder

    async def visit(self, chat: Chat, entering: asyncio.Semaphore) -> Verdict:
        """Probe one chat and compare it with the truth."""
        path = self._folder / f"{chat.casino.name}.yaml"
        path.write_text(chat.casino.scenario_for(self._lab.base), encoding="utf-8")
        scenario = load_file(path)
        question, language = question_for(scenario, None, None, None)
        order = Order(scenario, question, language)
        await entering.acquire()
        probing = asyncio.create_task(probe(order, self._store, self._browsers, asyncio.Event()))
        try:
            while not probing.done() and not self._asked(chat):
                await asyncio.wait({probing}, timeout=0.2)
        finally:
            entering.release()
        probe_id, _ = await probing
        visits = [visit for visit in self._lab.truth(chat.casino.name) if visit.asked_at is not None]
        return judge(chat, self._store.probe(probe_id), visits[-1] if visits else None)

    def _asked(self, chat: Chat) -> bool:
        return any(visit.asked_at is not None for visit in self._lab.truth(chat.casino.name))


async def play(chats: Sequence[Chat], at_once: int, folder: Path, told: Path | None = None) -> list[Verdict]:
    """Probe all `chats`; each verdict is added to the file `told` as soon as it is known."""
    verdicts: list[Verdict] = []
    gate, entering = asyncio.Semaphore(at_once), asyncio.Semaphore(min(ENTERING, at_once))
    lab = Lab(casinos=[chat.casino for chat in chats])
    with Store.open(folder / "speakers.db", create=True) as store:
        async with lab, Browsers(find_browser()) as browsers:
            all_of_them = Round(lab, store, browsers, folder)

            async def one(chat: Chat) -> None:
                async with gate:
                    verdict = await all_of_them.visit(chat, entering)
                verdicts.append(verdict)
                _note(f"{len(verdicts)}/{len(chats)} {verdict.summary}")
                if told:
                    with told.open("a", encoding="utf-8") as file:
                        file.write(json.dumps(asdict(verdict), ensure_ascii=False) + "\n")

            await asyncio.gather(*map(one, chats))
    return sorted(verdicts, key=lambda verdict: verdict.seed)


def known(told: Path) -> list[Verdict]:
    """The verdicts of an earlier run that was broken off."""
    if not told.exists():
        return []
    rows = [json.loads(line) for line in told.read_text(encoding="utf-8").splitlines()]
    return [
        Verdict(**{**row, "lines": tuple(Line(**{**line, "why": tuple(line["why"])}) for line in row["lines"])})
        for row in rows
    ]


def main() -> None:
    """Probe, print the table, and exit with 1 where a chat failed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speakers", description=__doc__)
    parser.add_argument("--chats", type=int, default=CHATS, help=f"how many; default: {CHATS}")
    parser.add_argument("--first", type=int, default=0, metavar="SEED", help="seed of the first; default: 0")
    parser.add_argument("--only", type=int, action="append", metavar="SEED", help="just this one, with its transcript")
    parser.add_argument("--at-once", type=int, default=AT_ONCE, help=f"chats at once; default: {AT_ONCE}")
    parser.add_argument("--results", type=Path, metavar="FILE", help="JSON lines to keep, and to go on from")
    parser.add_argument(
        "--output", type=Path, metavar="FILE", help=f"where the page goes; all {CHATS}: docs/{PAGE.name}"
    )
    options = parser.parse_args()
    set_up()
    seeds = options.only or range(options.first, options.first + options.chats)
    before = known(options.results) if options.results else []
    wanted = set(seeds) - {verdict.seed for verdict in before}
    chats = [draw(seed) for seed in sorted(wanted)]
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="chatprobe-speakers-") as folder:
        verdicts = asyncio.run(play(chats, options.at_once, Path(folder), options.results))
    verdicts += [verdict for verdict in before if verdict.seed in set(seeds)]
    print(table(verdicts))
    _tell_failures(verdicts, everything=bool(options.only))
    output = options.output or (PAGE if not options.only and (options.first, options.chats) == (0, CHATS) else None)
    if output:
        output.write_text(page(verdicts, asyncio.run(_version())), encoding="utf-8")
    _note(f"{time.monotonic() - began:.0f} s")
    sys.exit(1 if any(verdict.failures for verdict in verdicts) else 0)


def page(verdicts: Sequence[Verdict], browser_version: str) -> str:
    """docs/benchmarks-speakers.md."""
    about = "\n".join(f"- {name}: {value}" for name, value in facts(browser_version).items())
    failed = [f"- {verdict.summary}" for verdict in verdicts if verdict.failures]
    return "\n".join([HEAD, about, "", table(verdicts), "", "Failed:" if failed else "None failed.", "", *failed, HOW])


async def _version() -> str:
    async with launched(find_browser()) as running:
        return running.version


def _tell_failures(verdicts: Iterable[Verdict], *, everything: bool) -> None:
    for verdict in verdicts:
        if verdict.failures or everything:
            print(f"\n{verdict.summary}")
            for line in verdict.lines:
                at = f"{line.at_ms:9.0f} ms" if line.at_ms is not None else " " * 12
                mark = " " if line.decided == line.true else "*"
                print(
                    f"  {at} {mark} {line.decided:8} (true: {line.true:7}) {line.name or '':10.10} {line.text[:70]!r}"
                )
                print(f"{'':16}{'; '.join(line.why)}")


def _note(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
