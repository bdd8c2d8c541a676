"""Writing one probe and reading it back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from chatprobe.errors import DatabaseError
from chatprobe.model import Event, EventName
from chatprobe.store import Store
from chatprobe.times import iso

if TYPE_CHECKING:
    from tests.store.conftest import Begin

FINISHED = "2026-03-02T10:05:00.000Z"
MESSAGE = {"seq": 0, "at": "2026-03-02T10:01:30.000Z", "at_ms": 30_000.0, "speaker": "human", "text": "Hello"}


def rows(store: Store, table: str) -> list[dict[str, Any]]:
    return list(store._connection.db.table(table).rows)


def test_nothing_is_written_before_flush(store: Store, begin: Begin, start: float) -> None:
    """Events, messages and columns wait for `flush`, which writes them all."""
    recorder = begin()
    recorder.add(Event(start + 5, EventName.STEP_OK, {"step": "page"}))
    recorder.put_message(MESSAGE)
    recorder.update(page_ms=5.0)
    assert [] == rows(store, "events") + rows(store, "messages")
    recorder.flush()
    probe = store.probe(recorder.probe_id)
    assert [(5.0, "step_ok", {"step": "page"})] == [(e["at_ms"], e["name"], e["detail"]) for e in probe["events"]]
    assert (["Hello"], 5.0) == ([m["text"] for m in probe["messages"]], probe["page_ms"])


def test_commit_is_seen_by_other_processes(store: Store, begin: Begin, start: float) -> None:
    """`commit` writes what waited, its event and its columns before it returns."""
    recorder = begin()
    recorder.add(Event(start + 5, EventName.STEP_OK))
    recorder.commit(Event(start + 9, EventName.ASKING), question_id="payout")
    with Store.open(store.path) as other:
        probe = other.probe(recorder.probe_id)
    assert ["step_ok", "asking"] == [event["name"] for event in probe["events"]]
    assert "payout" == probe["question_id"]


def test_message_of_same_seq_is_replaced(store: Store, begin: Begin) -> None:
    """A message may be written again as its text grows or its speaker is decided anew."""
    recorder = begin()
    recorder.put_message({**MESSAGE, "text": "Hel", "language": "en"})
    recorder.flush()
    recorder.put_message(MESSAGE)
    recorder.flush()
    assert [("Hello", None)] == [(m["text"], m["language"]) for m in rows(store, "messages")]


def test_finish_closes_everything(store: Store, begin: Begin) -> None:
    """The end of a probe writes its outcome and side, decisions and artifacts, and frees the casino."""
    recorder = begin(rules="r1")
    file = store.artifact_folder(recorder.probe_id) / "dom.html"
    file.write_text("<p>")
    columns = {"outcome": "human_reply", "finished_at": FINISHED, "first_human_ms": 30_000.0}
    said = [{**MESSAGE, "evidence": [{"source": "wire"}]}]
    recorder.finish(columns, said, [store.artifact("dom", file)])
    probe = store.probe("last")
    assert ("human_reply", "casino", []) == (probe["outcome"], probe["side"], rows(store, "leases"))
    assert [(f"artifacts/{recorder.probe_id}/dom.html", 3)] == [(a["path"], a["bytes"]) for a in probe["artifacts"]]
    decided = [
        (d["decided_at"], d["author"], d["rules"], d["speaker"], d["evidence"]) for d in rows(store, "decisions")
    ]
    assert [(FINISHED, "chatprobe", "r1", "human", '[{"source":"wire"}]')] == decided
    assert [("human_reply", "casino", 30_000.0)] == [
        (o["outcome"], o["side"], o["first_human_ms"]) for o in rows(store, "outcomes")
    ]
    assert [] == store.check(FINISHED)


def test_unknown_column_is_a_bug(begin: Begin) -> None:
    """A column that the table does not have is not swallowed."""
    recorder = begin()
    recorder.update(outcom="online")
    with pytest.raises(Exception, match="outcom"):
        recorder.flush()


def test_failed_flush_keeps_everything(store: Store, begin: Begin, start: float) -> None:
    """If one row cannot be written, none is, and all are written once the cause is gone."""
    recorder = begin()
    recorder.add(Event(start, EventName.NOTE))
    recorder.put_message(MESSAGE)
    store._connection.db.execute("CREATE TRIGGER no BEFORE INSERT ON messages BEGIN SELECT RAISE(ABORT, 'no'); END")
    with pytest.raises(Exception, match="no"):
        recorder.flush()
    assert [] == rows(store, "events")
    store._connection.db.execute("DROP TRIGGER no")
    recorder.add(Event(start + 1, EventName.TYPING))
    recorder.flush()
    assert [(0, "note"), (1, "typing")] == [(e["seq"], e["name"]) for e in rows(store, "events")]
    assert ["Hello"] == [m["text"] for m in rows(store, "messages")]


def test_hostile_values_do_not_break_a_write(store: Store, begin: Begin) -> None:
    """Lone surrogates, NUL, NaN, infinity, deep nesting, unknown types: all is stored as valid text and JSON."""
    deep: list[Any] = []
    for _ in range(5_000):
        deep = [deep]
    recorder = begin()
    hostile = {"\ud800": "\udfff\0x", "nan": float("nan"), "deep": deep, "odd": object, "many": list(range(100_000))}
    recorder.add(Event(float("inf"), EventName.FORGED, hostile))
    recorder.put_message({**MESSAGE, "text": "\ud83d\ude00 \ud800 \0 \x1b[31m", "at_ms": float("nan")})
    recorder.update(detail="\udc00", clock_offset_ms=float("-inf"))
    recorder.flush()
    probe = store.probe(recorder.probe_id)
    assert ("\U0001f600 \ufffd \ufffd \x1b[31m", None) == (probe["messages"][0]["text"], probe["messages"][0]["at_ms"])
    assert (None, "\ufffd\ufffdx") == (probe["events"][0]["at_ms"], probe["events"][0]["detail"]["\ufffd"])
    assert ("\ufffd", None) == (probe["detail"], probe["clock_offset_ms"])
    assert [] == store.check(iso(0))
    assert json.dumps(probe, allow_nan=False).encode()


def test_huge_input_is_bounded(store: Store, begin: Begin, start: float) -> None:
    """A 5 MB message is cut with a mark, and 50,000 messages are all kept."""
    recorder = begin()
    recorder.put_message({**MESSAGE, "text": "word 4 " * 700_000})
    recorder.add(Event(start, EventName.MESSAGE, {"text": "word 4 " * 700_000}))
    for seq in range(1, 50_001):
        recorder.put_message({**MESSAGE, "seq": seq})
    recorder.flush()
    probe = store.probe(recorder.probe_id)
    texts = [message["text"] for message in probe["messages"]]
    assert (50_001, 20_000, " … [cut]") == (len(texts), len(texts[0]), texts[0][-8:])
    assert 16_384 == len(probe["events"][0]["detail"]["text"])


def test_personal_data_never_reaches_the_file(store: Store, begin: Begin, start: float) -> None:
    """Addresses and numbers in texts and event details, and displayed names, are not in the file or its log."""
    recorder = begin()
    recorder.add(
        Event(start, EventName.MESSAGE, {"name": "Wilhelmina", "wire": [{"body": "write to w.smith@mail.example"}]})
    )
    recorder.put_message(
        {**MESSAGE, "text": "My number is +356 2123 4567", "agent": recorder.pseudonyms.of("Wilhelmina")}
    )
    recorder.update(detail="card 4111 1111 1111 1111")
    recorder.flush()
    content = b"".join(file.read_bytes() for file in store.path.parent.iterdir())
    assert [] == [secret for secret in (b"Wilhelmina", b"w.smith", b"2123 4567", b"4111 1111") if secret in content]
    probe = store.probe(recorder.probe_id)
    assert probe["messages"][0]["agent"] == probe["events"][0]["detail"]["name"]


def test_a_name_is_hidden_in_the_markup_too(store: Store, begin: Begin, start: float) -> None:
    """A displayed name that stands in a row's attributes, in any case, is stored as its pseudonym; words stay."""
    recorder = begin()
    attributes = {"aria-label": "Message from Wilhelmina:", "data-author": "wilhelmina", "class": "row agent"}
    recorder.add(Event(start, EventName.MESSAGE, {"name": "Wilhelmina ", "attributes": attributes}))
    recorder.add(Event(start, EventName.MESSAGE, {"name": "Bot", "attributes": {"data-role": "bot"}}))
    recorder.flush()
    stored = [event["detail"]["attributes"] for event in store.probe(recorder.probe_id)["events"]]
    hidden = recorder.pseudonyms.of("Wilhelmina")
    expected = {"aria-label": f"Message from {hidden}:", "data-author": hidden, "class": "row agent"}
    assert [expected, {"data-role": "bot"}] == stored


