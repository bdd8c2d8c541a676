"""`kill -9` at any moment: what was flushed is there, the probe is closed, no question is asked twice."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

from chatprobe.store import Store

WRITER = """
import sys
from pathlib import Path
from chatprobe.model import Event, EventName
from chatprobe.store import Store
from chatprobe.times import epoch_ms, iso
store, start = Store.open(Path(sys.argv[1]), create=True), epoch_ms("2026-03-02T10:00:00.000Z")
row = {"id": "01P", "casino": "lucky", "depth": "chat", "started_at": iso(start)}
recorder = store.begin(row, "2026-03-02T10:15:00.000Z")
print("begun", flush=True)
for n in range(100_000):
    if n == 40:
        recorder.commit(Event(start + n, EventName.ASKING, {"n": n}), question_id="payout")
        print("asking", flush=True)
        recorder.update(asked_at=iso(start + n))
    else:
        recorder.add(Event(start + n, EventName.NOTE, {"n": n, "text": "x" * 500}))
        recorder.put_message({"seq": n // 10, "at": iso(start + n), "speaker": "bot", "text": "x" * n})
    if n % 5 == 4:
        recorder.flush()
        print(n, flush=True)
"""


@pytest.mark.parametrize("moment", range(14))
def test_killed_writer_loses_nothing_it_had_flushed(path: Path, moment: int) -> None:
    """The database opens, is intact, holds every flushed event, and the next start closes the probe as interrupted."""
    writer = subprocess.Popen([sys.executable, "-c", WRITER, path], stdout=subprocess.PIPE, text=True)
    assert writer.stdout
    chosen = random.Random(moment)
    heard = [writer.stdout.readline().strip() for _ in range(moment * moment + 1)]
    for _ in range(chosen.randrange(5_000)):  # not always at the same place between two lines
        chosen.random()
    writer.kill()
    heard += writer.stdout.read().split()
    writer.wait()
    writer.stdout.close()
    with Store.open(path) as store:
        assert ["01P"] == store.recover("2026-03-02T10:01:00.000Z")
        probe = store.probe("01P")
        flushed = max((int(line) for line in heard if line.isdigit()), default=-1)
        numbers = [event["detail"]["n"] for event in probe["events"]]
        assert list(range(len(numbers))) == numbers
        assert flushed < len(numbers)
        assert ("asking" in heard) <= ("asking" in [event["name"] for event in probe["events"]])
        assert "interrupted" == probe["outcome"]
        assert [] == store.check("2026-03-02T10:01:00.000Z")
        asked = store.history("lucky", "2026-03-02T00:00:00.000Z")[0]["asking_at"]
        assert ("asking" in heard) <= (asked == "2026-03-02T10:00:00.040Z")
