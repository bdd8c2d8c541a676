"""One export: rows in, a file and its codebook out, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from chatprobe.errors import UsageError
from chatprobe.export.datasette import METADATA, metadata
from chatprobe.export.shipped import CODEBOOK, about, page
from chatprobe.export.source import Source
from chatprobe.export.writing import Columns, Format, Wanted, Writer
from chatprobe.masking import Masks
from chatprobe.store.codebook import Relation, codebook, codebook_relation, codebook_rows, relation
from chatprobe.store.pseudonym import key_file, load_key
from chatprobe.store.selection import Selection
from chatprobe.store.store import Store
from chatprobe.store.target import STDOUT, ensure_writable, is_special, written

NEVER = {"artifacts": "screenshots, page snapshots and traces are raw personal data and are never exported"}
"""Why a table is not exported."""
_EMPTY = frozenset({"artifacts", "leases"})
"""Tables that stay empty in a frozen copy: their rows point to files and processes of this machine."""
Progress = Callable[[int], None]
"""Told how many rows are written."""


@dataclass(frozen=True)
class Done:
    """What came of an export."""

    rows: int
    size: int | None
    """Bytes of the file; None where it is none."""
    beside: Path | None
    """The file beside it: its codebook, or for a frozen copy what Datasette shows; None where there is none."""
    notes: tuple[str, ...] = ()
    """What the reader should know."""


def export(store: Store, wanted: Wanted, form: Format, progress: Progress = lambda _: None) -> Done:
    """Write the rows wanted to `wanted.output`, its codebook beside it, or neither.

    `progress` is told how many rows there are so far. Raises UsageError for what cannot be asked for, DatabaseError
    where the database cannot be read, StorageFull where the disk is full.
    """
    one = _relation(wanted, form)
    with ExitStack() as files:
        part, beside = wanted.output, None
        if wanted.output != STDOUT:
            beside, text = _beside(one, wanted, form)
            for path in filter(None, (wanted.output, beside)):
                ensure_writable(path, store.path, force=wanted.force)
            part = files.enter_context(written(wanted.output, private=wanted.internal))
            if beside:
                files.enter_context(written(beside)).write_text(text, encoding="utf-8")
        rows, damaged = _write(store, wanted, form.open(part, one, about(one, wanted)), one, progress)
    size = None if wanted.output == STDOUT or is_special(wanted.output) else wanted.output.stat().st_size
    return Done(rows, size, beside, tuple(_notes(store, wanted, rows, damaged)))


def _beside(one: Relation | None, wanted: Wanted, form: Format) -> tuple[Path | None, str]:
    """The file that is shipped beside the export, and what stands in it."""
    if is_special(wanted.output) or (form.carries and one):
        return None, ""
    if one is None:
        return wanted.output.with_name(wanted.output.name + METADATA), metadata(wanted.output.stem)
    return wanted.output.with_name(wanted.output.name + CODEBOOK), page(one, wanted)


def _relation(wanted: Wanted, form: Format) -> Relation | None:
    """What is wanted; None is everything."""
    if wanted.output == STDOUT and not form.streams:
        raise UsageError(f"{form.name} cannot go to stdout", "name a file with --output")
    if wanted.table is None:
        if not form.whole:
            raise UsageError("which table or view?", f"one of {', '.join(exportable())}; sqlite takes all of them")
        if wanted.where is not None:
            raise UsageError("--where is about one table or view", "name it, or leave out --where")
        return None
    if wanted.table in NEVER:
        raise UsageError(f"{wanted.table} cannot be exported: {NEVER[wanted.table]}")
    if wanted.table == codebook_relation().name:
        return codebook_relation()
    return relation(wanted.table)


def exportable() -> list[str]:
    """Names of all that can be exported."""
    return [*(one.name for one in codebook() if one.name not in NEVER), codebook_relation().name]


def _write(store: Store, wanted: Wanted, writer: Writer, one: Relation | None, progress: Progress) -> tuple[int, int]:
    """How many rows there were, and how many values that were not what their column holds."""
    rows = 0
    try:
        for relation, columns in _batches(store, wanted, one):
            writer.write(relation, columns)
            rows += len(columns[0])
            progress(rows)
        writer.close()
    except BaseException:
        writer.discard()
        raise
    return rows, writer.damaged


def _batches(store: Store, wanted: Wanted, one: Relation | None) -> Iterator[tuple[Relation, Columns]]:
    if one == codebook_relation():
        yield one, list(zip(*codebook_rows(), strict=True))
        return
    masks = Masks(load_key(store.path) if key_file(store.path).exists() else None)
    wholes = [other for other in codebook() if other.kind == "table" and other.name not in _EMPTY]
    with store.snapshot() as snapshot:
        for relation in [one] if one else wholes:
            selection = _selection(relation, wanted, whole=one is None)
            for columns in Source(snapshot, selection, masks).batches():
                yield relation, columns


def _selection(relation: Relation, wanted: Wanted, *, whole: bool) -> Selection:
    """In a whole copy, what says nothing of a table leaves all of it."""
    casino = wanted.casino if not whole or {"casino", "probe_id"} & {*relation.names} else None
    return Selection(relation, casino, wanted.since, wanted.where, public=not wanted.internal)


def _notes(store: Store, wanted: Wanted, rows: int, damaged: int) -> Iterator[str]:
    if not rows:
        yield "no rows"
    if damaged:
        yield f"{damaged} damaged values left empty; `chatprobe db check` finds them"
    key = key_file(store.path)
    if not wanted.internal and not key.exists() and store.overview.key_name():
        yield f"{key.name} is missing: in texts only names are masked that somebody is introduced by"
