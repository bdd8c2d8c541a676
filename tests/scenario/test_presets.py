"""Presets as data: every file is right, mistakes have file and line, and a scenario's own keys are laid over one."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from chatprobe.errors import ScenarioError
from chatprobe.model import Speaker
from chatprobe.scenario import presets as home
from chatprobe.scenario.facts import Confidence, Origin
from chatprobe.scenario.load import load_file
from chatprobe.scenario.preset import Tried, read_preset
from chatprobe.scenario.presets import meant, named, presets
from chatprobe.scenario.schema import Scenario
from chatprobe.scenario.stored import stored_chat

FILES = sorted(home.FOLDER.glob("*.yaml"))
GENERATED = re.compile(r"\.[\w-]*[-_](?=\w*\d)(?=\w*[a-z])\w{5,}")
"""A class whose last part is letters mixed with digits, as builds make them up."""
PRESET = """\
name: Some Chat
aliases: [somechat.example]
tried: not yet
fingerprint:
  globals: [{value: SomeChat, confidence: 1, source: vendor docs}]
chat:
  open_call: {call: SomeChat.open, confidence: 2+, source: [vendor docs, third-party code]}
  launcher: [{value: "role=button[name=/^{label.open}$/i]", confidence: 1, source: third-party test}]
  labels: {open: {en: {value: [Chat with us, "Let's chat…"], confidence: 1, source: vendor docs}}}
  names: {bots: [{value: Robo, confidence: general, source: general knowledge}]}
  speakers:
    bot: {value: .bot, confidence: 1, source: saved page}
    system: {value: .note, confidence: 1, source: saved page}
  wire:
    - {when: "by == 'bot'", speaker: bot, confidence: 1, source: vendor docs}
  opening_starts_chat: {value: true, confidence: 1, source: vendor docs}
"""
CASINO = "casino: lucky\nurl: https://lucky.example/\nquestions: [{id: q, text: Hi?}]\n"


@pytest.fixture
def some_chat(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The only preset there is: that of Some Chat."""
    folder = tmp_path / "presets"
    folder.mkdir()
    file = folder / "some_chat.yaml"
    file.write_text(PRESET, encoding="utf-8")
    presets.cache_clear()
    monkeypatch.setattr(home, "FOLDER", folder)
    yield file
    presets.cache_clear()


@pytest.fixture
def load(tmp_path: Path, some_chat: Path) -> Callable[[str], Scenario]:
    """A scenario with this `chat` part."""

    def loaded(chat: str) -> Scenario:
        file = tmp_path / "lucky.yaml"
        file.write_text(f"{CASINO}chat: {chat}\n", encoding="utf-8")
        return load_file(file, {})

    return loaded


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_preset_is_right(path: Path) -> None:
    """Each file loads, says more of the vendor than its name, and none of its entries lacks a source."""
    preset = home.load_preset(path)
    assert (path.stem, True) == (preset.id, bool(preset.facts))
    assert [] == [fact for fact in preset.facts if not fact.sources]
    assert [] == [f for f in preset.facts if (f.confidence is Confidence.GENERAL) != (f.sources == (Origin.GENERAL,))]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_preset_calls_bots_human(path: Path) -> None:
    """Who has a rule for people has one for bots too, but where only people can join."""
    chat = home.load_preset(path).file.chat
    rules = {rule.speaker for rule in chat.wire} | set(chat.speakers.by_speaker())
    assert Speaker.HUMAN not in rules or Speaker.BOT in rules or chat.joined_is_human


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_class_is_made_up_by_a_build(path: Path) -> None:
    """Classes that the next build renames are no marks."""
    assert [] == [fact.path for fact in home.load_preset(path).facts if GENERATED.search(fact.value)]


def test_the_documentation_s_preset_is_one() -> None:
    """The file that docs/presets.md shows to whoever adds a vendor is read without a mistake."""
    page = (Path(__file__).parents[2] / "docs" / "presets.md").read_text(encoding="utf-8")
    [block] = re.findall(r"^```yaml\n(name: .+?)^```", page, flags=re.MULTILINE | re.DOTALL)
    assert "Some Chat" == read_preset(block, "some_chat", "some_chat.yaml").file.name


def test_no_two_presets_share_a_name() -> None:
    """Each name leads to the preset that has it."""
    assert [] == [(one.id, name) for one in presets().values() for name in one.names if named(name) is not one]


