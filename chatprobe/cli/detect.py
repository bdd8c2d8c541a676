"""`chatprobe detect`: whose chat widget is on a page?"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from chatprobe.cli.base import browser_option, emit_json, json_option, note, out, safe
from chatprobe.errors import UsageError

if TYPE_CHECKING:
    from chatprobe.discover.detect import Detection
    from chatprobe.discover.recognise import Found, Reason

_SAID = {"address": "loads", "global": "has the global", "element": "has the element"}


@click.command("detect")
@click.argument("url")
@browser_option
@json_option
def detect_command(url: str, browser: Path | None, *, as_json: bool) -> None:
    """Say whose chat widget is on a page, and why.

    Loads URL once and waits for what comes late; clicks and sends nothing. Named are the vendors that chatprobe has a
    preset of, each with the marks that were found. Exit code 4 where no page comes.

    \b
    Example:
      chatprobe detect https://lucky.example/
    """
    from chatprobe.addresses import page_address, shown

    try:
        page_address(url)
    except ValueError as error:
        raise UsageError(f"URL: {error}", f"write https://{url}" if "://" not in url else None) from error
    detection = asyncio.run(_detect(url, browser))
    if as_json:
        emit_json({"url": detection.url, "status": detection.status, "vendors": [_row(one) for one in detection.found]})
    elif detection.found:
        for line in _lines(detection):
            out(line)
        note(f"hint: chatprobe new {safe(shown(detection.url))} writes a scenario for it")
    else:
        _tell_none(detection)


async def _detect(url: str, browser: Path | None) -> Detection:
    from chatprobe.addresses import proxy_parts
    from chatprobe.browser.context import Browsers, ContextOptions
    from chatprobe.browser.launch import find_browser
    from chatprobe.discover.detect import detect
    from chatprobe.scenario.presets import presets
    from chatprobe.settings import load_settings

    settings, known = load_settings(), list(presets().values())
    options = ContextOptions(proxy=proxy_parts(settings.proxy) if settings.proxy else None)
    limit_ms = settings.limits.page_timeout.total_seconds() * 1000
    async with Browsers(find_browser(browser)) as browsers:
        return await detect(url, browsers, options, known, limit_ms)


def _row(found: Found) -> dict[str, Any]:
    from chatprobe.cli.trust import row

    reasons = [
        {"kind": str(one.kind), "mark": one.mark, "seen": one.seen, "weak": one.weak, "held": one.held}
        for one in found.reasons
    ]
    return {**row(found.preset), "sure": found.sure, "reasons": reasons}


def _lines(detection: Detection) -> Iterator[str]:
    from chatprobe.cli.trust import summary

    for found in detection.found:
        likely = "" if found.sure else " (likely: it shares these marks with others)"
        yield f"{found.preset.id}: {found.preset.file.name}{likely}"
        yield from (f"  {_reason(one)}" for one in found.reasons)
        yield f"  preset: {summary(found.preset)}"
        yield f"  in a scenario: chat: {{vendor: {found.preset.id}}}"


def _reason(one: Reason) -> str:
    from chatprobe.addresses import shown

    seen = shown(one.seen) if one.kind == "address" else one.seen
    return f"{_SAID[one.kind]} {safe(seen)}{' (held back, as until consent)' if one.held else ''}"


def _tell_none(detection: Detection) -> None:
    from chatprobe.addresses import shown

    out(f"no known chat widget on {safe(shown(detection.url))}")
    note("hint: a chat may be of a make without a preset, or come after consent, after signing in, or on another page;")
    note(f"hint: chatprobe new {safe(shown(detection.url))} finds one by what it looks like, whatever its make")
