"""`chatprobe new`: a scenario for an address, written, tried and explained."""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
import tempfile
from collections.abc import Coroutine, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from chatprobe.cli.base import (
    browser_option,
    db_option,
    emit_json,
    finish,
    json_option,
    note,
    out,
    safe,
    scenarios_option,
)
from chatprobe.errors import Interrupted, UsageError
from chatprobe.model import Side

if TYPE_CHECKING:
    from chatprobe.browser.context import Browsers
    from chatprobe.discover.make import Made, Tried, Wish
    from chatprobe.scenario.schema import Scenario
    from chatprobe.settings import Settings
    from chatprobe.store.store import Store

LEAVE_S = 15.0
"""How long a probe may take to leave politely when we are told to stop."""


@click.command("new")
@click.argument("url")
@scenarios_option
@db_option
@browser_option
@click.option(
    "--ask", is_flag=True, help="Send the question once, and learn who speaks how. Nothing is sent without it."
)
@click.option("--question", metavar="TEXT", help="The question; default: a usual one of players.")
@click.option("--language", metavar="L", help="The language to ask in; default: the page's.")
@click.option("--casino", metavar="NAME", help="The casino's short name; default: from the address.")
@click.option(
    "--output", type=click.Path(path_type=Path), metavar="FILE", help="The file to write; default: CASINO.yaml in DIR."
)
@click.option("--force", is_flag=True, help="Replace the file where it exists.")
@click.option("--deadline", metavar="D", help="With --ask: how long to wait for answers; default: 10m.")
@json_option
def new(url: str, scenarios: Path, db: Path, browser: Path | None, *, as_json: bool, **options: Any) -> None:
    """Write a scenario for the chat on a page, and try it without sending anything.

    Opens URL, gets past consent banners and age gates, finds what opens the chat and where to write, names the most
    lasting ways to find them again, and saves a picture with all of it marked. Exit code 4 where there is no chat to
    write of; an existing file stays as it is.

    \b
    Examples:
      chatprobe new https://lucky.example/
      chatprobe new https://lucky.example/ --ask --question "How long does a payout take?"
    """
    from chatprobe.settings import load_settings

    settings = load_settings()
    wish = _wish(url, scenarios, options)
    wish, ask = _asked(wish, options["ask"], quiet=as_json)
    with _database(db, ask=ask) as store:
        done = asyncio.run(_make(wish, settings, store, browser, _Way(ask, _deadline_ms(options["deadline"]), as_json)))
    if as_json:
        emit_json(_row(done))
    else:
        for line in _lines(done):
            out(line)
    finish(4 if done.tried and done.tried.row["side"] == Side.OURS else 0)


@dataclass(frozen=True)
class _Way:
    """How it is done."""

    ask: bool
    deadline_ms: float | None
    quiet: bool


@dataclass(frozen=True)
class _Done:
    """What came of it."""

    wish: Wish
    made: Made
    tried: Tried | None
    """The probe that asked."""


def _wish(url: str, scenarios: Path, options: dict[str, Any]) -> Wish:
    from chatprobe.discover.make import Wish, refuse_unfit
    from chatprobe.discover.naming import casino_of, refuse_taken

    casino = options["casino"] or casino_of(url)
    output = options["output"] or scenarios / f"{casino}.yaml"
    wish = Wish(url, casino, output, options["question"], options["language"], options["force"])
    refuse_unfit(wish)
    refuse_taken(casino, output, force=wish.force)
    return wish


def _deadline_ms(written: str | None) -> float | None:
    from chatprobe.durations import parse_duration

    try:
        return parse_duration(written).total_seconds() * 1000 if written else None
    except ValueError as error:
        raise UsageError(f"--deadline: {error}", "write it as 90s or 10m") from error


def _asked(wish: Wish, ask: bool, *, quiet: bool) -> tuple[Wish, bool]:
    """What only the person at the terminal knows; the defaults answer where nobody sits there."""
    from chatprobe.discover.make import refuse_unfit

    if quiet or sys.stdin is None or not sys.stdin.isatty():
        return wish, ask
    try:
        if wish.question is None:
            what = "Question to ask (Enter: a usual one, in the page's language)"
            text = click.prompt(what, default="", show_default=False, err=True).strip()
            wish = replace(wish, question=text or None)
            refuse_unfit(wish)
        if not ask:
            ask = click.confirm("Send it once now, to learn who speaks how? Somebody will read it", err=True)
    except (KeyboardInterrupt, click.Abort):
        raise Interrupted("interrupted; nothing was written") from None
    return wish, ask


@contextlib.contextmanager
def _database(db: Path, *, ask: bool) -> Iterator[Store]:
    """The database where something is asked or it is there already; else one that goes again."""
    from chatprobe.store.store import Store

    if ask or db.exists():
        with Store.open(db, create=ask) as store:
            yield store
        return
    with (
        tempfile.TemporaryDirectory(prefix="chatprobe-new-") as folder,
        Store.open(Path(folder) / "trial.db", create=True) as store,
    ):
        yield store


