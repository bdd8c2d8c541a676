"""docs/benchmarks.md, made from the figures of one run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.commands import DEADLINE_S, DELAY_S, Overhead, StartUp
from benchmarks.figures import Cell, Spread, Target, targets
from benchmarks.rounds import CALM_S, ENTERING, SPREAD_S

HEAD = """\
# Benchmarks

<!-- Written by `make bench`. Not edited by hand. -->

chatprobe beside the script one would write instead, in one run on one machine. The script is
[benchmarks/script.py](../benchmarks/script.py): fill, press Enter, `time.time()`, `locator.wait_for`, `time.time()`.
"""

HOW = f"""\
## How

- The pages are the [lab's](lab.md#other-pages) `/bench/static/` and `/bench/animated/`, served by the bench's own
  process. Both tools drive the same browser with the same switches, one context for each visitor, and never at the
  same time as the other.
- N at once: up to {ENTERING} visitors at a time open their chat and ask, until all N wait. {CALM_S:.0f} s later their
  operators answer, each at a random moment of {CALM_S:.0f} s, or of {SPREAD_S} s for each visitor where that is longer.
  Nobody leaves before all are answered. *At once* is how many waited when the first answer was sent, as the lab
  counted.
- *Error* is the difference, without its sign, between the first response time that a tool reports and the true one.
  Quantiles are values that occurred (nearest rank): with fewer than 100 visits p99 is the largest.
- *The page's clock* is the truth for both tools: the page's own script reads it in its handler of the visitor's Enter,
  and right after it has put the answer into the document. *The server's log* counts from receiving the question to
  sending the answer: it leaves out the network and what the browser needs to react, and so says how far a figure is
  from the operator's side.
- *Lost* are visits that ended without a time.
- *Memory* is the sum of the proportional set sizes of all browser processes with everybody waiting, less the same with
  nobody, by visitor, in the first round. It is the browser's alone: not Playwright's driver, not Python.
- `chatprobe run` listens on after an answer, here until {DEADLINE_S:.0f} s after the question; the script leaves with
  the answer, {DELAY_S:.0f} s after it. These seconds of mere waiting are taken off; browser start, page, opening,
  asking, leaving and saving remain.
"""


@dataclass(frozen=True)
class Run:
    """Everything one run found."""

    facts: Mapping[str, str]
    cells: Sequence[Cell]
    start_up: StartUp
    overhead: Overhead


def render(run: Run) -> str:
    """The whole page, in Markdown."""
    facts = "\n".join(f"- {name}: {value}" for name, value in run.facts.items())
    return "\n".join(
        [
            HEAD,
            facts,
            "\n## Targets\n",
            _targets(targets(run.cells, run.start_up.to_click)),
            "\n## Error of the first response time\n",
            _errors(run.cells),
            "\n## Memory\n",
            _memory(run.cells),
            "\n## Time\n",
            _times(run.start_up, run.overhead),
            "",
            HOW,
        ]
    )


def _targets(rows: Iterable[Target]) -> str:
    lines = [
        (one.what, f"<= {one.limit:g} {one.unit}".strip(), _number(one.got, one.unit), "met" if one.met else "MISSED")
        for one in rows
    ]
    return table(("chatprobe, static page", "target", "found", ""), lines)


def _errors(cells: Iterable[Cell]) -> str:
    title = ("page", "at once", "tool", "visits", "lost", "median", "p95", "p99", "max", "median vs. server", "p99")
    lines = []
    for cell in cells:
        own, log = cell.against_page, cell.against_server
        reached = str(cell.wanted) if cell.at_once == cell.wanted else f"{cell.at_once} of {cell.wanted}"
        head = (cell.page, reached, cell.tool, str(len(cell.measurements)), str(cell.lost))
        lines.append((*head, *_spread(own), *(_spread(log)[0], _spread(log)[2])))
    said = "Milliseconds, against the page's clock; the last two columns against the server's log."
    return f"{said}\n\n{table(title, lines)}"


def _spread(found: Spread | None) -> tuple[str, ...]:
    values = (found.median, found.p95, found.p99, found.max) if found else (None,) * 4
    return tuple(_number(value) for value in values)


def _memory(cells: Iterable[Cell]) -> str:
    lines = [
        (cell.page, str(cell.at_once), cell.tool, _number(cell.chat_mb, "MB")) for cell in cells if cell.wanted > 1
    ]
    return table(("page", "waiting", "tool", "by visitor"), lines)


def _times(start: StartUp, over: Overhead) -> str:
    lines = [
        ("`chatprobe --help`", f"{start.help_s:.3f} s", ""),
        ('`python -c "import click"`', f"{start.click_s:.3f} s", f"chatprobe takes {start.to_click:.2f} times as long"),
        ("`sqlite-utils --help`", f"{start.sqlite_utils_s:.3f} s", f"{start.to_sqlite_utils:.2f} times"),
        ("one visit by `chatprobe run`, without waiting", f"{over.run_s:.1f} s", ""),
        ("one visit by the script, without waiting", f"{over.script_s:.1f} s", f"{over.run_s - over.script_s:+.1f} s"),
    ]
    return table(("median", "wall time", "beside it"), lines)


def table(title: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    """A Markdown table whose columns also line up as plain text."""
    rows = [title, *lines]
    widths = [max(3, *(len(row[column]) for row in rows)) for column in range(len(title))]
    drawn = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in rows
    ]
    return "\n".join([drawn[0], "|" + "|".join("-" * (width + 2) for width in widths) + "|", *drawn[1:]])


def _number(value: float | None, unit: str = "") -> str:
    if value is None:
        return "not measured"
    digits = 0 if value == int(value) or value >= 100 else 1
    return f"{value:.{digits}f} {unit}".strip()
