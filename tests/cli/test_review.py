"""`chatprobe review`: answers of people, on a terminal and as JSON lines, on real databases."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from chatprobe.cli import cli
from chatprobe.store.store import Store
from tests.cli.terminal import Session, on_terminal
from tests.probe.stored import HUMAN, Visit, row, visited

EVIL = "\x1b[2J\x1b]0;owned\x07Two \u202edays\u2066 at\x07 most."


@pytest.fixture
def chat(store: Store, tmp_path: Path) -> str:
    """One probe: a question (0), a text of an unknown speaker (1), one of a person (2)."""
    return visited(store, tmp_path, [row("a", 6.0, "Two days at most."), row("b", 60.0, "Ask away.", **HUMAN)])


def review(folder: Path, *arguments: str, said: str = "") -> Result:
    """The command with stdin that is no terminal."""
    return CliRunner().invoke(
        cli, ["review", "--db", str(folder / "chatprobe.db"), "--author", "anna", *arguments], said
    )


def data(result: Result) -> Any:
    return json.loads(result.stdout)["data"]


def answer(probe: str, seq: int, speaker: str) -> str:
    return json.dumps({"probe": probe, "seq": seq, "speaker": speaker}) + "\n"


def speakers(store: Store, probe: str) -> list[str]:
    return [message["speaker"] for message in store.probe(probe)["messages"]]


def walk(folder: Path, keys: str, *arguments: str) -> Session:
    return on_terminal(["review", *arguments], keys, folder)


# --- what there is to review ------------------------------------------------------------------------------------------


def test_the_doubtful_are_listed(tmp_path: Path, chat: str) -> None:
    """An unknown speaker is listed with what is known and what was decided; a sure one is not."""
    [found] = data(review(tmp_path, "--list", "--json"))["messages"]
    expected = {"probe_id": chat, "seq": 1, "speaker": "unknown", "confidence": 0.0, "asked_in": "en"}
    expected |= {"delay_ms": 6_000.0, "outcome": "human_reply", "text": "Two days at most."}
    assert expected == {name: found[name] for name in expected}


def test_what_came_after_the_question_comes_first(store: Store, tmp_path: Path) -> None:
    """Greetings and notices wait until all answers were looked at; of these the newest probe's come first."""
    early = visited(store, tmp_path, [row("g", -3.0, "Hello there"), row("a", 6.0, "Two days.")])
    late = visited(store, tmp_path, [row("a", 6.0, "Two weeks.")], started_at="2026-03-02T12:00:00.000Z")
    found = data(review(tmp_path, "--list", "--json"))["messages"]
    assert [(late, "Two weeks."), (early, "Two days."), (early, "Hello there")] == [
        (one["probe_id"], one["text"]) for one in found
    ]


@pytest.mark.parametrize("arguments", [("--casino", "lucky", "--since", "2030-01-01"), ("--since", "2030-01-01")])
def test_nothing_to_review_says_what_next(tmp_path: Path, chat: str, arguments: tuple[str, ...]) -> None:
    """An empty list is no error, and names what brings more."""
    found = review(tmp_path, "--list", *arguments)
    assert (0, "") == (found.exit_code, found.stdout)
    assert "nothing to review" in found.stderr
    assert "hint: " in found.stderr


def test_the_limit_holds(store: Store, tmp_path: Path) -> None:
    """No more messages than asked for."""
    visited(store, tmp_path, [row(str(n), 6.0 + n, f"Day {n}.") for n in range(5)])
    assert 2 == len(data(review(tmp_path, "--list", "--json", "--limit", "2"))["messages"])


# --- answers as lines -------------------------------------------------------------------------------------------------


def test_an_answer_corrects(store: Store, tmp_path: Path, chat: str) -> None:
    """A correction is a row with its author, the message and the outcome follow it, and it is not asked again."""
    done = review(tmp_path, "--json", said=answer(chat, 1, "bot") + answer(chat, 2, "bot"))
    last = data(done)["answers"][-1]
    assert (0, ["human_reply", "bot_only"], None) == (done.exit_code, last["outcome"], last["error"])
    assert (["visitor", "bot", "bot"], "bot_only") == (speakers(store, chat), store.probe(chat)["outcome"])
    assert [("anna", "bot"), ("anna", "bot")] == [
        (one["author"], one["speaker"]) for one in store.decisions.of(chat) if one["author"] != "chatprobe"
    ]
    assert [] == data(review(tmp_path, "--list", "--json"))["messages"]


def test_who_cannot_tell_is_not_asked_again(store: Store, tmp_path: Path, chat: str) -> None:
    """ "Cannot tell" is an answer: the message stays unknown and leaves the list."""
    assert 0 == review(tmp_path, said=answer(chat, 1, "unknown")).exit_code
    assert ("unknown", []) == (speakers(store, chat)[1], data(review(tmp_path, "--list", "--json"))["messages"])


