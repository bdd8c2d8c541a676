"""Making a scenario: explore, write, try, and with leave to send, learn from one chat."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from chatprobe.browser.chat import Chat
from chatprobe.browser.context import Browsers, ContextOptions
from chatprobe.browser.picture import draw
from chatprobe.discover.explore import Explored, explore
from chatprobe.discover.learn import learn
from chatprobe.discover.naming import place
from chatprobe.discover.questions import USUAL_ID, base, usual
from chatprobe.discover.writing import Draft, least_text, scenario_text
from chatprobe.errors import NoChat, ScenarioError, UsageError
from chatprobe.model import Outcome
from chatprobe.scenario.load import load_file
from chatprobe.scenario.preset import Preset
from chatprobe.scenario.schema import Scenario
from chatprobe.settings import Settings
from chatprobe.speaker.language import language_of

TRIES = 3
"""Dry runs: after each, what did not work is left to the generic method."""
_PARTS = {"chat.launcher": "launcher", "chat.frames": "frames", "chat.input": "input", "chat.form": "form"}
FINE = frozenset({Outcome.ONLINE, Outcome.OFFLINE})
"""Outcomes of a dry run that prove the scenario."""


@dataclass(frozen=True)
class Wish:
    """What is wanted."""

    url: str
    casino: str
    output: Path
    question: str | None = None
    """None: a usual one."""
    language: str | None = None
    """None: the page's."""
    force: bool = False
    """Replace the file."""


@dataclass(frozen=True)
class Made:
    """What came of it."""

    draft: Draft
    outcome: Outcome
    """Of the last dry run."""
    picture: Path | None = None


@dataclass(frozen=True)
class Tried:
    """One probe that was made of a scenario."""

    row: Mapping[str, Any]
    """As `Store.probe` gives it."""
    structure: Mapping[str, Any] = field(default_factory=dict)
    """The chat's structure, where something was asked."""


class Tryout(Protocol):
    """Does one probe by a scenario; the layers above bring it."""

    async def __call__(self, scenario: Scenario, *, dry: bool) -> Tried:
        """Up to its end; `dry` sends nothing."""


Tell = Callable[[str], None]
"""Says a line to whoever watches; texts of pages are still raw."""


