"""`chatprobe export`: tables and views for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from chatprobe.cli.base import db_option, emit_json, json_option, note, out, safe, scenarios_option
from chatprobe.cli.casinos import ensure_known
from chatprobe.cli.moments import moment
from chatprobe.cli.progress import progress
from chatprobe.cli.wording import count
from chatprobe.errors import UsageError
from chatprobe.times import iso, now_ms

if TYPE_CHECKING:
    from chatprobe.export import Done, Wanted

NAMES = ("csv", "jsonl", "parquet", "xlsx", "sqlite")


@click.command()
@click.argument("table", required=False, metavar="[TABLE|VIEW]")
@click.option("--format", "name", type=click.Choice(NAMES), help="Default: what the file's name says.")
@click.option("--output", type=click.Path(path_type=Path), required=True, metavar="FILE", help="Or - for stdout.")
@click.option("--since", callback=moment, metavar="TIME", help="Only of probes that started then or later: 2026-01-31.")
@click.option("--casino", metavar="NAME", help="Only of this casino.")
@click.option("--where", metavar="SQL", help="Only rows for which this holds, as: \"outcome = 'no_reply'\".")
@click.option("--internal", is_flag=True, help="With names in texts and wire frames; not to be handed on.")
@click.option("--force", is_flag=True, help="Replace a file that is there.")
@db_option
@scenarios_option
@json_option
def export(
    table: str | None,
    output: Path,
    db: Path,
    scenarios: Path,
    *,
    name: str | None,
    since: str | None,
    casino: str | None,
    where: str | None,
    internal: bool,
    force: bool,
    as_json: bool,
) -> None:
    """Write a table or view to a file for a spreadsheet, pandas, DuckDB or R.

    TABLE is a table or view of the database, or `codebook`. With --format sqlite it may be left out: then all of the
    database is copied, ready to be published. Names of people in texts are masked, formulas made harmless, screenshots
    left behind; a codebook comes with it.

    \b
    Examples:
      chatprobe export messages --output messages.parquet
      chatprobe export waits --format csv --casino lucky --since 2026-01-31 --output waits.csv
      chatprobe export --format sqlite --output frozen.db
    """
    from chatprobe.export import FORMATS, Wanted, meant
    from chatprobe.export import export as write
    from chatprobe.store.store import Store

    streamed = str(output) == "-"
    if streamed and as_json:
        raise UsageError("--json and --output - both go to stdout", "name a file with --output")
    if since is not None and since > iso(now_ms()):
        raise UsageError(f"--since {since} has not come yet", "give a time in the past")
    form = FORMATS[name] if name else meant(output)
    wanted = Wanted(table, output, casino, since, where, internal=internal, force=force)
    with Store.open(db) as store, progress("rows") as told:
        ensure_known(casino, store, scenarios)
        done = write(store, wanted, form, told)
    _tell(done, wanted, as_json=as_json)


def _tell(done: Done, wanted: Wanted, *, as_json: bool) -> None:
    for text in done.notes:
        note(f"note: {safe(text)}")
    if as_json:
        emit_json(_row(done, wanted))
    elif str(wanted.output) != "-":
        size = "" if done.size is None else f", {done.size / 1e6:.1f} MB"
        out(f"{safe(str(wanted.output))}: {count(done.rows, 'row')}{size}")
        if done.beside:
            what = "what its columns mean" if wanted.table else "what Datasette shows beside it"
            out(f"{safe(str(done.beside))}: {what}")


def _row(done: Done, wanted: Wanted) -> dict[str, Any]:
    return {
        "output": str(wanted.output),
        "rows": done.rows,
        "bytes": done.size,
        "beside": str(done.beside) if done.beside else None,
        "notes": list(done.notes),
    }
