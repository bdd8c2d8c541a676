"""The large database that speed is measured on: of the size asked for, sound, and the same every time."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks.large import write
from chatprobe.scenario.load import load_file
from chatprobe.store import Store

PROBES = 400


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("large") / "large.db"
    write(path, PROBES)
    return path


def rows(path: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as db:
        return db.execute(sql).fetchall()


def test_it_is_sound_and_of_its_size(large: Path) -> None:
    """There are N probes and 5 N messages, half the probes are chats, and `db check` finds nothing wrong."""
    counts = rows(large, "SELECT count(*), sum(depth = 'chat'), (SELECT count(*) FROM messages) FROM probes")
    assert [(PROBES, PROBES // 2, 5 * PROBES)] == counts
    with Store.open(large) as store:
        assert [] == store.check("2026-03-02T10:00:00.000Z")
        assert store.pseudonyms.of("anna") in {name for (name,) in rows(large, "SELECT DISTINCT agent FROM messages")}


def test_its_ids_sort_as_its_times(large: Path) -> None:
    """Probes stand in the order of their start, and so do their ids."""
    ids = [name for (name,) in rows(large, "SELECT id FROM probes ORDER BY started_at, id")]
    assert sorted(ids) == ids


def test_its_scenarios_load(large: Path, tmp_path: Path) -> None:
    """The scenario texts are scenarios, with claims to judge."""
    for number, (yaml,) in enumerate(rows(large, "SELECT yaml FROM scenarios")):
        file = tmp_path / f"{number}.yaml"
        file.write_text(str(yaml), "utf-8")
        assert load_file(file, {}).claims.hours is not None


def test_the_same_seed_writes_the_same(large: Path, tmp_path: Path) -> None:
    """Two files of one size and seed hold the same rows, of another seed others."""
    for seed in (1, 2):
        write(tmp_path / f"{seed}.db", 60, seed)
    write(tmp_path / "again.db", 60, 1)
    one, again, other = (
        rows(tmp_path / f"{name}.db", "SELECT * FROM messages ORDER BY 1, 2") for name in ("1", "again", "2")
    )
    assert one == again != other