BAD = {
    "broken": ("{", "not JSON"),
    "empty": ("", "empty line"),
    "blank": ("   ", "empty line"),
    "list": ("[]", "an answer is"),
    "no probe": ('{"seq": 1, "speaker": "bot"}', "probe: expected"),
    "unknown probe": ('{"probe": "01ZZZZ", "seq": 1, "speaker": "bot"}', "no probe 01ZZZZ"),
    "surrogate": ('{"probe": "\\ud800", "seq": 1, "speaker": "bot"}', "no probe"),
    "bidi": ('{"probe": "\u202e01\u2066", "seq": 1, "speaker": "bot"}', "no probe 01"),
    "long": (json.dumps({"probe": "0" * 1_000_000, "seq": 1, "speaker": "bot"}), "probe: expected"),
    "unknown message": ('{"probe": "last", "seq": 77, "speaker": "bot"}', "no message 77"),
    "no number": ('{"probe": "last", "seq": true, "speaker": "bot"}', "seq: expected"),
    "huge number": ('{"probe": "last", "seq": 99999999999999999999999, "speaker": "bot"}', "no message"),
    "no speaker": ('{"probe": "last", "seq": 1, "speaker": "robot"}', "speaker: expected one of human"),
    "listed speaker": ('{"probe": "last", "seq": 1, "speaker": ["bot"]}', "speaker: expected one of human"),
    "deep": ("[" * 200_000, "nested too deeply"),
}


@pytest.mark.parametrize(("line", "why"), BAD.values(), ids=BAD.keys())
def test_a_bad_line_is_told_and_the_rest_taken(store: Store, tmp_path: Path, chat: str, line: str, why: str) -> None:
    """Each bad line is named by its number, the lines around it count, and the exit code is 6."""
    done = review(tmp_path, said=f"{answer(chat, 2, 'system')}{line}\n{answer(chat, 1, 'bot')}")
    assert (6, ["visitor", "bot", "system"]) == (done.exit_code, speakers(store, chat))
    [told] = [one for one in done.stderr.splitlines() if one.startswith("line ")]
    assert told.startswith("line 2: ")
    assert why in told
    assert "\u202e" not in done.output


def test_a_megabyte_beside_an_answer_does_no_harm(store: Store, tmp_path: Path, chat: str) -> None:
    """Other keys of a line are ignored, however long and strange their values."""
    line = json.dumps({"probe": chat, "seq": 1, "speaker": "bot", "text": "\ud800\u202e" * 500_000})
    assert (0, "bot") == (review(tmp_path, said=line).exit_code, speakers(store, chat)[1])


def test_answers_may_come_from_a_file(store: Store, tmp_path: Path, chat: str) -> None:
    """`--answers FILE` reads the same lines."""
    (tmp_path / "answers.jsonl").write_text(answer(chat, 1, "human"), encoding="utf-8")
    assert 0 == review(tmp_path, "--answers", str(tmp_path / "answers.jsonl")).exit_code
    assert "human" == speakers(store, chat)[1]


def test_a_running_probe_takes_no_answer(store: Store, tmp_path: Path) -> None:
    """While a chat is going on nobody corrects it."""
    visit = Visit(store, tmp_path)
    visit.add(row("a", 6.0, "Two days."))
    visit.recorder.flush()
    done = review(tmp_path, said=answer(visit.id, 1, "bot"))
    assert (6, True) == (done.exit_code, "still running" in done.stderr)


@pytest.mark.parametrize(
    ("arguments", "code", "name"),
    [
        (("--seed", "3"), 2, "usage"),
        (("--author", "ChatProbe"), 2, "usage"),
        (("--author", " \x1b[0m "), 2, "usage"),
        (("--author", "x" * 65), 2, "usage"),
        (("--since", "yesterday"), 2, "usage"),
        (("--db", "missing.db"), 3, "database"),
        (("--casino", "lukcy"), 3, "unknown_casino"),
    ],
)
def test_what_cannot_be_done_is_one_error(
    tmp_path: Path, chat: str, arguments: tuple[str, ...], code: int, name: str
) -> None:
    """A wrong order is one error with its code and a hint, and changes nothing."""
    done = review(tmp_path, "--json", *arguments)
    error = json.loads(done.stdout)["error"]
    assert (code, name, True) == (done.exit_code, error["code"], bool(error["hint"]))


# --- a second opinion -------------------------------------------------------------------------------------------------


