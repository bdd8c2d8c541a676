"""Opening the chat of pages of many shapes, in a real browser."""

from __future__ import annotations

import contextlib
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.async_api import BrowserContext, Page

from chatprobe.browser import opening
from chatprobe.browser.forms import Role, find_form
from chatprobe.browser.launch import find_browser, launched
from chatprobe.browser.locate import find_composer, rank_launchers, send_controls
from chatprobe.browser.observer import Observer
from chatprobe.browser.opening import Opening, open_chat
from chatprobe.browser.persona import Visitor, fill_form, plan_form
from chatprobe.browser.pointing import click, type_into
from chatprobe.browser.signs import wall
from chatprobe.browser.standing import State
from chatprobe.browser.survey import Survey, survey
from chatprobe.model import Outcome

PAGES = Path(__file__).parent / "pages"


@dataclass
class Visit:
    """A page in a browser, as the functions under test see it."""

    observer: Observer
    context: BrowserContext
    page: Page
    errors: list[str] = field(default_factory=list)

    async def look(self) -> Survey:
        return await survey(self.observer, self.context)

    async def open(self) -> Opening:
        return await open_chat(self.observer, self.context, self.page.reload)


@contextlib.asynccontextmanager
async def visiting(name: str) -> AsyncIterator[Visit]:
    async with launched(find_browser()) as browser:
        context = await browser.new_context(viewport={"width": 1280, "height": 800})
        observer = Observer(context, {})
        await observer.install(lambda _: None)
        page = await context.new_page()
        visit = Visit(observer, context, page)
        page.on("pageerror", lambda error: visit.errors.append(str(error)))
        await page.goto((PAGES / f"{name}.html").as_uri())
        yield visit