def test_a_probe_closed_by_another_stays_closed(store: Store, begin: Begin, start: float) -> None:
    """Who wakes after somebody took the probe for lost changes nothing, and may neither go on to ask nor close it."""
    recorder = begin(lease_until=FINISHED)
    with Store.open(store.path) as other:
        assert [recorder.probe_id] == other.recover("2026-03-02T10:06:00.000Z")
    recorder.put_message(MESSAGE)
    with pytest.raises(DatabaseError, match="closed by another process"):
        recorder.commit(Event(start + 9, EventName.ASKING))
    with pytest.raises(DatabaseError, match="closed by another process"):
        recorder.finish({"outcome": "human_reply", "finished_at": FINISHED})
    probe = store.probe(recorder.probe_id)
    assert ("interrupted", [], []) == (probe["outcome"], probe["messages"], probe["events"])
    assert ["interrupted"] == [row["outcome"] for row in rows(store, "outcomes")]
    assert [] == store.check(FINISHED)


@pytest.mark.parametrize(("second", "kept"), [("online", []), ("offline", ["typing"])])
def test_presence_keeps_events_only_when_something_changed(
    store: Store, begin: Begin, start: float, second: str, kept: list[str]
) -> None:
    """A presence probe that ends as the casino's last one keeps no events; another outcome does."""
    for outcome in ("online", second):
        recorder = begin(depth="presence")
        recorder.add(Event(start, EventName.TYPING))
        recorder.finish({"outcome": outcome, "finished_at": FINISHED})
    assert kept == [event["name"] for event in store.probe(recorder.probe_id)["events"]]


