"""Pictures of pages with what was found on them marked, drawn beside the page and never into it."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from playwright.async_api import BrowserContext, Page
from playwright.async_api import Error as PlaywrightError

from chatprobe.browser.survey import Box

SHOT_TIMEOUT_MS = 8_000
COLOURS = ("#c2185b", "#1565c0", "#2e7d32", "#e65100", "#6a1b9a", "#00695c", "#4e342e", "#37474f")


@dataclass(frozen=True)
class Mark:
    """One thing on a picture."""

    name: str
    box: Box
    """In CSS pixels of the picture."""


@dataclass(frozen=True)
class Shot:
    """One picture of a page."""

    png: bytes
    width: int
    height: int
    """CSS pixels."""
    caption: str
    marks: tuple[Mark, ...] = ()


async def shoot(page: Page, caption: str) -> Shot | None:
    """A picture of what a page shows now; None where it does not answer."""
    try:
        png = await page.screenshot(timeout=SHOT_TIMEOUT_MS, animations="allow")
    except PlaywrightError:
        return None
    size = page.viewport_size or {"width": 1280, "height": 800}
    return Shot(png, size["width"], size["height"], caption)


async def draw(context: BrowserContext, shots: Sequence[Shot], path: Path) -> bool:
    """Draw pictures and their marks, one below the other, into a PNG file; False where the browser does not."""
    try:
        page = await context.new_page()
        await page.set_content(_html(shots), wait_until="load", timeout=SHOT_TIMEOUT_MS)
        await page.screenshot(path=path, full_page=True, timeout=SHOT_TIMEOUT_MS)
        await page.close()
    except PlaywrightError:
        return False
    return True


def _html(shots: Sequence[Shot]) -> str:
    style = (
        "body{margin:0;background:#fff;font:15px sans-serif}figure{margin:0;position:relative}"
        "figcaption{padding:8px 12px;background:#263238;color:#fff}img{display:block}"
        "i{position:absolute;border:3px solid;border-radius:4px;box-sizing:border-box;box-shadow:0 0 0 2px #fff}"
        "b{position:absolute;color:#fff;padding:1px 6px;border-radius:3px;white-space:nowrap;font-size:13px}"
    )
    return f"<!doctype html><meta charset=utf-8><style>{style}</style>{''.join(map(_figure, shots))}"


def _figure(shot: Shot) -> str:
    source = f"data:image/png;base64,{base64.b64encode(shot.png).decode('ascii')}"
    marks = "".join(_mark(mark, COLOURS[at % len(COLOURS)], shot) for at, mark in enumerate(shot.marks))
    picture = (
        f'<div style="position:relative"><img width={shot.width} height={shot.height} src="{source}">{marks}</div>'
    )
    return (
        f'<figure style="width:{shot.width}px"><figcaption>{escape(shot.caption[:160])}</figcaption>{picture}</figure>'
    )


def _mark(mark: Mark, colour: str, shot: Shot) -> str:
    """A frame around the thing and its name beside it, wherever there is room."""
    box = mark.box
    x, y = max(0.0, box.x - 4), max(0.0, box.y - 4)
    width = min(shot.width - x, box.width + 8)
    height = min(shot.height - y, box.height + 8)
    label_y = y - 22 if y >= 22 else min(y + height + 2, shot.height - 20)
    label_x = min(x, shot.width - 9 * len(mark.name) - 16)
    frame = f'<i style="left:{x}px;top:{y}px;width:{width}px;height:{height}px;border-color:{colour}"></i>'
    return f'{frame}<b style="left:{label_x}px;top:{label_y}px;background:{colour}">{escape(mark.name)}</b>'
