"""What the report says, in English or French: sentences from files, and numbers as each language writes them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from markupsafe import Markup

from chatprobe.analysis.reason import Reason

LANGUAGES = ("en", "fr")
_FOLDER = Path(__file__).parent / "words"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
HARD, THIN = "\u00a0", "\u202f"
"""Spaces at which no line breaks: as wide as others, and narrow."""


class Language:
    """One language. Called with the name of a sentence and what stands in its braces, it gives the sentence.

    A sentence that depends on a count is kept in two forms, `one` and `other`; the count is its value `n`.
    """

    def __init__(self, code: str, sentences: Mapping[str, Any]) -> None:
        """`sentences` by name, as the files in `words/` hold them; `get` gives a language."""
        self.code = code
        self.sentences = sentences

    def __call__(self, name: str, /, **values: Any) -> Markup:
        """The sentence `name` as HTML; values are escaped, numbers among them written as the language does.

        Raises KeyError for a name or value that is not there.
        """
        sentence = self.sentences[name]
        if isinstance(sentence, Mapping):
            sentence = sentence["one" if self._is_one(values["n"]) else "other"]
        return Markup(sentence).format(**{key: self._shown(value) for key, value in values.items()})  # noqa: S704

    def _is_one(self, n: float) -> bool:
        return n < 2 if self.code == "fr" else n == 1

    def _shown(self, value: Any) -> Any:
        return self.number(value) if isinstance(value, int | float) and not isinstance(value, bool) else value

    def reason(self, reason: Reason) -> Markup:
        """What `analysis` says of something that cannot be told."""
        hours = {"hours", "first", "last"}
        values = {key: self._hours(value) if key in hours else value for key, value in reason.values.items()}
        return self(f"why_{reason.name}", **values)

    def _hours(self, value: Any) -> Any:
        if isinstance(value, list):
            return self.list([self.clock(hour) for hour in value])
        return self.clock(value)

    def number(self, value: float, digits: int = 0) -> str:
        """``1,234.5`` or ``1 234,5``."""
        text = f"{value:,.{digits}f}"
        return text if self.code == "en" else text.replace(",", THIN).replace(".", ",")

    def percent(self, share: float) -> str:
        """A share of 0 to 1, with a digit behind the point where it would otherwise look like all or nothing."""
        shown, digits = 100 * share, 0
        if 0 < shown < 1 or 99 < shown < 100:
            shown, digits = min(max(shown, 0.1), 99.9), 1
        return f"{self.number(shown, digits)}{'%' if self.code == 'en' else HARD + '%'}"

    def duration(self, ms: float) -> str:
        """``2.4 s``, ``48 s``, ``2 min 5 s``, ``1 h 2 min``."""
        if round(ms / 100) < 100:
            return f"{self.number(ms / 1000, 1)}{HARD}s"
        seconds = round(ms / 1000)
        units = ((seconds // 3600, "h"), (seconds // 60 % 60, "min"), (seconds % 60 if seconds < 3600 else 0, "s"))
        return HARD.join(f"{count}{HARD}{unit}" for count, unit in units if count)

    def clock(self, hour: int, minute: int | None = None) -> str:
        """An hour of the day, 0 to 24: ``02:00`` or ``2 h``; with minutes ``02:05`` or ``2 h 05``."""
        if self.code == "en":
            return f"{hour:02}:{minute or 0:02}"
        return f"{hour}{HARD}h" if minute is None else f"{hour}{HARD}h{HARD}{minute:02}"

    def day(self, day: int, *, year: bool = True) -> str:
        """A date, from the days since 1970-01-01: ``1 April 2026`` or ``1er avril 2026``."""
        date = _EPOCH + timedelta(days=day)
        first = "er" if self.code == "fr" and date.day == 1 else ""
        month = self.sentences["months"][date.month - 1]
        return f"{date.day}{first}{HARD}{month}" + (f"{HARD}{date.year}" if year else "")

    def days(self, first: int, last: int) -> str:
        """A stretch of dates; year and month are said once where they are the same."""
        if first == last:
            return self.day(first)
        start, end = (_EPOCH + timedelta(days=day) for day in (first, last))
        begin = self.day(first, year=start.year != end.year)
        if (start.year, start.month) == (end.year, end.month):
            begin = begin.partition(HARD)[0]
        return str(self("from_to", first=begin, last=self.day(last)))

    def weekday(self, weekday: int, *, short: bool = False) -> str:
        """The name of a weekday, 0 is Monday."""
        return str(self.sentences["weekdays_short" if short else "weekdays"][weekday])

    def list(self, items: Sequence[str]) -> Markup:
        """``a, b and c``; the items are escaped."""
        escaped = [Markup.escape(item) for item in items]
        if len(escaped) < 2:
            return Markup("").join(escaped)
        return self("and", first=Markup(", ").join(escaped[:-1]), last=escaped[-1])

    def tongue(self, code: str) -> str:
        """The name of a language by its code of two letters; the code where it is not known."""
        return str(self.sentences["tongues"].get(code, code))


@cache
def get(code: str) -> Language:
    """The language `code`, one of `LANGUAGES`."""
    with (_FOLDER / f"{code}.toml").open("rb") as file:
        return Language(code, _typeset(tomllib.load(file), code))


def _typeset(value: Any, code: str) -> Any:
    """All texts within `value` with the signs that printers use."""
    if isinstance(value, Mapping):
        return {key: _typeset(item, code) for key, item in value.items()}
    if isinstance(value, list):
        return [_typeset(item, code) for item in value]
    text = re.sub(r"(?<=[\w}])'", "\u2019", value)
    text = re.sub(r"(?<=[\d}]) (?=(?:s|min|h)\b|%)|(?<=\{n\}) (?=\w)", HARD, text)
    if code == "fr":
        text = re.sub(r" (?=[;!?])", THIN, text)
        text = re.sub(r" (?=:)|(?<=«) | (?=»)", HARD, text)
    return text