def test_facts_have_place_value_and_provenance() -> None:
    """What a file says of an entry is kept beside it, whole mappings as JSON."""
    facts = {fact.path: fact for fact in read_preset(PRESET, "some_chat", "some_chat.yaml").facts}
    assert ("SomeChat", Confidence.ONE, (Origin.VENDOR_DOCS,)) == (
        facts["fingerprint.globals[0]"].value,
        facts["fingerprint.globals[0]"].confidence,
        facts["fingerprint.globals[0]"].sources,
    )
    assert ('{"call": "SomeChat.open"}', 2) == (facts["chat.open_call"].value, len(facts["chat.open_call"].sources))


def test_known_counts_every_confidence() -> None:
    """The count names also what there is none of."""
    preset = read_preset(PRESET, "some_chat", "some_chat.yaml")
    assert {Confidence.SEVERAL: 1, Confidence.ONE: 7, Confidence.GENERAL: 1} == preset.known()
    assert Tried.NOT_YET is preset.file.tried


MISTAKES = {
    "aliases: [somechat.example]": (
        "alias: x",
        "p.yaml:2: alias: unknown key",
        "did you mean aliases?",
    ),
    "tried: not yet": (
        "tried: yes",
        "p.yaml:3: tried: expected 'third-party widget' or 'not yet', got the text \"yes\"",
        None,
    ),
    "{value: SomeChat, confidence: 1, source: vendor docs}": (
        "SomeChat",
        "p.yaml:5: fingerprint.globals[0]: a fact without its confidence and source",
        "write {value: …, confidence: 1, source: vendor docs}",
    ),
    "{value: .bot, confidence: 1, source: saved page}": (
        "{value: .bot, confidence: 3, source: saved pages}",
        f'p.yaml:12: chat.speakers.bot.source: expected one of {", ".join(Origin)}, got the text "saved pages"',
        "did you mean saved page?",
    ),
    "label.open}": ("label.opne}", "p.yaml:8: chat.launcher[0]: {label.opne} names no label", "did you mean open?"),
    "role=button[name=/^{label.open}$/i]": (
        "rolle=button[name=/^{label.open}$/i]",
        "p.yaml:8: chat.launcher[0]: rolle= is no selector engine of Playwright; did you mean role=",
        None,
    ),
    "  opening_starts_chat:": ("  deadline:", "p.yaml:16: chat.deadline: is the casino's, not the vendor's", None),
}


@pytest.mark.parametrize("written", MISTAKES)
def test_mistakes_in_a_preset_have_file_and_line(written: str) -> None:
    """A preset's own mistakes are told as a scenario's are."""
    instead, told, hint = MISTAKES[written]
    with pytest.raises(ScenarioError) as raised:
        read_preset(PRESET.replace(written, instead), "p", "p.yaml")
    found = {str(problem): problem.hint for problem in raised.value.problems}
    assert (told, hint) in found.items()


def test_a_scenario_takes_what_its_vendor_s_preset_says(load: Callable[[str], Scenario]) -> None:
    """The name may be written in any way; what came from the preset is known as a hint."""
    scenario = load("{vendor: somechat.example, input: '#box'}")
    chat = scenario.chat
    assert ("some_chat", ("SomeChat.open",), True) == (
        scenario.preset.id if scenario.preset else None,
        tuple(call.call for call in chat.open_call),
        chat.opening_starts_chat,
    )
    assert (True, True, False) == (chat.is_hint("launcher"), chat.is_hint("open_call"), chat.is_hint("input"))


OVERRIDES: dict[str, tuple[str, Callable[[Scenario], Any], Any]] = {
    "a flag": ("{opening_starts_chat: false}", lambda s: s.chat.opening_starts_chat, False),
    "a list as a whole": ("{wire: []}", lambda s: s.chat.wire, ()),
    "one speaker": (
        "{speakers: {bot: .robot}}",
        lambda s: s.chat.speakers.bot + s.chat.speakers.system,
        (".robot", ".note"),
    ),
    "names are added": ("{names: {bots: [Luna], humans: Ann}}", lambda s: s.chat.names.bots, ("Robo", "Luna")),
    "labels are added": (
        "{labels: {open: {et: Vestle, en: Ask us}}}",
        lambda s: s.chat.launcher,
        (r"role=button[name=/^(?:Chat\s+with\s+us|Let[\x27’]s\s+chat(?:…|\x2e\x2e\x2e)|Ask\s+us|Vestle)$/i]",),
    ),
    "own clicks, no call": ("{launcher: '#ours'}", lambda s: (s.chat.launcher, s.chat.open_call), (("#ours",), ())),
    "own clicks and own call": (
        "{launcher: '#ours', open_call: {call: Ours.open}}",
        lambda s: s.chat.open_call[0].call,
        "Ours.open",
    ),
}


