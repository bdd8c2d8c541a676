"""What stands in the files, read back by other programs."""

from __future__ import annotations

import csv
import datetime
import io
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pytest
from pyarrow import parquet as pq

from chatprobe.export.cells import CELL_LIMIT, bounded, cell
from chatprobe.store import Store
from chatprobe.store.codebook import codebook, codebook_rows, relation
from tests.export.conftest import ASKED, SAID, TEXTS, Called

MASKED = [text.replace("Anna", "[name]").replace("ANNA", "[name]") for text in TEXTS] + ["Please wait for [name]"]
FORMULAS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
TYPES = {"text": pa.string(), "json": pa.string(), "integer": pa.int64(), "real": pa.float64(), "boolean": pa.bool_()}


def texts(rows: list[dict[str, Any]]) -> list[Any]:
    return [row["text"] for row in rows]


def harmless(text: str) -> str:
    """What becomes of a text in a cell."""
    plain = "".join("\ufffd" if sign in "\x01\x1b\x0b\x9b\ufffe" else sign for sign in text)
    return f"'{plain}" if plain.lstrip(" ").startswith(FORMULAS) else plain


def read_csv(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_csv(called: Called, tmp_path: Path) -> None:
    """Every row comes back, formulas are texts, control characters are gone, NULL is empty."""
    assert 0 == called("messages", output="m.csv").exit_code
    rows = read_csv((tmp_path / "m.csv").read_bytes().decode())
    assert list(relation("messages").names) == list(rows[0])
    assert [harmless(text) for text in MASKED] == texts(rows)
    assert [] == [row["text"] for row in rows if row["text"].lstrip(" ").startswith(FORMULAS)]
    assert ("3.0", "", ASKED) == (rows[3]["at_ms"], rows[3]["wire_ms"], rows[3]["at"])


def test_jsonl(called: Called, tmp_path: Path) -> None:
    """Texts come back as they are, JSON columns as what they hold, and nothing stands there that a terminal obeys."""
    assert 0 == called("messages", output="m.jsonl").exit_code
    written = (tmp_path / "m.jsonl").read_text("utf-8")
    rows = [json.loads(line) for line in written.split("\n")[:-1]]
    assert MASKED == texts(rows)
    assert "quick-reply buttons: [name]" == rows[0]["evidence"][0]["detail"]
    assert set() == set(written) & set("\x1b\x9b\u202e\x01")
    called("probes", output="p.jsonl")
    assert {"deadline_ms": 5} == json.loads((tmp_path / "p.jsonl").read_text("utf-8").split("\n")[0])["overrides"]


@pytest.mark.parametrize("name", ["csv", "jsonl"])
def test_stdout_gets_what_a_file_gets(called: Called, tmp_path: Path, name: str) -> None:
    """`--output -` writes the same bytes to stdout, and no codebook anywhere."""
    called("messages", output=f"m.{name}")
    done = called("messages", "--format", name, "--output", "-")
    assert (tmp_path / f"m.{name}").read_bytes() == done.stdout_bytes
    assert ["data", f"m.{name}", f"m.{name}.codebook.md"] == sorted(one.name for one in tmp_path.iterdir())


def test_parquet(called: Called, tmp_path: Path) -> None:
    """Columns are typed, values come back, and each column carries what the codebook says of it."""
    for name in ("messages", "probes", "waits"):
        assert 0 == called(name, output=f"{name}.parquet").exit_code
        schema = pq.read_schema(tmp_path / f"{name}.parquet")
        for column in relation(name).columns:
            field = schema.field(column.name)
            assert TYPES.get(column.kind, pa.timestamp("ms", tz="UTC")) == field.type
            said = {key.decode(): value.decode() for key, value in field.metadata.items()}
            assert (column.meaning, column.unit) == (said["description"], said.get("unit", ""))
            assert ", ".join(column.values) == said.get("values", "")
    rows = pq.read_table(tmp_path / "messages.parquet").to_pylist()
    assert MASKED == texts(rows)
    asked = datetime.datetime(2026, 3, 2, 10, 0, 5, 250_000, tzinfo=datetime.UTC)
    probe = pq.read_table(tmp_path / "probes.parquet").to_pylist()[0]
    assert (asked, True, 1.5, 10, None) == tuple(
        probe[name] for name in ("asked_at", "answer_match", "first_human_ms", "cell", "slot_id")
    )
    assert [True] == pq.read_table(tmp_path / "waits.parquet").column("answered").to_pylist()


def test_xlsx(called: Called, tmp_path: Path) -> None:
    """Excel sees texts and no formula, dates, booleans, numbers, and the codebook on a sheet of its own."""
    assert 0 == called("messages", output="m.xlsx").exit_code
    book = openpyxl.load_workbook(tmp_path / "m.xlsx")
    assert ["messages", "codebook"] == book.sheetnames
    head, *rows = list(book["messages"].iter_rows())
    assert list(relation("messages").names) == [one.value for one in head]
    assert set() == {one.data_type for row in rows for one in row} & {"f", "e"}
    text = relation("messages").names.index("text")
    # Excel reads _x…_ as a sign, and openpyxl does not.
    found = [(row[text].value or "").replace("_x005F_", "_").replace("_x000D_", "\n") for row in rows]
    assert [harmless(one).replace("\r", "\n") for one in MASKED] == found
    assert ASKED[:23] == rows[0][2].value.isoformat(timespec="milliseconds")
    sheet = [tuple(one.value or "" for one in row) for row in book["codebook"].iter_rows()]
    assert codebook_rows() == sheet[1:]


def test_a_frozen_copy(called: Called, path: Path, tmp_path: Path) -> None:
    """All tables and views are there and sound, names masked, the codebook a table; no key, no artifact, no lease."""
    with Store.open(path) as store:
        store._connection.db.execute("INSERT INTO artifacts VALUES ('01A', 0, 'screenshot', 'artifacts/x', 'ab', 1)")
        store._connection.db.conn.commit()
    assert 0 == called("--format", "sqlite", output="frozen.db").exit_code
    key = path.with_name("chatprobe.db.key").read_text("ascii").strip()
    raw = (tmp_path / "frozen.db").read_bytes()
    assert [] == [word for word in (key, "Zoran", "I'm Anna", '"from"') if word.encode() in raw]
    assert not (tmp_path / "frozen.db.key").exists()
    with Store.open(tmp_path / "frozen.db") as frozen:
        assert [] == frozen.check("2026-03-05T10:00:00.000Z")
        assert MASKED == texts(frozen.probe("01A")["messages"])
    with closing(sqlite3.connect(tmp_path / "frozen.db")) as db:
        counts = {one.name: db.execute(f"SELECT count(*) FROM {one.name}").fetchone()[0] for one in codebook()}
        assert ("delete",) == db.execute("PRAGMA journal_mode").fetchone()
        assert codebook_rows() == db.execute("SELECT * FROM codebook").fetchall()
    assert (2, 16, 0, 0, 1) == tuple(counts[name] for name in ("probes", "messages", "artifacts", "leases", "waits"))


def test_a_view_frozen_is_a_table(called: Called, tmp_path: Path) -> None:
    """One table or view alone becomes a table, with its part of the codebook."""
    assert 0 == called("waits", output="waits.db").exit_code
    with closing(sqlite3.connect(tmp_path / "waits.db")) as db:
        tables = db.execute("SELECT name, type FROM sqlite_master ORDER BY name").fetchall()
        assert [("codebook", "table"), ("waits", "table")] == tables
        assert [("01A", 1)] == db.execute("SELECT probe_id, answered FROM waits").fetchall()
        assert [("waits",)] == db.execute("SELECT DISTINCT relation FROM codebook").fetchall()


def test_internal_shows_names(called: Called, tmp_path: Path) -> None:
    """With --internal texts and frames stand as they are, in a file for its owner only."""
    for name in ("messages", "events", "scenarios"):
        assert 0 == called(name, "--internal", output=f"{name}.jsonl").exit_code
        assert 0o600 == (tmp_path / f"{name}.jsonl").stat().st_mode & 0o777
    rows = [json.loads(line) for line in (tmp_path / "messages.jsonl").read_text("utf-8").split("\n")[:-1]]
    assert [*TEXTS, SAID] == texts(rows)
    assert "Anna" in (tmp_path / "events.jsonl").read_text("utf-8")
    assert "Anna" in (tmp_path / "scenarios.jsonl").read_text("utf-8")


NOT_INTRODUCED = "text NOT LIKE '%I''m%'"


@pytest.mark.parametrize(
    ("name", "where"),
    [
        ("messages", NOT_INTRODUCED),
        ("replies", NOT_INTRODUCED),
        *((name, "1") for name in ("messages", "decisions", "events", "probes", "outcomes", "scenarios")),
    ],
)
def test_no_name_leaves_without_internal(called: Called, tmp_path: Path, name: str, where: str) -> None:
    """No table or view shows a name that a text says or a page displayed, also where that text is not chosen."""
    assert 0 == called(name, "--where", where, output="x.jsonl").exit_code
    written = (tmp_path / "x.jsonl").read_text("utf-8")
    assert [] == [word for word in ("Anna", "ANNA", "Zoran") if word in written]
    assert written.count("\n")


@pytest.mark.parametrize(
    ("text", "expected"),
    [("", ""), ("plain", "plain"), ("\ufeff=1", "'\ufeff=1"), ("\u200b+1", "'\u200b+1"), ("a=1", "a=1"), ("﹣", "'﹣")],
)
def test_cells(text: str, expected: str) -> None:
    """Only what would begin a formula gets an apostrophe."""
    assert expected == cell(text)


@pytest.mark.parametrize("sign", ["x", "é", "😀"])
def test_a_cell_holds_so_much(sign: str) -> None:
    """A text longer than a cell is cut with a mark, counted as Excel counts, never inside a character."""
    cut = bounded(sign * 40_000)
    assert CELL_LIMIT >= len(cut.encode("utf-16-le")) // 2 > CELL_LIMIT - 2
    assert cut.endswith(" … [cut]")
    assert "x" * CELL_LIMIT == bounded("x" * CELL_LIMIT)
