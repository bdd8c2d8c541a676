"""`chatprobe show`: a probe again, from the database."""

from __future__ import annotations

from pathlib import Path

import click

from chatprobe.cli.base import db_option, emit_json, json_option, out
from chatprobe.cli.transcript import transcript


@click.command("show")
@click.argument("probe", default="last")
@db_option
@json_option
def show(probe: str, db: Path, *, as_json: bool) -> None:
    """Print a probe again: transcript, evidence, steps.

    PROBE is its id, the beginning of it, or `last` (the default).

    Example: chatprobe show last
    """
    from chatprobe.store.store import Store

    with Store.open(db) as store:
        row = store.probe(probe)
    if as_json:
        emit_json(row)
        return
    for line in transcript(row):
        out(line)
