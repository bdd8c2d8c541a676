"""Dialogues as casinos."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from chatprobe.cli import cli
from chatprobe.lab.acts import Close, Notice, Say
from chatprobe.lab.dialogues import SHIPPED, BadDialogues, read_dialogues
from chatprobe.model import Outcome
from chatprobe.scenario.load import load_file

TURNS = [
    {"role": "bot", "text": "Welcome", "t": 3, "name": "Pip"},
    {"role": "customer", "text": "How long?", "t": 10},
    {"role": "system", "text": "Connecting", "t": 11},
    {"role": "agent", "text": "Hello", "t": 40.5, "name": "Ann"},
    {"role": "customer", "text": "And cards?", "t": 60},
    {"role": "agent", "text": "One day", "t": 75},
]


def line(**change: Any) -> bytes:
    return json.dumps({"id": "D_1", "lang": "en", "turns": TURNS} | change).encode()


def turns(**change: Any) -> bytes:
    """A line whose second turn has other values."""
    return line(turns=[TURNS[0], TURNS[1] | change, *TURNS[2:]])


def test_the_operator_speaks_after_the_same_seconds() -> None:
    """What came before the question opens the chat; the rest counts from the question, without the visitor's turns."""
    (casino,) = read_dialogues([b"", line()])
    assert casino.name == "replay-d-1"
    assert casino.script.opening == (Say(0.0, "Welcome", "bot", "Pip"),)
    assert casino.script.answer == (
        Notice(1.0, "Connecting", "list"),
        Say(29.5, "Hello", "human", "Ann"),
        Say(34.5, "One day", "human"),
        Close(10.0),
    )


@pytest.mark.parametrize(
    ("roles", "outcome"),
    [(["agent"], "human_reply"), (["bot", "agent"], "human_reply"), (["bot"], "bot_only"), (["system"], "no_reply")],
)
def test_who_answers_decides_what_to_expect(roles: list[str], outcome: str) -> None:
    """A person anywhere makes a human reply, else a bot a bot's, else there is none."""
    said = [{"role": role, "text": "Yes", "t": 30} for role in ["customer", *roles]]
    (casino,) = read_dialogues([line(turns=said)])
    assert outcome == casino.expect.outcome
    assert outcome in set(Outcome)


BAD = {
    "is not JSON: Expecting value: line 1 column 1 (char 0)": b"no",
    "is not UTF-8": b'{"id": "\xff"}',
    "must be an object with id, lang and turns": b"[1]",
    "turns: must be a list of turns": line(turns=[]),
    "turns[0]: must be an object with role, text and t": line(turns=["Hi"]),
    "id: must be 1 to 40 letters, digits, - and _": line(id="a b"),
    "lang: must be a code of two letters, such as en": line(lang="English"),
    "turns: the customer never says anything": line(turns=TURNS[2:4]),
    "turns[1].role: must be one of customer, agent, bot, system": turns(role="user"),
    "turns[1].text: must be a text": turns(text=" "),
    "turns[1].t: must be a number of seconds": turns(t="3"),
    "turns[1].t: is before the turn above it": turns(t=1),
    "turns[1].name: must be a text": turns(name=7),
}


@pytest.mark.parametrize("message", BAD)
def test_a_bad_line_is_named(message: str) -> None:
    """What is wrong with a line is said with its number and place."""
    with pytest.raises(BadDialogues) as caught:
        read_dialogues([line(), BAD[message]])
    assert ((2, message),) == caught.value.problems


def test_all_bad_lines_are_named_at_once(tmp_path: Path) -> None:
    """The command names every bad line, a second use of an id too, and serves nothing."""
    path = tmp_path / "talks.jsonl"
    path.write_bytes(b"\n".join([line(), b"no", line(), turns(t=True)]))
    result = CliRunner().invoke(cli, ["lab", "--dialogues", str(path)])
    assert result.exit_code == 3
    assert [
        f"error: {path}:2: is not JSON: Expecting value: line 1 column 1 (char 0)",
        f"error: {path}:3: id: 'd-1' is the id of an earlier line",
        f"error: {path}:4: turns[1].t: must be a number of seconds",
    ] == result.stderr.splitlines()


def test_a_file_without_dialogues_is_an_error(tmp_path: Path) -> None:
    """Blank lines alone are no dialogues, and a missing file is said to be missing."""
    (tmp_path / "empty.jsonl").write_bytes(b"\n\n")
    empty = CliRunner().invoke(cli, ["lab", "--dialogues", str(tmp_path / "empty.jsonl")])
    missing = CliRunner().invoke(cli, ["lab", "--dialogues", str(tmp_path / "none.jsonl")])
    assert (3, 3) == (empty.exit_code, missing.exit_code)
    assert "empty.jsonl:1: no dialogue in this file" in empty.stderr
    assert "none.jsonl: No such file or directory" in missing.stderr


@pytest.mark.parametrize("casino", read_dialogues(SHIPPED.read_bytes().splitlines()), ids=lambda casino: casino.name)
def test_the_shipped_dialogues_have_scenarios(casino: Any, tmp_path: Path) -> None:
    """Each replayed casino comes with a scenario that loads without a warning and asks in its language."""
    path = tmp_path / "scenario.yaml"
    path.write_text(casino.scenario_for("http://127.0.0.1:8800"), encoding="utf-8")
    scenario = load_file(path)
    assert (casino.name, ()) == (scenario.casino, scenario.warnings)
    assert (casino.language,) == scenario.languages()
