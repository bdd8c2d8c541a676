"""One visit to one widget by the real program, and what came of it beside what really happened."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.widgets import deepchat, directline, rasa
from tests.widgets.desk import Desk, Who
from tests.widgets.package import Package
from tests.widgets.server import PAGES, Routes, serving

PATIENCE_S = 300
QUESTION = "How long does a payout to my card usually take?"


@dataclass(frozen=True)
class Widget:
    """A widget on a page of ours."""

    name: str
    package: Package
    page: str
    routes: Routes
    query: str = ""
    """Of the page's address: how the page uses the widget."""
    deadline: str = "9s"
    """Long enough for the script; a chat with somebody in it would go on for minutes."""


_DEEP = Package("deep-chat", "2.4.2", "dist/deepChat.bundle.js")
_BOTS = Package("botframework-webchat", "4.18.1", "dist/webchat.js")
_RASA = Package("rasa-webchat", "1.0.1", "lib/index.js")
WIDGETS = {
    widget.name: widget
    for widget in (
        Widget("deep-chat", _DEEP, "deep-chat", deepchat.routes),
        Widget("deep-chat with roles", _DEEP, "deep-chat", deepchat.routes, "?roles"),
        Widget("botframework-webchat", _BOTS, "botframework-webchat", directline.routes),
        Widget("botframework-webchat polling", _BOTS, "botframework-webchat", directline.routes, "?polling"),
        Widget("rasa-webchat", _RASA, "rasa-webchat", rasa.routes, deadline="16s"),
    )
}


@dataclass(frozen=True)
class Visited:
    """A visit."""

    widget: Widget
    code: int
    row: dict[str, Any]
    """What `chatprobe run --json` printed."""
    errors: str
    desk: Desk

    @property
    def found_ms(self) -> list[float]:
        """When the person's first words came after asking, each time that they were found."""
        return [one["at_ms"] for one in self.row["messages"] if one["text"] == self.desk.first_human]

    @property
    def reference_ms(self) -> list[float]:
        """The same by the reference observer in the page, one for each conversation."""
        return [ms for one in self.desk.asked if (ms := self.desk.reference_ms(one)) is not None]

    @property
    def held_back_ms(self) -> float:
        """How long the widget kept the person's first words."""
        return self.desk.held_back_ms(self.desk.asked[0])

    def reasons(self) -> list[str]:
        """What told of the person's first words that a person, or anybody, wrote them."""
        evidence = next(one["evidence"] for one in self.row["messages"] if one["text"] == self.desk.first_human)
        return [reason["detail"] for reason in evidence if reason["weight"]]

    def speakers(self) -> dict[str, tuple[Who, str]]:
        """By each of the desk's texts that was found: who said it, and who was thought to."""
        said = {line.text: line.who for line in (self.desk.greeting, *self.desk.script)}
        return {one["text"]: (said[one["text"]], one["speaker"]) for one in self.row["messages"] if one["text"] in said}


async def visit(widget: Widget, folder: Path) -> Visited:
    """Run a scenario that says no more than who is asked, where and what."""
    async with serving(PAGES / f"{widget.page}.html", widget.package.fetch(), widget.routes) as (address, desk):
        scenario = folder / "widget.yaml"
        lines = ("casino: widget", f"url: {address}{widget.query}", f"questions: [{{id: q1, text: {QUESTION}}}]")
        scenario.write_text("\n".join(lines) + "\n", encoding="utf-8")
        code, out, errors = await _chatprobe(folder, "run", str(scenario), "--deadline", widget.deadline, "--json")
    return Visited(widget, code, json.loads(out or "{}").get("data", {}), errors, desk)


async def _chatprobe(folder: Path, *arguments: str) -> tuple[int, str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CHATPROBE_")}
    if "CHATPROBE_BROWSER" in os.environ:
        kept["CHATPROBE_BROWSER"] = os.environ["CHATPROBE_BROWSER"]
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "chatprobe", *arguments),
        cwd=folder,
        env=kept,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    async with asyncio.timeout(PATIENCE_S):
        out, errors = await process.communicate()
    return process.returncode or 0, out.decode(), errors.decode()
