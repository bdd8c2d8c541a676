"""Changing a scenario's file: the place that is meant, and not one letter beside it."""

from __future__ import annotations

import difflib
import stat
from pathlib import Path

import pytest

from chatprobe.errors import ScenarioError
from chatprobe.scenario.edit import Edit, EditRefused, Verb, edited, save
from chatprobe.scenario.load import load_text

FILE = """\
# Written by Anna in May; ask her.
casino: lucky   # our oldest
url: https://lucky.example/
questions:
- {id: payout, text: {en: "How long does a payout take?",
                      fr: 'Combien de temps ?'}}   # two languages

before:
    - click: '#accept'        # consent
      optional: true
    - {fill: {"#age": "30"}}
chat:
  # The bubble, then the link in the footer.
  launcher: ["#chat", 'text=Chat']
  frames: iframe.chat # the vendor's
  input:
      - "#box"
      - textarea
  send: .send
  speakers: {human: ".agent", bot: '.bot'}
  form:
  - fill: "[name=mail]"
    value: "{email}"
  - click: >-
      role=button[name="Start"]
  end: ".end"

  deadline: 5m
schedule: {chats_per_day: 1}
"""


def lines_changed(text: str, *edits: Edit) -> list[str]:
    """The lines that went and came; the file must still be one that can be used."""
    after = edited(text, edits)
    load_text(after, Path("lucky.yaml"))
    old, new = text.splitlines(), after.splitlines()
    return [
        f"{line[0]} {line[1:]}"
        for line in difflib.unified_diff(old, new, n=0)
        if not line.startswith(("---", "+++", "@"))
    ]


@pytest.mark.parametrize(
    ("edit", "changed"),
    [
        (
            Edit("chat.frames", Verb.SET, "iframe[title=Chat]"),
            ["-   frames: iframe.chat # the vendor's", '+   frames: "iframe[title=Chat]" # the vendor\'s'],
        ),
        (
            Edit("chat.launcher", Verb.SET, 'role=button[name="Chat"]'),
            [
                "-   launcher: [\"#chat\", 'text=Chat']",
                "+   launcher: ['role=button[name=\"Chat\"]', \"#chat\", 'text=Chat']",
            ],
        ),
        (Edit("chat.input", Verb.SET, "#new"), ['+       - "#new"']),
        (
            Edit("chat.speakers.bot", Verb.SET, "[title='Bot']"),
            [
                "-   speakers: {human: \".agent\", bot: '.bot'}",
                "+   speakers: {human: \".agent\", bot: '[title=''Bot'']'}",
            ],
        ),
        (
            Edit("before[0]", Verb.SET, "#agree", old="#accept"),
            ["-     - click: '#accept'        # consent", "+     - click: '#agree'        # consent"],
        ),
        (
            Edit("before[1]", Verb.SET, "#years", old="#age"),
            ['-     - {fill: {"#age": "30"}}', '+     - {fill: {"#years": "30"}}'],
        ),
        (
            Edit("chat.form[0]", Verb.SET, "#mail", old="[name=mail]"),
            ['-   - fill: "[name=mail]"', '+   - fill: "#mail"'],
        ),
        (
            Edit("chat.form[1]", Verb.SET, "#go", old='role=button[name="Start"]'),
            ["-   - click: >-", '-       role=button[name="Start"]', '+   - click: "#go"'],
        ),
        (Edit("chat.end[0]", Verb.SET, "#end", old=".end"), ['-   end: ".end"', '+   end: "#end"']),
        (Edit("chat.messages", Verb.SET, ".row"), ['+   messages: ".row"']),
        (
            Edit("chat.speakers.system", Verb.SET, ".note"),
            [
                "-   speakers: {human: \".agent\", bot: '.bot'}",
                '+   speakers: {human: ".agent", bot: \'.bot\', system: ".note"}',
            ],
        ),
        (Edit("chat.send", Verb.REMOVE), ["-   send: .send"]),
        (
            Edit("chat.speakers.human", Verb.REMOVE),
            ["-   speakers: {human: \".agent\", bot: '.bot'}", "+   speakers: {bot: '.bot'}"],
        ),
        (
            Edit("before[1]", Verb.OPTIONAL),
            ['-     - {fill: {"#age": "30"}}', '+     - {fill: {"#age": "30"}, optional: true}'],
        ),
        (Edit("chat.form[0]", Verb.OPTIONAL), ["+     optional: true"]),
        (Edit("before[0]", Verb.INSERT, "#layer"), ['+     - {click: "#layer", optional: true}']),
        (Edit("before[2]", Verb.INSERT, "#layer"), ['+     - {click: "#layer", optional: true}']),
    ],
)
def test_only_what_is_meant_changes(edit: Edit, changed: list[str]) -> None:
    """Comments, order, quotes, blank lines and the layout of everything else stay."""
    assert changed == lines_changed(FILE, edit)


def test_edits_add_up() -> None:
    """Several places are changed one after the other."""
    edits = [Edit("chat.send", Verb.REMOVE), Edit("chat.frames", Verb.REMOVE), Edit("before[0]", Verb.INSERT, "#a")]
    found = lines_changed(FILE, *edits)
    assert [
        '+     - {click: "#a", optional: true}',
        "-   frames: iframe.chat # the vendor's",
        "-   send: .send",
    ] == found


