"""The command classify: JSON lines in, speakers out."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest
from click.testing import CliRunner, Result

from chatprobe.cli import cli


def classify(*lines: bytes | dict[str, Any]) -> Result:
    """Run the command over these lines."""
    raw = b"\n".join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines)
    return CliRunner().invoke(cli, ["classify"], input=raw)


def answers(result: Result) -> list[dict[str, Any]]:
    """What came out, a line each."""
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_each_line_gets_an_answer_in_order() -> None:
    """Each message is answered in its order, and the whole ends well."""
    result = classify({"text": "You are number 2 in the queue", "id": 5}, {"text": "Yes", "wire": {"is_bot": True}})
    assert (0, ["system", "bot"]) == (result.exit_code, [answer["speaker"] for answer in answers(result)])


def test_the_chat_before_counts() -> None:
    """Earlier messages are decided first, or taken as given, and count for the last."""
    before = [
        {"text": "I'm Ava, a chatbot", "name": "Ava"},
        {"text": "agent please", "speaker": "visitor"},
        "One moment",
    ]
    answer = answers(classify({"text": "Hi, it takes a day.", "name": "Anna", "before": before}))[0]
    reasons = [reason["source"] for reason in answer["evidence"] if reason["speaker"] == "human"]
    assert ("human", 0.5, ["handoff"]) == (answer["speaker"], answer["confidence"], reasons)


def test_metadata_removed_falls_to_unknown() -> None:
    """A person known by the page is unknown as soon as the page says nothing."""
    known = {"text": "It takes a day.", "attributes": {"data-sender": "human"}, "wire": '42["m",{"from":"human"}]'}
    result = classify(known, {"text": known["text"]}, known | {"text": ""})
    assert ["human", "unknown", "unknown"] == [answer["speaker"] for answer in answers(result)]


@pytest.mark.parametrize(
    ("line", "error"),
    [
        (b"", "empty line"),
        (b"nonsense", "not JSON from column 1 on"),
        (b"\xff\xfe", "not UTF-8: invalid start byte at byte 0"),
        (b"[" * 100_000, "nested too deeply"),
        (b"[]", "a message is a JSON object"),
        ({}, "text: missing"),
        ({"text": None}, "text: expected a string"),
        ({"text": "x", "name": 3}, "name: expected a string"),
        ({"text": "x", "delay_ms": -1}, "delay_ms: expected milliseconds, 0 or more"),
        (b'{"text": "x", "delay_ms": ' + b"9" * 400 + b"}", "delay_ms: expected milliseconds, 0 or more"),
        ({"text": "x", "delay_ms": True}, "delay_ms: expected milliseconds, 0 or more"),
        (b'{"text": "x", "delay_ms": NaN}', "delay_ms: expected milliseconds, 0 or more"),
        ({"text": "x", "attributes": ["a"]}, "attributes: expected an object"),
        ({"text": "x", "wire": 5}, "wire: expected an object or the raw frame as a string"),
        ({"text": "x", "before": {}}, "before: expected a list"),
        ({"text": "x", "before": [{"text": 1}]}, "before[0].text: expected a string"),
        ({"text": "x", "before": [{"text": "y", "speaker": "dog"}]},
         "before[0].speaker: expected one of human, bot, system, visitor, unknown"),
    ],
)  # fmt: skip
def test_a_bad_line_is_told_and_the_rest_goes_on(line: bytes | dict[str, Any], error: str) -> None:
    """A line that is no message is answered by its number and what is wrong; the others are answered, exit code 6."""
    result = classify({"text": "ok"}, line, {"text": "ok"})
    told = answers(result)
    assert (6, 3, {"line": 2, "error": error}) == (result.exit_code, len(told), told[1])


@pytest.mark.parametrize("text", ["x" * 1_000_000, "\ud800", "\u202ekcolb", "\x1b[31mred", "🙂", " "])
def test_odd_texts_are_no_errors(text: str) -> None:
    """Huge texts, lone surrogates, direction marks and escape sequences are messages like any other."""
    result = classify({"text": text, "name": text[:50]})
    assert (0, "unknown", True) == (result.exit_code, answers(result)[0]["speaker"], result.stdout.isascii())


def test_classify_leaves_the_browser_alone() -> None:
    """Classifying imports no playwright, no pydantic, no database."""
    code = "import sys, chatprobe.speaker.lines; print({'playwright', 'pydantic', 'sqlite_utils'} & set(sys.modules))"
    assert "set()\n" == subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout


def test_a_frame_nested_beyond_reason_is_a_frame_like_any_other() -> None:
    """Objects hundreds deep around the text stop nothing: what lies too deep says nothing."""
    wire: dict[str, Any] = {"text": "Yes", "sender": {"type": "human"}}
    for _ in range(500):
        wire = {"a": wire}
    result = classify({"text": "Yes", "wire": wire}, {"text": "Yes", "wire": {"is_bot": True}})
    assert (0, ["unknown", "bot"]) == (result.exit_code, [answer["speaker"] for answer in answers(result)])
