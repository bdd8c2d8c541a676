"""Mistakes in selectors that can be seen without a browser.

Two kinds: Playwright's selectors (clicks and fields), and plain CSS (evaluated inside the page by the observer).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

ENGINES = (
    "css", "css:light", "data-test", "data-test-id", "data-testid", "id", "nth", "role", "text", "text:light",
    "visible", "xpath", "internal:has", "internal:has-not", "internal:has-text",
    "internal:has-not-text", "internal:role", "internal:text", "internal:label", "internal:attr", "internal:testid",
    "internal:control",
)  # fmt: skip
"""What may stand before the first ``=`` of a part of a Playwright selector."""

PLAYWRIGHT_PSEUDO = (
    "visible", "has-text", "text", "text-is", "text-matches", "nth-match", "left-of", "right-of", "above", "below",
    "near", "light",
)  # fmt: skip
"""Pseudo-classes that only Playwright understands."""

_ENGINE = re.compile(r"\*?([a-zA-Z_0-9:+-]+)=")
_FREE_TEXT = re.compile(r"\*?text(:light)?=\s*[^\s\"']")
"""An unquoted text or a regular expression: its quotes and brackets are letters like any other."""
_PSEUDO = re.compile(r"(?<![:\\]):(" + "|".join(PLAYWRIGHT_PSEUDO) + r")(?![\w-])")
_QUOTED = re.compile(r"\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'")
_CLOSERS = {"(": ")", "[": "]"}


def check_css(selector: str) -> None:
    """Raise `ValueError` where `selector` is not plain CSS."""
    _check_balance(selector)
    if found := _PSEUDO.search(_QUOTED.sub('""', selector)):
        raise ValueError(f":{found[1]} is Playwright's; this selector runs inside the page: plain CSS only")
    if ">>" in _QUOTED.sub('""', selector):
        raise ValueError("'>>' is Playwright's; this selector runs inside the page: plain CSS only")
    if (engine := _ENGINE.match(selector)) and engine[1] in ENGINES:
        raise ValueError(f"'{engine[1]}=' is Playwright's; this selector runs inside the page: plain CSS only")
    _parse_css(selector)


def check_playwright(selector: str) -> None:
    """Raise `ValueError` where `selector` cannot be one of Playwright's."""
    for part in _parts(selector):
        _check_part(part)


def _check_part(part: str) -> None:
    if not part:
        raise ValueError("an empty selector, or nothing beside '>>'")
    if _FREE_TEXT.match(part):
        return
    _check_balance(part)
    if part.startswith(("//", "..", "(//")) or part[0] in "\"'":
        return
    engine = _ENGINE.match(part)
    if not engine:
        _parse_css(part.lstrip("> +~"))  # a part may begin below, beside or after the one before
    elif engine[1] not in ENGINES:
        close = get_close_matches(engine[1], ENGINES, 1)
        wish = f"; did you mean {close[0]}=" if close else ""
        raise ValueError(f"{engine[1]}= is no selector engine of Playwright{wish}")
    else:
        _check_body(engine[1], part[engine.end() :].strip())


def _check_body(engine: str, body: str) -> None:
    if not body:
        raise ValueError(f"nothing stands after '{engine}='")
    if engine in ("css", "css:light"):
        _parse_css(body)
    elif engine == "nth" and not re.fullmatch(r"-?\d+", body):
        raise ValueError(f"nth= takes a whole number, not {body!r}")
    elif engine == "visible" and body not in ("true", "false"):
        raise ValueError(f"visible= takes true or false, not {body!r}")
    elif engine == "role" and not re.match(r"[a-z]+\s*(\[|$)", body):
        raise ValueError(f"role= takes a role such as button, not {body!r}")


def _parse_css(selector: str) -> None:
    # Only the grammar: which pseudo-classes exist is the browser's business and grows with it.
    from cssselect2.parser import SelectorError, parse  # type: ignore[import-untyped]

    try:
        list(parse(selector))
    except SelectorError as error:
        # tinycss2's tokens print as <IdentToken foo>; what was expected is all that the reader needs.
        reason = re.sub(r"<.*>", "", str(error.args[-1])).strip(" .")
        raise ValueError(f"not a CSS selector: {reason[:1].lower()}{reason[1:]}") from None
    except AttributeError:  # the parser looks past the end of "a|"
        raise ValueError("not a CSS selector: it ends too early") from None


def _parts(selector: str) -> Iterator[str]:
    rest = selector.strip()
    while True:
        free = _FREE_TEXT.match(rest)
        signs = enumerate(rest) if free else _unquoted(rest)
        cut = next((at for at, sign in signs if sign == ">" and rest.startswith(">>", at)), None)
        yield rest[:cut].strip()
        if cut is None:
            return
        rest = rest[cut + 2 :].strip()


def _check_balance(selector: str) -> None:
    if not selector.strip():
        raise ValueError("an empty selector")
    stack: list[str] = []
    for _, sign in _unquoted(selector):
        if sign in _CLOSERS:
            stack.append(_CLOSERS[sign])
        elif sign in ")]" and (not stack or stack.pop() != sign):
            raise ValueError(f"an unexpected '{sign}'")
        elif sign in "\"'":
            raise ValueError(f"a quote {sign} that never ends")
    if stack:
        raise ValueError(f"a missing '{stack[-1]}'")


def _unquoted(selector: str) -> Iterator[tuple[int, str]]:
    """Every sign outside quotes with its place; a quote itself only where it never ends."""
    at = 0
    while at < len(selector):
        if selector[at] == "\\":
            at += 2
        elif quoted := _QUOTED.match(selector, at):
            at = quoted.end()
        else:
            yield at, selector[at]
            at += 1
