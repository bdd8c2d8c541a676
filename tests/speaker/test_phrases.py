"""The word files: complete, well-formed, read once."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from chatprobe.speaker import lexicon
from chatprobe.speaker.kinds import Kind
from chatprobe.speaker.lexicon import kind_of, sections
from chatprobe.speaker.phrases import phrase
from chatprobe.speaker.textform import LONGEST, fold


def test_each_language_has_the_kinds_that_matter() -> None:
    """Every word file covers the notices and bot sentences that the decision lives on."""
    notices = {Kind.QUEUE, Kind.TYPING, Kind.OFFLINE, Kind.CLOSED, Kind.JOINED}
    needed = notices | {Kind.DISCLOSURE, Kind.FALLBACK, Kind.MENU}
    languages = {file.name[:-4] for file in files("chatprobe.speaker").joinpath("words").iterdir()}
    missing = {
        (language, str(kind))
        for language in languages
        for kind in needed
        if not any(item.language == language for item in sections()[kind])
    }
    assert (set(), True) == (missing, len(languages) >= 30)


def test_each_language_says_every_meaning() -> None:
    """What is put together for all languages is there in each: no word file forgot a meaning."""
    folder = files("chatprobe.speaker")
    used = set(re.findall(r"\{(\w+)\}", folder.joinpath("everywhere.txt").read_text("utf-8")))
    missing = {
        (file.name, name)
        for file in folder.joinpath("words").iterdir()
        for name in used
        if f"\n{name} = " not in file.read_text("utf-8")
    }
    assert set() == missing


def test_both_orders_are_one_phrase() -> None:
    """Two meanings joined by "&" are found either way round, up to four words apart."""
    either = phrase("chat & closed", "en", spaced=True).pattern
    found = [bool(either.search(f" . {text} . ")) for text in ("the chat was closed", "closed this chat", "chat only")]
    assert [True, True, False] == found


def test_at_least_one_is_needed_after_a_plus() -> None:
    """A group marked "+" must be there once, one marked "*" need not."""
    needed, free = (phrase(f"= not (quite|sure){mark}", "en", spaced=True).pattern for mark in "+*")
    assert (None, True) == (needed.search(" . not . "), free.search(" . not . ") is not None)


def test_every_phrase_is_a_pattern() -> None:
    """Each line of every word file compiles and can be looked up."""
    assert all(item.pattern and item.parts for items in sections().values() for item in items)


def test_a_huge_text_costs_no_more_than_its_ends() -> None:
    """Only the beginning and the end of a text are looked at, so megabytes from a page do no harm."""
    assert 2 * LONGEST + 1 == len(fold("nerozumím " * 200_000))


def test_what_is_loaded_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """After `load` the first text waits for no file."""
    lexicon.load()
    monkeypatch.setattr(lexicon, "_read", None)
    assert Kind.QUEUE is kind_of("You are number 2718 in the queue.")
