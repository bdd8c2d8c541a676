"""A report, written: the page, and its pictures for an article."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from chatprobe.errors import UsageError
from chatprobe.masking import Masks
from chatprobe.report import language as languages
from chatprobe.report import view
from chatprobe.report.build import build
from chatprobe.report.build import pictures as drawn
from chatprobe.report.gather import Asked, gather
from chatprobe.report.matter import Matter
from chatprobe.report.page import render
from chatprobe.report.sections.claims import Told
from chatprobe.report.transcripts import pictures, transcript
from chatprobe.scenario.schema import Scenario
from chatprobe.store.pseudonym import key_file, load_key
from chatprobe.store.store import Store
from chatprobe.store.target import STDOUT, ensure_writable, written

MARK = b'<meta name="generator" content="chatprobe">'
"""What a report is known by."""
_HEAD = 1_000
"""Bytes of a file in which its mark stands."""


def report(store: Store, scenarios: Sequence[Scenario], asked: Asked, code: str, now: float) -> tuple[str, view.Page]:
    """The HTML text of the report in the language `code`, made at `now` (epoch ms), and what it shows.

    Raises DatabaseError where the database cannot be read.
    """
    language = languages.get(code)
    gathered = gather(store, scenarios, asked)
    page = build(gathered, asked, _teller(store, gathered.matters, asked, language), now, language)
    return render(page, language), page


def ensure_page(path: Path, database: Path, *, force: bool) -> None:
    """Raise UsageError where the page may not be put: a folder, the database, a file that is there and no report."""
    if path != STDOUT:
        ensure_writable(path, database, force=force or _is_report(path))


def write_page(path: Path, text: str) -> None:
    """The page as a file, whole or not at all: an older one stays until then.

    `STDOUT` is stdout. Raises UsageError where there can be no such file, StorageFull.
    """
    content = text.encode("utf-8", "replace")
    if path == STDOUT:
        sys.stdout.buffer.write(content)
        return
    with written(path) as part:
        part.write_bytes(content)


def ensure_folder(folder: Path) -> None:
    """Make the folder of pictures where it is missing; raises UsageError where that cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        hint = "check that the folder it is in may be written"
        raise UsageError(f"{folder}: cannot be made: {error.strerror}", hint) from error


def write_charts(page: view.Page, folder: Path) -> list[Path]:
    """Every picture of `page` as SVG and PNG in `folder`, made where it is missing; their paths.

    Raises UsageError where they cannot be put there, StorageFull.
    """
    ensure_folder(folder)
    made = []
    for one in drawn(page):
        for suffix, content in (("svg", one.chart.svg(one.source).encode()), ("png", one.chart.png(one.source))):
            made.append(folder / f"{one.name}.{suffix}")
            with written(made[-1]) as part:
                part.write_bytes(content)
    return made


def _is_report(path: Path) -> bool:
    """Whether a report stands there, that another may take the place of."""
    try:
        with path.open("rb") as file:
            return MARK in file.read(_HEAD)
    except OSError:
        return False


def _teller(store: Store, matters: Sequence[Matter], asked: Asked, language: languages.Language) -> Told:
    """Reads and tells visits by their ids, on the clocks of their casino."""
    masks = None if asked.internal else Masks(load_key(store.path) if key_file(store.path).exists() else None)
    zones = {matter.casino: matter.zone for matter in matters}

    def told(ids: Sequence[str]) -> tuple[view.Transcript, ...]:
        rows = [store.probe(one) for one in ids]
        return tuple(_told(row, zones[row["casino"]]) for row in rows)

    def _told(row: dict[str, Any], zone: ZoneInfo) -> view.Transcript:
        one = transcript(row, language, zone, masks)
        return replace(one, screenshots=tuple(pictures(row, store.path.absolute().parent))) if asked.internal else one

    return told
