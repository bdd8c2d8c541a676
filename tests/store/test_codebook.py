"""What the codebook says of every column is so."""

from __future__ import annotations

import re

import pytest

from chatprobe.errors import UsageError
from chatprobe.store import Store
from chatprobe.store.clean import JSON_COLUMNS
from chatprobe.store.codebook import LISTS, Kind, codebook, relation

COLUMNS = [(one.name, column) for one in codebook() for column in one.columns]


def test_every_relation_and_column_is_explained() -> None:
    """No table, view or column goes without a sentence."""
    assert [] == [one.name for one in codebook() if not one.meaning]
    assert [] == [(table, column.name) for table, column in COLUMNS if not column.meaning]


def test_durations_and_times_have_their_unit() -> None:
    """What ends in _ms is real and in ms, what ends in _at is a time in UTC, and nothing else is either."""
    found = {(column.kind, column.unit) for _, column in COLUMNS if column.name.endswith("_ms")}
    assert {(Kind.REAL, "ms")} == found
    times = {column.name for _, column in COLUMNS if column.kind is Kind.TIME}
    assert {"at", "first_seen"} == {name for name in times if not name.endswith("_at")}
    assert [] == [column.name for _, column in COLUMNS if column.name.endswith("_at") and column.unit != "UTC"]


def test_json_columns_are_those_that_are_written_so() -> None:
    """The columns of type json are those that the store decodes."""
    found = {one.name: tuple(c.name for c in one.columns if c.kind is Kind.JSON) for one in codebook()}
    assert JSON_COLUMNS == {name: columns for name, columns in found.items() if columns}


def test_closed_lists_belong_to_columns() -> None:
    """Each closed list stands behind a column, and that column shows it."""
    shown = {f"{table}.{column.name}": column.values for table, column in COLUMNS}
    bare = {name.partition(".")[2]: values for name, values in shown.items()}
    assert {name: tuple(names) for name, names in LISTS.items()} == {
        name: shown.get(name) or bare[name] for name in LISTS
    }


def test_names_in_meanings_are_in_the_list() -> None:
    """Where a meaning counts up the allowed names, it names all of them: "planned, running, done …"."""
    for table, column in COLUMNS:
        said = re.match(r"((?:\w+, )+\w+ or \w+)(?:;|$)", column.meaning)
        if said and len(column.values) > 1 and column.kind is Kind.TEXT and table != "replies":
            assert set(re.split(", | or ", said[1])) == set(column.values), (table, column.name)


def test_kinds_are_those_of_the_database(store: Store) -> None:
    """A table's columns are of the type that they are declared with."""
    stored = {Kind.INTEGER: "INTEGER", Kind.BOOLEAN: "INTEGER", Kind.REAL: "REAL"}
    for one in codebook():
        if one.kind == "table":
            declared = {row[1]: row[2] for row in store._connection.db.execute(f"PRAGMA table_info({one.name})")}
            assert {column.name: stored.get(column.kind, "TEXT") for column in one.columns} == declared


def test_unknown_relation_is_a_usage_error() -> None:
    """A mistyped table is answered with the nearest name."""
    with pytest.raises(UsageError) as caught:
        relation("probe")
    assert "did you mean probes?" == caught.value.hint
