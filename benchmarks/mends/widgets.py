"""Small chat widgets of different makes, each with the scenario that an editor would have written for it.

Their pages are templates. What a site's developers may rename stands in them as `$name`, what visitors read as
`$$label`: so a change is made everywhere on the page, and nowhere in the scenario.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from string import Template

from benchmarks.mends.labels import ENGLISH

PAGES = Path(__file__).parent / "pages"
_NAME = re.compile(r"(?<!\$)\$([a-z_]+)")
_LABEL = re.compile(r"\$\$([a-z_]+)")
_INCLUDE = re.compile(r"@([a-z]+)@")


@cache
def page(name: str) -> str:
    """One of the files in ``pages/``."""
    return (PAGES / name).read_text(encoding="utf-8")


@dataclass(frozen=True)
class Widget:
    """One widget on its page."""

    name: str
    """Its scenario is ``pages/NAME.yaml``."""
    html: str = ""
    """Below the site's own content; the name of a page, or a template itself."""
    frames: Mapping[str, str] = field(default_factory=dict)
    """What stands in frames, by path."""
    layer: str = ""
    """What stands over the page: the name of a page, or nothing."""
    above: str = ""
    """What stands in the flow of the page."""
    put_in: Mapping[str, str] = field(default_factory=dict)
    """What else is included, by name: `@source@`, `@mode@`."""
    names: Mapping[str, str] = field(default_factory=dict)
    """Names that are not the usual ones."""
    labels: Mapping[str, str] = field(default_factory=lambda: ENGLISH)

    @property
    def scenario(self) -> str:
        """The keys of its scenario but casino, url and questions."""
        return page(f"{self.name}.yaml")

    def named(self) -> set[str]:
        """Everything on its pages that can be renamed."""
        return {name for text in self._templates().values() for name in _NAME.findall(text)}

    def pages(self) -> dict[str, str]:
        """Every page that is to be served, by its path."""
        return {path: self._filled(text) for path, text in self._templates().items()}

    def renamed(self, names: Mapping[str, str]) -> Widget:
        """With other names for some of its classes and ids."""
        return replace(self, names={**self.names, **names})

    def _templates(self) -> dict[str, str]:
        parts = {"widget": self.html, "consent": page(self.layer) if self.layer else "", "above": self.above}
        more = {"style": page("style.css"), "chat": page("chat.js"), "inside": page("inside.html"), **self.put_in}
        pages = {"": page("site.html"), **self.frames}
        return {path: _included(text, {**parts, **more}) for path, text in pages.items()}

    def _filled(self, text: str) -> str:
        said = _LABEL.sub(lambda found: self.labels[found[1]], text)
        usual = {name: f"{self.name[:2]}-{name}" for name in self.named()}
        return Template(said).safe_substitute({**usual, **self.names})


def _included(text: str, parts: Mapping[str, str]) -> str:
    while (found := _INCLUDE.search(text)) and found[1] in parts:
        text = text.replace(found[0], parts[found[1]])
    return text


BUBBLE = Widget("bubble", page("bubble.html"))
PILL = Widget("pill", page("pill.html"))
FRAME = Widget("frame", page("frame.html"), {"inside": page("inside.html")}, put_in={"source": "inside"})
CROSS = Widget("cross", page("frame.html"), {"inside": page("inside.html")}, put_in={"source": "http://OTHER/inside"})
NESTED = Widget(
    "nested",
    page("frame.html"),
    {"outer": page("outer.html"), "inside": page("inside.html")},
    put_in={"source": "outer"},
)
SHADOW = Widget("shadow", page("shadow.html"), put_in={"mode": "open"})
CLOSED = Widget("closed", page("shadow.html"), put_in={"mode": "closed"})
FORM = Widget("form", page("form.html"))
GATED = Widget("gated", page("gated.html"), layer="consent.html")
LINK = Widget("link", page("link.html"))
ICONS = Widget("icons", page("icons.html"))
INLINE = Widget("inline", "", above=page("inline.html"))
