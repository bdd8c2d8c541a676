"""What one visit says of each part of a scenario."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from chatprobe.browser.arrival import Stop
from chatprobe.browser.gallery import INNER, Kept
from chatprobe.browser.parts import Match
from chatprobe.browser.portrait import Level, Portrait
from chatprobe.discover.diagnosis import Diagnosis, Seen, Standing, State, around, diagnose
from chatprobe.model import Outcome
from chatprobe.parts import Part

LAUNCHER = Part("chat.launcher", ("#chat", "text=Chat"))
FRAMES = Part("chat.frames", ("iframe.chat",))
INPUT = Part("chat.input", ("#box",), frames=FRAMES.selectors)
SEND = Part("chat.send", (".send",))
NAME = Part("chat.form[0]", ("[name=n]",))
ROWS = Part("chat.messages", (".row",), rows=True)
BUTTON = Portrait("button", "button", "Chat", {"id": "chat"})
ROW = Portrait(
    "div", attributes={"class": "row"}, above=(Level("div", {"class": "rows"}, early=True), Level("section"))
)
BROKEN = Stop(Outcome.SCENARIO_BROKEN, "chat.launcher", "nothing matches")


def match(part: Part, index: int = 0, visible: int = 1, **more: Any) -> Match:
    return Match(
        part.path, index, part.selectors[index], "lucky.example", visible or 1, visible, **{"inside": True, **more}
    )


def step(part: Part, status: str = "ok", **more: Any) -> dict[str, dict[str, Any]]:
    return {part.path: {"step": part.path, "status": status, **more}}


def at_the_box(*parts: Part, **more: Any) -> Seen:
    return Seen(parts, Standing.BOX, **{"home": (), **more})


def only(seen: Seen, *kept: Kept) -> Diagnosis:
    """The diagnosis of the one part."""
    (found,) = diagnose(seen, {kept[0].path: kept} if kept else {})
    return found


def told(seen: Seen, *kept: Kept) -> tuple[State, str]:
    found = only(seen, *kept)
    return found.state, found.detail


def test_a_step_that_worked_is_fine() -> None:
    """Found by the alternative that found it before, alone, and made as it was."""
    kept = Kept("chat.launcher", "#chat", BUTTON)
    seen = at_the_box(LAUNCHER, steps=step(LAUNCHER), found={"chat.launcher": kept})
    assert (State.OK, "") == told(seen, kept)


@pytest.mark.parametrize(
    ("now", "detail"),
    [
        (Kept("chat.launcher", "text=Chat", BUTTON), "alternative 2 had to be used: #chat found nothing"),
        (Kept("chat.launcher", "#chat", BUTTON, 2), "its selector matches 2 things, and the first is used"),
        (Kept("chat.launcher", "#chat", replace(BUTTON, name="Hilfe")), "it says 'Hilfe', and said 'Chat'"),
    ],
)
def test_drift_is_told_before_it_breaks(now: Kept, detail: str) -> None:
    """It works, and what it rests on is not what it was."""
    seen = at_the_box(LAUNCHER, steps=step(LAUNCHER), found={"chat.launcher": now})
    kept = Kept("chat.launcher", "#chat", BUTTON)
    assert (State.DRIFT, detail) == told(seen, kept)
    assert ("says" not in detail) == only(seen, kept).wants


def test_a_scenario_that_was_mended_rests_on_something_else() -> None:
    """What the selector before it found is no measure for what this one finds."""
    found = Kept("chat.launcher", "text=Chat", replace(BUTTON, name="Help"))
    part = replace(LAUNCHER, selectors=("text=Chat",))
    seen = at_the_box(part, steps=step(part), found={"chat.launcher": found})
    assert (State.OK, "") == told(seen, Kept("chat.launcher", "#chat", BUTTON))


def test_two_things_that_always_were_two_are_no_drift() -> None:
    """A selector that matched two things at a good visit may go on doing so."""
    two = Kept("chat.launcher", "#chat", BUTTON, 2)
    seen = at_the_box(LAUNCHER, steps=step(LAUNCHER), found={"chat.launcher": two})
    assert (State.OK, "") == told(seen, two)


def test_a_step_that_failed_is_broken() -> None:
    """The report's own reason is told, and what stood in the way; what comes behind it is not known."""
    report = step(LAUNCHER, "failed", error="nothing matches", covered_by="<div>")
    seen = Seen((LAUNCHER, INPUT), steps=report, stop=BROKEN)
    launcher, box = diagnose(seen, {})
    assert (State.BROKEN, "nothing matches; <div> stood over it", True) == (
        launcher.state,
        launcher.detail,
        launcher.wants,
    )
    assert (State.LATER, False) == (box.state, box.reached)


def test_where_the_visit_ended_is_named_although_no_selector_is() -> None:
    """A chat that the generic method no longer finds is a broken launcher, too."""
    (found,) = diagnose(Seen((), stop=Stop(Outcome.NOT_OFFERED, "chat.launcher", "no chat")), {})
    assert ("chat.launcher", State.BROKEN, "no chat") == (found.path, found.state, found.detail)


def test_a_wall_breaks_nothing() -> None:
    """What kept us out says nothing of the scenario."""
    stop = Stop(Outcome.CAPTCHA, "load", "we are not let in")
    assert [State.LATER] == [one.state for one in diagnose(Seen((LAUNCHER,), stop=stop), {})]


