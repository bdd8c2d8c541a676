"""Whatever a file holds, loading it ends in a scenario or in its mistakes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatprobe.errors import Problem, ScenarioError
from chatprobe.scenario.document import parse
from chatprobe.scenario.load import load_file

EXAMPLE = Path(__file__).parents[2] / "scenarios" / "palace.yaml"
DATA = parse(EXAMPLE.read_text(encoding="utf-8")).data
_SLIPS = ("en", "#x", "text=", "2s", "${", "${A}", "24/7", "http://[", "=", "a[", "\ud800", "\x1b", "{question}")
_SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from(_SLIPS)
JUNK = st.recursive(
    _SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=5,
)


def places(value: Any, before: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in `value`."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [before, *(place for key, below in inner for place in places(below, (*before, key)))]


def replaced(value: Any, place: tuple[Any, ...], junk: Any) -> Any:
    """A copy of `value` with `junk` at `place`."""
    if not place:
        return junk
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[place[0]] = replaced(value[place[0]], place[1:], junk)
    return copy


def problems_of(path: Path, raw: bytes) -> list[Problem]:
    """What loading `raw` complains about; any exception but `ScenarioError` fails the test."""
    path.write_bytes(raw)
    try:
        load_file(path, {})
    except ScenarioError as error:
        return error.problems or [Problem("refused for no reason", None, "", "")]
    return []


def untold(path: Path, raw: bytes) -> list[Problem]:
    """Those complaints that lack file, line or message."""
    return [one for one in problems_of(path, raw) if one.file != str(path) or one.line is None or not one.message]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file to overwrite."""
    return tmp_path_factory.mktemp("any") / "any.yaml"


@settings(deadline=None)  # other work may share the machine
@given(raw=st.binary(max_size=60) | st.text(max_size=60).map(lambda text: text.encode("utf-8", "replace")))
def test_any_bytes(path: Path, raw: bytes) -> None:
    """Random bytes and texts never crash the loader."""
    assert [] == untold(path, raw)


@settings(deadline=None)  # other work may share the machine
@given(place=st.sampled_from(places(DATA)), junk=JUNK)
def test_any_value_anywhere(path: Path, place: tuple[Any, ...], junk: Any) -> None:
    """Any value in any place of a full scenario never crashes the loader."""
    assert [] == untold(path, json.dumps(replaced(DATA, place, junk)).encode())


@settings(deadline=None)  # other work may share the machine
@given(cut=st.integers(0, len(EXAMPLE.read_bytes())), insert=st.sampled_from(list("[]{}:,#&*!|>'\"%@`-?\t\n ")))
def test_any_slip_of_the_keyboard(path: Path, cut: int, insert: str) -> None:
    """One more sign anywhere in a good file never crashes the loader."""
    raw = EXAMPLE.read_bytes()
    assert [] == untold(path, raw[:cut] + insert.encode() + raw[cut:])