SHORT = "casino: lucky\nurl: https://lucky.example/\nquestions: [{id: q, text: Why?}]\n"


@pytest.mark.parametrize(
    ("text", "edit", "added"),
    [
        (SHORT, Edit("chat.launcher", Verb.SET, "#a"), 'chat:\n  launcher: "#a"\n'),
        (SHORT.rstrip(), Edit("chat.launcher", Verb.SET, "#a"), '\nchat:\n  launcher: "#a"\n'),
        (f"{SHORT}chat:\n", Edit("chat.launcher", Verb.SET, "#a"), '  launcher: "#a"\n'),
        (f"{SHORT}chat: {{}}", Edit("chat.launcher", Verb.SET, "#a"), None),
        (f"{SHORT}chat:\n  launcher:\n", Edit("chat.launcher", Verb.SET, "#a"), None),
        (SHORT, Edit("before[0]", Verb.INSERT, "#a"), 'before:\n  - {click: "#a", optional: true}\n'),
    ],
)
def test_what_was_not_there_is_added(text: str, edit: Edit, added: str | None) -> None:
    """A missing key, part or list comes to stand where it belongs."""
    after = edited(text, [edit])
    scenario = load_text(after, Path("lucky.yaml"))
    found = [*scenario.chat.launcher, *(step.selector for step in scenario.before)]
    assert ["#a"] == found
    assert added is None or text + added == after


def test_lines_of_windows_stay() -> None:
    """A file with CRLF has no other line ends afterwards."""
    after = edited(FILE.replace("\n", "\r\n"), [Edit("chat.messages", Verb.SET, ".row")])
    assert after.count("\n") == after.count("\r\n") == FILE.count("\n") + 1


def test_an_anchor_stays() -> None:
    """What stands before a value is none of it, as long as nothing else refers to it."""
    text = f"{SHORT}chat: {{launcher: &here '#a', send: !!str .s}}\n"
    edits = [Edit("chat.launcher", Verb.SET, "#b"), Edit("chat.send", Verb.SET, ".t")]
    assert text.replace("'#a'", "'#b'").replace(".s", '".t"') == edited(text, edits)


def test_lines_of_both_kinds_stay_as_they_are() -> None:
    """Where somebody's editor mixed the two, only what is written anew has one kind."""
    mixed = f"{SHORT}chat:\r\n  launcher: '#a'\r\n  send: .s\n"
    assert mixed.replace("'#a'", "'#b'") == edited(mixed, [Edit("chat.launcher", Verb.SET, "#b")])
    assert mixed.replace("  send: .s\n", "") == edited(mixed, [Edit("chat.send", Verb.REMOVE)])


@pytest.mark.parametrize(
    ("chat", "edit", "why"),
    [
        ("  launcher: &a '#chat'\n  offline: *a\n", Edit("chat.offline", Verb.SET, "#b"), "hangs together"),
        ("  launcher: '#chat'\n", Edit("chat.form[0]", Verb.SET, "#b", old="#c"), "no such step"),
        ("  launcher: '#chat'\n", Edit("chat.speakers.human", Verb.SET, "#b"), "no speakers"),
        ("  end: ['#c', '#d']\n", Edit("chat.end[0]", Verb.SET, "#b", old="#e"), "does not hold"),
        ("  launcher: '#chat'\n", Edit("chat.send", Verb.REMOVE), "not written"),
        ("  launcher: &a '#chat'\n  send: *a\n", Edit("chat.send", Verb.SET, "#b"), "hangs together"),
    ],
)
def test_what_cannot_be_changed_alone_is_refused(chat: str, edit: Edit, why: str) -> None:
    """A value that stands for another one too, or is not there, is left to its author."""
    with pytest.raises(EditRefused, match=why):
        edited(f"{SHORT}chat:\n{chat}", [edit])


def test_a_file_is_replaced_at_once(tmp_path: Path) -> None:
    """Its mode, its mark and the link that leads to it stay, and nothing is left beside it."""
    file, link = tmp_path / "real.yaml", tmp_path / "lucky.yaml"
    file.write_bytes(b"\xef\xbb\xbfcasino: a\n")
    file.chmod(0o640)
    link.symlink_to(file)
    save(link, "casino: b\n")
    assert (b"\xef\xbb\xbfcasino: b\n", 0o640) == (file.read_bytes(), stat.S_IMODE(file.stat().st_mode))
    assert link.is_symlink()
    assert {file, link} == set(tmp_path.iterdir())


def test_a_file_that_is_read_only_is_left_alone(tmp_path: Path) -> None:
    """Replacing it would be allowed where the folder is writable; whoever locked it did not mean that."""
    file = tmp_path / "lucky.yaml"
    file.write_text("casino: a\n", encoding="utf-8")
    file.chmod(0o444)
    with pytest.raises(ScenarioError, match="read-only: nothing was written"):
        save(file, "casino: b\n")
    assert ("casino: a\n", [file]) == (file.read_text(encoding="utf-8"), list(tmp_path.iterdir()))
