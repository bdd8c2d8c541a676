"""From what the page shows to its text: one file that asks no network for anything."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import Path

import jinja2
from markupsafe import Markup

from chatprobe.report.language import Language
from chatprobe.report.view import Page

_TEMPLATES = Path(__file__).parent / "templates"
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufff9-\ufffb\ud800-\udfff]")
LONGEST = 3_000
"""Characters of one message that are shown."""


def render(page: Page, language: Language) -> str:
    """The HTML text of `page`."""
    style, script = (Markup((_TEMPLATES / name).read_text("utf-8")) for name in ("page.css", "page.js"))  # noqa: S704
    return (
        _environment()
        .get_template("page.html")
        .render(page=page, t=language, style=style, script=script, policy=_policy(style, script))
    )


def harmless(text: str) -> str:
    """`text` of strangers cut to a length, with a sign for each control character; it is escaped besides.

    Marks that turn the direction of writing stay: the page shows every text in an element that ends their force.
    """
    shown = _CONTROLS.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    return shown if len(shown) <= LONGEST else f"{shown[:LONGEST]} […]"


@cache
def _environment() -> jinja2.Environment:
    loader = jinja2.FileSystemLoader(_TEMPLATES)
    made = jinja2.Environment(loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True)
    made.filters["harmless"] = harmless
    return made


def _policy(style: str, script: str) -> str:
    """What the browser may do: this style, this script, pictures within the file; it may fetch nothing."""
    styled, scripted = (base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in (style, script))
    return (
        f"default-src 'none'; style-src 'sha256-{styled}'; script-src 'sha256-{scripted}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
