"""docs/widgets.md: what became of each visit, as the last `make test-widgets` found it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.page import table
from tests.widgets.visit import Visited

PAGE = Path(__file__).parent.parent.parent / "docs/widgets.md"

HEAD = """\
# Other people's widgets

<!-- Written by `make test-widgets`. Not edited by hand. -->

Chat widgets that we did not write, on pages that we did, asked by the real program. The scenario says who is asked,
where and what, and nothing of launcher, box, rows or speakers.

```console
$ make test-widgets
```

It brings the packages below from npm (some 11 MB; npm is needed), keeps the one script of each that a page loads in
`.widgets/`, and takes some minutes. `make test` does the same with deep-chat alone.
"""
HOW = """\
## How

- The desk behind each widget ([tests/widgets](../tests/widgets/)) is ours, on loopback, and speaks the widget's own
  protocol: a greeting; after the question a place in line, a bot's line and, seconds later, a person's two lines. It
  notes when it sent each.
- *Reference* is a script in the page that shares nothing with chatprobe: it notes the visitor's last press of Enter or
  click, and when the person's first words can first be seen. *Found* is what chatprobe told of the same words, *error*
  the difference.
- *Held back* is the time from the desk's sending to the page's showing: polling, typing on purpose, drawing. It is the
  widget's, so it is part of what a visitor waits.
- *Polls* is the interval that chatprobe found (`resolution_ms`); 0 for a widget to which lines are pushed.
- *Person* is whom chatprobe takes the person for, *by* the reasons. Where a widget marks all that is not the visitor's
  alike, nothing tells a person from a bot: `unknown` is then the right answer, and the scenario's author can do better
  by `chat.names` or `chat.wire`.
- *Others* are the desk's other lines: bot, queue, greeting. None may be `human`.
- A policy lets the pages talk to nobody but our desk; *kept in* is what they asked for beyond it.
"""


def render(visits: Sequence[Visited]) -> str:
    """The page."""
    when = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    software = f"{visits[0].row['software']}, {visits[0].row['browser']}"
    heads = ("widget", "version", "outcome", "reference", "found", "error", "held back", "polls")
    times = table(heads, [list(_times(one)) for one in visits])
    speakers = table(("widget", "person", "by", "others", "kept in"), [list(_speakers(one)) for one in visits])
    return f"{HEAD}\n{when}, {software}. Milliseconds.\n\n{times}\n\n{speakers}\n\n{HOW}"


def _times(one: Visited) -> Iterable[str]:
    [found], [reference] = one.found_ms, one.reference_ms
    yield from (one.widget.name, one.widget.package.version, f"`{one.row['outcome']}`")
    yield from (f"{reference:.0f}", f"{found:.0f}", f"{found - reference:+.1f}")
    yield from (f"{one.held_back_ms:.0f}", f"{one.row['resolution_ms']:.0f}")


def _speakers(one: Visited) -> Iterable[str]:
    told = one.speakers().values()
    yield one.widget.name
    yield ", ".join(sorted({f"`{speaker}`" for who, speaker in told if who == "human"}))
    yield "; ".join(one.reasons()) or "nothing tells"
    yield ", ".join(sorted({f"`{speaker}`" for who, speaker in told if who != "human"}))
    yield ", ".join(sorted(one.desk.blocked)) or "nothing"
