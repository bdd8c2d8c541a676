"""The review on a terminal: one message after another, one key each."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from chatprobe.cli.base import note, out, safe
from chatprobe.cli.judging import Answer, Judge
from chatprobe.cli.wording import count, reasons, when
from chatprobe.errors import Interrupted
from chatprobe.model import Speaker

if TYPE_CHECKING:
    from chatprobe.probe.review import Item
    from chatprobe.store.doubts import Place

AROUND = 4
"""Lines of the chat shown before and after the message."""
WIDTH = 400
"""Characters shown of the message itself; less of the others."""
_OPENING_S = 3.0
"""An opener that finds no viewer says so sooner."""
_AUTHOR = 6
"""Letters of an author's pseudonym in a line: enough to tell those of one chat apart."""
_SPEAKERS = {"h": Speaker.HUMAN, "b": Speaker.BOT, "s": Speaker.SYSTEM, "u": Speaker.UNKNOWN}
_KEYS = "h human  b bot  s system  u cannot tell  |  n skip  p back  o screenshot  q quit  ? help"
_CORRECTION = """\
h, b, s   a person, a bot or the system wrote it; it counts at once, against all rules
u         you cannot tell: it stays unknown, and is not shown again
"""
_OPINION = """\
h, b, s   a person, a bot or the system wrote it: your opinion, which is compared and decides nothing
u         you cannot tell, which is an opinion, too
"""
_HELP = """\
n         leave it as it is
p         back to the one before; answer it again to replace your answer
o         open the screenshot
q, Ctrl-C end; what you answered is kept"""


class Walk:
    """A walk through messages; what is answered is kept at once."""

    def __init__(self, judge: Judge, places: Sequence[Place], folder: Path) -> None:
        """`folder` holds the artifacts' folder: that of the database."""
        self.judge = judge
        self.answers: dict[Place, Answer] = {}
        self._places = places
        self._folder = folder

    def go(self) -> None:
        """Show and ask, until the end or `q`; raises Interrupted on Ctrl-C."""
        from chatprobe.probe.review import item

        place = 0
        try:
            while place < len(self._places):
                shown = item(self.judge.store, self._places[place])
                for line in account(shown, f"{place + 1} of {len(self._places)}", blind=self.judge.blind):
                    out(line)
                out(f"  screenshot: {safe(shown.screenshot or 'none kept')}")
                step = self._ask(shown)
                if step is None:
                    break
                place = max(0, place + step)
        except (KeyboardInterrupt, click.Abort):
            raise Interrupted(f"interrupted; {self.kept()}") from None

    def kept(self) -> str:
        """How many answers were kept."""
        taken = sum(answer.problem is None for answer in self.answers.values())
        return f"{count(taken, 'answer')} kept"

    def _ask(self, shown: Item) -> int | None:
        """How far to go on, None to end."""
        while True:
            key = pressed(_KEYS)
            if key in _SPEAKERS:
                answer = self.judge.say(shown.place, _SPEAKERS[key])
                self.answers[shown.place] = answer
                note(f"{click.style('error:', fg='red') if answer.problem else '  kept:'} {answer.told}")
                return 1
            if key in {"q", ""}:
                return None
            if key in {"n", "p"}:
                return 1 if key == "n" else -1
            if key == "o":
                self._open(shown)
            else:
                note((_OPINION if self.judge.blind else _CORRECTION) + _HELP)

    def _open(self, shown: Item) -> None:
        path = self._folder / shown.screenshot if shown.screenshot else None
        if path is None or not path.is_file():
            note("no screenshot is kept")
        elif not _viewed(path):
            note(f"nothing opens it; look at {safe(str(path))}")


def _viewed(path: Path) -> bool:
    """Whether the system opened the file. Its opener must not talk: it would do so amid the review."""
    opener = shutil.which("xdg-open") or shutil.which("open")
    if opener is None:
        return False
    silent = subprocess.DEVNULL
    try:
        process = subprocess.Popen(  # noqa: S603  # the system's own opener, on a file of ours
            [opener, str(path)], stdin=silent, stdout=silent, stderr=silent, start_new_session=True
        )
        return process.wait(_OPENING_S) == 0
    except OSError:
        return False
    except subprocess.TimeoutExpired:
        return True  # some openers stay as long as the viewer does


def pressed(keys: str) -> str:
    """Ask for one key; '' at the end of the input."""
    click.echo(f"{keys}\n> ", nl=False, err=True)
    try:
        key = click.getchar()
    except EOFError:
        key = ""
    note(safe(key)[:1])
    return key.lower()


def account(shown: Item, number: str, *, blind: bool) -> Iterator[str]:
    """The message among those around it; `blind`: without what was decided of any of them."""
    probe = shown.probe
    asked = f"asked {safe(str(probe['question_id']))} in {safe(str(probe['language']))}" if probe["asked_at"] else ""
    outcome = "" if blind else str(probe["outcome"])
    head = (number, probe["casino"], f"{probe['started_at'][:16]} UTC", asked, outcome, f"probe {probe['id']}")
    yield ""
    yield click.style("  ".join(part for part in head if part), bold=True)
    chat = shown.chat
    at = next(place for place, one in enumerate(chat) if one["seq"] == shown.message["seq"])
    first = max(0, at - AROUND)
    question = next((one for one in chat if one["speaker"] == Speaker.VISITOR and (one["at_ms"] or -1) >= 0), None)
    if question in chat[:first]:
        yield _line(question, is_it=False, blind=blind)
        yield "  …"
    for one in chat[first : at + AROUND + 1]:
        yield _line(one, is_it=one is chat[at], blind=blind)
        if one is chat[at] and not blind:
            yield from _reasons(one)
    yield f"  {_about(shown)}"


def _line(message: Mapping[str, Any], *, is_it: bool, blind: bool) -> str:
    hidden = blind and message["speaker"] != Speaker.VISITOR
    text = safe(str(message["text"]))
    speaker = "?" if hidden else safe(str(message["speaker"]))
    author = safe(str(message["agent"] or ""))[:_AUTHOR]
    line = f"{when(message['at_ms'])}  {speaker:<8} {author:<{_AUTHOR}} {text[: WIDTH if is_it else 120]}"
    return click.style(f"> {line}", bold=True) if is_it else f"  {line}"


def _reasons(message: Mapping[str, Any]) -> Iterator[str]:
    yield f"{'':24}confidence {message['confidence'] or 0.0:g}"
    yield from reasons(message)


def _about(shown: Item) -> str:
    agent, language = shown.message["agent"], shown.message["language"]
    delay = shown.delay_ms
    parts = (
        f"author {agent}" if agent else "no author's name",
        f"{delay / 1000:.1f} s after our last text" if delay is not None else "",
        f"in {language}" if language else "",
    )
    return ", ".join(part for part in parts if part)
