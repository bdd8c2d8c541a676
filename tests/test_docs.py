"""The documentation cannot lie: generated pages are current, links resolve, commands exist."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from chatprobe.cli import COMMANDS, cli
from chatprobe.scenario.load import load_file

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def _ids(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def test_generated_pages_are_current(tmp_path: Path) -> None:
    """What `make docs` writes is what stands in docs/; run `make docs` when this fails."""
    done = subprocess.run(
        [sys.executable, ROOT / "tools/docs.py", tmp_path], check=True, capture_output=True, text=True, encoding="utf-8"
    )
    stale = [name for name in done.stdout.split() if _text(tmp_path / name) != _text(ROOT / name)]
    assert [] == stale, "run make docs"


@pytest.mark.parametrize("page", PAGES, ids=_ids)
def test_links_resolve(page: Path) -> None:
    """Each link to a file of the project leads to a file, and each `#part` to a heading."""
    links = [link for link in re.findall(r"\]\(([^)\s]+)\)", _text(page)) if "://" not in link]
    assert [] == [link for link in links if not _resolves(page, link)]


def _resolves(page: Path, link: str) -> bool:
    name, _, part = link.partition("#")
    target = (page.parent / name).resolve() if name else page
    return target.exists() and (not part or part in _anchors(target))


def _anchors(page: Path) -> set[str]:
    """Headings as the anchors that renderers make of them."""
    headings = re.findall(r"^#+ (.+)$", _text(page), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=_ids)
def test_commands_named_exist(page: Path) -> None:
    """A command that a code example shows can be typed, with the options shown."""
    shown = re.findall(r"^\$ (?:\.venv/bin/)?chatprobe (.+?)(?:\s+#.*)?$", _text(page), flags=re.MULTILINE)
    assert [] == [line for line in shown if not _can_be_typed(line.split())]


def _can_be_typed(words: list[str]) -> bool:
    command: click.Command | None = cli
    while words and isinstance(command, click.Group):
        command = command.get_command(click.Context(command), words.pop(0))
    if command is None:
        return False
    options = {option for parameter in command.params for option in parameter.opts}
    return {word for word in words if word.startswith("--")} <= options


@pytest.mark.parametrize("page", PAGES, ids=_ids)
def test_scenarios_shown_load(page: Path, tmp_path: Path) -> None:
    """A whole scenario that a page shows is one that loads."""
    blocks = re.findall(r"^```yaml\n(.+?)^```", _text(page), flags=re.MULTILINE | re.DOTALL)
    for number, block in enumerate(block for block in blocks if "\nurl: " in block):
        file = tmp_path / f"{number}.yaml"
        file.write_text(block, encoding="utf-8")
        assert () == load_file(file, {}).warnings


@pytest.mark.parametrize("page", PAGES, ids=_ids)
def test_make_targets_named_exist(page: Path) -> None:
    """A `make` target that a page names is in the Makefile."""
    targets = set(re.findall(r"^([a-z-]+):", _text(ROOT / "Makefile"), flags=re.MULTILINE))
    named = re.findall(r"(?:^\$ |`)make ([a-z-]+)", _text(page), flags=re.MULTILINE)
    assert set() == set(named) - targets


def test_every_command_is_documented() -> None:
    """docs/commands.md has a heading for each command."""
    headings = re.findall(r"^## (.+)$", _text(ROOT / "docs/commands.md"), flags=re.MULTILINE)
    assert list(COMMANDS) == headings


def test_decisions_are_numbered_and_listed() -> None:
    """Decisions count up from 001 without a gap, each titled with its number and listed."""
    decisions = sorted((ROOT / "docs/decisions").glob("[0-9]*.md"))
    assert [f"{number:03}" for number in range(1, len(decisions) + 1)] == [path.name[:3] for path in decisions]
    assert [] == [path.name for path in decisions if not _text(path).startswith(f"# {path.name[:3]}: ")]
    index = _text(ROOT / "docs/decisions/README.md")
    assert [] == [path.name for path in decisions if f"({path.name})" not in index]


def test_every_dependency_is_justified() -> None:
    """Decision 001 names each library that pyproject.toml requires."""
    import tomllib

    project = tomllib.loads(_text(ROOT / "pyproject.toml"))["project"]
    required = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = [re.split(r"[^\w-]", requirement)[0].lower() for requirement in required]
    reasons = _text(ROOT / "docs/decisions/001-dependencies.md").lower()
    assert [] == [name for name in names if name not in reasons]


def test_no_address_of_anybodys_machine() -> None:
    """What is committed names no path of a developer's machine and no package registry."""
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    names = [name for name in tracked.stdout.split("\0") if name and name != "tests/test_docs.py"]
    personal = re.compile(r"/(?:home|root|Users|work)/\w|/tmp/\w|https?://[\w.-]*(?:pypi|pythonhosted|registry)\b")
    found = [
        f"{name}: {match[0]}"
        for name in names
        if (ROOT / name).is_file()
        for match in [personal.search((ROOT / name).read_text(encoding="utf-8", errors="replace"))]
        if match
    ]
    assert [] == found
