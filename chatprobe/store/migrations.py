"""The steps that lead to today's tables. A released step is never edited: a later one changes what it made."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from importlib.resources import files

from sqlite_utils import Database, Migrations

migrations = Migrations("chatprobe")


def _statements(name: str) -> Iterator[str]:
    """The statements of a file in ``store/sql``; their comments stay in the database as its codebook."""
    statement = ""
    for line in files("chatprobe.store").joinpath("sql", name).read_text("utf-8").splitlines(keepends=True):
        statement += line
        if line.rstrip().endswith(";") and sqlite3.complete_statement(statement):
            yield statement.strip()
            statement = ""


def _run(db: Database, name: str) -> None:
    for statement in _statements(name):
        db.execute(statement)


@migrations(name="001_first")
def _first(db: Database, /) -> None:
    _run(db, "001_first.sql")


@migrations(name="002_statistics")
def _statistics(db: Database, /) -> None:
    """Indexes that hold all that statistics ask of messages and slots."""
    _run(db, "002_statistics.sql")


@migrations(name="003_parts")
def _parts(db: Database, /) -> None:
    """How the chats' parts were made."""
    _run(db, "003_parts.sql")


def steps() -> list[str]:
    """Names of all steps this program knows, in order."""
    return [step.name for step in migrations.pending(Database(memory=True))]