def test_a_sample_is_blind_and_can_be_drawn_again(store: Store, tmp_path: Path) -> None:
    """A sample is any of what others said, shows nothing of what was decided, and is the same for the same seed."""
    visited(store, tmp_path, [row(str(n), 6.0 + n, f"Line {n}.", **(HUMAN if n % 2 else {})) for n in range(9)])
    one, again = (data(review(tmp_path, "--sample", "4", "--seed", "5", "--list", "--json")) for _ in "ab")
    assert (5, 4, one) == (one["seed"], len(one["messages"]), again)
    assert set() == {"speaker", "confidence", "evidence", "outcome"} & one["messages"][0].keys()
    assert 9 == len(data(review(tmp_path, "--sample", "50", "--list", "--json"))["messages"])


def test_a_sample_outlives_new_probes(store: Store, tmp_path: Path) -> None:
    """New messages take the place of some of a sample's; what stays in it keeps its order."""
    visited(store, tmp_path, [row(str(n), 6.0 + n, f"Well, {n} more.") for n in range(20)])
    again = ("--sample", "10", "--seed", "5", "--list", "--json")
    first = [one["text"] for one in data(review(tmp_path, *again))["messages"]]
    visited(store, tmp_path, [row("z", 6.0, "Something else.")])
    second = [one["text"] for one in data(review(tmp_path, *again))["messages"]]
    assert first[:9] == [text for text in second if text != "Something else."][:9]


def test_opinions_decide_nothing(store: Store, tmp_path: Path, chat: str) -> None:
    """Opinions are kept apart, decide nothing, and the agreement is told; the same seed goes on with the sample."""
    before = speakers(store, chat)
    half = review(tmp_path, "--sample", "9", "--seed", "1", "--json", said=answer(chat, 1, "bot"))
    whole = data(review(tmp_path, "--sample", "9", "--seed", "1", "--json", said=answer(chat, 2, "human")))
    assert (0, before, "human_reply") == (half.exit_code, speakers(store, chat), store.probe(chat)["outcome"])
    found = whole["agreement"]
    assert (2, 0.5) == (found["n"], found["observed"])
    assert [{"probe_id": chat, "seq": 1, "rules": "unknown", "person": "bot"}] == found["differ"]
    assert 1 == len(data(review(tmp_path, "--list", "--json"))["messages"]), "an opinion settles no doubt"


def test_an_opinion_on_what_is_not_in_the_sample_is_refused(store: Store, tmp_path: Path, chat: str) -> None:
    """Who picks his own messages gives no blind opinion: also our own line is in no sample."""
    done = review(tmp_path, "--sample", "9", said=answer(chat, 0, "human"))
    assert (6, True) == (done.exit_code, "line 1: not in this sample" in done.stderr)


def test_one_name_for_all_has_no_kappa(tmp_path: Path, store: Store) -> None:
    """Where both say the same of everything, the text says that kappa is not defined."""
    probe = visited(store, tmp_path, [row("a", 6.0, "Two days."), row("b", 9.0, "At most.")])
    done = review(tmp_path, "--sample", "9", said=answer(probe, 1, "unknown") + answer(probe, 2, "unknown"))
    assert "2 messages, 100.0% judged alike (95 % interval 34.2% to 100.0%)" in done.stdout
    assert "kappa: not defined" in done.stdout


# --- on a terminal ----------------------------------------------------------------------------------------------------


def test_one_key_is_an_answer(store: Store, tmp_path: Path, chat: str) -> None:
    """`b` corrects at once, with what came of it; the end says how much was kept."""
    seen = walk(tmp_path, "b")
    assert (0, "bot") == (seen.code, speakers(store, chat)[1])
    assert "no wire field" in seen.shown
    assert "kept: bot" in seen.shown
    assert "1 answer kept" in seen.shown


def test_one_may_skip_and_go_back(store: Store, tmp_path: Path) -> None:
    """`n` leaves a message, `p` goes back, and the newest answer counts."""
    probe = visited(store, tmp_path, [row("a", 6.0, "Two days."), row("b", 9.0, "At most."), row("c", 12.0, "Yes.")])
    seen = walk(tmp_path, "nbph" + "pn" + "s")
    assert (0, ["visitor", "unknown", "human", "system"]) == (seen.code, speakers(store, probe))


def test_help_and_other_keys_ask_again(store: Store, tmp_path: Path, chat: str) -> None:
    """`?` explains the keys, an unknown key does the same, `o` says where there is no screenshot, `q` ends."""
    seen = walk(tmp_path, "?xoq")
    assert (0, "unknown") == (seen.code, speakers(store, chat)[1])
    assert 2 == seen.shown.count("it stays unknown, and is not shown again")
    assert "no screenshot is kept" in seen.shown
    assert "0 answers kept" in seen.shown


