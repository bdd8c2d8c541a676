"""What the doctor makes of several diagnoses together, without a browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import pytest

from chatprobe.browser.gallery import Kept
from chatprobe.browser.portrait import Portrait
from chatprobe.discover.diagnosis import Diagnosis, State
from chatprobe.discover.doctor import Case, Doctor
from chatprobe.discover.proposal import Proposal
from chatprobe.probe.examiner import Scene
from chatprobe.scenario.edit import Edit, Verb
from chatprobe.scenario.load import load_text

TEXT = """\
casino: lucky
url: https://lucky.example/
questions: [{id: q, text: Why?}]
before: [{click: "#ok"}]
chat: {launcher: .chat, input: .box}
"""
LAUNCHER = Diagnosis("chat.launcher", State.DRIFT, "its selector matches 2 things, and the first is used", wants=True)
BOX = Diagnosis("chat.input", State.BROKEN, "nothing matches", wants=True)
FOUND = Portrait("button", "button", "Chat")


def proposal(selector: str, path: str = "chat.launcher") -> Proposal:
    return Proposal(Edit(path, Verb.SET, selector), "<button>", "a class", 0.45)


@pytest.fixture
def doctor() -> Doctor:
    return Doctor(load_text(TEXT, Path("lucky.yaml")))


def scene(doctor: Doctor, visible: int = 1, **statuses: str) -> Scene:
    """A visit whose launcher matched so many things, and the states of its steps before the chat."""
    steps = {f"before[{name[1:]}]": {"status": status} for name, status in statuses.items()}
    found = {"chat.launcher": Kept("chat.launcher", ".chat", FOUND, visible)}
    return Scene(cast("Any", None), doctor.scenario, None, found, steps)


def states(found: list[Diagnosis]) -> dict[str, State]:
    return {one.path: one.state for one in found}


def test_of_two_launchers_the_wrong_one_is_to_blame_for_the_box(doctor: Doctor) -> None:
    """A box of another chat must not take the place of the one that is meant, as long as another launcher is left."""
    blamed = {"chat.launcher": State.BROKEN, "chat.input": State.LATER}
    assert blamed == states(doctor._with_wrong_chat([LAUNCHER, BOX], scene(doctor, visible=2)))
    fine = Diagnosis("chat.launcher", State.OK)
    doctor.cases["chat.launcher"] = Case(LAUNCHER, [proposal("#a"), proposal("#b")])
    assert blamed == states(doctor._with_wrong_chat([fine, BOX], scene(doctor)))
    doctor.cases["chat.launcher"].at = 1
    assert State.BROKEN is states(doctor._with_wrong_chat([fine, BOX], scene(doctor)))["chat.input"]


def test_a_launcher_that_is_alone_is_not_to_blame(doctor: Doctor) -> None:
    """Then it is the box that is another one."""
    found = [Diagnosis("chat.launcher", State.OK), BOX]
    assert found == doctor._with_wrong_chat(found, scene(doctor))


@pytest.mark.parametrize(
    ("statuses", "path"),
    [
        ({}, "before[1]"),
        ({"b0": "ok"}, "before[1]"),
        ({"b0": "ok", "b1": "skipped"}, "before[1]"),
        ({"b1": "ok"}, "before[2]"),
    ],
)
def test_a_layer_s_step_stands_behind_those_that_worked(doctor: Doctor, statuses: dict[str, str], path: str) -> None:
    """A step that was proposed and found nothing is no step to build on: the same place is tried again."""
    assert path == doctor._layer_path(scene(doctor, **statuses))


def test_what_cannot_be_written_alone_is_told_with_the_reason() -> None:
    """The proposal is shown as not tried: somebody may write it by hand."""
    case = Case(BOX, by_hand=[proposal("#new", "chat.input")], refused="it hangs together with others")
    row = case.as_row()
    assert ("#new", None, "it hangs together with others") == (
        row["proposals"][0]["text"],
        row["proposals"][0]["verified"],
        row["by_hand"],
    )
    assert case.trying is None
