"""`chatprobe demo`: a row of fake casinos, probed in a real browser, beside the lab's own truth."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from chatprobe.cli.base import browser_option, emit_json, finish, json_option, note, out
from chatprobe.model import Outcome, Speaker

if TYPE_CHECKING:
    from chatprobe.browser.context import Browsers
    from chatprobe.lab import Lab
    from chatprobe.lab.casino import Casino
    from chatprobe.store.store import Store

TOLERANCE_MS = 50.0
"""How far a right time may be off."""
_COLUMNS = {Speaker.HUMAN: "first_human_ms", Speaker.UNKNOWN: "first_unknown_ms", Speaker.BOT: "first_bot_ms"}


@dataclass(frozen=True)
class Result:
    """One fake casino: what was found, and what was true."""

    casino: str
    outcome: str
    expected: str
    speaker: str | None
    """Who answered first, as decided."""
    measured_ms: float | None
    true_ms: float | None
    """From the page's own log: its insertion of the answer minus its handling of the send act."""
    error_ms: float | None
    sent_ms: float | None
    """From the server's log: the operator's send minus the receipt of the question. A polling widget shows it later."""
    right: bool


@click.command("demo")
@click.option("--jobs", type=click.IntRange(1, 16), default=4, show_default=True, help="Probes at once.")
@click.option("--all", "everything", is_flag=True, help="All fake casinos, not only the demo's.")
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("demo"),
    show_default="./demo",
    help="Where database and screenshots go.",
)
@browser_option
@json_option
def demo(jobs: int, folder: Path, browser: Path | None, *, everything: bool, as_json: bool) -> None:
    """Probe a row of fake casinos and compare with the truth.

    Starts the chat lab on this machine, visits its casinos in a real Chromium, several at once, and tells who answered
    after how many milliseconds, beside what the lab's own log says. Takes about two minutes. At the end there are two
    reports: on these visits, and on a simulated month of others.

    Example: chatprobe demo
    """
    from chatprobe.cli.month import write_reports
    from chatprobe.log import set_up
    from chatprobe.store.store import Store

    set_up()
    folder.mkdir(parents=True, exist_ok=True)
    with Store.open(folder / "chatprobe.db", create=True) as store:
        results = asyncio.run(_demo(store, browser, jobs, everything=everything, quiet=as_json))
    reports = write_reports(folder)
    if as_json:
        emit_json([asdict(result) for result in results])
    else:
        _tell(results, folder, reports)
    finish(0 if all(result.right for result in results) else 6)


async def _demo(store: Store, browser: Path | None, jobs: int, *, everything: bool, quiet: bool) -> list[Result]:
    from chatprobe.browser.context import Browsers
    from chatprobe.browser.launch import find_browser
    from chatprobe.cli.stopping import stop_on_signals
    from chatprobe.lab import Lab, LabClock

    path = find_browser(browser)
    with stop_on_signals() as stop:
        async with Lab(clock=LabClock.at_noon()) as lab, Browsers(path) as browsers:
            os.environ["CHATPROBE_LAB"] = lab.base  # the lab's scenarios name their address so
            casinos = [casino for casino in lab.casinos if everything or casino.in_demo]
            note(f"{len(casinos)} fake casinos on {lab.base}, {jobs} at once")
            tour = _Tour(lab, store, browsers, stop, quiet=quiet, total=len(casinos))
            gate = asyncio.Semaphore(jobs)
            return [r for r in await asyncio.gather(*(tour.visit(one, gate) for one in casinos)) if r is not None]


class _Tour:
    """The visits, and how far they have come."""

    def __init__(
        self, lab: Lab, store: Store, browsers: Browsers, stop: asyncio.Event, *, quiet: bool, total: int
    ) -> None:
        self.lab = lab
        self.store = store
        self.browsers = browsers
        self.stop = stop
        self._quiet = quiet
        self._total = total
        self._done = 0
        self._began = time.monotonic()

    async def visit(self, casino: Casino, gate: asyncio.Semaphore) -> Result | None:
        """Probe one casino when its turn comes; None when we were stopped before."""
        from chatprobe.probe.order import Order
        from chatprobe.probe.session import probe, question_for
        from chatprobe.scenario.load import load_file
        from chatprobe.settings import Settings

        async with gate:
            if self.stop.is_set():
                return None
            scenario = load_file(casino.scenario)
            question, language = question_for(scenario, None, None, None)
            order = Order(scenario, question, language, Settings(control_url=self.lab.control_url))
            probe_id, _ = await probe(order, self.store, self.browsers, self.stop)
        result = judge(casino, self.store.probe(probe_id), self.lab)
        self._done += 1
        if not self._quiet:
            seconds = time.monotonic() - self._began
            note(f"{self._done:3}/{self._total}  {seconds:5.0f} s  {casino.name:<12} {result.outcome}")
        return result


