"""Whether a value of a frame is the text of a row: it may come with markup and a name, the row without."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate

LONGEST = 20_000
"""Characters of a value that are looked at."""
_MOST = 0.66
"""Of a value's letters, those of the text after a name: before less of them stands no mere name."""
_NAME = re.compile(r"\s*[^:\n]{1,30}:\s")

_NEW_LINE = re.compile(
    r"\n|<(?:br|hr|/?(?:p|div|li|ul|ol|h[1-6]|tr|td|table|blockquote|section|article))\b[^<>]*>", re.IGNORECASE
)
_MARKUP = re.compile(r"<[^<>]*>|(?<=\])\([^()\s]*\)")
"""Tags that break no line, and the addresses of links in Markdown."""
_NO_LETTER = re.compile(r"[\W_]+")


def alike(value: str, text: str) -> bool:
    """Whether a value says a row's text and nothing, or hardly anything, beside it.

    Markup and signs do not matter. A row may show some whole lines of a value, as widgets draw paragraphs apart; a
    part of a line is enough only after a short name ("Anna: …").
    """
    wanted, lines = "".join(_lines(text)), _lines(value)
    if not wanted:
        return False
    if _is_run(lines, wanted):
        return True
    name = _NAME.match(value)
    rest = _lines(value[name.end() :]) if name else ()
    return _is_run(rest, wanted) and len(wanted) >= _MOST * len("".join(lines))


@lru_cache(maxsize=2048)
def _lines(text: str) -> tuple[str, ...]:
    """The lines of a text, each by its letters and digits alone."""
    lines = (html.unescape(_MARKUP.sub("", line)) for line in _NEW_LINE.split(text[:LONGEST]))
    return tuple(filter(None, (_NO_LETTER.sub("", line.casefold()) for line in lines)))


def _is_run(lines: tuple[str, ...], wanted: str) -> bool:
    """Whether some lines in a row make up the wanted letters."""
    starts = {0, *accumulate(map(len, lines))}
    return any(at in starts and at + len(wanted) in starts for at in _places("".join(lines), wanted))


def _places(said: str, wanted: str) -> Iterator[int]:
    at = said.find(wanted)
    while at >= 0:
        yield at
        at = said.find(wanted, at + 1)