@pytest.mark.parametrize(
    ("home", "matches", "framed", "state"),
    [
        ((Level("iframe"),), (match(FRAMES),), True, State.OK),
        ((Level("iframe"),), (), False, State.BROKEN),
        ((Level("iframe"),), (match(FRAMES),), False, State.BROKEN),
        ((), (), False, State.BROKEN),
        (None, (), False, State.LATER),
    ],
)
def test_the_frame_is_right_where_the_chat_stands_in_it(
    home: tuple[Level, ...] | None, matches: tuple[Match, ...], framed: bool, state: State
) -> None:
    """It is broken also where the chat is found by looking through all frames; without a chat nothing is known."""
    assert state is only(Seen((FRAMES,), Standing.BOX, home=home, matches=matches, framed=framed)).state


def test_a_box_outside_its_frame_is_the_frames_fault() -> None:
    """What is there, only elsewhere than `chat.frames` says, is not broken itself."""
    report = step(INPUT, "failed", error="nothing matches")
    stop = Stop(Outcome.SCENARIO_BROKEN, "chat.input", "nothing matches")
    seen = Seen((FRAMES, INPUT), Standing.BOX, stop, (match(INPUT, inside=False),), report, home=())
    frames, box = diagnose(seen, {})
    assert (State.BROKEN, State.LATER) == (frames.state, box.state)
    assert "outside the frames of chat.frames" in box.detail


def test_fields_of_a_form_are_judged_where_it_stands() -> None:
    """A field that matches nothing is broken; where no form stands nothing is known."""
    assert State.BROKEN is only(Seen((NAME,), Standing.FORM)).state
    assert State.OK is only(Seen((NAME,), Standing.FORM, matches=(match(NAME),))).state
    assert State.LATER is only(Seen((NAME,), Standing.BOX)).state
    assert (State.DRIFT, "the form before the chat did not show") == told(
        Seen((NAME,), Standing.BOX), Kept(NAME.path, "[name=n]", Portrait("input"))
    )


def test_what_sends_is_judged_while_text_stands_in_the_box() -> None:
    """Not before; what only a preset says may be missing."""
    assert (State.BROKEN, "nothing matches") == told(at_the_box(SEND))
    assert (State.BROKEN, "1 match, none is visible") == told(at_the_box(SEND, matches=(match(SEND, visible=0),)))
    assert State.OK is only(at_the_box(SEND, matches=(match(SEND),))).state
    assert State.LATER is only(at_the_box(replace(SEND, optional=True))).state
    assert State.LATER is only(Seen((SEND,), Standing.FORM)).state


def test_rows_that_are_not_there_yet_are_judged_by_what_is() -> None:
    """What stood around them, and what style sheets know of them; without a good visit nothing is known."""
    kept = Kept("chat.messages", ".row", ROW, styled=(".row",))
    assert ["div.rows"] == around([kept])
    fine = at_the_box(ROWS, standing_around=frozenset({"div.rows"}), styled=frozenset({".row"}))
    assert State.LATER is only(fine, kept).state
    assert (State.BROKEN, "what it stood in is gone: div.rows") == told(at_the_box(ROWS), kept)
    unstyled = replace(fine, styled=frozenset())
    assert (State.BROKEN, "no style sheet knows .row any more") == told(unstyled, kept)
    assert State.LATER is only(at_the_box(ROWS)).state
    assert State.OK is only(at_the_box(ROWS, matches=(match(ROWS, rows=True),)), kept).state


def test_a_chat_that_opens_by_itself_needs_no_launcher() -> None:
    """It works, and the launcher's selector finds nothing: that is said; before the chat is seen nothing is."""
    said = "nothing was there to click: the chat stood open by itself"
    assert (State.DRIFT, said, False) == (*told(at_the_box(LAUNCHER)), only(at_the_box(LAUNCHER)).wants)
    assert State.LATER is only(Seen((LAUNCHER,))).state


def test_a_form_that_was_not_there_is_news() -> None:
    """Only where a good visit came to the box without one, and the scenario knows of none."""
    box, form = Kept("chat.input", None, Portrait("textarea")), Kept("chat.form", None, Portrait("input"))
    [found] = diagnose(Seen((), Standing.FORM), {"chat.input": [box]})
    assert ("chat.form", State.DRIFT, False) == (found.path, found.state, found.wants)
    known = {"chat.input": [box], "chat.form": [form]}
    assert [(), (), ()] == [
        diagnose(Seen((), Standing.FORM), known),
        diagnose(Seen((), Standing.FORM), {}),
        diagnose(Seen((), Standing.BOX), {"chat.input": [box]}),
    ]


def test_one_more_click_behind_the_launcher_is_news() -> None:
    """A menu came before the chat: the launcher no longer opens it alone; one that was always there is none."""
    box, clicked = Kept("chat.input", None, Portrait("textarea")), Kept(INNER, None, Portrait("button", name="Begin"))
    kept = Kept("chat.launcher", "#chat", BUTTON)
    seen = at_the_box(LAUNCHER, steps=step(LAUNCHER), found={"chat.launcher": kept, INNER: clicked})
    [found] = diagnose(seen, {"chat.launcher": [kept], "chat.input": [box]})
    assert (State.DRIFT, "behind it one more click is needed now, and was made: 'Begin'") == (found.state, found.detail)
    [found] = diagnose(seen, {"chat.launcher": [kept], "chat.input": [box], INNER: [clicked]})
    assert State.OK is found.state
