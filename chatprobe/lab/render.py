"""Fills the page templates under ``pages/``."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from functools import cache
from html import escape
from pathlib import Path
from secrets import token_hex
from string import Template
from typing import Any

from chatprobe.lab.casino import Casino
from chatprobe.lab.words import WORDS

PAGES = Path(__file__).parent / "pages"


def casino_page(casino: Casino, conversation: str, other: str) -> str:
    """The casino's home page; `other` is the origin of the lab's second port."""
    return _page("captcha.html" if casino.site.captcha else "casino.html", casino, id=conversation, other=other)


def chat_page(casino: Casino, conversation: str, question: str | None = None) -> str:
    """The document of a chat frame or window; `question` is what a form already asked."""
    return _page("chat.html", casino, id=conversation, question=question)


def nest_page(casino: Casino, conversation: str, origin: str) -> str:
    """A frame that holds nothing but the chat frame from `origin`."""
    return _template("nest.html").substitute(
        title=escape(casino.title), casino=casino.name, id=escape(conversation), origin=origin
    )


def widget_style(prefix: str) -> str:
    """The widget's style sheet with class names of its own."""
    return _template("widget.css").template.replace(".chat-", f".{prefix}-")


def _page(template: str, casino: Casino, **config: Any) -> str:
    if casino.widget.made_up:
        casino = replace(casino, widget=replace(casino.widget, prefix=f"css-{token_hex(3)}"))
    words = WORDS.get(casino.language, WORDS["en"])
    everything = config | {
        "casino": casino.name,
        "widget": asdict(casino.widget),
        "site": asdict(casino.site),
        "words": words,
    }
    return _template(template).substitute(
        {key: escape(words[key]) for key in ("lead", "games", "winners", "footer")},
        title=escape(casino.title),
        language=casino.language,
        accent=casino.site.accent,
        ground=casino.site.ground,
        prefix=casino.widget.prefix,
        config=json.dumps(everything).replace("<", "\\u003c"),
    )


@cache
def _template(name: str) -> Template:
    return Template((PAGES / name).read_text(encoding="utf-8"))


def extra_page(name: str, conversation: str) -> str:
    """A bench or hostile page: its template, with the small chat at the mark ``$chat``."""
    chat = _template("small.html").substitute(id=conversation)
    return _template(f"{name}.html").safe_substitute(chat=chat)
