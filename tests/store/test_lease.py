"""One visitor at a time, and closing probes whose process is gone."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from chatprobe.errors import BudgetRefused
from chatprobe.model import Event, EventName
from chatprobe.store import Store, lease
from chatprobe.times import iso

if TYPE_CHECKING:
    from tests.store.conftest import Begin

LATER = "2026-03-02T10:15:00.000Z"

RACER = """
import sys
from pathlib import Path
from chatprobe.errors import BudgetRefused
from chatprobe.store import Store
store = Store.open(Path(sys.argv[1]))
print("ready", flush=True)
sys.stdin.readline()
row = {"id": sys.argv[2], "casino": "lucky", "depth": "chat", "started_at": "2026-03-02T10:00:00.000Z"}
try:
    store.begin(row, "2026-03-02T10:15:00.000Z")
    print("won", flush=True)
except BudgetRefused:
    print("refused", flush=True)
sys.stdin.readline()
"""


def disown(store: Store, **columns: Any) -> None:
    """Make all leases another process's."""
    with store._connection.transaction() as db:
        for row in list(db.table("leases").rows):
            db.table("leases").update(row["casino"], columns)


def test_second_probe_of_a_casino_is_refused(store: Store, begin: Begin) -> None:
    """While a probe visits a casino, another is refused and leaves no row; other casinos and keys are free."""
    begin(id="01A")
    with pytest.raises(BudgetRefused, match="lucky") as caught:
        begin(id="01B")
    assert 4 == caught.value.exit_code
    begin(id="01C", casino="other")
    row = {"id": "01D", "casino": "lucky", "depth": "chat", "started_at": LATER}
    store.begin(row, "2026-03-02T10:30:00.000Z", lease_key="lucky#2")
    assert ["01A", "01C", "01D"] == [
        row["id"] for row in store._connection.db.table("probes").rows_where(order_by="id")
    ]


def test_casino_is_free_after_the_end(store: Store, begin: Begin) -> None:
    """A finished probe frees its casino."""
    begin().finish({"outcome": "online", "finished_at": LATER})
    assert begin().probe_id == store.probe("last")["id"]


def test_expired_lease_is_closed_by_the_next_probe(store: Store, begin: Begin) -> None:
    """A probe past its lease is closed as interrupted when the next one begins."""
    lost = begin().probe_id
    begin(started_at=LATER)
    probe = store.probe(lost)
    assert ("interrupted", "ours", "fault") == (probe["outcome"], probe["side"], probe["ended_by"])


@pytest.mark.parametrize(
    ("owner", "closed"),
    [
        ({"machine": "elsewhere"}, False),
        ({"machine": "elsewhere", "expires_at": "2026-03-02T10:00:00.000Z"}, True),
        ({"boot_id": "before the reboot"}, True),
        ({"pid": 2**22 + 1}, True),
        ({"pid": os.getppid()}, False),
        ({"expires_at": None}, True),
    ],
)
def test_only_probes_of_lost_processes_are_closed(
    store: Store, begin: Begin, owner: dict[str, Any], closed: bool
) -> None:
    """A lease binds while its process may live: here it must be seen, elsewhere it must not have expired."""
    probe_id = begin().probe_id
    disown(store, **owner)
    assert ([probe_id] if closed else []) == store.recover("2026-03-02T10:00:01.000Z")


def test_own_process_number_of_an_earlier_process(store: Store, begin: Begin) -> None:
    """A restarted container gives the new process the number of the old one: its probes are closed all the same."""
    probe_id = begin().probe_id
    lease.held.discard(probe_id)
    assert [probe_id] == store.recover("2026-03-02T10:00:01.000Z")


def test_what_this_process_visits_outlives_a_clock_that_is_set(store: Store, begin: Begin) -> None:
    """Held on to, its own probe is not over hours later; that of another process is, and so is one it let go."""
    own, other, given_up = (begin(id=f"01{name}", casino=name) for name in "ABC")
    with store._connection.transaction() as db:
        db.table("leases").update("B", {"pid": os.getppid()})
    given_up.let_go()
    store.hold_on("2026-03-02T23:05:00.000Z")
    assert [other.probe_id, given_up.probe_id] == store.recover("2026-03-02T23:00:00.000Z")
    assert None is store.probe(own.probe_id)["outcome"]


def test_process_that_nobody_waited_for_is_gone(store: Store, begin: Begin) -> None:
    """A killed process that still stands in the process table does not hold its casino."""
    begin()
    child = subprocess.Popen([sys.executable, "-c", ""], stdout=subprocess.PIPE)
    assert child.stdout
    child.stdout.read()  # its end closes the pipe; without wait() it stays as a zombie
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
    disown(store, pid=child.pid)
    assert 1 == len(store.recover("2026-03-02T10:00:01.000Z"))
    child.wait()
    child.stdout.close()