def judge(casino: Casino, row: dict[str, Any], lab: Lab) -> Result:
    """Compare a probe with what the lab knows."""
    speaker = next((who for who in _COLUMNS if row[_COLUMNS[who]] is not None), None)
    measured = row[_COLUMNS[speaker]] if speaker else None
    true, sent = _true_ms(lab, casino, speaker, row["messages"])
    error = measured - true if measured is not None and true is not None else None
    right = row["outcome"] == casino.expect.outcome and (error is None or abs(error) <= TOLERANCE_MS)
    if casino.expect.speaker is not None:
        right = right and speaker == casino.expect.speaker
    return Result(
        casino.name,
        row["outcome"],
        casino.expect.outcome,
        str(speaker) if speaker else None,
        measured,
        true,
        error,
        sent,
        right,
    )


def _true_ms(
    lab: Lab, casino: Casino, speaker: Speaker | None, messages: Sequence[dict[str, Any]]
) -> tuple[float | None, float | None]:
    """The first answer of that speaker by the page's log and by the server's; an unknown one may be anybody's."""
    asked = [conversation for conversation in lab.truth(casino.name) if conversation.asked_at is not None]
    if not asked or speaker is None:
        return None, None
    conversation = asked[-1]
    asked_at, page_asked_at = conversation.asked_at or 0.0, conversation.page_asked_at
    after = [send for send in conversation.sends if send.at >= asked_at]
    if speaker is Speaker.UNKNOWN:
        texts = {message["text"] for message in messages if message["speaker"] == speaker}
        first = next((send for send in after if send.text in texts), None)
    else:
        first = next((send for send in after if send.who == speaker), None)
    if first is None:
        return None, None
    row = next((row for row in conversation.page_rows if row.seq == first.seq), None)
    true = row.at - page_asked_at if row and page_asked_at is not None else None
    return true, first.at - asked_at


def _tell(results: Sequence[Result], folder: Path, reports: tuple[Path, Path]) -> None:
    out(f"\n{'casino':<12} {'outcome':<16} {'answered by':<12} {'measured':>11} {'true':>11} {'error':>9} {'sent':>11}")
    for result in results:
        colour = {Outcome.HUMAN_REPLY: "green"}.get(Outcome(result.outcome), "yellow")
        outcome = click.style(f"{result.outcome:<16}", fg=colour if result.right else "red")
        times = f"{_ms(result.measured_ms):>11} {_ms(result.true_ms):>11} {_error(result.error_ms):>9}"
        wrong = "" if result.right else f"  WRONG, expected {result.expected}"
        out(f"{result.casino:<12} {outcome} {result.speaker or '-':<12} {times} {_ms(result.sent_ms):>11}{wrong}")
    right = sum(result.right for result in results)
    out(f"\n{right} of {len(results)} right")
    program = _program()
    note(f"\nEverything is in {folder}/chatprobe.db. Next:")
    note(f"    {reports[0]}\n        a report on a month that is simulated: what one looks like; open it in a browser")
    note(f"    {reports[1]}\n        the same on the visits above, which are real ones to fake casinos")
    note(f"    {program} show last --db {folder}/chatprobe.db\n        the last transcript, with the evidence")
    note(f"    {program} lab\n        the same casinos, to try scenarios on")
    note(f"    {program} check\n        the example scenarios; then write your own: docs/scenario.md")


def _program() -> str:
    """How this program was called, to be called again."""
    if sys.argv[0].endswith("__main__.py"):
        return "python -m chatprobe"
    return sys.argv[0] if "/" in sys.argv[0] and not shutil.which("chatprobe") else "chatprobe"


def _ms(value: float | None) -> str:
    return f"{value:,.0f} ms" if value is not None else "-"


def _error(value: float | None) -> str:
    return f"{value:+.1f} ms" if value is not None else "-"
