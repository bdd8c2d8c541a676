"""What cannot be exported is told, with the right exit code, and leaves nothing behind."""

from __future__ import annotations

import json
import resource
import secrets
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from chatprobe.store.pseudonym import key_file
from tests.export.conftest import Called

FORMATS = ("csv", "jsonl", "parquet", "xlsx", "sqlite")


def newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("INSERT INTO _sqlite_migrations VALUES (99, 'chatprobe', '999_future', '2030')")


def broken(path: Path) -> None:
    """Pages in the middle of the file become noise."""
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (page,) = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'messages'").fetchone()
        (size,) = db.execute("PRAGMA page_size").fetchone()
    content = bytearray(path.read_bytes())
    content[(page - 1) * size : page * size] = b"\xa5" * size
    path.write_bytes(content)


def foreign(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("CREATE TABLE recipes (id)")


def empty(path: Path) -> None:
    path.write_bytes(b"")


def text(path: Path) -> None:
    path.write_text("casino,outcome\n" * 100, "utf-8")


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (Path.unlink, "no such database"),
        (empty, "is empty"),
        (newer, "newer chatprobe"),
        (broken, "damaged"),
        (foreign, "another program"),
        (text, "not a SQLite database"),
    ],
)
def test_a_database_that_cannot_be_used(
    called: Called, path: Path, tmp_path: Path, damage: Callable[[Path], None], said: str
) -> None:
    """A missing, empty, newer, broken or foreign database ends with 3 and one sentence; nothing is written."""
    damage(path)
    for name in FORMATS:
        done = called("messages", "--format", name, output="x")
        assert (3, True) == (done.exit_code, said in done.stderr), done.stderr
        assert done.stderr.startswith(f"error: {path}: ")
    assert ["data"] == [one.name for one in tmp_path.iterdir()]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("mesages", "--format", "csv"), 2, "did you mean messages?"),
        (("artifacts", "--format", "csv"), 2, "never exported"),
        (("messages", "--format", "xls"), 2, "xls"),
        (("messages",), 2, "which format is"),
        (("--format", "csv"), 2, "which table or view?"),
        (("--format", "sqlite", "--where", "1"), 2, "about one table or view"),
        (("messages", "--format", "csv", "--casino", "lukcy"), 3, "did you mean lucky?"),
        (("messages", "--format", "csv", "--since", "yesterday"), 2, "is no time"),
        (("messages", "--format", "csv", "--since", "2026-02-30"), 2, "is no time"),
        (("messages", "--format", "csv", "--since", "2999-01-01"), 2, "has not come yet"),
        (("messages", "--format", "csv", "--where", "speker = 'bot'"), 2, "speaker"),
        (("uptime", "--format", "csv", "--casino", "lucky"), 2, "says nothing of uptime"),
    ],
)
def test_what_cannot_be_asked_for(
    called: Called, tmp_path: Path, arguments: tuple[str, ...], code: int, said: str
) -> None:
    """Unknown tables, formats and casinos, times and conditions that make no sense are told, and write nothing."""
    done = called(*arguments, output="x")
    assert (code, True) == (done.exit_code, said in done.stderr), done.stderr
    assert ["data"] == [one.name for one in tmp_path.iterdir()]


@pytest.mark.parametrize("name", ["parquet", "xlsx", "sqlite"])
def test_stdout_takes_text_only(called: Called, tmp_path: Path, name: str) -> None:
    """Formats that are no text need a file."""
    done = called("messages", "--format", name, "--output", "-")
    assert (2, True) == (done.exit_code, "cannot go to stdout" in done.stderr)


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_that_is_there_stays(called: Called, tmp_path: Path, name: str) -> None:
    """A file that is there is refused, and with --force replaced as a whole."""
    (tmp_path / "x").write_text("precious", "utf-8")
    arguments = ("messages", "--format", name)
    done = called(*arguments, output="x")
    assert (2, True) == (done.exit_code, "--force" in done.stderr)
    assert "precious" == (tmp_path / "x").read_text("utf-8")
    assert 0 == called(*arguments, "--force", output="x").exit_code
    assert b"precious" not in (tmp_path / "x").read_bytes()


def test_a_codebook_that_is_there_stays(called: Called, tmp_path: Path) -> None:
    """The file for the codebook is not taken from anybody either."""
    (tmp_path / "x.csv.codebook.md").write_text("precious", "utf-8")
    assert 2 == called("messages", output="x.csv").exit_code
    assert ["data", "x.csv.codebook.md"] == sorted(one.name for one in tmp_path.iterdir())