def test_probe_is_found_by_prefix_and_last(store: Store, begin: Begin) -> None:
    """An id, the start of one in any case, and `last` lead to a probe; anything else is an error with a hint."""
    for probe_id, at in (("01AAA", "2026-03-02T10:00:00.000Z"), ("01AAB", "2026-03-02T09:00:00.000Z")):
        begin(id=probe_id, casino=probe_id, started_at=at)
    assert ["01AAB", "01AAA", "01AAA"] == [store.probe(wanted)["id"] for wanted in ("01aab", "01AAA", "last")]
    for wanted in ("01A", "02", "", "%", "_1AAA"):
        with pytest.raises(DatabaseError) as caught:
            store.probe(wanted)
        assert caught.value.hint


def test_history_tells_when_a_question_was_about_to_be_sent(store: Store, begin: Begin, start: float) -> None:
    """`asking_at` is the time of the event, and NULL where nothing was asked; older probes are left out."""
    begin(casino="lucky", started_at="2026-02-01T10:00:00.000Z").finish({"outcome": "online", "finished_at": FINISHED})
    begin().finish({"outcome": "online", "finished_at": FINISHED})
    begin().commit(Event(start + 1234.4, EventName.ASKING))
    history = store.history("lucky", "2026-03-01T00:00:00.000Z")
    assert {None, "2026-03-02T10:00:01.234Z"} == {row["asking_at"] for row in history}
    assert 2 == len(history)
