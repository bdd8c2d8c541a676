"""`chatprobe db`: care of the database file."""

from __future__ import annotations

from pathlib import Path

import click

from chatprobe.cli.base import Group, db_option, emit_json, finish, json_option, out, safe


@click.group(cls=Group)
def db() -> None:
    """Create, update and check the database.

    Example: chatprobe db check
    """


@db.command()
@db_option
@json_option
def migrate(db: Path, *, as_json: bool) -> None:
    """Create the database, or bring an older one up to date.

    Example: chatprobe db migrate --db chatprobe.db
    """
    from chatprobe.store import Store

    with Store.open(db, create=True) as store:
        steps = store.migrated
    if as_json:
        emit_json({"database": str(db), "steps": steps})
    else:
        out(f"{db}: {'up to date' if not steps else 'brought up to date: ' + ', '.join(steps)}")


@db.command()
@db_option
@json_option
def check(db: Path, *, as_json: bool) -> None:
    """Look for damage, broken references, invalid values and missing files. Exit code 6 if there are any.

    Example: chatprobe db check
    """
    from chatprobe.store import Store
    from chatprobe.times import iso, now_ms

    with Store.open(db) as store:
        problems = store.check(iso(now_ms()))
    if as_json:
        emit_json({"database": str(db), "problems": problems})
    else:
        out("\n".join(safe(problem) for problem in problems) or f"{db}: no problems found")
    if problems:
        finish(6)