def test_running_probe_without_lease_is_closed(store: Store, begin: Begin) -> None:
    """A probe whose lease was released by hand is closed too, and closing twice does nothing."""
    probe_id = begin().probe_id
    store._connection.db.execute("DELETE FROM leases")
    assert [[probe_id], []] == [store.recover(LATER), store.recover(LATER)]
    assert 1 == store._connection.db.table("outcomes").count


def test_closing_tells_what_the_rows_tell(store: Store, begin: Begin, start: float) -> None:
    """A closed probe ends at its last event, has waited from the question to there, and keeps the first replies."""
    recorder = begin()
    recorder.commit(Event(start + 1_000, EventName.ASKING))
    recorder.add(Event(start + 1_500, EventName.ASKED))
    said = ((500, "bot"), (3_500, "bot"), (4_000, "unknown"), (5_500, "human"), (9_000, "human"))
    for seq, (at, speaker) in enumerate(said):
        recorder.put_message({"seq": seq, "at": iso(start + at), "speaker": speaker, "text": "…"})
    recorder.add(Event(start + 11_500, EventName.TYPING))
    recorder.flush()
    store.recover(LATER)
    probe = store.probe(recorder.probe_id)
    names = ("asked_at", "finished_at", "waited_ms", "first_bot_ms", "first_unknown_ms", "first_human_ms")
    times = ("2026-03-02T10:00:01.500Z", "2026-03-02T10:00:11.500Z")
    assert [*times, 10_000.0, 2_000.0, 2_500.0, 4_000.0] == [probe[name] for name in names]
    assert [] == store.check(LATER)


def test_closing_keeps_what_the_probe_had_written(store: Store, begin: Begin, start: float) -> None:
    """Timings that the probe itself stored are not computed again."""
    recorder = begin(asked_at=iso(start), first_human_ms=17.5)
    recorder.put_message({"seq": 0, "at": iso(start + 18), "speaker": "human", "text": "…"})
    recorder.flush()
    store.recover(LATER)
    assert 17.5 == store.probe("last")["first_human_ms"]


@pytest.mark.parametrize("lie", [1e300, -1e300, float("inf"), float("nan"), 9e12])
def test_clock_of_a_hostile_page(store: Store, begin: Begin, start: float, lie: float) -> None:
    """Times that cannot be do not keep a lost probe from being closed, nor its question from counting."""
    recorder = begin(asked_at=iso(start))
    recorder.add(Event(start + 700, EventName.TYPING))
    recorder.commit(Event(lie, EventName.ASKING))
    recorder.add(Event(lie, EventName.NOTE))
    recorder.put_message({"seq": 0, "at": "9999-01-01T00:00:00.000Z", "speaker": "human", "text": "…"})
    recorder.flush()
    store.recover(LATER)
    probe = store.probe("last")
    assert (700.0, None) == (probe["waited_ms"], probe["first_human_ms"])
    assert store.history("lucky", iso(start))[0]["asking_at"] is not None


@pytest.mark.parametrize(
    ("until", "kept"), [("2026-03-02T10:30:00.000Z", "2026-03-02T10:30:00.000Z"), ("2026-03-02T10:05:00.000Z", LATER)]
)
def test_a_lease_is_renewed_and_never_shortened(store: Store, begin: Begin, until: str, kept: str) -> None:
    """A probe that takes long may hold its casino longer; other probes' leases stay as they were."""
    recorder, _ = begin(), begin(casino="other")
    recorder.renew(until)
    leases = {row["casino"]: row["expires_at"] for row in store._connection.db.table("leases").rows}
    assert {"lucky": kept, "other": LATER} == leases


def test_closing_before_asking(store: Store, begin: Begin) -> None:
    """A probe lost before its question has no wait."""
    begin()
    store.recover(LATER)
    probe = store.probe("last")
    assert (None, None, probe["started_at"]) == (probe["asked_at"], probe["waited_ms"], probe["finished_at"])


def test_exactly_one_of_two_processes_gets_the_casino(store: Store) -> None:
    """Of processes that begin at the same moment one wins, and the others leave nothing."""
    racers = [
        subprocess.Popen(
            [sys.executable, "-c", RACER, store.path, f"01{n}"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for n in range(4)
    ]
    pipes = [(racer.stdin, racer.stdout) for racer in racers]
    assert ["ready\n"] * 4 == [out.readline() for _, out in pipes if out]
    for go, _ in pipes:
        assert go
        go.write("go\n")
        go.flush()
    said = [out.readline() for _, out in pipes if out]
    rows = store._connection.db.table("probes").count
    for racer in racers:
        racer.communicate("end\n")
    assert (["refused\n"] * 3 + ["won\n"], 1) == (sorted(said), rows)
