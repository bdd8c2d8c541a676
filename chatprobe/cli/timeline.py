"""The live timeline of a probe: each step, message and notice on a line as it happens, on stderr."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import click

from chatprobe.cli.base import note, safe
from chatprobe.model import Event, EventName, Speaker, StepStatus

WIDTH = 100


class Timeline:
    """Prints the events of one probe; call it with each."""

    def __init__(self, casino: str, question: str) -> None:
        self._zero: float | None = None
        self._seen: set[str] = set()
        self._texts: dict[str, str] = {}
        self._asked = False
        note(f"{safe(casino)}: {safe(question)}")

    def __call__(self, event: Event) -> None:
        """Print one event, if it is worth a line."""
        if self._zero is None:
            self._zero = event.at
        line = self._line(event)
        if line:
            note(f"{(event.at - self._zero) / 1000:8.2f} s  {line}")

    def _line(self, event: Event) -> str | None:
        if event.name is EventName.ECHO:
            told, self._asked = self._asked, True
            return None if told else "the question stands in the chat"  # later echoes are of thanks and requests
        if event.name in (EventName.MESSAGE, EventName.MESSAGE_CHANGED):
            return self._message(event.detail)
        if event.name is EventName.DECIDED:
            if event.detail.get("speaker") == Speaker.VISITOR:
                return None  # told already
            text = self._texts.get(str(event.detail.get("id")), "")
            return f"= {event.detail.get('speaker')}: {_short(text, 40)}  ({_short(str(event.detail.get('why')))})"
        say = _LINES.get(event.name)
        return say(event.detail) if say else None

    def _message(self, detail: Mapping[str, Any]) -> str | None:
        """A message once it has its place in the chat; who wrote it is told when that is decided."""
        key = str(detail.get("id"))
        self._texts[key] = _short(str(detail.get("text", "")))
        if detail.get("region") != "list" or key in self._seen or detail.get("typing"):
            return None
        self._seen.add(key)
        who = "we" if detail.get("visitor") else safe(str(detail.get("name") or "chat"))
        return f"{who}: {_short(str(detail.get('text', '')))}"


def step_lines(detail: Mapping[str, Any]) -> list[str]:
    """A step's report: what was done, where it was looked for, and what might have matched instead."""
    failed = detail.get("status") == StepStatus.FAILED
    mark = click.style("FAILED", fg="red") if failed else str(detail.get("status", "ok"))
    head = f"{mark} {detail.get('step')}"
    if detail.get("selector"):
        head += f"  {_short(str(detail['selector']))}"
    lines = [f"{head}  {detail.get('ms', 0):.0f} ms"]
    if detail.get("error"):
        lines.append(f"    why: {_short(str(detail['error']))}")
    if detail.get("covered_by"):
        lines.append(f"    covered by: {_short(str(detail['covered_by']))}")
    found = next((frame for frame in detail.get("frames", ()) if frame["visible"]), None)
    if found and not failed:
        lines[0] += f"  ({found['matches']} in {_short(str(found['frame']))})"
    if failed:
        for frame in detail.get("frames", ()):
            counted = f"{frame['matches']} matches, {frame['visible']} visible"
            lines.append(f"    in {_short(str(frame['frame']) or '(blank frame)')}: {counted}")
        lines += [f"    would match: {_short(str(one))}" for one in detail.get("near_misses", ())]
    return lines


def _step(detail: Mapping[str, Any]) -> str:
    return "\n            ".join(step_lines(detail))


def _short(text: str, width: int = WIDTH) -> str:
    line = safe(text)
    return line if len(line) <= width else line[: width - 1] + "…"


def _handoff(detail: Mapping[str, Any]) -> str:
    if detail.get("accepted"):
        return "passed on to a person"
    return f"asking for a person by {detail.get('way')}: {_short(str(detail.get('label') or detail.get('text') or ''))}"


def _queue(detail: Mapping[str, Any]) -> str:
    position, wait = detail.get("position"), detail.get("wait_ms")
    told = [f"position {position}" if position is not None else "", f"wait {wait / 1000:.0f} s" if wait else ""]
    return f"in line: {', '.join(one for one in told if one) or 'no position given'}"


_LINES: dict[EventName, Callable[[Mapping[str, Any]], str]] = {
    EventName.STEP_OK: _step,
    EventName.STEP_FAILED: _step,
    EventName.ASKING: lambda _: "asking",
    EventName.QUEUE: _queue,
    EventName.HANDOFF: _handoff,
    EventName.JOINED: lambda _: "an agent joined",
    EventName.TYPING: lambda _: "somebody is typing",
    EventName.DIALOG: lambda d: f"dialog dismissed: {_short(str(d.get('text')))}",
    EventName.POPUP: lambda d: f"a window opened: {_short(str(d.get('url')))}",
    EventName.PAGE_CRASHED: lambda _: "the page crashed",
    EventName.PAGE_CLOSED: lambda _: "the page closed itself",
    EventName.RETRY: lambda d: f"trying once more after {d.get('after')}",
    EventName.NOTE: lambda d: _short(str(d.get("text", "the page shows more than a chat holds"))),
    EventName.ENDED: lambda d: f"ended: {d.get('outcome')} ({d.get('ended_by')})",
}
