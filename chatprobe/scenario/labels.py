"""Labels of a widget in the languages it speaks: `{label.send}` in the pattern of a selector stands for all of them.

The language of a page is not known before it is there, and sites mix languages; so a pattern takes every label at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from chatprobe.errors import did_you_mean
from chatprobe.scenario.document import Loc, Mistake

_PLACE = re.compile(r"\{label\.([^{}]*)\}")
_IN_PATTERN = re.compile(r"=\s*/[^/]*$")


def with_labels(chat: Mapping[str, Any], loc: Loc) -> tuple[dict[str, Any], list[Mistake]]:
    """`chat`, which stands at `loc`, with every `{label.…}` replaced; its types need not have been checked.

    What names no label, or stands outside a pattern such as ``[name=/…/i]``, stays as written and is a mistake.
    """
    written = chat.get("labels")
    labels = {str(name): list(_texts(one)) for name, one in written.items()} if isinstance(written, Mapping) else {}
    mistakes: list[Mistake] = []

    def replaced(value: Any, at: Loc) -> Any:
        if isinstance(value, dict):
            return {replaced(key, at): replaced(inner, (*at, key)) for key, inner in value.items()}
        if isinstance(value, list):
            return [replaced(inner, (*at, index)) for index, inner in enumerate(value)]
        if not isinstance(value, str):
            return value
        mistakes.extend(_mistakes(value, at, labels))
        return _PLACE.sub(lambda found: _pattern(labels.get(found[1], ())) or found[0], value)

    return {key: one if key == "labels" else replaced(one, (*loc, key)) for key, one in chat.items()}, mistakes


def _mistakes(text: str, loc: Loc, labels: Mapping[str, object]) -> Iterator[Mistake]:
    for found in _PLACE.finditer(text):
        if not labels.get(found[1]):
            known = did_you_mean(found[1], labels) or "write its texts under chat.labels"
            yield Mistake(loc, f"{found[0]} names no label", known)
        elif not _IN_PATTERN.search(text[: found.start()]):
            hint = f"such as role=button[name=/^{found[0]}$/i] or text=/^{found[0]}$/i"
            yield Mistake(loc, f"{found[0]} stands outside a pattern", hint)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    inner = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
    for below in inner:
        yield from _texts(below)


def _pattern(texts: list[str] | tuple[str, ...]) -> str:
    """A regular expression's part that fits any of the texts; empty without any."""
    longest_first = sorted(set(texts), key=lambda text: (-len(text), text))
    return f"(?:{'|'.join(map(_quoted, longest_first))})" if texts else ""


def _quoted(text: str) -> str:
    return "".join(map(_sign, " ".join(text.split()).replace("...", "…").replace("’", "'")))


def _sign(sign: str) -> str:
    if sign == " ":
        return r"\s+"
    if sign == "…":
        return r"(?:…|\x2e\x2e\x2e)"
    if sign == "'":
        return r"[\x27’]"
    # By number: quotes and brackets would mean something to whoever takes the selector apart.
    return sign if sign.isalnum() or not sign.isascii() else f"\\x{ord(sign):02x}"
