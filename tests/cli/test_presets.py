"""`chatprobe presets`, and what of `chatprobe detect` needs no browser."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from chatprobe.browser.carries import Carried
from chatprobe.cli import cli, detect
from chatprobe.discover.detect import Detection
from chatprobe.discover.recognise import recognise
from chatprobe.scenario.presets import presets


def run(*arguments: str) -> Result:
    """Run chatprobe."""
    return CliRunner().invoke(cli, arguments)


def test_the_list_has_every_vendor_with_confidence_and_tried() -> None:
    """One line for each, with how many facts are how well attested and what it was tried on."""
    head, *lines = run("presets").stdout.splitlines()
    assert list(presets()) == [line.split()[0] for line in lines]
    assert ["vendor", "name", "2+", "1", "general", "tried on", "what is known"] == [
        part.strip() for part in head.split("  ") if part.strip()
    ]
    assert [] == [line for line in lines if not ("not yet" in line or "third-party widget" in line)]


def test_the_list_as_json() -> None:
    """`--json` gives the same as rows."""
    rows = json.loads(run("presets", "--json").stdout)["data"]
    assert list(presets()) == [row["vendor"] for row in rows]
    [tawk] = [row for row in rows if row["vendor"] == "tawk"]
    assert ("tawk.to", "not yet", "fingerprint and chat") == (tawk["name"], tawk["tried"], tawk["knows"])
    assert {"2+": 19, "1": 3, "general": 0} == tawk["confidence"]


@pytest.mark.parametrize("name", ["zammad", "Zammad", "zammad-chat"])
def test_one_vendor_in_detail(name: str) -> None:
    """Each entry stands with its confidence and source, whatever the name's case and signs."""
    result = run("presets", name)
    assert 0 == result.exit_code
    assert "zammad: Zammad" == result.stdout.splitlines()[0]
    assert "chat.joined_is_human" in result.stdout
    assert "tried: not yet" in result.stdout


def test_one_vendor_as_json_has_its_facts() -> None:
    """`--json` of one adds every fact with its place."""
    data = json.loads(run("presets", "zammad", "--json").stdout)["data"]
    assert {
        "path": "chat.joined_is_human",
        "value": "true",
        "confidence": "1",
        "sources": ["vendor source"],
    } in data["facts"]


def test_an_unknown_vendor_is_a_mistake_of_usage() -> None:
    """A slip gets a suggestion, anything else the names there are."""
    slip, other = run("presets", "livechatt"), run("presets", "widgetry")
    assert (2, "error: no preset of 'livechatt'\nhint: did you mean livechat?\n") == (slip.exit_code, slip.stderr)
    assert (2, True) == (other.exit_code, "hint: known: ada, chatwoot" in other.stderr)


@pytest.mark.parametrize("url", ["lucky.example", "ftp://lucky.example/", "http://", "javascript:alert(1)"])
def test_detect_looks_at_web_pages_only(url: str) -> None:
    """What is no address of a web page is a mistake of usage."""
    result = run("detect", url)
    assert (2, True) == (result.exit_code, result.stderr.startswith("error: URL: "))
    assert "usage" == json.loads(run("detect", url, "--json").stdout)["error"]["code"]


def looked(monkeypatch: pytest.MonkeyPatch, carried: Carried) -> Result:
    """`chatprobe detect` on a page that carries this."""
    found = tuple(recognise(carried, presets().values()))

    async def detected(url: str, browser: Path | None) -> Detection:
        return Detection(url, 200, found)

    monkeypatch.setattr(detect, "_detect", detected)
    return run("detect", "https://lucky.example/")


def test_detect_says_who_why_and_how_sure(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each vendor stands with what was found of it, how well its preset is known, and what a scenario says."""
    carried = Carried(
        frozenset({"https://js.hs-scripts.com/1.js?secret=1"}),
        held=frozenset({"https://client.crisp.chat/l.js"}),
        globals=frozenset({"hsConversationsSettings"}),
        elements=frozenset({"#crisp-chatbox"}),
    )
    assert [
        "crisp: Crisp",
        "  loads https://client.crisp.chat/l.js (held back, as until consent)",
        "  has the element #crisp-chatbox",
        "  preset: crisp, 8 facts (4 by two or more sources, 4 by one); tried: not yet",
        "  in a scenario: chat: {vendor: crisp}",
        "hubspot: HubSpot chat (likely: it shares these marks with others)",
        "  loads https://js.hs-scripts.com/1.js",
        "  has the global hsConversationsSettings",
        "  preset: hubspot, 9 facts (3 by two or more sources, 6 by one); tried: not yet",
        "  in a scenario: chat: {vendor: hubspot}",
    ] == looked(monkeypatch, carried).stdout.splitlines()


def test_detect_of_nothing_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing is known the command says so, and how a chat can be found all the same."""
    result = looked(monkeypatch, Carried())
    assert (0, "no known chat widget on https://lucky.example/\n") == (result.exit_code, result.stdout)
    assert "hint: chatprobe new https://lucky.example/ finds one by what it looks like" in result.stderr