async def _make(wish: Wish, settings: Settings, store: Store, browser: Path | None, way: _Way) -> _Done:
    from chatprobe.addresses import proxy_parts
    from chatprobe.browser.context import Browsers, ContextOptions
    from chatprobe.browser.launch import find_browser
    from chatprobe.cli.stopping import stop_on_signals
    from chatprobe.discover.make import Maker
    from chatprobe.scenario.presets import presets

    path = find_browser(browser)
    options = ContextOptions(proxy=proxy_parts(settings.proxy) if settings.proxy else None)
    with stop_on_signals(quiet=way.quiet) as stop:
        async with Browsers(path) as browsers:
            trial = _Trial(settings, store, browsers, stop, way)
            tell = (lambda _: None) if way.quiet else (lambda line: note(safe(line)))
            maker = Maker(wish, settings, browsers, trial, list(presets().values()), tell, options)
            made = await _unless_stopped(maker.make(), stop)
            if not way.ask:
                return _Done(wish, made, None)
            return _Done(wish, *await maker.ask(made))


async def _unless_stopped(making: Coroutine[Any, Any, Made], stop: asyncio.Event) -> Made:
    """What is made, unless we are told to stop first: then nothing is."""
    working, stopping = asyncio.ensure_future(making), asyncio.ensure_future(stop.wait())
    try:
        await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            await asyncio.wait({working}, timeout=LEAVE_S)
        if stop.is_set():
            raise Interrupted("interrupted; nothing was asked")
        return await working
    finally:
        for task in (working, stopping):
            task.cancel()
        await asyncio.gather(working, stopping, return_exceptions=True)


class _Trial:
    """Probes by a scenario that is being made."""

    def __init__(self, settings: Settings, store: Store, browsers: Browsers, stop: asyncio.Event, way: _Way) -> None:
        self._settings = settings
        self._store = store
        self._browsers = browsers
        self._stop = stop
        self._way = way

    async def __call__(self, scenario: Scenario, *, dry: bool) -> Tried:
        from chatprobe.cli.timeline import Timeline
        from chatprobe.discover.make import Tried
        from chatprobe.probe.order import Order
        from chatprobe.probe.session import probe, question_for

        question, language = question_for(scenario, None, None, None)
        deadline = None if dry else self._way.deadline_ms
        order = Order(
            scenario,
            question,
            language,
            self._settings,
            origin="new",
            deadline_ms=deadline,
            dry_run=dry,
            study=not dry,
        )
        watch = None if dry or self._way.quiet else Timeline(scenario.casino, order.text)
        probe_id, _ = await probe(order, self._store, self._browsers, self._stop, watch)
        row = self._store.probe(probe_id)
        return Tried(row, _structure(self._store.path.absolute().parent, row))


def _structure(folder: Path, row: dict[str, Any]) -> dict[str, Any]:
    """What the probe kept of the chat's structure."""
    kept = next((folder / one["path"] for one in row["artifacts"] if one["kind"] == "structure"), None)
    return json.loads(kept.read_text(encoding="ascii")) if kept else {}


def _row(done: _Done) -> dict[str, Any]:
    """The shape of `new --json`."""
    explored, draft = done.made.draft.explored, done.made.draft
    parts = {part.name: part for part in (explored.launcher, explored.frames, explored.input) if part}
    found = {name: [way.as_row() | {"way": str(way.way)} for way in part.ways] for name, part in parts.items()}
    return {
        "casino": draft.casino,
        "file": str(done.wish.output),
        "picture": str(done.made.picture) if done.made.picture else None,
        "vendor": explored.vendor.id if explored.vendor else None,
        "language": draft.language,
        "question": draft.question,
        "standing": str(explored.standing.state) if explored.standing else None,
        "dry_run": str(done.made.outcome),
        "found": found,
        "probe_id": done.tried.row["id"] if done.tried else None,
        "outcome": done.tried.row["outcome"] if done.tried else None,
    }


def _lines(done: _Done) -> Iterator[str]:
    from chatprobe.cli.transcript import transcript

    if done.tried:
        yield from transcript(done.tried.row)
    row = _row(done)
    yield f"wrote {safe(row['file'])}" + (f", picture {safe(row['picture'])}" if row["picture"] else "")
    if row["vendor"]:
        yield f"  vendor    {row['vendor']}"
    for name, ways in row["found"].items():
        best = f"{safe(ways[0]['selector'])}  ({ways[0]['way']})" if ways else "by the generic method"
        yield f"  {name:<9} {best}"
    yield f"  opens     {row['standing']}"
    asks = "" if done.tried else f"; chatprobe new --ask --force {safe(done.wish.url)} learns who speaks how"
    yield f"next: chatprobe run {safe(row['casino'])}{asks}"
