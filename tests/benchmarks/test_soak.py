"""The page of what the daemon survives grows part by part."""

from __future__ import annotations

from pathlib import Path

from benchmarks.soak.page import renew, section

PARTS = ("kills", "memory", "troubles")


def test_a_part_renews_its_own_section(tmp_path: Path) -> None:
    """Whatever the order they are run in, parts stand in theirs; one that is run again replaces what it said before."""
    page = tmp_path / "page.md"
    renew(page, PARTS, "troubles", section({"date": "today"}, ["## Troubles\n", "- old"]))
    renew(page, PARTS, "kills", section({"date": "today"}, ["## Kills\n", "- none"]))
    renew(page, PARTS, "troubles", section({"date": "tomorrow"}, ["## Troubles\n", "- new"]))
    _, *sections = page.read_text("utf-8").split("<!-- ")[1:]
    assert [
        "kills -->\n## Kills\n\n- date: today\n- none\n\n",
        "troubles -->\n## Troubles\n\n- date: tomorrow\n- new\n",
    ] == sections
