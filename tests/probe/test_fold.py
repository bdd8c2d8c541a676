"""From the stream of events to the lines of the chat."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatprobe.model import Event, EventName, Speaker
from chatprobe.probe.fold import LINES, TOLD_LATE_MS, WIRE_EARLY_MS, Line, fold, holds


def message(key: str, at: float, text: str, **detail: Any) -> Event:
    return Event(at, EventName.MESSAGE, {"id": key, "text": text, "region": "list", "changed_at": at, **detail})


def changed(key: str, at: float, text: str, **detail: Any) -> Event:
    return Event(at, EventName.MESSAGE_CHANGED, {"id": key, "text": text, "changed_at": at, **detail})


def gone(key: str, at: float) -> Event:
    return Event(at, EventName.MESSAGE_GONE, {"id": key})


def frame(at: float, data: Any, direction: str = "in") -> Event:
    text = data if isinstance(data, str) else json.dumps(data)
    return Event(at, EventName.WIRE, {"direction": direction, "data": text})


def page_event(at: float, text: str, by: str) -> Event:
    data = json.dumps({"event": "said", "data": {"text": text, "by": by}})
    return Event(at, EventName.WIRE, {"via": "js", "direction": "in", "data": data})


def tellers(events: list[Event]) -> list[list[str]]:
    """Who spoke each line, by the page events that told of it."""
    return [[told["data"]["by"] for told in line.message.told] for line in fold(events)]


def only(events: list[Event]) -> Line:
    (line,) = fold(events)
    return line


def test_a_message_keeps_its_time_and_shows_its_last_text() -> None:
    """A growing text is one line: first seen at its first words, settled at its last."""
    line = only([message("a", 10.0, "With"), changed("a", 20.0, "Withdrawals"), changed("a", 30.0, "Withdrawals take")])
    assert (10.0, 30.0, "Withdrawals take") == (line.message.at, line.message.settled_at, line.message.text)


def test_what_a_change_does_not_mention_stays() -> None:
    """A line whose row has left the page keeps the name and the attributes it had."""
    facts = {"name": "Anna", "attributes": {"data-role": "human"}, "matches": ["human"]}
    line = only([message("a", 1.0, "One", **facts), changed("a", 2.0, "One moment")])
    seen = line.message
    assert ("Anna", {"data-role": "human"}, frozenset({Speaker.HUMAN})) == (seen.name, seen.attributes, seen.matches)


def test_a_name_that_moves_to_the_next_row_stays_known() -> None:
    """A widget that shows name and face beside a speaker's newest row takes them from the one before."""
    events = [message("a", 1.0, "One", name="Anna", avatar="face"), changed("a", 2.0, "One", name=None, avatar=None)]
    assert ("Anna", "face") == (only(events).message.name, only(events).message.avatar)


def test_lines_stand_in_order_of_appearance() -> None:
    """Events may be learned of late: the page's own times order the lines."""
    assert ["b", "a"] == [line.id for line in fold([message("a", 9.0, "later"), message("b", 3.0, "sooner")])]


def test_a_line_whose_place_is_not_known_is_left_out() -> None:
    """Text before the echo or outside the chat is no line, until the observer says otherwise."""
    before = [message("a", 1.0, "Hi", region="pre"), message("b", 1.0, "Terms", region="outside")]
    assert [] == fold(before)
    assert ["a"] == [line.id for line in fold([*before, changed("a", 2.0, "Hi", region="list")])]


def test_a_line_that_left_and_came_back_is_not_gone() -> None:
    """Gone is what has gone last."""
    assert 5.0 == only([message("a", 1.0, "x"), gone("a", 5.0)]).gone_at
    assert None is only([message("a", 1.0, "x"), gone("a", 5.0), changed("a", 6.0, "x")]).gone_at


def test_news_of_an_unknown_line_says_nothing() -> None:
    """A line of which only the end is known is none."""
    assert [] == fold([gone("a", 5.0)])


def test_a_row_that_matches_the_visitor_is_ours() -> None:
    """The visitor's row is known by the scenario's selector as well as by its text."""
    ours = fold([message("a", 1.0, "x", visitor=True), message("b", 2.0, "y", matches=["visitor"])])
    assert [True, True] == [line.visitor for line in ours]


def test_the_follow_up_row_has_the_name_of_the_row_before() -> None:
    """A second row of the same look carries no name: it is the same author's."""
    look = {"attributes": {"class": "row in"}}
    lines = fold([message("a", 1.0, "One", name="Anna", **look), message("b", 2.0, "Two", **look)])
    assert ["Anna", "Anna"] == [line.message.name for line in lines]