@pytest.mark.parametrize("name", OVERRIDES)
def test_a_scenario_s_own_keys_count(name: str, load: Callable[[str], Scenario]) -> None:
    """What the scenario writes stands in the place of the preset's."""
    chat, read, expected = OVERRIDES[name]
    assert expected == read(load(f"{{vendor: Some Chat, {chat[1:]}"))


def test_an_unknown_vendor_is_for_the_record(load: Callable[[str], Scenario]) -> None:
    """A name unlike every preset's changes nothing."""
    scenario = load("{vendor: palacechat}")
    assert ("palacechat", None, ()) == (scenario.chat.vendor, scenario.preset, scenario.warnings)
    assert hashlib.sha256(scenario.yaml.encode()).hexdigest() == scenario.sha256


def test_a_slip_in_the_vendor_s_name_is_a_mistake(load: Callable[[str], Scenario]) -> None:
    """A name very like a preset's is refused, with line and suggestion."""
    with pytest.raises(ScenarioError) as raised:
        load("{vendor: some-chatt}")
    [problem] = raised.value.problems
    assert (4, "chat.vendor", "no preset is called so", "did you mean some_chat?") == (
        problem.line,
        problem.path,
        problem.message,
        problem.hint,
    )


@pytest.mark.parametrize(
    "vendor", ["palacechat", "harbourchat", "widgetry", "own", "in-house", "chat", "live chat widget"]
)
def test_made_up_vendors_are_no_slips(vendor: str) -> None:
    """Names of widgets nobody knows are not taken for one that is known."""
    assert (None, None) == (named(vendor), meant(vendor))


def test_what_is_kept_holds_the_preset_as_it_was(load: Callable[[str], Scenario], some_chat: Path) -> None:
    """A stored scenario means what it meant, whatever became of its preset; its digest is that of both texts."""
    scenario = load("{vendor: Some Chat, names: {humans: Ann}}")
    assert hashlib.sha256(scenario.kept.encode()).hexdigest() == scenario.sha256
    some_chat.write_text("name: Other", encoding="utf-8")
    presets.cache_clear()
    chat = stored_chat(scenario.kept, "stored", {})
    assert (scenario.chat.names, scenario.chat.wire, scenario.chat.speakers) == (chat.names, chat.wire, chat.speakers)


def test_a_changed_preset_is_another_scenario(load: Callable[[str], Scenario], some_chat: Path) -> None:
    """The same file with a corrected preset has another digest."""
    before = load("{vendor: Some Chat}").sha256
    some_chat.write_text(PRESET + "note: mended\n", encoding="utf-8")
    presets.cache_clear()
    assert before != load("{vendor: Some Chat}").sha256


def test_a_fingerprint_alone_is_no_part_of_a_scenario(load: Callable[[str], Scenario], some_chat: Path) -> None:
    """A preset that says nothing of the chat leaves text and digest of the scenario alone."""
    some_chat.write_text(PRESET.partition("chat:")[0], encoding="utf-8")
    scenario = load("{vendor: Some Chat}")
    assert ("some_chat", scenario.yaml) == (scenario.preset.id if scenario.preset else None, scenario.kept)
    assert hashlib.sha256(scenario.yaml.encode()).hexdigest() == scenario.sha256


def test_a_stored_scenario_without_a_preset_takes_none(some_chat: Path) -> None:
    """What was kept before there was a preset of that name is not decided by it."""
    assert () == stored_chat(f"{CASINO}chat: {{vendor: Some Chat}}\n", "stored", {}).wire


def test_a_broken_preset_is_told_where_it_is_used(load: Callable[[str], Scenario], some_chat: Path) -> None:
    """Whoever names a vendor learns of mistakes in its preset, with the preset's file and line."""
    some_chat.write_text(PRESET.replace("tried: not yet\n", ""), encoding="utf-8")
    presets.cache_clear()
    with pytest.raises(ScenarioError, match=r"some_chat\.yaml:1: tried: required"):
        load("{vendor: Some Chat}")


@pytest.mark.parametrize(
    ("selector", "told"),
    [
        ("text={label.open}", "{label.open} stands outside a pattern"),
        ("role=button[name=/{label.shut}/]", "{label.shut} names no label"),
    ],
)
def test_labels_stand_in_patterns(selector: str, told: str, load: Callable[[str], Scenario]) -> None:
    """A label that nobody wrote, or outside a pattern, is a mistake in the scenario."""
    with pytest.raises(ScenarioError, match=re.escape(told)):
        load(f"{{labels: {{open: Open}}, send: '{selector}'}}")
