"""The file that `new` writes: right YAML whatever the page says, with its reasons as comments."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from chatprobe.browser.stability import Choice, Way
from chatprobe.browser.standing import Standing, State
from chatprobe.discover.explore import Act, Explored, Part
from chatprobe.discover.learn import Learned
from chatprobe.discover.make import loaded
from chatprobe.discover.naming import casino_of, place, refuse_taken
from chatprobe.discover.writing import Draft, plain, quoted, scenario_text
from chatprobe.errors import UsageError
from chatprobe.model import Outcome, Speaker

WAYS = (Choice("#chat", Way.ID, 0.9), Choice('role=button[name="Chat"]', Way.ROLE, 0.65))
EXPLORED = Explored(
    standing=Standing(State.COMPOSER),
    banners=(Part("before", "Reject all", (Choice('button:has-text("Reject all")', Way.LABEL, 0.6),)),),
    launcher=Part("launcher", "Chat", WAYS),
    frames=Part("frames", "Help", (Choice('iframe[title="Help"]', Way.LABEL, 0.6),)),
    input=Part("input", "Type here", (Choice("textarea", Way.KIND, 0.2),)),
    inner=("Start chat",),
)
LEARNED = Learned(
    Outcome.HUMAN_REPLY,
    4,
    Choice(".row", Way.CLASS, 0.45),
    {Speaker.VISITOR: Choice(".mine", Way.CLASS, 0.45), Speaker.HUMAN: Choice('[data-by="agent"]', Way.DATA, 0.8)},
    ("Robo",),
    "send control",
    (Choice("#send", Way.ID, 0.9),),
)


def draft(explored: Explored = EXPLORED, learned: Learned | None = None, **changes: object) -> Draft:
    """A draft, with these changes."""
    base = Draft("lucky", "https://lucky.example/", "en", "withdrawal", "How long?", explored, "2027-01-31")
    base = replace(base, learned=learned)
    return Draft(**{**vars(base), **changes})  # type: ignore[arg-type]  # the test's own names


def test_what_was_found_is_read_again() -> None:
    """Every part stands under its key, alternatives in their order."""
    scenario = loaded(draft())
    chat = scenario.chat
    assert ("lucky", "How long?") == (scenario.casino, scenario.questions[0].text["en"])
    assert [('button:has-text("Reject all")', True)] == [(step.selector, step.optional) for step in scenario.before]
    assert (tuple(way.selector for way in WAYS), ('iframe[title="Help"]',), ("textarea",)) == (
        chat.launcher,
        chat.frames,
        chat.input,
    )
    assert () == scenario.warnings


def test_what_a_chat_taught_is_read_again_but_nobody_is_made_a_person() -> None:
    """Rows, speakers, bots' names and the send control are written; a person's mark is a comment only."""
    text = scenario_text(draft(learned=LEARNED))
    chat = loaded(draft(learned=LEARNED)).chat
    assert ((".row",), (".mine",), ("Robo",), ("#send",)) == (
        chat.messages,
        chat.speakers.visitor,
        chat.names.bots,
        chat.send,
    )
    assert () == chat.speakers.human
    assert "#   human: '[data-by=\"agent\"]'" in text


def test_what_did_not_work_is_left_to_the_generic_method() -> None:
    """A part that failed its trial is a comment."""
    chat = loaded(draft(left_out=frozenset({"launcher", "frames"}))).chat
    assert ((), (), ("textarea",)) == (chat.launcher, chat.frames, chat.input)


def test_a_scenario_may_need_no_chat_part_at_all() -> None:
    """Where nothing lasts, only the questions remain."""
    bare = Explored(standing=Standing(State.COMPOSER), input=Part("input", "", ()))
    assert () == loaded(draft(bare)).chat.input


def test_a_form_is_told_in_steps() -> None:
    """Fields, choices and the button, with what the visitor declared in braces."""
    part = Part("form", "Name *", (Choice('input[name="n"]', Way.FIELD_NAME, 0.85),))
    acts = (Act("fill", part, "{name}"), Act("select", part, "Support: all"), Act("click", part))
    from chatprobe.browser.forms import Form

    standing = Standing(State.FORM, form=Form((), None, offline=False, why=()))
    form = loaded(draft(Explored(standing=standing, form=acts))).chat.form
    assert [("fill", "{name}"), ("select", "Support: all"), ("click", None)] == [(str(s.action), s.value) for s in form]


@given(st.text())
def test_any_text_is_quoted_as_itself(text: str) -> None:
    """YAML reads the same text again, or it is one that no scenario takes."""
    if all(sign.isprintable() for sign in text):
        assert text == yaml.safe_load(quoted(text))


@given(st.text())
def test_any_text_may_stand_in_a_comment(text: str) -> None:
    """What a page says never breaks out of its line."""
    said = plain(text)
    assert len(said.splitlines()) <= 1
    assert len(said) <= 70


@given(st.text(max_size=30).filter(lambda text: "\x00" not in text))
def test_whatever_a_page_says_the_file_is_right(text: str) -> None:
    """Names and labels of the page cannot make the scenario unreadable."""
    standing = Standing(State.OFFLINE, said=text)
    explored = Explored(standing=standing, launcher=Part("launcher", text, WAYS), inner=(text,))
    assert WAYS[0].selector == loaded(draft(explored)).chat.launcher[0]


@pytest.mark.parametrize(
    ("url", "casino"),
    [
        ("https://www.lucky-star.com/en/", "lucky-star"),
        ("https://lucky.co.uk", "lucky"),
        ("https://play.monte.casino/x", "monte"),
        ("http://127.0.0.1:8000/a", "127-0-0-1"),
        ("http://localhost:1/", "localhost"),
        ("https://münze.example/", "m-nze"),
    ],
)
def test_a_casino_is_named_for_its_address(url: str, casino: str) -> None:
    """The registered name, as a slug."""
    assert casino == casino_of(url)


def test_no_file_is_written_over(tmp_path: Path) -> None:
    """An existing file stays as it is unless replacing it is wished; nothing half-written is left."""
    path = tmp_path / "lucky.yaml"
    place("one\n", path, force=False)
    with pytest.raises(UsageError, match="meanwhile"):
        place("two\n", path, force=False)
    assert ("one\n", [path]) == (path.read_text(), [*tmp_path.iterdir()])
    place("two\n", path, force=True)
    assert ("two\n", [path]) == (path.read_text(), [*tmp_path.iterdir()])


def test_a_casino_has_one_file(tmp_path: Path) -> None:
    """A name that another file has is refused before anything is visited, and so is an existing file."""
    (tmp_path / "old.yaml").write_text(scenario_text(draft()))
    with pytest.raises(UsageError, match=r"lucky is already the casino of .*old\.yaml"):
        refuse_taken("lucky", tmp_path / "lucky.yaml", force=True)
    with pytest.raises(UsageError, match="exists already"):
        refuse_taken("lucky", tmp_path / "old.yaml", force=False)
    refuse_taken("lucky", tmp_path / "old.yaml", force=True)
    refuse_taken("other", tmp_path / "lucky.yaml", force=False)