@pytest.mark.parametrize(
    "between",
    [
        message("v", 2.0, "Thanks", visitor=True),
        message("v", 2.0, "Anna left", attributes={"class": "notice"}),
        message("v", 2.0, "Hello", name="Bert", attributes={"class": "row in"}),
    ],
    ids=["we spoke", "a notice stood", "another spoke"],
)
def test_a_name_is_not_carried_over_others(between: Event) -> None:
    """Once something else stood between, the name before it says nothing of the row after."""
    look = {"attributes": {"class": "row in"}}
    lines = fold([message("a", 1.0, "One", name="Anna", **look), between, message("b", 3.0, "Two", **look)])
    assert "Anna" != lines[-1].message.name


TEXTS = ["Hello there", 'She said "yes"', "Prix : 5 €\nou 6 €", "Ça marche 👍", "a \\ b"]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("escaped", [True, False], ids=["ascii", "unicode"])
def test_a_frame_that_holds_the_text_carried_it(text: str, escaped: bool) -> None:
    """The frame is found whether its JSON escapes the text or not, and its fields come with it."""
    data = json.dumps({"type": "message", "text": text}, ensure_ascii=escaped)
    line = only([frame(90.0, data), message("a", 100.0, text)])
    assert (90.0, {"type": "message", "text": text}) == (line.wire_at, line.message.wire)


SAY = {"from": "bot", "text": 'She said "yes"'}


@pytest.mark.parametrize(
    ("data", "wire"),
    [
        (f'42["say",{json.dumps(SAY)}]', {"event": "say", "data": SAY}),
        ("a" + json.dumps([json.dumps(SAY)]), SAY),
        (f"event: say\ndata: {json.dumps(SAY)}\n\n", {"event": "say", "data": SAY}),
        (json.dumps({"msg": "added", "collection": "say", "fields": {"args": [SAY]}}), {"event": "say", "data": SAY}),
        (json.dumps([{"text": "Hi"}, SAY, {"typing": True}]), SAY),
        (json.dumps({"payload": [SAY["text"]]})[:-1], None),
    ],
    ids=["Socket.IO", "SockJS", "server-sent event", "DDP", "list", "cut short"],
)
def test_the_object_that_holds_the_text_is_taken_out_of_its_envelope(data: str, wire: dict[str, Any] | None) -> None:
    """Rules and marks see the object with the text, whatever the transport packs it in; a cut frame has none."""
    line = only([frame(90.0, data), message("a", 100.0, SAY["text"])])
    assert (90.0, wire) == (line.wire_at, line.message.wire)


def test_the_newest_frame_before_the_text_carried_it() -> None:
    """Of several frames with the same words, the last one before the text is the one."""
    frames = [frame(10.0, {"text": "Hi you", "n": 1}), frame(50.0, {"text": "Hi you", "n": 2}), frame(900.0, "Hi you")]
    line = only([*frames, message("a", 60.0, "Hi you")])
    assert (50.0, {"text": "Hi you", "n": 2}) == (line.wire_at, line.message.wire)


@pytest.mark.parametrize(
    "other",
    [
        frame(90.0, {"text": "Something else"}),
        frame(90.0, {"text": "Hi you"}, direction="out"),
        frame(200.0, {"text": "Hi you"}),
        frame(100.0 - WIRE_EARLY_MS - 1, {"text": "Hi you"}),
    ],
    ids=["other words", "sent by us", "long after", "long before"],
)
def test_no_other_frame_carried_it(other: Event) -> None:
    """Without a frame that could have brought the text there is no wire time."""
    line = only([other, message("a", 100.0, "Hi you")])
    assert (None, None) == (line.wire_at, line.message.wire)


def test_our_own_words_are_carried_by_nothing() -> None:
    """The server's copy of our question says nothing about who answers."""
    assert None is only([frame(1.0, {"text": "Hi you"}), message("a", 2.0, "Hi you", visitor=True)]).wire_at


def test_a_page_with_more_lines_than_a_chat_is_cut() -> None:
    """A flood costs neither memory nor time: what comes after many lines is not looked at."""
    flood = [message(str(number), float(number), f"Row {number}") for number in range(3 * LINES)]
    assert LINES == len(fold(flood))


@given(st.text(min_size=1))
def test_every_text_is_found_in_its_own_json(text: str) -> None:
    """Whatever is written, a frame that holds it is known to hold it."""
    assert holds(json.dumps([text]), text)
    assert holds(json.dumps([text], ensure_ascii=False), text)


