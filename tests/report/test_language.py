"""Both languages say everything, and write numbers as they do."""

from __future__ import annotations

import re
import string
import tomllib
from pathlib import Path
from typing import Any

import pytest

import chatprobe.report
from chatprobe.report.language import LANGUAGES, get
from chatprobe.report.opening import cells_in_words, stretches

WORDS = Path(chatprobe.report.__file__).parent / "words"
SENTENCES = {code: tomllib.loads((WORDS / f"{code}.toml").read_text("utf-8")) for code in LANGUAGES}


def _braces(value: Any) -> set[str]:
    texts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else [value]
    return {name for text in texts for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_sentence_is_there_in_both_languages() -> None:
    """The files have the same names, with the same values in braces and the same forms."""
    english, french = SENTENCES["en"], SENTENCES["fr"]
    assert list(english) == list(french)
    shapes = {code: {name: (type(one), _braces(one)) for name, one in SENTENCES[code].items()} for code in LANGUAGES}
    assert shapes["en"] == shapes["fr"]
    assert [] == [name for name, one in english.items() if isinstance(one, dict) and set(one) != set(french[name])]


def test_every_sentence_is_used() -> None:
    """No sentence is kept that the report never says, and the report says none that is not kept."""
    folder = WORDS.parent
    code = "".join(path.read_text("utf-8") for suffix in ("py", "html") for path in folder.rglob(f"*.{suffix}"))
    named = set(re.findall(r"[\"']([a-z][a-z0-9_]+)[\"']", code))
    begun = tuple(re.findall(r"f\"([a-z_]+_)\{", code))
    said = set(re.findall(r"\b(?:t|language|self)\(\s*[\"']([a-z0-9_]+)[\"']", code))
    assert [] == [name for name in SENTENCES["en"] if name not in named and not name.startswith(begun)]
    assert set() == said - set(SENTENCES["en"])


def _printed(value: Any) -> list[str]:
    values = value.values() if isinstance(value, dict) else value if isinstance(value, list) else [value]
    return [text for one in values for text in ([one] if isinstance(one, str) else _printed(one))]


def test_french_is_set_as_printers_do() -> None:
    """No sign stands at a line's beginning for want of a space that holds, and no apostrophe is a straight one."""
    wrong = re.compile(r"[ \w][;:!?»%](?!//)|« |«\w|'")
    assert [] == [text for text in _printed(get("fr").sentences) if wrong.search(text)]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("en", ["1,234", "79%", "99.9%", "0.1%", "100%", "2.4 s", "2 min 5 s", "1 h", "02:00", "1 April 2026"]),
        ("fr", ["1 234", "79 %", "99,9 %", "0,1 %", "100 %", "2,4 s", "2 min 5 s", "1 h", "2 h", "1er avril 2026"]),
    ],
)
def test_numbers_are_written_as_the_language_does(code: str, expected: list[str]) -> None:
    """Thousands, decimals, shares, durations, hours and dates; nearly all is not all, and hardly any is not none."""
    t = get(code)
    shares = map(t.percent, (0.79, 0.9996, 0.0001, 1.0))
    durations = map(t.duration, (2_400, 125_000, 3_600_000))
    written = [t.number(1234), *shares, *durations, t.clock(2), t.day(20_544)]
    assert expected == [text.replace("\u202f", " ").replace("\u00a0", " ") for text in written]


def test_a_count_decides_the_form() -> None:
    """Nothing is plural in English and singular in French."""
    assert "0 of 0\u00a0chats" in get("en")("of_chats", found=0, n=0, low="", high="")
    assert "0 chat sur" in get("fr")("of_chats", found=0, n=0, low="", high="")


def test_values_are_escaped() -> None:
    """What stands in a sentence's braces is text, never markup."""
    assert "&lt;b&gt;" in get("en")("rank", rank="<b>")
    assert "&lt;b&gt; and x" == get("en").list(["<b>", "x"])


@pytest.mark.parametrize(
    ("ranges", "expected"),
    [
        ([(0, 10_080)], "day and night, every day (24/7)"),
        ([(day * 1440 + 480, day * 1440 + 1440) for day in range(6)], "Monday to Saturday from 08:00 to 24:00"),
        ([(5 * 1440 + 600, 6 * 1440 + 120)], "Saturday from 10:00 to 02:00"),
        ([(0, 120), (6 * 1440 + 1380, 10_080)], "Sunday from 23:00 to 02:00"),
        ([(7_200, 10_080)], "Saturday and Sunday from 00:00 to 24:00"),
        ([(0, 90), (1440, 1530), (4320, 4410)], "Monday, Tuesday and Thursday from 00:00 to 01:30"),
    ],
)
def test_hours_of_the_week_are_put_in_words(ranges: list[tuple[int, int]], expected: str) -> None:
    """Days of the same hours stand together, a night belongs to its evening, a week knows no end."""
    assert expected == stretches(ranges, get("en")).replace("\u00a0", " ")


def test_a_window_of_the_night_is_put_in_words() -> None:
    """Cells of every day from 02:00 to 06:00, in French."""
    cells = {day * 24 + hour for day in range(7) for hour in (2, 3, 4, 5)}
    assert "tous les jours de 2 h à 6 h" == cells_in_words(cells, get("fr")).replace("\u00a0", " ")
