"""`chatprobe db`: care of the database file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from chatprobe.cli.base import FOUND_PROBLEMS, Group, db_option, emit_json, finish, json_option, note, out, safe
from chatprobe.cli.progress import progress
from chatprobe.cli.wording import count

if TYPE_CHECKING:
    from chatprobe.store.merging import Merged


@click.group(cls=Group)
def db() -> None:
    """Create, update, check, copy, prune and merge databases.

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
        finish(FOUND_PROBLEMS)


@db.command()
@click.argument("target", metavar="FILE", type=click.Path(path_type=Path))
@db_option
@json_option
def backup(target: Path, db: Path, *, as_json: bool) -> None:
    """Copy the database to the new FILE, also while a daemon is writing.

    The key for pseudonyms and the artifacts are not in it.

    Example: chatprobe db backup chatprobe-backup.db
    """
    from chatprobe.store import Store

    with Store.open(db) as store:
        store.backup(target)
    size = target.stat().st_size
    if as_json:
        emit_json({"database": str(db), "backup": str(target), "bytes": size})
    else:
        out(f"{safe(str(target))}: {size / 1e6:.1f} MB")


@db.command()
@db_option
@json_option
def prune(db: Path, *, as_json: bool) -> None:
    """Empty texts and frames that are too old, and delete old artifacts; all numbers stay as they are.

    What is too old say the settings limits.text_days (180), limits.artifact_days (30) and limits.artifact_mb.

    Example: chatprobe db prune
    """
    from chatprobe.plan.budget import DAY
    from chatprobe.settings import load_settings
    from chatprobe.store import Store
    from chatprobe.times import iso, now_ms

    limits, now = load_settings().limits, now_ms()
    with Store.open(db) as store:
        texts = store.prune(iso(now - limits.text_days * DAY), iso(now))
        artifacts = store.expire_artifacts(iso(now - limits.artifact_days * DAY), limits.artifact_mb * 1e6)
    if as_json:
        emit_json({"database": str(db), "texts": texts, "artifacts": artifacts})
    else:
        out(f"{db}: texts of {texts} probes emptied, artifacts of {artifacts} deleted")


@db.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@db_option
@click.option("--dry-run", is_flag=True, help="Only count what would be added.")
@json_option
def merge(files: tuple[Path, ...], db: Path, *, dry_run: bool, as_json: bool) -> None:
    """Add what other databases of chatprobe have and this one has not, as after visits from several machines.

    Nothing is added twice. Where both decided about one message, the newest decision shows, a person's correction
    before the rules. Probes that still run, planned slots and artifacts stay where they are.

    Example: chatprobe db merge madrid.db malta.db --db all.db
    """
    from chatprobe.probe.recount import recounted
    from chatprobe.store import Store

    done = {}
    with Store.open(db) as store:
        own = store.overview.key_name()
        for file in files:
            store.ensure_other(file)  # or some would be merged and some not
        for file in files:
            with progress("probes looked at") as told:
                done[file] = store.merge(file, lambda row: recounted(row, {}), told, dry_run=dry_run)
            if not as_json:
                _tell_merged(file, done[file], own, dry_run=dry_run)
    if as_json:
        rows = [{"file": str(file), **_merged_row(one)} for file, one in done.items()]
        emit_json({"database": str(db), "dry_run": dry_run, "files": rows})


def _tell_merged(file: Path, one: Merged, own: str | None, *, dry_run: bool) -> None:
    added = ", ".join(f"{number:,} {table}" for table, number in one.added.items() if number) or "nothing new"
    out(f"{safe(str(file))}: {'would add ' if dry_run else ''}{added}")
    if one.settled:
        out(f"  new decisions on {count(one.settled, 'probe')} known before")
    if one.running:
        note(f"{count(one.running, 'probe')} not over there yet: merge again later")
    if one.keys - {own}:
        note("its pseudonyms were made with another key: they are never counted together with those of this one")


def _merged_row(one: Merged) -> dict[str, Any]:
    return {"added": dict(one.added), "settled": one.settled, "running": one.running, "keys": sorted(one.keys)}
