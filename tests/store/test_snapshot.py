"""Choosing rows: by casino, by time, and by a condition in SQL that can do nothing but choose."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from chatprobe.errors import DatabaseError, UsageError
from chatprobe.store import Store
from chatprobe.store.codebook import codebook, relation
from chatprobe.store.selection import Selection
from chatprobe.store.snapshot import Snapshot

if TYPE_CHECKING:
    from tests.store.conftest import Begin

FINISHED = "2026-03-02T10:30:00.000Z"
DAYS = ("2026-03-01T10:00:00.000Z", "2026-03-02T10:00:00.000Z", "2026-03-03T10:00:00.000Z")
Chosen = Callable[..., list[tuple[Any, ...]]]


def rows(snapshot: Snapshot, selection: Selection) -> list[tuple[Any, ...]]:
    return [row for columns in snapshot.columns(selection) for row in zip(*columns, strict=True)]


@pytest.fixture
def filled(store: Store, begin: Begin) -> Store:
    """Three chats on three days at two casinos, the last of which was visited twice."""
    for number, (day, casino) in enumerate(zip(DAYS, ("lucky", "palace", "palace"), strict=True)):
        store.add_scenario(casino, casino, "", DAYS[0])
        recorder = begin(id=f"0{number}", casino=casino, started_at=day, asked_at=day, cell=10, scenario_sha256=casino)
        messages = [{"seq": n, "at_ms": float(n), "speaker": "human", "text": f"text {n}"} for n in range(2)]
        outcome = {"outcome": "human_reply", "first_human_ms": 1.0, "waited_ms": 5.0, "finished_at": FINISHED}
        recorder.finish(outcome, messages)
    return store


@pytest.fixture
def snapshot(filled: Store) -> Iterator[Snapshot]:
    with filled.snapshot() as opened:
        yield opened


@pytest.fixture
def chosen(snapshot: Snapshot) -> Chosen:
    """The rows of a table or view; keywords are the selection's."""

    def chosen(name: str, **choice: Any) -> list[tuple[Any, ...]]:
        return rows(snapshot, Selection(relation(name), **choice))

    return chosen


@pytest.mark.parametrize("name", [one.name for one in codebook()])
def test_every_relation_is_read(chosen: Chosen, name: str) -> None:
    """Each table and view gives rows as wide as its codebook, whole and by a condition."""
    found = chosen(name)
    assert {len(relation(name).columns)} == {len(row) for row in found} or not found
    assert found == chosen(name, where="1")
    assert [] == chosen(name, where="0")


@pytest.mark.parametrize(
    ("name", "count"),
    [("probes", 2), ("messages", 4), ("decisions", 4), ("outcomes", 2), ("replies", 4), ("waits", 2), ("scenarios", 1)],
)
def test_a_casino_is_chosen(chosen: Chosen, name: str, count: int) -> None:
    """Only what belongs to the casino is given, in views as well."""
    assert count == len(chosen(name, casino="palace"))
    assert [] == chosen(name, casino="pal'ace")


def test_a_time_is_chosen_before_a_view_counts(chosen: Chosen) -> None:
    """A view that counts visits counts those since then only."""
    visits = relation("availability_by_hour").names.index("visits")
    assert [1, 2] == [row[visits] for row in chosen("availability_by_hour")]
    assert [1] == [row[visits] for row in chosen("availability_by_hour", since=DAYS[2])]
    assert ["01", "02"] == [row[0] for row in chosen("probes", since=DAYS[1])]
    assert ["02", "02"] == [row[0] for row in chosen("messages", since=DAYS[2], casino="palace")]


def test_rows_come_in_the_order_of_time(chosen: Chosen) -> None:
    """Messages stand in the order of their probes, chosen by whatever."""
    whole = chosen("messages")
    assert whole == sorted(whole, key=lambda row: row[:2]) == chosen("messages", since=DAYS[0])


def test_views_take_their_probes_as_p(store: Store) -> None:
    """Choosing probes below a view rests on their being called p in it."""
    for view in store._connection.db.views:
        assert "FROM probes p" in view.schema or "JOIN probes p" in view.schema, view.name


@pytest.mark.parametrize(
    ("where", "count"),
    [
        ("outcome = 'human_reply' AND started_at < '2026-03-03'", 2),
        ("casino LIKE 'pal%' -- a comment", 2),
        ("id IN (SELECT probe_id FROM messages WHERE text = 'text 1')", 3),
        ("json_extract('{\"a\": 1}', '$.a') = 1", 3),
    ],
)
def test_a_condition_chooses(chosen: Chosen, where: str, count: int) -> None:
    """Any SQL expression chooses, one with a question to another table too."""
    assert count == len(chosen("probes", where=where))