@dataclass
class Maker:
    """Makes one scenario."""

    wish: Wish
    settings: Settings
    browsers: Browsers
    tryout: Tryout
    presets: Sequence[Preset] = ()
    tell: Tell = lambda _: None
    options: ContextOptions = field(default_factory=ContextOptions)

    async def make(self) -> Made:
        """Explore the address, try what was found, and write the file and its picture.

        Raises NoChat where there is nothing to write, UsageError where the file cannot be put in place, and what the
        tryout raises; then no scenario is written.
        """
        explored, picture = await self._explore()
        draft = self._draft(explored, picture)
        draft, outcome = await self._try(draft, picture)
        place(scenario_text(draft), self.wish.output, force=self.wish.force)
        return Made(draft, outcome, picture)

    async def ask(self, made: Made) -> tuple[Made, Tried]:
        """Ask the question once by a scenario that was made, and write again what the chat taught."""
        tried = await self.tryout(load_file(self.wish.output), dry=False)
        learned = learn(tried.structure, tried.row)
        made = replace(made, draft=replace(made.draft, learned=learned))
        loaded(made.draft)
        place(scenario_text(made.draft), self.wish.output, force=True)
        return made, tried

    async def _explore(self) -> tuple[Explored, Path | None]:
        self.tell(f"looking at {self.wish.url}")
        options = replace(self.options, locale=self.wish.language or self.options.locale)
        timeout_ms = self.settings.limits.page_timeout.total_seconds() * 1000
        async with self.browsers.context(options) as context:
            chat = Chat(context, {}, lambda _: None)
            await chat.start()
            explored = await explore(chat, self.wish.url, timeout_ms, self.settings.control_url, self.presets)
            chat.guard.leaving = True
        picture = await self._drawn(explored)
        if explored.stop is not None:
            raise no_chat(explored.stop.outcome, explored.stop.detail, picture)
        return explored, picture

    async def _drawn(self, explored: Explored) -> Path | None:
        if not explored.shots:
            return None
        path = self.wish.output.with_suffix(".png")
        path.parent.mkdir(parents=True, exist_ok=True)
        async with self.browsers.context(ContextOptions()) as context:
            drawn = await draw(context, explored.shots, path)
        return path if drawn else None

    def _draft(self, explored: Explored, picture: Path | None) -> Draft:
        wish = self.wish
        if wish.question is None:
            question, language = usual(wish.language or explored.language or "en")
        else:
            spoken = wish.language or language_of(wish.question) or base(explored.language)
            question, language = wish.question, spoken or "en"
        return Draft(
            casino=wish.casino,
            url=wish.url,
            language=language,
            question_id=USUAL_ID if wish.question is None else "q1",
            question=question,
            explored=explored,
            day=datetime.now(UTC).date().isoformat(),
            picture=picture.name if picture else "",
        )

    async def _try(self, draft: Draft, picture: Path | None) -> tuple[Draft, Outcome]:
        """Dry runs until one works; a part that did not is left to the generic method."""
        for _ in range(TRIES):
            row = (await self.tryout(loaded(draft), dry=True)).row
            outcome = Outcome(row["outcome"])
            self.tell(f"dry run: {outcome}" + (f", {row['detail']}" if row["detail"] else ""))
            if outcome in FINE:
                return draft, outcome
            part = _part_of(row["failed_step"])
            if part is None or part in draft.left_out:
                break
            self.tell(f"what was found for {part} does not work when it is tried: it is left out")
            draft = replace(draft, left_out=draft.left_out | {part})
        raise no_chat(outcome, str(row["detail"] or "the dry run failed"), picture)


def _part_of(step: str | None) -> str | None:
    """The part of a draft that a failed step belongs to."""
    path = (step or "").partition("[")[0]
    return "before" if path == "before" else _PARTS.get(path)


def loaded(draft: Draft) -> Scenario:
    """The draft as a scenario, read as `check` reads it."""
    return _read(scenario_text(draft))


def _read(text: str) -> Scenario:
    with tempfile.TemporaryDirectory(prefix="chatprobe-new-") as folder:
        path = Path(folder) / "draft.yaml"
        path.write_text(text, encoding="utf-8")
        return load_file(path)


_OPTIONS = {"casino": "--casino", "url": "URL", "questions": "--question"}


def refuse_unfit(wish: Wish) -> None:
    """Raise UsageError where no scenario may say what is wished."""
    try:
        _read(least_text(wish.casino, wish.url, wish.language or "en", wish.question or "?"))
    except ScenarioError as error:
        first = error.problems[0]
        place = (
            "--language" if first.message.find("language code") >= 0 else _OPTIONS.get(first.path.partition("[")[0], "")
        )
        raise UsageError(f"{place}: {first.message}", first.hint) from None


_HINTS = {
    Outcome.NOT_OFFERED: "is it on another page, or for members only? `visitor.storage_state` keeps a sign-in",
    Outcome.LOGIN_WALL: "write a scenario with `before` steps that sign in, or with `visitor.storage_state`",
    Outcome.CAPTCHA: "it is not worked around; try another day, or from another place",
    Outcome.GEO_BLOCKED: "visit from a country where the site is offered: `proxy` in the settings",
    Outcome.BLOCKED: "it is not worked around; try another day, or from another place",
    Outcome.SITE_DOWN: "try again when the site is back",
}
_USUAL_HINT = "open the address in a browser of your own"


def no_chat(outcome: Outcome, detail: str, picture: Path | None) -> NoChat:
    """The error for an outcome that leaves nothing to write."""
    seen = f"; what was seen: {picture}" if picture else ""
    return NoChat(
        outcome, f"{outcome}: {detail.partition('; no control_url')[0]}{seen}", _HINTS.get(outcome, _USUAL_HINT)
    )
