"""`chatprobe review`: what it refuses, and what it says to whom."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from chatprobe.store.store import Store
from tests.cli.test_review import answer, chat, data, review, speakers, walk
from tests.probe.stored import row, visited

__all__ = ["chat"]


def test_our_own_words_take_no_correction(store: Store, tmp_path: Path, chat: str) -> None:
    """Nobody else wrote what we sent, and we wrote nothing of what came: both are errors of their lines."""
    done = review(tmp_path, said=answer(chat, 0, "human") + answer(chat, 1, "visitor") + answer(chat, 1, "bot"))
    told = [one for one in done.stderr.splitlines() if one.startswith("line ")]
    expected = ["line 1: message 0 is our own", "line 2: speaker: expected one of human, bot, system, unknown"]
    assert (6, expected) == (done.exit_code, told)
    assert ["visitor", "bot", "human"] == speakers(store, chat)


def test_the_help_of_a_sample_promises_no_correction(tmp_path: Path, chat: str) -> None:
    """Where answers are opinions, the help says so."""
    seen = walk(tmp_path, "?q", "--sample", "9").shown
    assert ("decides nothing" in seen, "against all rules" in seen) == (True, False)


def test_each_line_shows_its_author(store: Store, tmp_path: Path) -> None:
    """The start of the author's pseudonym stands in each line, so that one sees who spoke on."""
    visited(store, tmp_path, [row("a", 6.0, "Two days.", name="Anna"), row("b", 9.0, "At most.", name="Bert")])
    listed = review(tmp_path, "--list").stdout
    shown = {name: store.pseudonyms.of(name)[:6] for name in ("Anna", "Bert")}
    assert [True, True] == [f"unknown  {shown[n]} {text}" in listed for n, text in (("Anna", "Two"), ("Bert", "At"))]


def test_an_opener_without_a_viewer_is_silent(
    store: Store, tmp_path: Path, chat: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the system's opener complains of stays out of the review; the picture's place is told instead."""
    picture = store.artifact_folder(chat) / "screenshot.png"
    picture.write_bytes(b"png")
    with sqlite3.connect(store.path) as db:
        path = str(picture.relative_to(tmp_path))
        db.execute("INSERT INTO artifacts (probe_id, seq, kind, path) VALUES (?, 0, 'screenshot', ?)", [chat, path])
    opener = tmp_path / "bin" / "xdg-open"
    opener.parent.mkdir()
    opener.write_text("#!/bin/sh\necho no method available >&2\nexit 3\n", encoding="utf-8")
    opener.chmod(0o755)
    monkeypatch.setenv("PATH", str(opener.parent))
    seen = walk(tmp_path, "oq").shown
    assert ("nothing opens it" in seen, "no method" in seen) == (True, False)


@pytest.mark.parametrize("damage", ["probes SET asked_at = 'noon'", "messages SET at = 'noon'"])
def test_a_damaged_time_stops_no_review(store: Store, tmp_path: Path, chat: str, damage: str) -> None:
    """Where a time cannot be read, the delay is not told; the message is shown all the same."""
    with sqlite3.connect(store.path) as db:
        db.execute(f"UPDATE {damage}")
    found = data(review(tmp_path, "--sample", "9", "--seed", "1", "--list", "--json"))["messages"]
    assert [None, None] == [one["delay_ms"] for one in found]
