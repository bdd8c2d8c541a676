"""Databases of several machines, put together."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from chatprobe.cli import cli
from chatprobe.errors import DatabaseError, UsageError
from chatprobe.model import Decision, Event, EventName, Speaker
from chatprobe.probe.recount import recounted
from chatprobe.store import Store
from chatprobe.store.decisions import Verdict
from chatprobe.store.merging import BATCH, Merged
from chatprobe.times import epoch_ms

START = "2026-03-02T10:00:00.000Z"
ASKED = "2026-03-02T10:00:05.000Z"
LATER = "2026-03-02T10:15:00.000Z"
TABLES = ("scenarios", "slots", "probes", "messages", "events", "decisions", "outcomes", "uptime")


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Store]:
    """The database of another machine."""
    (tmp_path / "other").mkdir()
    with Store.open(tmp_path / "other/chatprobe.db", create=True) as opened:
        yield opened


def visit(store: Store, probe_id: str, speakers: str = "unknown unknown", **columns: Any) -> None:
    """A chat in which these spoke, a second apart."""
    store.add_scenario("lucky", "ab", "casino: lucky", START)
    slot = {"id": f"S{probe_id}", "casino": "lucky", "depth": "chat", "planned_at": START, "status": "done"}
    store.slots.add([slot])
    facts = {"id": probe_id, "casino": "lucky", "depth": "chat", "started_at": START, "scenario_sha256": "ab"}
    recorder = store.begin({**facts, "slot_id": slot["id"], "asked_at": ASKED, "rules": "1", **columns}, LATER)
    recorder.add(Event(epoch_ms(ASKED), EventName.NOTE, {"text": "x"}))
    messages = [
        {"seq": n, "at_ms": 1_000.0 * (n + 1), "speaker": who, "confidence": 0.0, "text": f"text {n}"}
        for n, who in enumerate(speakers.split())
    ]
    ended = {"outcome": "unsure_reply", "first_unknown_ms": 1_000.0, "waited_ms": 9_000.0, "ended_by": "deadline"}
    recorder.finish({**ended, "finished_at": LATER}, messages)


def merge(into: Store, source: Store, **options: Any) -> Merged:
    return into.merge(source.path, lambda row: recounted(row, {}), **options)


def everything(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables."""
    db = store._connection.db
    return {table: sorted(db.execute(f"SELECT * FROM {table}").fetchall(), key=repr) for table in TABLES}


def decide(store: Store, at: str, author: str = "chatprobe", rules: str = "2", **said: str) -> None:
    """Decide messages of 01P (m0, m1) again, and the outcome that follows."""
    decided = {int(name[1:]): Decision(Speaker(who), 1.0) for name, who in said.items()}
    by_rules = {} if author != "chatprobe" else decided
    person = decided if author != "chatprobe" else {}
    columns = recounted(store.probe("01P"), decided)
    known = len(store.decisions.of("01P"))
    assert store.decisions.add("01P", Verdict(known, rules, by_rules, columns, author, person), at)


def shown(store: Store) -> tuple[Any, ...]:
    """Who spoke in 01P, how it ended, and what its newest decision on that says."""
    probe = store.probe("01P")
    newest = next(store._connection.db.table("outcomes").rows_where(order_by="decided_at DESC", limit=1))
    assert [newest[name] for name in ("outcome", "first_human_ms")] == [probe["outcome"], probe["first_human_ms"]]
    return (*(message["speaker"] for message in probe["messages"]), probe["outcome"], probe["first_human_ms"])


def test_everything_comes_once(store: Store, other: Store) -> None:
    """All that ended there is here afterwards; a second time adds nothing and changes nothing."""
    visit(store, "01A")
    visit(other, "01P", "bot human")
    other.uptime.beat(START, LATER)
    added = {"probes": 1, "messages": 2, "events": 1, "decisions": 2, "outcomes": 1, "slots": 1, "uptime": 1}
    first = merge(store, other)
    assert added == {table: number for table, number in first.added.items() if number}
    assert other.probe("01P") == store.probe("01P")
    assert [] == store.check(LATER)
    before = everything(store)
    assert set() == set((+merge(store, other).added).elements())
    assert before == everything(store)


def test_it_does_not_matter_who_is_merged_into_whom(store: Store, other: Store) -> None:
    """Both directions lead to the same rows."""
    visit(store, "01A")
    visit(other, "01B")
    merge(store, other)
    merge(other, store)
    assert everything(store) == everything(other)