@pytest.fixture(autouse=True)
def _nothing_comes_late(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages here are complete when loaded: a weak candidate need not wait for a better one."""
    monkeypatch.setattr(opening, "LATE_S", 1.0)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "launcher", "composer"),
    [
        ("bubble", "#toggle", "Type your message…"),
        ("closed_root", "#t", ""),
        ("growing_frame", "#b", "Écrivez ici"),
        ("nested_frames", "#b", "Votre message"),
        ("footer_link", "#l", "Type here"),
        ("behind_gates", "#b", "Type a message"),
        ("menu", "#b", "Write a reply…"),
    ],
)
async def test_the_launcher_is_found_and_opens_a_composer(name: str, launcher: str, composer: str) -> None:
    """A launcher and a composer are found whatever they are made of and wherever they stand."""
    async with visiting(name) as visit:
        found = await visit.open()
        assert found.standing is not None
        assert found.standing.composer is not None
        assert ([launcher], State.COMPOSER, composer) == (
            [one.selector for one in found.tried],
            found.standing.state,
            found.standing.composer.placeholder,
        )
        assert await type_into(visit.observer, found.survey, found.standing.composer, "Hello, how are you?")
        assert [] == visit.errors


@pytest.mark.slow
async def test_consent_is_refused_among_its_choices() -> None:
    """A banner without a refusal is refused where its choices are kept, which take a moment to show."""
    async with visiting("choices") as visit:
        found = await visit.open()
        assert found.standing is not None
        assert "refused" == await visit.page.evaluate("document.documentElement.dataset.consent")


@pytest.mark.slow
async def test_a_decoy_is_left_for_the_next_candidate() -> None:
    """What opens no chat is tried once; the page is loaded again and the next candidate opens it."""
    async with visiting("decoy_first") as visit:
        found = await visit.open()
        assert [("#d", False), ("#l", True)] == [(one.selector, one.opened) for one in found.tried]


async def test_a_launcher_whose_page_went_on_is_not_clicked() -> None:
    """Where the page becomes another one after its launcher was chosen, that launcher counts as not tried."""
    async with visiting("bubble") as visit:
        candidate = await opening.steady_launcher(visit.observer, visit.context)
        assert candidate is not None
        await visit.page.reload()
        found = await opening._Opener(visit.observer, visit.context).attempt(candidate)
        assert (None, ()) == (found.standing, found.tried)


@pytest.mark.slow
async def test_a_late_launcher_is_waited_for_while_the_best_is_weak(monkeypatch: pytest.MonkeyPatch) -> None:
    """A launcher that a script adds later is clicked before a vague one that stood there from the start."""
    monkeypatch.setattr(opening, "LATE_S", 60.0)
    async with visiting("late") as visit:
        found = await visit.open()
        assert ["#late"] == [one.selector for one in found.tried]


@pytest.mark.slow
async def test_a_covered_centre_is_clicked_beside_the_cover() -> None:
    """A teaser over the launcher's middle does not get the click."""
    async with visiting("teaser") as visit:
        found = await visit.open()
        assert [("#b", "", True)] == [(one.selector, one.covered_by, one.opened) for one in found.tried]


async def test_an_open_chat_is_not_opened_again() -> None:
    """Where the composer stands open already, nothing is clicked."""
    async with visiting("already_open") as visit:
        found = await visit.open()
        assert found.standing is not None
        assert (State.COMPOSER, (), None) == (found.standing.state, found.tried, found.before)


async def test_the_quick_reply_of_a_bot_is_no_door() -> None:
    """A box beneath a bot's choices is the composer: none of them is clicked, not even one that asks for a person."""
    async with visiting("quick_replies") as visit:
        found = await visit.open()
        assert found.standing is not None
        assert (State.COMPOSER, "") == (found.standing.state, found.standing.said)
        assert "nobody is available" not in await visit.page.inner_text("#stream")


@pytest.mark.slow
async def test_messengers_and_page_furniture_are_no_launchers() -> None:
    """Messenger links, phone links, back-to-top and cookie buttons are never candidates, nor is a newsletter a chat."""
    async with visiting("no_chat") as visit:
        found = await visit.open()
        assert (None, (), ()) == (found.standing, found.tried, found.near_misses)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "state", "reason"),
    [
        ("leave_message", State.OFFLINE, "laissez-nous un message"),
        ("offline_image", State.OFFLINE, "offline"),
        ("connecting", State.WAITING, "please wait"),
        ("sign_in", State.WALL, "login_wall"),
    ],
)
async def test_what_opens_instead_of_a_chat_is_named(
    name: str, state: State, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A leave-a-message form, a launcher marked offline, a queue and a sign-in are told from a chat and each other."""
    monkeypatch.setattr(opening, "CANDIDATES", 1)
    async with visiting(name) as visit:
        found = await visit.open()
        assert found.standing is not None
        assert state is found.standing.state
        assert reason in found.standing.said
        assert "Lucky Casino" == await visit.page.title()


@pytest.mark.parametrize(
    ("name", "status", "outcome"),
    [
        ("captcha", 200, Outcome.CAPTCHA),
        ("captcha_badge", 200, None),
        ("geo", 200, Outcome.GEO_BLOCKED),
        ("denied", 200, Outcome.BLOCKED),
        ("bubble", 403, Outcome.BLOCKED),
        ("bubble", 451, Outcome.GEO_BLOCKED),
        ("bubble", 200, None),
        ("prechat", 200, None),
        ("no_chat", 200, None),
    ],
)
async def test_walls_are_known_by_what_they_say(name: str, status: int, outcome: Outcome | None) -> None:
    """A puzzle, a border and a block are told apart by status and words; a badge or a link to a sign-in is no wall."""
    async with visiting(name) as visit:
        assert outcome == wall(await visit.look(), status)


@pytest.mark.slow
async def test_a_form_is_filled_with_real_keys_and_starts_the_chat() -> None:
    """Required fields, options and consents are filled in, the rest is left alone, and the page accepts it."""
    async with visiting("prechat") as visit:
        found = await visit.open()
        assert found.standing is not None
        form = found.standing.form
        assert form is not None
        assert form.submit is not None
        plan = plan_form(form, Visitor("Anna Berg", "anna@mail.example"), "Wie hoch ist das Limit?").entries
        wanted = [Role.NAME, Role.EMAIL, Role.DEPARTMENT, Role.CHOICE, Role.CONSENT, Role.QUESTION]
        assert wanted == [entry.ask.role for entry in plan]
        assert () == await fill_form(visit.observer, found.survey, plan)
        assert await click(visit.observer, found.survey, form.submit)
        now = await visit.look()
        composer = find_composer(now, found.before)
        assert composer is not None
        assert "Nachricht schreiben" == composer.placeholder
        assert None is find_form(now, found.before)


async def test_the_send_control_beside_the_composer_is_found() -> None:
    """A control that sends is found beside its field, outside any form, also in a closed root."""
    async with visiting("closed_root") as visit:
        launcher = rank_launchers(await visit.look())[0]
        before = await visit.look()
        await click(visit.observer, before, launcher.target)
        now = await visit.look()
        composer = find_composer(now, before)
        assert composer is not None
        assert ["Send"] == [one.name for one in send_controls(now, composer)]


WALK = """() => {
  const began = performance.now();
  let sum = 0;
  for (const one of document.querySelectorAll("*")) {
    sum += one.getBoundingClientRect().width + getComputedStyle(one).display.length;
  }
  return performance.now() - began;
}"""
"""Milliseconds for the least that a survey must do: look at every element once."""


async def test_a_survey_of_a_large_page_is_quick() -> None:
    """A survey of 5,000 elements takes some times as long as looking at each: it may be repeated while waiting."""
    async with visiting("already_open") as visit:
        await visit.page.evaluate(
            "() => { for (let i = 0; i < 1250; i++) document.body.insertAdjacentHTML('beforeend',"
            " '<div class=card><span>Game</span><a href=#x><b>Play</b></a></div>') }"
        )
        ratios = []
        for _ in range(6):  # side by side: whatever else the machine does slows down both
            began = time.perf_counter()
            await visit.look()
            ratios.append((time.perf_counter() - began) * 1000 / await visit.page.evaluate(WALK))
        assert min(ratios) < 15
