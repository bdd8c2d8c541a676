"""The row of casinos as a whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from chatprobe.lab import Casino
from chatprobe.lab.casinos import CASINOS
from chatprobe.model import Outcome, Speaker
from chatprobe.scenario.load import load_file

DOCS = Path(__file__).parents[2] / "docs" / "lab.md"
DEMO = [casino for casino in CASINOS if casino.in_demo]


@pytest.mark.parametrize("casino", CASINOS, ids=lambda casino: casino.name)
def test_every_casino_has_a_scenario(casino: Casino) -> None:
    """The scenario loads without a warning, names its casino, and asks in the page's language."""
    scenario = load_file(casino.scenario, {"CHATPROBE_LAB": "http://127.0.0.1:8800"})
    assert scenario.warnings == ()
    assert (casino.name, f"http://127.0.0.1:8800/{casino.name}/") == (scenario.casino, str(scenario.url))
    assert (casino.language,) == scenario.languages()


@pytest.mark.parametrize("casino", CASINOS, ids=lambda casino: casino.name)
def test_expectations_use_the_product_s_words(casino: Casino) -> None:
    """What is expected of a probe is a name of the product's closed lists."""
    assert casino.expect.outcome in set(Outcome)
    assert casino.expect.speaker in {*Speaker, None}


def test_names_and_widgets_are_each_their_own() -> None:
    """No two casinos share a name, a title or the class names of their widget."""
    chatting = [casino for casino in CASINOS if casino.widget.technology != "none"]
    assert len(CASINOS) == len({casino.name for casino in CASINOS}) == len({casino.title for casino in CASINOS})
    assert len(chatting) == len({casino.widget.prefix for casino in chatting})


def test_the_demo_comes_first_and_shows_every_kind() -> None:
    """The demo's casinos lead the row and differ in technology, transport, outcome and language."""
    assert tuple(DEMO) == CASINOS[: len(DEMO)]
    assert 14 <= len(DEMO) <= 18
    assert {"dom", "iframe", "cross-iframe", "open-shadow", "closed-shadow", "none"} <= {
        casino.widget.technology for casino in DEMO
    }
    assert {"websocket", "sse", "longpoll", "poll"} == {casino.widget.transport for casino in DEMO}
    assert {"human_reply", "unsure_reply", "bot_only", "queue_timeout", "no_reply", "offline"} <= {
        casino.expect.outcome for casino in DEMO
    }
    assert len({casino.language for casino in DEMO}) > 1


@pytest.mark.parametrize("casino", CASINOS, ids=lambda casino: casino.name)
def test_the_documentation_lists_every_casino(casino: Casino) -> None:
    """The table in docs/lab.md has the casino's row: what is special, whether it is in the demo, the outcome."""
    star = " ★" if casino.in_demo else ""
    rows = [row for row in DOCS.read_text(encoding="utf-8").splitlines() if row.startswith(f"| `{casino.name}`")]
    assert 1 == len(rows)
    assert rows[0].startswith(f"| `{casino.name}`{star} | {casino.about} | {casino.widget.technology} | ")
    assert rows[0].endswith(f" | `{casino.expect.outcome}` |")
