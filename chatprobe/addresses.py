"""Addresses as scenarios and settings hold them: of pages, and of proxies."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, unquote, urlsplit

PROXY_SCHEMES = ("http", "https", "socks5")


def page_address(text: str) -> str:
    """`text` where it is the full address of a page; `ValueError` where it is none."""
    parts = _split(text)
    if parts is None or parts.scheme not in ("http", "https"):
        raise ValueError(f"{text[:80]!r} is no address beginning with http:// or https://")
    return text


def proxy_parts(text: str) -> dict[str, str]:
    """The parts of a proxy's address, by Playwright's names: `server`, and `username`, `password` where it has them.

    ``http://name:word@proxy.example:3128`` or ``socks5://…``; `ValueError`, without the address, where it is none.
    """
    parts = _split(text)
    if parts is None or parts.scheme not in PROXY_SCHEMES or parts.port is None:
        raise ValueError("expected the address of a proxy such as http://proxy.example:3128")
    server = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
    signed = {"username": unquote(parts.username or ""), "password": unquote(parts.password or "")}
    return {"server": server, **{key: word for key, word in signed.items() if word}}


def shown(text: str) -> str:
    """An address as it may be printed and kept: without name, word, query and fragment, where secrets stand."""
    try:
        parts = urlsplit(text)
        place = parts.netloc.rpartition("@")[2]
    except ValueError:
        return "(no address)"
    if parts.scheme not in ("http", "https", "ws", "wss"):
        return text[:100] if parts.scheme in ("about", "") else f"{parts.scheme}:"
    return f"{parts.scheme}://{place}{parts.path}"


def _split(text: str) -> SplitResult | None:
    try:
        parts = urlsplit(text)
        fine = bool(parts.hostname) and parts.port != 0 and not re.search(r"[\s\x00-\x1f]", text)
    except ValueError:  # a port that is no number, a bracket that never ends
        return None
    return parts if fine else None
