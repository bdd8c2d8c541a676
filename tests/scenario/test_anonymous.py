"""A scenario's text for other readers."""

from __future__ import annotations

import pytest

from chatprobe.scenario.anonymous import without_people

TEXT = """\
# Anna wrote this
casino: lucky
url: https://lucky.example/
questions:
  - id: payout
    text: {en: "How long?"}
chat:
  names: {bots: [Lucy], humans: [Anna Berg, Ben]}
before:
  - fill: {"#login": "anna", "#word": "secret"}
  - {fill: "#pin", value: "1234"}
  - click: "#go"
visitor: {name: Anna, email: anna@mail.example, locale: fr, proxy: "http://anna:secret@proxy.example:1"}
"""


def test_people_and_secrets_go() -> None:
    """Names of agents, the visitor's data, what is typed and comments go; selectors, bots and questions stay."""
    found = without_people(TEXT, "[name]")
    assert [] == [word for word in ("Anna", "anna", "Ben", "secret", "1234") if word in found]
    kept = ("lucky.example", "How long?", "Lucy", "#login", "#word", "#go", "locale: fr", "humans: '[name]'")
    assert [] == [word for word in kept if word not in found]


def test_a_kept_preset_stays() -> None:
    """The preset that was kept below the text holds nobody, and stays as it is."""
    preset = "\n--- # the preset x as it was used\nid: x\n# words\n"
    assert without_people(TEXT + preset, "[name]").endswith(preset)


@pytest.mark.parametrize("text", ["", "a: [", "- list", "\0"])
def test_what_is_no_scenario_is_all_masked(text: str) -> None:
    """Of a text that cannot be read nothing is shown."""
    assert "[name]" == without_people(text, "[name]")
