"""docs/speakers.md says what the code does."""

from __future__ import annotations

import re
from pathlib import Path

from click.testing import CliRunner

from chatprobe.cli import cli
from chatprobe.speaker.kinds import VETOES, Kind
from chatprobe.speaker.sources import REGISTRY

DOC = (Path(__file__).parents[2] / "docs" / "speakers.md").read_text("utf-8")


def table(head: str) -> list[list[str]]:
    """The cells of the table under this heading line."""
    rows = DOC.split(head, 1)[1].split("\n\n", 1)[0].splitlines()[2:]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]


def test_the_sources_are_documented() -> None:
    """The table of sources is the registry, in its order."""
    assert [[s.name, s.ranks, s.why] for s in REGISTRY] == table("| source | ranks | why |")


def test_the_kinds_are_documented() -> None:
    """The table of kinds is the closed list with what each speaks for."""
    expected = [[str(k), *map(str, VETOES[k])] if k in VETOES else [str(k), "nobody", ""] for k in Kind]
    assert expected == table("| kind | speaks for | rank |")


def test_the_example_runs() -> None:
    """The example at the end prints what it says."""
    found = re.search(r"\$ echo '(.*)' \| chatprobe classify\n(.*)\n", DOC)
    assert found
    assert found[2] == CliRunner().invoke(cli, ["classify"], input=found[1]).stdout.strip()
