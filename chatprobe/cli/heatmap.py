"""Heat maps of the week in a terminal: seven lines of 24 shades, legible without colour."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_SHADES = ("·░▒▓█", ".-+*#")
"""From none to most; the second for terminals without such signs."""
_GAP = "   "


def heat_maps(maps: Mapping[str, Mapping[int, int]]) -> list[str]:
    """`maps` side by side: titles with counts by hour of the week (0-167), each in its own shades; the key below."""
    shades = _shades()
    tops = {title: max(counts.values(), default=0) for title, counts in maps.items()}
    clock = "     " + _GAP.join("0     6     12    18    " for _ in maps)
    lines = ["     " + _GAP.join(title[:24].ljust(24) for title in maps).rstrip(), clock.rstrip()]
    for day, name in enumerate(DAYS):
        rows = (
            "".join(shades[_level(counts.get(day * 24 + hour, 0), tops[title])] for hour in range(24))
            for title, counts in maps.items()
        )
        lines.append(f"{name}  {_GAP.join(rows)}")
    return [*lines, *(f"     {title}: {_key(top, shades)}" for title, top in tops.items())]


def _shades() -> str:
    try:
        _SHADES[0].encode(getattr(sys.stdout, "encoding", None) or "ascii")
    except UnicodeEncodeError:
        return _SHADES[1]
    return _SHADES[0]


def _level(count: int, top: int) -> int:
    """0 for none, else 1 to 4 by quarters of the largest count."""
    return 0 if count == 0 else 1 + (count - 1) * 4 // max(top, 4)


def _key(top: int, shades: str) -> str:
    levels: dict[int, list[int]] = {}
    for count in range(top + 1):
        levels.setdefault(_level(count, top), []).append(count)
    return "  ".join(f"{shades[level]} {_span(counts)}" for level, counts in levels.items())


def _span(counts: Iterable[int]) -> str:
    first, *rest = counts
    return f"{first}-{rest[-1]}" if rest else str(first)
