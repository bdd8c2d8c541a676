"""What one chat teaches about its rows, by made-up structures."""

from __future__ import annotations

from typing import Any

from chatprobe.discover.learn import learn
from chatprobe.model import Outcome, Speaker

WHOLE = ("visitor", "bot", "system", "human")


def node(id_: str, class_: str = "", **attributes: str) -> dict[str, Any]:
    told = {name.replace("_", "-"): value for name, value in attributes.items()}
    return {"id": id_, "tag": "div", "attributes": {"class": class_, **told}}


def structure(
    rows: dict[str, list[dict[str, Any]]], names: dict[str, str] | None = None, stray: int = 0
) -> dict[str, Any]:
    """A conversation of rows by id, each a path from the words outwards; every selector counted as the page would."""
    written = [one["attributes"] for path in rows.values() for one in path]
    words = {f".{word}" for one in written for word in one["class"].split()}
    marks = {f'[{name}="{value}"]' for one in written for name, value in one.items() if name != "class"}
    count = len(rows) + stray
    told = [{"id": one, "name": (names or {}).get(one), "box": [0] * 4, "path": path} for one, path in rows.items()]
    return {"conversation": {"rows": told, "census": {key: [count, count] for key in [*words, *marks]}}}


def probe(speakers: dict[str, str], confidence: float = 0.75) -> dict[str, Any]:
    decided = [
        {"name": "decided", "detail": {"id": id_, "seq": seq, "speaker": speaker}}
        for seq, (id_, speaker) in enumerate(speakers.items())
    ]
    sent = {"name": "step_ok", "detail": {"step": "chat.send", "selector": "send control"}}
    messages = [{"seq": seq, "confidence": confidence} for seq in range(len(speakers))]
    return {"outcome": "human_reply", "events": [*decided, sent], "messages": messages}


def usual() -> dict[str, list[dict[str, Any]]]:
    """Four rows: a class that all share, and one of each speaker's own."""
    return {who: [node(f"{who}b", "text"), node(who, f"line by-{who}", data_by=who)] for who in WHOLE}


def test_rows_and_speakers_are_told_by_their_marks() -> None:
    """What all rows share names the rows, what only one speaker's have names him."""
    learned = learn(structure(usual()), probe({who: who for who in WHOLE}))
    assert learned.messages is not None
    assert (Outcome.HUMAN_REPLY, 4, ".line") == (learned.outcome, learned.seen, learned.messages.selector)
    told = {str(speaker): way.selector for speaker, way in learned.speakers.items()}
    assert {who: f'[data-by="{who}"]' for who in WHOLE} == told
    assert "send control" == learned.sent_by


def test_a_mark_that_others_have_too_is_none() -> None:
    """A class that bot and person share says nothing of either; nor do two groups without one in common."""
    rows = {
        "v": [node("v", "line mine")],
        "b": [node("b", "line theirs")],
        "h": [node("h", "line theirs")],
    }
    learned = learn(structure(rows), probe({"v": "visitor", "b": "bot", "h": "human"}))
    assert {Speaker.VISITOR: ".mine"} == {speaker: way.selector for speaker, way in learned.speakers.items()}


def test_a_speaker_is_not_told_where_nobody_else_answered() -> None:
    """A chat with a bot alone does not show what a person's row looks like."""
    rows = {"v": [node("v", "line mine")], "b": [node("b", "line robot")]}
    learned = learn(structure(rows), probe({"v": "visitor", "b": "bot"}))
    assert {Speaker.VISITOR} == set(learned.speakers)


def test_an_unsure_decision_teaches_nothing() -> None:
    """What was only guessed is not written down as a mark."""
    learned = learn(structure(usual()), probe({who: who for who in WHOLE}, confidence=0.25))
    assert {Speaker.VISITOR} == set(learned.speakers)


def test_rows_in_one_group_have_no_selector() -> None:
    """Where two messages share their row, the generic method tells them apart better."""
    group = node("g", "group")
    rows = {
        "v": [node("vb", "bubble"), node("v", "group")],
        "h1": [node("h1", "bubble"), group],
        "h2": [node("h2", "bubble"), group],
    }
    learned = learn(structure(rows), probe({"v": "visitor", "h1": "human", "h2": "human"}))
    assert (None, {}) == (learned.messages, dict(learned.speakers))
    assert "no mark in common" in learned.missing


def test_a_selector_that_matches_elsewhere_on_the_page_is_not_taken() -> None:
    """More matches than rows, a few strays aside, are something else."""
    learned = learn(structure(usual(), stray=5), probe({who: who for who in WHOLE}))
    assert None is learned.messages


def test_made_classes_are_not_learned() -> None:
    """A hash that all rows share is another one tomorrow."""
    rows = {who: [node(who, "css-1q2w3e")] for who in ("visitor", "human")}
    assert None is learn(structure(rows), probe({who: who for who in rows})).messages


def test_a_bots_name_is_kept_where_a_person_has_another() -> None:
    """Names of bots are learned; those of people never, nor one that both had."""
    rows = usual()
    speakers = probe({who: who for who in WHOLE})
    other, same = ({"bot": "Robo", "human": person} for person in ("Ines", "Robo"))
    told = [learn(structure(rows, names), speakers).bots for names in (other, same, {"bot": "Robo"})]
    assert [("Robo",), (), ()] == told


def test_a_chat_that_left_nothing_teaches_nothing() -> None:
    """No structure, no rows: no error either."""
    learned = learn({}, {"outcome": "no_reply", "events": [], "messages": []})
    assert (0, None, "too few messages were seen") == (learned.seen, learned.messages, learned.missing)
