"""Messages in the shapes of many chat systems: whoever a frame or row names, no machine is ever called a person.

`shapes.jsonl` holds, for each system, frames and rows of its people, bots and notices as far as its documentation,
source or look-alikes show them, and some that try to deceive. ``@TEXT`` stands for a text that names no author.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from chatprobe.speaker.lines import classify_line
from chatprobe.speaker.rules import Rules

SHAPES = [json.loads(line) for line in (Path(__file__).parent / "shapes.jsonl").read_text("utf-8").splitlines()]
VENDORS = sorted({shape["vendor"] for shape in SHAPES})
TEXT, EARLIER = "It takes one day by card.", "Earlier words of this chat."
GENERIC_BOTS = [
    {"wire": {"text": "@TEXT", "senderType": "bot"}},
    {"wire": {"text": "@TEXT", "authorType": "BOT", "sender": "bot"}},
    {"wire": {"text": "@TEXT", "sender": {"type": "bot"}}},
    {"wire": {"text": "@TEXT", "user": {"type": "bot", "bot": True}}},
    {"attributes": {"class": "row", "data-sender": "bot"}},
]
"""For shapes that are no vendor's: what its bot may have looked like."""


def filled(shape: dict[str, Any], text: str) -> dict[str, Any]:
    """The shape as a line of `classify` with this text."""
    parts = {key: value for key, value in shape.items() if key in ("wire", "attributes", "name")}
    return {"text": text, "delay_ms": 9000, **json.loads(json.dumps(parts).replace("@TEXT", text))}


def chats(shape: dict[str, Any]) -> Iterator[list[dict[str, Any]]]:
    """Chats that a message may stand in: none before it, a bot's message of its system, a bot's and then a person's."""
    vendor = [one for one in SHAPES if one["vendor"] == shape["vendor"]]
    bots = [one for one in vendor if one["who"] == "bot"] if shape["vendor"][0] != "_" else GENERIC_BOTS
    people = [one for one in vendor if one["who"] == "human"]
    yield []
    for bot in bots:
        yield [filled(bot, EARLIER)]
    for person in people[:1] if bots else []:
        yield [filled(bots[0], EARLIER), filled(person, "Words of Ann.")]


def speakers(shape: dict[str, Any]) -> list[str]:
    """Who is found to have written the message, in each of its chats."""
    return [_speaker({**filled(shape, TEXT), "before": before}) for before in chats(shape)]


def _speaker(line: dict[str, Any]) -> str:
    return str(classify_line(json.dumps(line).encode(), Rules())["speaker"])


@pytest.mark.parametrize("vendor", VENDORS)
def test_no_machine_is_called_a_person(vendor: str) -> None:
    """Alone, after a bot and after a person: what a bot, a notice or the visitor wrote is never a person's."""
    machines = [shape for shape in SHAPES if shape["vendor"] == vendor and shape["who"] in ("bot", "system", "visitor")]
    assert [] == [shape for shape in machines if "human" in speakers(shape)]


SIGNS: list[dict[str, Any]] = [
    {"isBot": True},
    {"awayMessage": True},
    {"generatedBy": "llm"},
    {"quick_replies": ["Yes"]},
    {"is_human": False},
]
ROW_SIGNS = [
    {"data-is-bot": "true"},
    {"data-automated": ""},
    {"class": "welcome-message"},
    {"aria-label": "Chatbot says"},
]


def signed(line: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The message with one more sign of a machine beside its text, in its frame or its row."""
    for sign in SIGNS:
        wire = deepcopy(line.get("wire"))
        if holder := _holder(wire):
            holder.update({key: value for key, value in sign.items() if key not in holder})
            yield {**line, "wire": wire}
    for sign in ROW_SIGNS if "attributes" in line else ():
        old = line["attributes"]
        new = {key: f"{old.get(key, '')} {value}".strip() if key == "class" else value for key, value in sign.items()}
        yield {**line, "attributes": {**old, **new}}


def _holder(value: Any) -> dict[str, Any] | None:
    """The object that holds the text."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    if isinstance(value, dict) and TEXT in inner:
        return value
    return next((found for one in inner if (found := _holder(one))), None)


def test_one_more_sign_of_a_machine_never_makes_a_person() -> None:
    """Whatever a frame or row looks like: what was no person's is none either with such a sign beside it."""
    made = []
    for shape in SHAPES:
        for before in list(chats(shape))[:2]:
            line = {**filled(shape, TEXT), "before": before}
            if _speaker(line) != "human":
                made += [one for one in signed(line) if _speaker(one) == "human"]
    assert [] == made


def test_most_of_what_is_named_is_found() -> None:
    """Beside a bot of their system half of the people are found, and of the machines four in five without any chat."""
    found = Counter((shape["who"], speakers(shape)[0]) for shape in SHAPES if shape["who"] in ("bot", "system"))
    machines = sum(found.values())
    named = machines - sum(count for (_, said), count in found.items() if said == "unknown")
    people = [shape for shape in SHAPES if shape["who"] == "human"]
    assert named >= 0.8 * machines
    assert sum("human" in speakers(shape) for shape in people) >= 0.5 * len(people)