def test_a_dry_run_counts_and_leaves_no_trace(store: Store, other: Store) -> None:
    """A dry run tells what a merge would add, and adds nothing."""
    visit(store, "01P")
    visit(other, "01P")
    visit(other, "01B")
    decide(other, "2026-03-03T10:00:00.000Z", m0="human")
    before = everything(store)
    told = merge(store, other, dry_run=True)
    assert before == everything(store)
    done = merge(store, other)
    assert (dict(told.added), told.settled) == (dict(done.added), done.settled)
    assert 1 == store._connection.db.execute("PRAGMA foreign_keys").fetchone()[0]


def test_many_probes_come_in_several_steps(store: Store, other: Store) -> None:
    """More probes than one transaction takes all come, and progress is told."""
    rows = ({"id": f"{n:05}", "casino": "lucky", "depth": "presence", "outcome": "online"} for n in range(BATCH + 3))
    other.add({"probes": rows})
    told: list[int] = []
    assert BATCH + 3 == merge(store, other, progress=told.append).added["probes"]
    assert [BATCH, BATCH + 3] == told


def test_what_is_not_over_stays_there(store: Store, other: Store, tmp_path: Path) -> None:
    """Running probes, planned slots, leases and artifacts are not taken over; the probe comes when it is over."""
    visit(other, "01P")
    recorder = other.begin({"id": "01R", "casino": "palace", "depth": "presence", "started_at": START}, LATER)
    other.slots.add([{"id": "S9", "casino": "lucky", "depth": "chat", "planned_at": LATER, "status": "planned"}])
    assert 1 == merge(store, other).running
    assert ["01P"] == store.decisions.probes()
    assert ["S01P"] == [row["id"] for row in store._connection.db.table("slots").rows]
    assert 0 == store._connection.db.table("leases").count
    recorder.finish({"outcome": "online", "finished_at": LATER})
    again = merge(store, other)
    assert (0, 1) == (again.running, again.added["probes"])
    assert ["01P", "01R"] == store.decisions.probes()


def test_a_slot_that_was_done_elsewhere_is_done(store: Store, other: Store) -> None:
    """A slot that is planned here and was made a probe of there is done."""
    visit(other, "01P")
    store.slots.add([{"id": "S01P", "casino": "lucky", "depth": "chat", "planned_at": START, "status": "planned"}])
    merge(store, other)
    assert ["done"] == [row["status"] for row in store._connection.db.table("slots").rows]


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize(
    ("here", "there", "expected"),
    [
        # The newest decision of the rules shows.
        ([("03", {"m0": "human"})], [("04", {"m0": "bot"})], ("bot", "unknown", "unsure_reply", None)),
        ([("03", {"m0": "bot"})], [("04", {"m0": "human"})], ("human", "unknown", "human_reply", 1_000.0)),
        ([], [("04", {"m1": "human"})], ("unknown", "human", "human_reply", 2_000.0)),
        # A person's correction stands against newer rules, with the outcome that follows from it.
        (
            [("03", {"m0": "human", "author": "anna"})],
            [("04", {"m0": "bot", "m1": "bot"})],
            ("human", "bot", "human_reply", 1_000.0),
        ),
        # The newer of two corrections of one message stands.
        (
            [("03", {"m0": "human", "author": "anna"})],
            [("04", {"m0": "bot", "author": "ben"})],
            ("bot", "unknown", "unsure_reply", None),
        ),
        # Corrections of two messages, each unknown to the other side, both count.
        (
            [("03", {"m0": "bot", "author": "anna"})],
            [("04", {"m1": "human", "author": "ben"})],
            ("bot", "human", "human_reply", 2_000.0),
        ),
        # An opinion decides nothing.
        (
            [("03", {"m0": "bot", "author": "anna", "rules": "opinion"})],
            [("04", {"m0": "human"})],
            ("human", "unknown", "human_reply", 1_000.0),
        ),
    ],
)
def test_the_newest_wins_and_a_person_before_it(
    store: Store, other: Store, here: list[Any], there: list[Any], expected: tuple[Any, ...], turned: bool
) -> None:
    """Whoever is merged into whom, and however often, the same decisions show."""
    for one, said in ((store, here), (other, there)):
        visit(one, "01P")
        for day, options in said:
            decide(one, f"2026-03-{day}T10:00:00.000Z", **options)
    into, source = (other, store) if turned else (store, other)
    merge(into, source)
    assert expected == shown(into)
    before = everything(into)
    merge(source, into)
    merge(into, source)
    assert (expected, before) == (shown(into), everything(into))
    assert expected == shown(source)


