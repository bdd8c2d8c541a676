"""A report, written: the page, and its pictures for an article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from chatprobe.errors import StorageFull
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


def report(store: Store, scenarios: Sequence[Scenario], asked: Asked, code: str, now: float) -> tuple[str, view.Page]:
    """The HTML text of the report in the language `code`, made at `now` (epoch ms), and what it shows.

    Raises DatabaseError where the database cannot be read.
    """
    language = languages.get(code)
    gathered = gather(store, scenarios, asked)
    page = build(gathered, asked, _teller(store, gathered.matters, asked, language), now, language)
    return render(page, language), page


def write_page(path: Path, text: str) -> None:
    """The page as a file, whole or not at all: an older one stays until then. Raises StorageFull."""
    with _writing(path):
        _put(path, text.encode("utf-8", "replace"))


def write_charts(page: view.Page, folder: Path) -> list[Path]:
    """Every picture of `page` as SVG and PNG in `folder`, made where it is missing; their paths. Raises StorageFull."""
    written = []
    with _writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        for one in drawn(page):
            for suffix, content in (("svg", one.chart.svg(one.source).encode()), ("png", one.chart.png(one.source))):
                written.append(folder / f"{one.name}.{suffix}")
                _put(written[-1], content)
    return written


def _put(path: Path, content: bytes) -> None:
    new = path.with_name(f".{path.name}.new")
    try:
        new.write_bytes(content)
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StorageFull(f"{path}: cannot be written: {error.strerror}", "check disk, folder and rights") from error


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