def test_the_screenshot_is_opened(store: Store, tmp_path: Path, chat: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """`o` hands the screenshot to the system's viewer, or says where it lies if there is no viewer."""
    picture = store.artifact_folder(chat) / "screenshot.png"
    picture.write_bytes(b"png")
    with sqlite3.connect(store.path) as db:
        path = str(picture.relative_to(tmp_path))
        db.execute("INSERT INTO artifacts (probe_id, seq, kind, path) VALUES (?, 0, 'screenshot', ?)", [chat, path])
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    assert f"nothing opens it; look at {picture}" in walk(tmp_path, "oq").shown.replace("\r\n", "")
    viewer = tmp_path / "bin" / "xdg-open"
    viewer.parent.mkdir()
    viewer.write_text(f'#!/bin/sh\necho "$1" > {tmp_path}/viewed\n', encoding="utf-8")
    viewer.chmod(0o755)
    os.mkfifo(tmp_path / "viewed")
    reading = subprocess.Popen(["/bin/cat", tmp_path / "viewed"], stdout=subprocess.PIPE, text=True)
    walk(tmp_path, "oq")
    assert f"{picture}\n" == reading.communicate()[0]


def test_a_long_chat_shows_the_question_all_the_same(store: Store, tmp_path: Path) -> None:
    """What was asked is shown even where it lies far before the message, with the lines around the message."""
    lines = [row(str(n), 6.0 + n, f"Well, {n} more.", **HUMAN) for n in range(9)]
    visited(store, tmp_path, [*lines, row("z", 30.0, "And that is all.")])
    seen = review(tmp_path, "--list").stdout
    shown = [n for n in range(9) if f"Well, {n} more." in seen]
    assert ([5, 6, 7, 8], True) == (shown, "How long does a withdrawal take?" in seen)


@pytest.mark.parametrize("column", ["probes SET pruned_at = started_at", "probes SET outcome = NULL"])
def test_emptied_and_running_probes_are_left_out(store: Store, tmp_path: Path, chat: str, column: str) -> None:
    """Nobody can judge a text that was emptied, and nobody judges a chat that goes on."""
    with sqlite3.connect(store.path) as db:
        db.execute(f"UPDATE {column}")
    assert [[], []] == [
        data(review(tmp_path, "--list", "--json", *more))["messages"] for more in ((), ("--sample", "9"))
    ]


def test_damaged_evidence_is_no_obstacle(store: Store, tmp_path: Path, chat: str) -> None:
    """A message whose evidence cannot be read is shown without it."""
    with sqlite3.connect(store.path) as db:
        db.execute("UPDATE messages SET evidence = '{oops'")
    done = review(tmp_path, "--list")
    assert (0, True) == (done.exit_code, "Two days at most." in done.stdout)


def test_control_c_keeps_what_was_answered(store: Store, tmp_path: Path) -> None:
    """Ctrl-C ends with 130; the answers before it count."""
    probe = visited(store, tmp_path, [row("a", 6.0, "Two days."), row("b", 9.0, "At most.")])
    seen = walk(tmp_path, "b\x03")
    assert (130, ["visitor", "bot", "unknown"]) == (seen.code, speakers(store, probe))
    assert "interrupted; 1 answer kept" in seen.shown


def test_hostile_text_is_harmless(store: Store, tmp_path: Path) -> None:
    """Escape sequences, controls and bidi marks of a page reach no terminal."""
    visited(store, tmp_path, [row("a", 6.0, EVIL), row("b", 9.0, EVIL)])
    seen = walk(tmp_path, "nq").shown
    assert "Two days at most." in seen
    assert [] == [sign for sign in ("\x1b[2J", "\x1b]0", "\x07", "\u202e", "\u2066") if sign in seen]


def test_a_blind_walk_ends_with_the_agreement(store: Store, tmp_path: Path, chat: str) -> None:
    """A sample shows no decision until all is answered, then the agreement, then offers each difference."""
    seen = walk(tmp_path, "hhcn", "--sample", "9", "--seed", "1")
    blind, _, told = seen.shown.partition("judged alike")
    assert (0, "human") == (seen.code, speakers(store, chat)[1])
    assert [] == [word for word in ("unknown  ", "no wire field", "confidence", "reply") if word in blind]
    assert "rules unknown, you human" in told
    assert [] == [one for one in store.decisions.of(chat) if one["rules"] == "opinion" and one["seq"] == 0]
    again = walk(tmp_path, "", "--sample", "9", "--seed", "1")
    assert (0, True, False) == (again.code, "judged alike" in again.shown, "make it the correction" in again.shown)


def test_json_asks_nothing(tmp_path: Path, chat: str) -> None:
    """`--json` on a terminal is refused with a way out."""
    assert 2 == walk(tmp_path, "", "--json").code