details = st.fixed_dictionaries(
    {"id": st.sampled_from("abc")},
    optional={
        "text": st.text(max_size=5),
        "region": st.sampled_from(["list", "status", "pre", "outside"]),
        "visitor": st.booleans(),
        "name": st.none() | st.text(max_size=3),
        "changed_at": st.none() | st.floats(0, 100),
        "data": st.text(max_size=5),
        "direction": st.sampled_from(["in", "out"]),
    },
)
NAMES = [EventName.MESSAGE, EventName.MESSAGE_CHANGED, EventName.MESSAGE_GONE, EventName.WIRE]


@given(st.lists(st.builds(Event, st.floats(0, 100), st.sampled_from(NAMES), details)))
def test_any_stream_folds_into_ordered_lines_of_the_chat(events: list[Event]) -> None:
    """Events in any order give each line once, in order, with a place in the chat."""
    lines = fold(events)
    assert sorted(line.message.at or 0.0 for line in lines) == [line.message.at for line in lines]
    assert len({line.id for line in lines}) == len(lines)
    assert {line.region for line in lines} <= {"list", "status"}


TOLD = {
    "before the row": (900.0, [["crew"]]),
    "a little after the row": (1_000.0 + TOLD_LATE_MS, [["crew"]]),
    "long after the row": (1_001.0 + TOLD_LATE_MS, [[]]),
    "much too early": (999.0 - WIRE_EARLY_MS, [[]]),
}


@pytest.mark.parametrize(("at", "expected"), TOLD.values(), ids=TOLD.keys())
def test_a_page_event_tells_of_a_row_about_its_time(at: float, expected: list[list[str]]) -> None:
    """The widget may tell its site before or right after it draws the row; what it tells is no frame of a server."""
    events = [message("a", 1_000.0, "Two days."), page_event(at, "Two days.", "crew")]
    assert expected == tellers(events)
    assert (None, None) == (only(events).wire_at, only(events).message.wire)


def test_a_page_event_tells_of_its_own_words_only() -> None:
    """A person's event tells nothing of a bot's row whose words stand within the person's."""
    assert [[]] == tellers([message("a", 1_000.0, "Two days"), page_event(1_010.0, "Two days at most", "crew")])


def test_of_equal_rows_a_page_event_is_of_the_nearest() -> None:
    """A bot's "Hello" and a person's right after it each have their own event."""
    rows = [message("a", 1_000.0, "Hello"), message("b", 2_000.0, "Hello")]
    told = [page_event(1_020.0, "Hello", "flow"), page_event(2_020.0, "Hello", "crew")]
    assert [["flow"], ["crew"]] == tellers([*rows, *told])
    assert [[], ["crew"]] == tellers([*rows, told[1]])


def test_a_row_without_an_author_follows_the_one_before() -> None:
    """A follow-up row has name and face of the row before, and says so; another face is another author."""
    rows = [
        message("a", 1.0, "One", name="Fin", avatar="picture-1"),
        message("b", 2.0, "Two"),
        message("c", 3.0, "Three", avatar="picture-1"),
        message("d", 4.0, "Four", avatar="picture-2"),
    ]
    seen = [(line.message.name, line.message.avatar, line.message.follows) for line in fold(rows)]
    assert [("Fin", "picture-1", False), ("Fin", "picture-1", True), ("Fin", "picture-1", False)] == seen[:3]
    assert [(None, "picture-2", False)] == seen[3:]


OURS = message("v", 100.0, "How long?", visitor=True)


@pytest.mark.parametrize("sender", ["human", "bot"])
def test_the_copy_of_our_words_is_not_the_frame_of_a_row_that_repeats_them(sender: str) -> None:
    """A bot that says our words again has the frame of a machine, but not the server's copy of ours."""
    copy = {"text": "How long?", "sender": {"type": sender}}
    row = fold([OURS, frame(120.0, copy), message("b", 900.0, "How long")])[-1]
    assert (copy if sender == "bot" else None) == row.message.wire


def test_a_frame_that_says_the_text_goes_before_one_with_a_part_of_it() -> None:
    """An older frame of just these words carried the row, not a newer one with the words among others."""
    frames = [frame(10.0, {"text": "Two days"}), frame(50.0, {"text": "Two days or three?"})]
    assert {"text": "Two days"} == only([*frames, message("a", 60.0, "Two days")]).message.wire


def test_what_is_told_of_our_words_is_no_row_s_that_repeats_them() -> None:
    """The widget's event about our own message says nothing of the bot that repeats it."""
    ours = message("v", 1_000.0, "How long?", visitor=True)
    assert [[], []] == tellers([ours, page_event(1_010.0, "How long?", "me"), message("b", 3_000.0, "How long?")])