def test_words_that_were_emptied_do_not_come_back(store: Store, other: Store) -> None:
    """Where a probe was pruned here, neither texts nor the words of evidence come from a database that keeps them."""
    for one in (store, other):
        visit(one, "01P", "bot")
    decide(other, "2026-03-04T10:00:00.000Z", m0="human")
    other._connection.db.execute('UPDATE decisions SET evidence = \'[{"source": "dom", "detail": "a name"}]\'')
    other._connection.db.conn.commit()
    store.prune("2027-01-01T00:00:00.000Z", "2027-01-01T00:00:00.000Z")
    merge(store, other)
    kept = store._connection.db.execute("SELECT text, evidence FROM messages").fetchall()
    assert [("", None)] == [(text, evidence if evidence != "[]" else None) for text, evidence in kept]
    told = "SELECT count(*) FROM decisions WHERE evidence LIKE '%a name%'"
    assert 0 == store._connection.db.execute(told).fetchone()[0]


Spoil = Callable[[Store], Path]


def missing(other: Store) -> Path:
    return other.path.with_name("missing.db")


def newer(other: Store) -> Path:
    row = {"migration_set": "chatprobe", "name": "999_future", "applied_at": "2030"}
    other._connection.db.table("_sqlite_migrations").insert(row)
    return other.path


def older(other: Store) -> Path:
    other._connection.db.table("_sqlite_migrations").delete_where("name <> '001_first'")
    return other.path


def foreign(other: Store) -> Path:
    path = other.path.with_name("foreign.db")
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("CREATE TABLE recipes (id)")
    return path


def text(other: Store) -> Path:
    path = other.path.with_name("text.db")
    path.write_text("casino\n" * 1_000, "utf-8")
    return path


def empty(other: Store) -> Path:
    path = other.path.with_name("empty.db")
    path.touch()
    return path


def exported(other: Store) -> Path:
    path = other.path.with_name("frozen.db")
    arguments = ["export", "--output", str(path), "--db", str(other.path), "--scenarios", str(path.parent)]
    assert 0 == CliRunner().invoke(cli, arguments).exit_code
    return path


def orphaned(other: Store) -> Path:
    other._connection.db.execute("PRAGMA foreign_keys = OFF")
    other._connection.db.execute("UPDATE probes SET scenario_sha256 = 'nothing'")
    other._connection.db.conn.commit()
    return other.path


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (missing, "no such database"),
        (newer, "newer chatprobe"),
        (older, "older chatprobe"),
        (foreign, "another program"),
        (text, "file is not a database"),
        (empty, "is empty"),
        (exported, "an export"),
        (orphaned, "FOREIGN KEY"),
    ],
)
def test_what_cannot_be_merged(store: Store, other: Store, spoil: Spoil, said: str) -> None:
    """Another program's, version's or damaged file is an error that names it, and no probe of it comes."""
    visit(other, "01P")
    source, before = spoil(other), everything(store)
    with pytest.raises(DatabaseError) as caught:
        store.merge(source, lambda row: recounted(row, {}))
    assert (True, True) == (said in caught.value.message, str(source) in caught.value.message), caught.value.message
    assert {**before, "scenarios": [], "slots": []} == {**everything(store), "scenarios": [], "slots": []}
    visit(store, "01Z")  # the database goes on as before


def test_a_database_is_not_merged_with_itself(store: Store, tmp_path: Path) -> None:
    """The same file, also by another name, is the user's mistake."""
    link = tmp_path / "link.db"
    link.symlink_to(store.path)
    for path in (store.path, link):
        with pytest.raises(UsageError, match="this very database"):
            store.merge(path, lambda row: {})


def test_merge_command(store: Store, other: Store) -> None:
    """`db merge` tells what came; a key that made other pseudonyms, and what is not over yet, are noted."""
    visit(store, "01A")
    visit(other, "01P")
    other.begin({"id": "01R", "casino": "palace", "depth": "presence", "started_at": START}, LATER)
    arguments = ["db", "merge", str(other.path), "--db", str(store.path)]
    dry, done, again = (CliRunner().invoke(cli, [*arguments, *more]) for more in (["--dry-run"], [], []))
    told = "1 slots, 1 probes, 2 messages, 1 events, 2 decisions, 1 outcomes"
    assert [f"{other.path}: {line}\n" for line in (f"would add {told}", told, "nothing new")] == [
        dry.stdout,
        done.stdout,
        again.stdout,
    ]
    assert (True, True) == ("1 probe not over there yet" in done.stderr, "another key" in done.stderr)
    assert 2 == CliRunner().invoke(cli, [*arguments[:2], str(store.path), *arguments[3:]]).exit_code


def test_one_bad_file_keeps_all_from_being_merged(store: Store, other: Store, tmp_path: Path) -> None:
    """Where one of several files cannot be merged, none is."""
    visit(other, "01P")
    arguments = ["db", "merge", str(other.path), str(tmp_path / "none.db"), "--db", str(store.path)]
    done = CliRunner().invoke(cli, arguments)
    assert (3, "") == (done.exit_code, done.stdout)
    assert [] == store.history("palace", START) + store.history("lucky", START)
