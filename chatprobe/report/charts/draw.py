"""From a chart's description to a picture: SVG for the page, SVG and PNG for files."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from markupsafe import Markup, escape

from chatprobe.report.charts import theme
from chatprobe.report.charts.frame import framed

_HATCH = (
    '<defs><pattern id="{id}" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="5" height="5" fill="{paper}"/><rect width="1.4" height="5" fill="{rule}"/></pattern></defs>'
)
_SIZE = re.compile(r'<svg[^>]* width="([\d.]+)" height="([\d.]+)"[^>]*>')
_GROUND = re.compile(r"<rect[^>]*/>")
_ARIA = re.compile(r' (?:aria-\w+|role)="[^"]*"')
_TOLD = re.compile(r'<(\w+)((?: [\w-]+="[^"]*")*?) aria-label="([^"]*)"((?: [\w-]+="[^"]*")*)(?:/>|></\1>)')
_LOCALES: dict[str, Literal["en-US", "fr-FR"]] = {"en": "en-US", "fr": "fr-FR"}


@dataclass(frozen=True)
class Chart:
    """A picture, and the same in words."""

    name: str
    """What it is called as a file, without a suffix."""
    title: str
    note: str
    """What is to be known to read it."""
    spec: dict[str, Any]
    """Vega-Lite."""
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    """The table that says the same, its first column naming the row."""
    key: tuple[tuple[str, str], ...] = ()
    """Signs that need explaining: class of the sign, and what it means."""
    code: str = "en"
    """The language its axes are written in."""

    @cached_property
    def _drawn(self) -> str:
        import vl_convert

        return str(vl_convert.vegalite_to_svg(self.spec | {"config": theme.CONFIG}, format_locale=_LOCALES[self.code]))

    def inline(self) -> Markup:
        """The SVG element for the page: coloured by the page's variables, and each mark with what it says."""
        found = _SIZE.match(self._drawn)
        width, height = found.groups() if found else ("400", "300")
        body = _TOLD.sub(_titled, self._drawn[found.end() if found else 0 :])
        body = _GROUND.sub("", _ARIA.sub("", body), count=1)
        hatch = _HATCH.format(id=f"{self.name}-hatch", paper="none", rule="var(--hatch)")
        for colour, name in theme.NAMES.items():
            body = body.replace(f'"{colour}"', f'"var(--{name})"')
        body = body.replace(f'"{theme.HATCH}"', f'"url(#{self.name}-hatch)"')
        body = re.sub(r' font-family="[^"]*"', "", body)
        label = escape(f"{self.title}. {self.note}")
        return Markup(  # noqa: S704  # Vega escapes the texts it draws
            f'<svg role="img" aria-label="{label}" viewBox="0 0 {width} {height}" width="{width}">{hatch}{body}'
        )

    def svg(self, source: str = "") -> str:
        """The picture as a file, to stand alone: light colours, its title, its key; `source` says where it is from."""
        found = _SIZE.match(self._drawn)
        width, height = map(float, found.groups()) if found else (theme.WIDTH, 300)
        body = _GROUND.sub("", self._drawn[found.end() if found else 0 :].removesuffix("</svg>"), count=1)
        hatch = _HATCH.format(id="hatch", paper=theme.PAPER, rule="#d3ccbc")
        body = hatch + _ARIA.sub("", body).replace(f'"{theme.HATCH}"', '"url(#hatch)"')
        return framed(body, (width, height), self.title, self.note, self.key, source)

    def png(self, source: str = "") -> bytes:
        """The same in pixels, three for each of the SVG's."""
        import vl_convert

        return bytes(vl_convert.svg_to_png(self.svg(source), scale=3))


def _titled(mark: re.Match[str]) -> str:
    tag, before, label, after = mark.groups()
    return f'<{tag}{before}{after} class="mark"><title>{label}</title></{tag}>'