@pytest.mark.parametrize("end", ["", "-wal", ".key", ".daemon"])
def test_the_database_is_no_output(called: Called, path: Path, end: str) -> None:
    """Neither the database nor a file of its own is overwritten, also with --force or through a link."""
    target = path.with_name(path.name + end)
    before = path.read_bytes()
    assert 2 == called("messages", "--format", "csv", "--force", "--output", str(target)).exit_code
    link = path.with_name("link.csv")
    link.symlink_to(path)
    assert 2 == called("messages", "--force", "--output", str(link)).exit_code
    assert before == path.read_bytes()


@pytest.mark.parametrize("target", ["data", "no/such/x.csv", "data/chatprobe.db/x.csv"])
def test_a_place_that_cannot_be_written(called: Called, target: str) -> None:
    """A folder, a missing folder and a file in place of one are the user's mistake."""
    done = called("messages", "--format", "csv", output=target)
    assert (2, "error: ") == (done.exit_code, done.stderr[:7])


def test_a_full_disk_leaves_nothing(called: Called, path: Path, tmp_path: Path) -> None:
    """Where the disk takes no more, the exit code is 4, and neither a part nor a codebook is left."""
    with closing(sqlite3.connect(path)) as db, db:
        rows = ((n, secrets.token_hex(2_000)) for n in range(100, 200))
        db.executemany("INSERT INTO messages (probe_id, seq, speaker, text) VALUES ('01A', ?, 'bot', ?)", rows)
    for name in FORMATS:
        with file_size_limit(60_000):
            done = called("messages", "--format", name, output="x")
        assert (4, True) == (done.exit_code, "the disk is full" in done.stderr), done.stderr
        assert ["data"] == [one.name for one in tmp_path.iterdir()]


@contextmanager
def file_size_limit(size: int) -> Iterator[None]:
    """No file of this process may grow past `size` bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_no_rows_are_told(called: Called, tmp_path: Path) -> None:
    """A choice that finds nothing is a file with names and no rows, and a note."""
    for name in FORMATS:
        done = called("messages", "--format", name, "--where", "0", output=f"x.{name}")
        assert (0, "note: no rows\n") == (done.exit_code, done.stderr)
    assert 0 == pq.read_table(tmp_path / "x.parquet").num_rows


def test_damaged_values_are_left_empty_and_told(called: Called, path: Path, tmp_path: Path) -> None:
    """What is not of its column's type is NULL in Parquet, text elsewhere, and counted."""
    with closing(sqlite3.connect(path)) as db, db:
        db.execute(
            "UPDATE probes SET page_ms = 'soon', started_at = 'then', cell = 1.5, answer_match = 7, detail = x'ff00'"
            " WHERE id = '01A'"
        )
        db.execute("UPDATE messages SET evidence = 'no json', text = x'ff00' WHERE seq = 0")
    done = called("probes", output="x.parquet")
    assert (0, True) == (done.exit_code, "4 damaged values" in done.stderr), done.stderr
    row = next(row for row in pq.read_table(tmp_path / "x.parquet").to_pylist() if row["id"] == "01A")
    assert [None] * 4 == [row[name] for name in ("page_ms", "started_at", "cell", "answer_match")]
    for table in ("probes", "messages"):
        for name in FORMATS:
            assert 0 == called(table, "--format", name, "--force", output="y").exit_code


def test_a_missing_key_is_told(called: Called, path: Path) -> None:
    """Without the key, who was only displayed cannot be masked; that is said, and nothing is made in its place."""
    key_file(path).unlink()
    done = called("messages", output="x.csv")
    assert (0, True) == (done.exit_code, "key is missing" in done.stderr)
    assert not key_file(path).exists()


def test_a_damaged_key_stops(called: Called, path: Path) -> None:
    """With a key that cannot be read nothing is exported."""
    key_file(path).write_text("no key", "utf-8")
    assert 3 == called("messages", output="x.csv").exit_code


def test_json_tells_what_was_written(called: Called, tmp_path: Path) -> None:
    """With --json, stdout is one document: file, rows, bytes, the file beside it; or the error."""
    done = called("messages", "--json", output="x.csv")
    data = json.loads(done.stdout)["data"]
    told = {"output": str(tmp_path / "x.csv"), "rows": 16, "bytes": (tmp_path / "x.csv").stat().st_size, "notes": []}
    assert {**told, "beside": str(tmp_path / "x.csv.codebook.md")} == data
    assert "usage" == json.loads(called("nothing", "--json", output="y.csv").stdout)["error"]["code"]
    assert 2 == called("messages", "--json", "--format", "csv", "--output", "-").exit_code


def test_a_device_is_written_to_as_it_is(called: Called) -> None:
    """/dev/null takes an export and stays a device; /dev/full is a full disk."""
    done = called("messages", "--format", "csv", "--output", "/dev/null")
    assert (0, True) == (done.exit_code, Path("/dev/null").is_char_device())
    assert 4 == called("messages", "--format", "csv", "--output", "/dev/full").exit_code
    assert not Path("/dev/null.codebook.md").exists()
