"""What selectors match in every frame and tree, and how it is made, without anybody's words."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Page

from chatprobe.browser.gallery import Gallery, words_in
from chatprobe.browser.launch import find_browser, launched
from chatprobe.browser.observer import Observer
from chatprobe.browser.parts import Match, look_for
from chatprobe.browser.portrait import portrait_of
from chatprobe.browser.steps import Action, Steps
from chatprobe.parts import Part

PAGE = Path(__file__).parent / "pages" / "parts.html"
ROWS = Part("chat.messages", (".row",), rows=True)


@pytest_asyncio.fixture
async def gallery(tmp_path: Path) -> AsyncIterator[Gallery]:
    async with launched(find_browser()) as browser:
        context = await browser.new_context(viewport={"width": 1280, "height": 800})
        observer = Observer(context, {})
        await observer.install(lambda _: None)
        page = await context.new_page()
        await page.goto(PAGE.as_uri())
        yield Gallery(observer, context, tmp_path)


def page_of(gallery: Gallery) -> Page:
    return gallery.context.pages[0]


async def found(gallery: Gallery, *parts: Part) -> list[Match]:
    return list(await look_for(gallery.observer, gallery.context, parts))


async def test_every_alternative_is_counted_in_every_frame(gallery: Gallery) -> None:
    """Each alternative of each part is told by frame with how many match and how many of those are visible."""
    parts = [
        Part("chat.launcher", ("#gone", ".bubble", "role=button[name='Live chat']")),
        Part("chat.input", (".hidden-box", "textarea"), frames=("iframe[name=talk]",)),
        ROWS,
    ]
    seen = [(one.path, one.index, one.count, one.visible, one.inside) for one in await found(gallery, *parts)]
    assert [
        ("chat.launcher", 1, 2, 1, True),
        ("chat.launcher", 2, 1, 1, True),
        ("chat.input", 0, 1, 1, False),  # in a closed root, and not in the chat's frame
        ("chat.input", 1, 1, 1, True),
        ("chat.messages", 0, 2, 2, True),
    ] == seen


async def test_a_portrait_tells_how_a_part_is_made(gallery: Gallery) -> None:
    """Tag, role, name, attributes, place, and the elements and frames around it; a database gives the same back."""
    launcher, box = (one.portraits[0] for one in await found(gallery, Part("a", ("#open",)), Part("b", ("textarea",))))
    assert ("button", "button", "Live chat", ("bubble", "big")) == (
        launcher.tag,
        launcher.role,
        launcher.name,
        launcher.classes,
    )
    assert ((1200, 720, 60, 60), (1280, 800)) == (
        (launcher.box.x, launcher.box.y, launcher.box.width, launcher.box.height),
        launcher.view,
    )
    assert ("textbox", "Write here", ["talk"]) == (
        box.role,
        box.attributes["placeholder"],
        [frame.attributes["name"] for frame in box.frames],
    )
    assert box.box.x > 20  # in the page's pixels, not the frame's
    assert launcher == portrait_of(json.loads(json.dumps(launcher.as_row())))


async def test_of_a_row_nothing_is_kept_that_somebody_wrote(gallery: Gallery) -> None:
    """No text, no name, no title: only what tells rows apart."""
    row = (await found(gallery, ROWS))[0].portraits[0]
    assert {"class": "row staff", "data-from": "agent", "data-name": "", "title": ""} == row.attributes
    assert "anna" not in json.dumps(row.as_row()).lower()
    assert ("log", "log") == (row.above[0].attributes["id"], row.above[0].attributes["role"])


async def test_what_a_step_finds_is_kept_with_a_picture(gallery: Gallery, tmp_path: Path) -> None:
    """A step's element is kept as it was just before the click, with the alternative that found it."""
    steps = Steps(gallery.context, gallery.observer)
    steps.found = gallery.found
    await page_of(gallery).evaluate("void (document.getElementById('open').onclick = (e) => e.target.remove())")
    await steps.do(Action("chat.launcher", "click", ("#gone", "#open"), timeout_ms=5_000))
    kept = gallery.kept["chat.launcher"]
    assert ("#open", "Live chat") == (kept.selector, kept.portrait.name)
    assert [tmp_path / "crop-chat-launcher.png"] == [one.path for one in gallery.crops.values()]
    assert (tmp_path / "crop-chat-launcher.png").read_bytes().startswith(b"\x89PNG")


async def test_a_part_in_a_closed_root_is_kept(gallery: Gallery) -> None:
    """Where no locator finds anything, the portrait comes from the observer."""
    steps = Steps(gallery.context, gallery.observer)
    steps.found = gallery.found
    await steps.do(Action("chat.input", "click", (".hidden-box",), timeout_ms=5_000))
    portrait = gallery.kept["chat.input"].portrait
    around = [(one.tag, one.shadow) for one in portrait.above]
    assert ("input", [("div", ""), ("lucky-chat", "closed")]) == (portrait.tag, around)


async def test_style_sheets_know_rows_before_there_are_any(gallery: Gallery) -> None:
    """The classes that a frame's style sheets know are kept with the part that names them."""
    frame = page_of(gallery).frames[1]
    await gallery.before_rows(frame, [ROWS, Part("chat.queue", (".line-place",), rows=True)])
    await gallery.matching([ROWS])
    assert (".row",) == gallery.kept["chat.messages"].styled


@pytest.mark.parametrize(
    ("selector", "words"),
    [
        (".a.b > #c", [".a", ".b", "#c"]),
        ("[href='#x'] .a:not(.b), .c\\:d", [".a", ".c\\:d"]),
        ("div", []),
    ],
)
def test_words_of_a_selector(selector: str, words: list[str]) -> None:
    """Classes and ids outside quotes, brackets and functions."""
    assert words == words_in(selector)
