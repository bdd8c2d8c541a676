"""The operator's side, without a page."""

from __future__ import annotations

import random

from chatprobe.lab.acts import Joined, Notice, Queue, Say, Stream, Typing
from chatprobe.lab.casino import Casino, Expect, Script, Widget
from chatprobe.lab.desk import Desk
from chatprobe.lab.truth import Conversation
from tests.lab.conftest import until


def desk_of(script: Script, *, mark: str = "none", speed: float = 1000.0) -> Desk:
    casino = Casino("c", "C", "for tests", Expect("no_reply"), Widget(mark=mark), script)  # type: ignore[arg-type]
    return Desk(casino, Conversation("c-1", "c"), speed)


async def played(desk: Desk, frames: int) -> list[str]:
    """The types of the frames once there are that many."""
    await until(lambda: len(desk.frames) >= frames)
    return [frame["type"] for frame in desk.frames]


async def test_acts_follow_the_question_in_order() -> None:
    """The answer begins with the visitor's first text and keeps the script's order."""
    desk = desk_of(Script(answer=(Queue(1, 2), Joined(1, "Anna"), Typing(1, on=True), Say(1, "Hello"))))
    desk.receive({"type": "say", "text": "Hi?"})
    assert await played(desk, 5) == ["echo", "queue", "joined", "typing", "message"]


async def test_delays_add_up() -> None:
    """The first human message is sent no sooner than the script says, divided by the speed."""
    desk = desk_of(Script(answer=(Typing(1, on=True), Say(2, "Hello"))), speed=10)
    desk.receive({"type": "say", "text": "Hi?"})
    await played(desk, 3)
    assert (desk.conversation.true_frt_ms or 0) >= 299


async def test_the_opening_plays_once() -> None:
    """A second connection of the same page does not greet again."""
    desk = desk_of(Script(opening=(Say(0, "Welcome", "bot"),)))
    desk.open()
    desk.open()
    desk.receive({"type": "say", "text": "Hi?"})
    await until(lambda: bool(desk.conversation.sends))
    assert [send.text for send in desk.conversation.sends] == ["Welcome"]


async def test_later_texts_pick_their_reaction() -> None:
    """A later text plays the first reaction whose expression it matches, whatever its case."""
    later = (("agent", (Say(0, "Calling one.", "bot"),)), (".", (Say(0, "Pardon?", "bot"),)))
    desk = desk_of(Script(later=later))
    for text in ("Hi?", "An AGENT, please", "Well?"):
        desk.receive({"type": "say", "text": text})
    await until(lambda: len(desk.conversation.sends) == 2)
    assert [send.text for send in desk.conversation.sends] == ["Calling one.", "Pardon?"]


async def test_a_stream_is_one_message() -> None:
    """A streamed answer is one send with its whole text, whose continuations name its frame."""
    desk = desk_of(Script(answer=(Stream(0, "One two three", "bot"),)))
    desk.receive({"type": "say", "text": "Hi?"})
    assert await played(desk, 4) == ["echo", "message", "more", "more"]
    assert [send.text for send in desk.conversation.sends] == ["One two three"]
    assert [frame["of"] for frame in desk.frames[2:]] == [1, 1]


async def test_the_end_of_the_visit_stops_the_operator() -> None:
    """After the visitor left, nothing more is sent."""
    desk = desk_of(Script(answer=(Say(0, "Hello"), Say(3_600_000, "Still there?"))))
    desk.receive({"type": "say", "text": "Hi?"})
    await played(desk, 2)
    desk.receive({"type": "bye"})
    await until(lambda: not desk.busy)
    assert desk.conversation.ended
    assert [send.text for send in desk.conversation.sends] == ["Hello"]


async def test_a_mark_decides_what_the_page_learns() -> None:
    """The true author reaches the page as the casino's mark says, or not at all."""
    script = Script(answer=(Say(0, "Beep", "bot"), Say(0, "Hello", "human")))
    told = {}
    for mark in ("class", "role", "operator", "wire", "none"):
        desk = desk_of(script, mark=mark)
        desk.receive({"type": "say", "text": "Hi?"})
        await played(desk, 3)
        assert all("who" not in frame for frame in desk.frames)
        told[mark] = [
            frame.get("role") or frame.get("operator") or frame.get("author", {}).get("kind")
            for frame in desk.frames[1:]
        ]
    assert told == {
        "class": ["bot", "human"],
        "role": ["bot", "human"],
        "operator": [None, 17],
        "wire": ["flow", "staff"],
        "none": [None, None],
    }


async def test_a_form_with_a_question_asks_it() -> None:
    """The form's question counts as the visitor's first text, and the other fields are kept."""
    desk = desk_of(Script())
    desk.receive({"type": "form", "fields": {"name": "Alex", "question": "Hi?"}})
    assert ["Hi?"] == [text for _, text in desk.conversation.visitor]
    assert desk.conversation.form["name"] == "Alex"


async def test_a_message_passed_off_as_another_s_is_known_for_what_it_is() -> None:
    """The page is told the lie, the truth keeps who really wrote."""
    desk = desk_of(Script(answer=(Say(0, "Rate us", "bot", "Anna", passed_off="human"),)), mark="role")
    desk.receive({"type": "say", "text": "Hi?"})
    await played(desk, 2)
    assert ("human", "bot") == (desk.frames[1]["role"], desk.conversation.sends[0].who)


async def test_the_widget_s_own_texts_are_in_the_truth() -> None:
    """A toast and a header are nobody's words; an empty header takes one away and is no text."""
    desk = desk_of(Script(answer=(Notice(0, "Connecting"), Notice(0, ""), Notice(0, "Sale!", "toast"))))
    desk.receive({"type": "say", "text": "Hi?"})
    await played(desk, 4)
    assert [("system", "Connecting"), ("system", "Sale!")] == [(s.who, s.text) for s in desk.conversation.sends]


async def test_delays_may_be_drawn_for_each_visit() -> None:
    """With a spread the wait differs between visits, and is the same when the same visit is played again."""
    waits = []
    for visit in ("c-1", "c-1", "c-2"):
        casino = Casino("c", "C", "for tests", Expect("no_reply"), script=Script(answer=(Say(0, "Hi", spread_s=400),)))
        desk = Desk(casino, Conversation(visit, "c"), 1000)
        desk.receive({"type": "say", "text": "Hi?"})
        await played(desk, 2)
        waits.append(desk.conversation.true_frt_ms or 0)
    drawn = [random.Random(visit).uniform(0, 400) for visit in ("c-1", "c-1", "c-2")]
    assert drawn[0] == drawn[1] != drawn[2]
    assert all(wait >= least - 1 for wait, least in zip(waits, drawn, strict=True))