@pytest.mark.parametrize(
    "where",
    [
        "",
        "outcome =",
        "outcom = 'human_reply'",
        "chosen.casino = 'lucky'",
        "1) UNION SELECT * FROM probes WHERE (1",
        "1 THEN 1 END = 1 OR CASE WHEN 1",
        "1; DROP TABLE messages",
        "1 ORDER BY 1",
        "count(*) > 1",
        "id = ?",
        "id = :id",
        "1 /* never closed",
        "EXISTS (SELECT 1 FROM sqlite_master)",
        "EXISTS (SELECT 1 FROM _sqlite_migrations)",
        "EXISTS (SELECT 1 FROM pragma_database_list)",
        "EXISTS (WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT 1 FROM c WHERE x < 0)",
        "load_extension('x')",
        "abs(-9223372036854775808)",
    ],
)
def test_what_is_no_condition_is_a_usage_error(chosen: Chosen, where: str) -> None:
    """Broken, misspelt or ambitious SQL is refused with the columns there are."""
    with pytest.raises(UsageError) as caught:
        chosen("probes", where=where, casino="lucky")
    assert caught.value.message.startswith("--where: ")
    assert "started_at" in str(caught.value.hint)


@pytest.mark.parametrize(("name", "choice"), [("uptime", {"casino": "lucky"}), ("leases", {"since": DAYS[0]})])
def test_a_choice_that_says_nothing_is_refused(chosen: Chosen, name: str, choice: dict[str, str]) -> None:
    """A table without casinos or times is not chosen from by them."""
    with pytest.raises(UsageError, match="says nothing of"):
        chosen(name, **choice)


def test_what_is_written_meanwhile_is_not_seen(filled: Store, snapshot: Snapshot, begin: Begin) -> None:
    """A snapshot stays as it was, and keeps nobody from writing."""
    begin(id="09", casino="new")
    assert (3, 4) == (len(rows(snapshot, Selection(relation("probes")))), filled._connection.db.table("probes").count)


def test_a_snapshot_cannot_write(snapshot: Snapshot) -> None:
    """The connection itself refuses to write."""
    with pytest.raises(Exception, match="readonly"):
        snapshot._db.execute("DELETE FROM main.messages")


def test_authors_and_words_stay_behind(filled: Store, chosen: Chosen) -> None:
    """For the public, a person's login and what a page said beside its messages are left out."""
    db = filled._connection.db
    db.execute("INSERT INTO outcomes (probe_id, decided_at, author) VALUES ('00', '2026-03-05T10:00:00.000Z', 'anna')")
    db.execute("INSERT INTO events VALUES ('00', 90, 1.0, 'dialog', '{\"text\": \"hello\", \"n\": 1}')")
    db.execute("INSERT INTO events VALUES ('00', 91, 1.0, 'wire', '{\"data\": \"hello\"}')")
    db.execute("INSERT INTO events VALUES ('00', 92, 1.0, 'step_ok', '{\"step\": \"open\"}')")
    db.execute("INSERT INTO events VALUES ('00', 93, 1.0, 'note', 'damaged')")
    db.conn.commit()
    with filled.snapshot() as fresh:

        def read(name: str, public: bool) -> list[Any]:
            return [row for row in rows(fresh, Selection(relation(name), public=public)) if row[0] == "00"]

        assert ["chatprobe", "person"] == [row[2] for row in read("outcomes", True)]
        assert ["chatprobe", "anna"] == [row[2] for row in read("outcomes", False)]
        told = [(row[3], row[4]) for row in read("events", True)[-4:]]
        assert [("dialog", '{"n":1}'), ("wire", None), ("step_ok", '{"step": "open"}'), ("note", None)] == told
        assert '{"data": "hello"}' == read("events", False)[-3][4]


def test_a_damaged_text_is_told(filled: Store) -> None:
    """Text that is no UTF-8 is an error of the database, not a crash."""
    filled._connection.db.execute("UPDATE messages SET text = CAST(x'ff80' AS TEXT)")
    filled._connection.db.conn.commit()
    with filled.snapshot() as opened, pytest.raises(DatabaseError, match="damaged"):
        list(opened.columns(Selection(relation("messages"))))


def test_a_snapshot_of_what_is_gone(tmp_path: Path) -> None:
    """A file that is not there any more is an error that names it."""
    with pytest.raises(DatabaseError, match=r"gone\.db"):
        Snapshot(tmp_path / "gone.db")
