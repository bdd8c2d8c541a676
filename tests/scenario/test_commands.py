"""`chatprobe check` and `chatprobe list`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from chatprobe.cli import cli

FILE = "casino: {casino}\nurl: https://{casino}.example/{extra}\nquestions: [{{id: payout, text: {{en: A, fr: B}}}}]\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with an empty `scenarios`."""
    monkeypatch.chdir(tmp_path)
    Path("scenarios").mkdir()
    return Path("scenarios")


def write(folder: Path, casino: str, extra: str = "") -> None:
    """A scenario file."""
    (folder / f"{casino}.yaml").write_text(FILE.format(casino=casino, extra=extra), encoding="utf-8")


def run(*arguments: str) -> Result:
    """Run chatprobe."""
    return CliRunner().invoke(cli, arguments)


def test_check_looks_at_the_folder(folder: Path) -> None:
    """Without files the scenario folder is checked."""
    write(folder, "lucky")
    write(folder, "palace")
    result = run("check")
    assert (0, ["ok scenarios/lucky.yaml: lucky", "ok scenarios/palace.yaml: palace"]) == (
        result.exit_code,
        result.stdout.splitlines(),
    )


def test_check_looks_at_a_file_once(folder: Path) -> None:
    """A file named twice is no casino named twice."""
    write(folder, "lucky")
    assert "ok scenarios/lucky.yaml: lucky\n" == run("check", "scenarios/lucky.yaml", "scenarios/lucky.yaml").output


def test_check_warns_and_ends_well(folder: Path) -> None:
    """A warning goes to stderr and leaves the exit code alone."""
    write(folder, "lucky", extra="?btag=7")
    result = run("check")
    assert 0 == result.exit_code
    assert [
        "warning: scenarios/lucky.yaml:2: url: the parameter btag credits our visits to an affiliate",
        "hint: use the plain address",
    ] == result.stderr.splitlines()


def test_check_says_when_there_is_nothing(folder: Path) -> None:
    """An empty folder is worth a word."""
    result = run("check")
    assert (0, "no scenario files (*.yaml) in scenarios\n") == (result.exit_code, result.stderr)


def test_check_refuses_a_missing_folder(folder: Path) -> None:
    """A folder that is not there is a mistake."""
    result = run("check", "--scenarios", "elsewhere")
    assert (3, "error: elsewhere: no such folder\nhint: name another with --scenarios DIR\n") == (
        result.exit_code,
        result.stderr,
    )


def test_check_json_has_good_files_and_problems(folder: Path) -> None:
    """`--json` is one document, also where a file is bad."""
    write(folder, "lucky", extra="?btag=7")
    write(folder, "palace", extra="\nshoe: 1")
    result = run("check", "--json")
    data = json.loads(result.stdout)["data"]
    assert (3, ["lucky"]) == (result.exit_code, [row["casino"] for row in data["scenarios"]])
    assert [
        {
            "file": "scenarios/palace.yaml",
            "line": 3,
            "path": "shoe",
            "message": "unknown key",
            "hint": "did you mean schema?",
            "severity": "error",
        },
        {
            "file": "scenarios/lucky.yaml",
            "line": 2,
            "path": "url",
            "message": "the parameter btag credits our visits to an affiliate",
            "hint": "use the plain address",
            "severity": "warning",
        },
    ] == data["problems"]


def test_check_says_that_a_preset_is_used(folder: Path) -> None:
    """How well a vendor's widget is known stands below the scenario that relies on it, and in the JSON row."""
    write(folder, "lucky", extra="\nchat: {vendor: Tawk.to}")
    told = "preset: tawk, 22 facts (19 by two or more sources, 3 by one); tried: not yet"
    assert ["ok scenarios/lucky.yaml: lucky", f"   {told}"] == run("check").stdout.splitlines()
    [row] = json.loads(run("check", "--json").stdout)["data"]["scenarios"]
    assert ("tawk", {"2+": 19, "1": 3, "general": 0}, "not yet") == (
        row["preset"]["vendor"],
        row["preset"]["confidence"],
        row["preset"]["tried"],
    )


def test_list_is_a_table(folder: Path) -> None:
    """Casinos with address, questions, languages and vendor; a bad file is named below."""
    write(folder, "lucky")
    write(folder, "palace", extra="\nchat: {vendor: widgetry}")
    write(folder, "bad", extra="\nshoe: 1")
    result = run("list")
    assert [
        "casino  address                  questions  languages  vendor",
        "lucky   https://lucky.example/   payout     en, fr     -",
        "palace  https://palace.example/  payout     en, fr     widgetry",
    ] == result.stdout.splitlines()
    assert ["cannot be used: scenarios/bad.yaml", "hint: chatprobe check says why"] == result.stderr.splitlines()
    assert 0 == result.exit_code


def test_list_json_has_rows(folder: Path) -> None:
    """`--json` lists the same as rows."""
    write(folder, "lucky")
    [row] = json.loads(run("list", "--json").stdout)["data"]
    assert ("lucky", [{"id": "payout", "languages": ["en", "fr"]}], None, "scenarios/lucky.yaml") == (
        row["casino"],
        row["questions"],
        row["vendor"],
        row["file"],
    )


def test_list_of_nothing_says_what_to_do(folder: Path) -> None:
    """An empty folder is no dead end."""
    result = run("list")
    assert (0, "") == (result.exit_code, result.stdout)
    assert "hint: write one with casino, url and one question; docs/scenario.md has an example" in result.stderr
