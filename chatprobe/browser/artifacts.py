"""What is kept of a visit for the editor's eyes: screenshot, DOM snapshot, trace. Raw personal data, all of it."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.async_api import BrowserContext, Page
from playwright.async_api import Error as PlaywrightError

from chatprobe.addresses import shown

SHOT_TIMEOUT_MS = 8_000
FRAME_TIMEOUT_S = 3.0


@dataclass(frozen=True)
class Artifact:
    """One kept file."""

    kind: str
    """screenshot, dom, trace or structure."""
    path: Path


async def keep_view(page: Page, folder: Path) -> list[Artifact]:
    """The screenshot and the DOM of every frame, as far as the page still answers."""
    kept = []
    shot = folder / "screenshot.png"
    with contextlib.suppress(PlaywrightError):
        await page.screenshot(path=shot, timeout=SHOT_TIMEOUT_MS, animations="allow")
        kept.append(Artifact("screenshot", shot))
    parts = [part for frame in page.frames if (part := await _content(frame, shown(frame.url)))]
    if parts:
        dom = folder / "dom.html"
        with contextlib.suppress(OSError):  # the disk is full
            dom.write_text("\n".join(parts), encoding="utf-8", errors="replace")
            kept.append(Artifact("dom", dom))
    return kept


def keep_data(data: Mapping[str, Any], folder: Path) -> Artifact:
    """What was learned of the chat's structure, as JSON."""
    path = folder / "structure.json"
    path.write_text(json.dumps(data, ensure_ascii=True), encoding="ascii")
    return Artifact("structure", path)


async def _content(frame: object, url: str) -> str:
    try:
        html = await asyncio.wait_for(frame.content(), FRAME_TIMEOUT_S)  # type: ignore[attr-defined]
    except (PlaywrightError, TimeoutError):
        return ""
    return f"<!-- frame {url.replace('--', '- -')} -->\n{html}"


async def start_trace(context: BrowserContext, *, full: bool) -> None:
    """Begin a trace: DOM snapshots only, or (`full`) screenshots too, which cost milliseconds of timing."""
    with contextlib.suppress(PlaywrightError):
        await context.tracing.start(screenshots=full, snapshots=True, sources=False)


async def stop_trace(context: BrowserContext, path: Path | None) -> list[Artifact]:
    """End the trace; keep it at `path`, or drop it."""
    try:
        stopping = context.tracing.stop(path=path) if path else context.tracing.stop()
        await asyncio.wait_for(stopping, 20)
    except (PlaywrightError, TimeoutError):
        return []
    return [Artifact("trace", path)] if path else []
