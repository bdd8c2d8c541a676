"""A picture that stands alone: its title, what is to be known to read it, its key and where it is from."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from markupsafe import escape

from chatprobe.report.charts import theme

_EDGE = 14
"""Pixels left free around everything."""
_LINE, _SIGN = 16, 18
_LETTER = 0.53
"""How wide a letter is on average, of its height."""
_HATCHED = "url(#hatch)"

_FILLS = {
    **{f"ramp{number}": colour for number, colour in enumerate(theme.RAMP)},
    "hatch": _HATCHED,
    "box-yes": theme.YES,
    "box-no": theme.NO,
    "box-band": theme.BAND,
    "box-unsure": theme.UNSURE,
}


def framed(
    body: str, size: tuple[float, float], title: str, note: str, key: Sequence[tuple[str, str]], source: str
) -> str:
    """The elements of a picture of `size`, `body` among them, within an `svg` element of their own."""
    width = max(size[0], theme.WIDTH) + 2 * _EDGE
    parts, y = [], float(_EDGE)
    for text, pixels, colour, weight in ((title, 17, theme.INK, "bold"), (note, 12, theme.SOFT, "normal")):
        for line in _lines(text, pixels, width - 2 * _EDGE):
            y += pixels + 4
            parts.append(_text(_EDGE, y, line, pixels, f'fill="{colour}" font-weight="{weight}"'))
    y += 8
    for row in _rows(key, width - 2 * _EDGE):
        y += _SIGN
        parts.extend(_signs(row, y))
    y += 10
    parts.append(f'<g transform="translate({_EDGE},{y:g})">{body}</g>')
    y += size[1] + 6
    for line in _lines(source, 10.5, width - 2 * _EDGE):
        y += 14
        parts.append(_text(_EDGE, y, line, 10.5, f'fill="{theme.SOFT}"'))
    height = y + _EDGE
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="{width:g}" '
        f'height="{height:g}" viewBox="0 0 {width:g} {height:g}"><title>{escape(title)}</title>'
        f'<rect width="{width:g}" height="{height:g}" fill="{theme.PAPER}"/>{"".join(parts)}</svg>'
    )


def _lines(text: str, pixels: float, width: float) -> list[str]:
    return textwrap.wrap(text, max(20, int(width / (pixels * _LETTER))))


def _text(x: float, y: float, text: str, pixels: float, more: str) -> str:
    return f'<text x="{x:g}" y="{y:g}" font-family="{theme.FONT}" font-size="{pixels}px" {more}>{escape(text)}</text>'


def _rows(key: Sequence[tuple[str, str]], width: float) -> Iterator[list[tuple[float, str, str]]]:
    """The signs of the key in lines, each with where it begins."""
    row: list[tuple[float, str, str]] = []
    x = 0.0
    for sign, meaning in key:
        long = 20 + len(meaning) * 12 * _LETTER
        if row and x + long > width:
            yield row
            row, x = [], 0.0
        row.append((_EDGE + x, sign, meaning))
        x += long + 14
    if row:
        yield row


def _signs(row: Sequence[tuple[float, str, str]], y: float) -> Iterator[str]:
    for x, sign, meaning in row:
        yield f'<g transform="translate({x:g},{y - 10:g})">{_sign(sign)}</g>'
        yield _text(x + 17, y, meaning, 12, f'fill="{theme.SOFT}"')


def _sign(name: str) -> str:
    if name in _FILLS:
        return f'<rect width="12" height="12" fill="{_FILLS[name]}"/>'
    shapes = {
        "dash": f'<path d="M6 0v12" stroke="{theme.SOFT}" stroke-width="1.4" stroke-dasharray="3 2"/>',
        "line-yes": f'<path d="M0 6h12" stroke="{theme.YES}" stroke-width="2.5"/>',
        "dot-yes": f'<circle cx="6" cy="6" r="4" fill="{theme.YES}"/>',
        "sign-answered": f'<circle cx="6" cy="6" r="3.5" fill="{theme.YES}"/>',
        "sign-unsure": f'<circle cx="6" cy="6" r="3.5" fill="none" stroke="{theme.UNSURE}" stroke-width="1.6"/>',
        "sign-missed": f'<path d="M2 2l8 8M10 2l-8 8" stroke="{theme.NO}" stroke-width="2"/>',
        "triangle-no": f'<path d="M6 1l5 9h-10z" fill="none" stroke="{theme.NO}" stroke-width="1.6"/>',
    }
    return shapes[name]
