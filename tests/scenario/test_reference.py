"""JSON Schema and reference page agree with the loader, and the committed ones are current."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner

from chatprobe.cli import cli
from chatprobe.scenario.document import parse
from chatprobe.scenario.reference import json_schema, markdown, schema_text

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "scenarios").glob("*.yaml"))
VALIDATOR = jsonschema.Draft202012Validator(json_schema())
MINIMAL: dict[str, Any] = {"casino": "a", "url": "https://a.example/", "questions": [{"id": "q", "text": "Hi?"}]}


@pytest.mark.parametrize(("name", "text"), [("scenarios/schema.json", schema_text()), ("docs/scenario.md", markdown())])
def test_generated_files_are_current(name: str, text: str) -> None:
    """What is committed is what the models say; run `make docs` when this fails."""
    assert text == (ROOT / name).read_text(encoding="utf-8"), "run make docs"


def test_schema_is_a_schema() -> None:
    """The schema itself is well-formed."""
    jsonschema.Draft202012Validator.check_schema(json_schema())


def test_command_prints_it() -> None:
    """`chatprobe schema` prints the committed file."""
    result = CliRunner().invoke(cli, ["schema"])
    assert (0, json_schema()) == (result.exit_code, json.loads(result.stdout))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_examples_are_valid_for_editors(path: Path) -> None:
    """An editor finds no fault with an example, whose first line names the schema."""
    text = path.read_text(encoding="utf-8")
    assert "# yaml-language-server: $schema=./schema.json" == text.splitlines()[0]
    assert [] == [error.message for error in VALIDATOR.iter_errors(parse(text).data)]


@pytest.mark.parametrize(
    "part",
    [
        {"chat": {"handoff": False}},
        {"chat": {"launcher": "#x", "end": "#x", "queue_limit": "5m"}},
        {"chat": {"launcher": ["#x"], "end": ["#x", {"click": "#y"}], "queue_limit": 5}},
        {"visitor": {"proxy": "http://proxy.example:3128"}},
        {"before": [{"fill": {"#x": "y"}}, {"fill": "#x", "value": "y"}, {"wait": "2s"}, {"wait": "#x"}]},
        {"timezone": "UTC", "claims": {"hours": ["Mon 09:00-10:00"]}},
    ],
)
def test_short_forms_are_valid_for_editors(part: dict[str, Any]) -> None:
    """Editors accept every form that the loader accepts."""
    assert [] == [error.message for error in VALIDATOR.iter_errors({**MINIMAL, **part})]


@pytest.mark.parametrize(
    "part",
    [
        {"chats": {}},
        {"chat": {"launchr": "#x"}},
        {"chat": {"deadline": 90}},
        {"chat": {"handoff": True}},
        {"before": [{"click": "#x", "press": "Enter"}]},
        {"before": [{"optional": True}]},
        {"schedule": {"chats_per_day": 4}},
        {"casino": "Lucky Casino"},
        {"questions": [{"id": "q", "text": {"English": "Hi?"}}]},
    ],
)
def test_mistakes_show_in_editors(part: dict[str, Any]) -> None:
    """What the loader refuses by its shape, editors underline."""
    assert not VALIDATOR.is_valid({**MINIMAL, **part})


def test_every_key_is_described_and_shown() -> None:
    """No key lacks its sentence, and the examples show each."""
    tables = [json_schema(), *json_schema()["$defs"].values()]
    keys = {key: value for table in tables for key, value in table["properties"].items()}
    assert [] == [key for key, value in keys.items() if not value.get("description")]
    shown = "\n".join(path.read_text(encoding="utf-8") for path in EXAMPLES)
    assert [] == [key for key in keys if not re.search(rf"\b{key}:", shown)]
