"""Several threads and several processes write one file."""

from __future__ import annotations

import subprocess
import sys
import threading
from typing import TYPE_CHECKING

from chatprobe.model import Event, EventName
from chatprobe.store import Store

if TYPE_CHECKING:
    from tests.store.conftest import Begin

WRITER = """
import sys
from pathlib import Path
from chatprobe.model import Event, EventName
from chatprobe.store import Store
from chatprobe.times import epoch_ms
with Store.open(Path(sys.argv[1])) as store:
    at = "2026-03-02T10:00:00.000Z"
    row = {"id": sys.argv[2], "casino": sys.argv[2], "depth": "chat", "started_at": at}
    recorder = store.begin(row, "2026-03-02T10:15:00.000Z")
    for n in range(200):
        recorder.add(Event(epoch_ms(at) + n, EventName.NOTE, {"n": n}))
        recorder.put_message({"seq": n, "speaker": "bot", "text": "Hi"})
        recorder.flush()
    recorder.finish({"outcome": "bot_only", "finished_at": at})
"""


def test_threads_flush_while_the_probe_goes_on(store: Store, begin: Begin, start: float) -> None:
    """Events taken while other threads flush are all written, once and in order."""
    recorder, over, failures = begin(), threading.Event(), []

    def flush() -> None:
        while not over.is_set():
            try:
                recorder.flush()
            except Exception as error:  # noqa: BLE001 - told to the test below
                failures.append(error)

    threads = [threading.Thread(target=flush) for _ in range(3)]
    for thread in threads:
        thread.start()
    try:
        for n in range(2_000):
            recorder.add(Event(start + n, EventName.NOTE, {"n": n}))
            recorder.put_message({"seq": n % 10, "speaker": "bot", "text": str(n)})
            if n % 100 == 0:
                recorder.commit(Event(start + n, EventName.TYPING))
    finally:
        over.set()
        for thread in threads:
            thread.join()
    recorder.flush()
    probe = store.probe(recorder.probe_id)
    assert [] == failures
    assert list(range(2_000)) == [event["detail"]["n"] for event in probe["events"] if event["name"] == "note"]
    assert [str(n) for n in range(1_990, 2_000)] == [message["text"] for message in probe["messages"]]


def test_processes_write_one_file(store: Store) -> None:
    """Processes that write at the same time wait for each other, and nothing is lost."""
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, store.path, f"p{n}"]) for n in range(4)]
    assert [0] * 4 == [writer.wait() for writer in writers]
    db = store._connection.db
    assert [800, 800, 4, 0] == [db.table(name).count for name in ("events", "messages", "outcomes", "leases")]
    assert [] == store.check("2026-03-02T10:20:00.000Z")
