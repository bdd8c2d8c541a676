"""Times, pseudonyms and keys that let files be put together."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatprobe.errors import DatabaseError
from chatprobe.store import Store
from chatprobe.store.pseudonym import Pseudonyms
from chatprobe.times import epoch_ms, iso

if TYPE_CHECKING:
    from tests.store.conftest import Begin

KEY = """
import sys
from pathlib import Path
from chatprobe.store import Store
print(Store.open(Path(sys.argv[1]), create=True).pseudonyms.key_name)
"""
MOMENTS = st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=st.just(UTC))  # noqa: DTZ001


@given(MOMENTS)
def test_times_go_to_text_and_back(moment: datetime) -> None:
    """Text holds a time to the millisecond, in one form."""
    text = iso(epoch_ms(moment.isoformat()))
    assert (24, "Z") == (len(text), text[-1])
    assert text == iso(epoch_ms(text))
    assert abs(epoch_ms(text) - epoch_ms(moment.isoformat())) <= 0.51


@given(st.floats(-6e13, 2.5e14), st.floats(-6e13, 2.5e14))
def test_text_sorts_as_time_does(one: float, other: float) -> None:
    """Comparing texts gives what comparing times gives."""
    assert (iso(one) <= iso(other)) == (round(one) <= round(other))


def test_time_without_zone_is_refused() -> None:
    """A time that does not say where is no time."""
    with pytest.raises(ValueError, match="no time zone"):
        epoch_ms("2026-03-02T10:00:00")


def test_pseudonyms() -> None:
    """A name gives one pseudonym however it is written, another under another key, and never itself."""
    one, other = Pseudonyms(b"1" * 32), Pseudonyms(b"2" * 32)
    written = ["Anna B.", " anna  b.", "ANNA B.", "\uff21nna\u00a0B.", "anna\nb."]
    assert {one.of("Anna B.")} == {one.of(name) for name in written}
    assert 3 == len({one.of("Anna B."), one.of("Anna C."), other.of("Anna B.")})
    assert (16, 8) == (len(one.of("\ud800")), len(one.key_name))
    assert one.key_name != other.key_name


def test_key_is_kept(path: Path) -> None:
    """Reopening the database gives the same pseudonyms; a process killed while making the key does no harm."""
    path.with_name("chatprobe.db.key.new").write_text("half")
    with Store.open(path, create=True) as store:
        first = store.pseudonyms.of("Anna")
    with Store.open(path) as store:
        assert first == store.pseudonyms.of("Anna")
    assert not path.with_name("chatprobe.db.key.new").exists()


@pytest.mark.parametrize("content", ["", "zz" * 32, "ab" * 31])
def test_damaged_key_is_an_error(path: Path, content: str) -> None:
    """A damaged key file is never replaced silently: pseudonyms would change."""
    path.with_name("chatprobe.db.key").write_text(content)
    with Store.open(path, create=True) as store, pytest.raises(DatabaseError, match=r"chatprobe\.db\.key"):
        _ = store.pseudonyms


def test_processes_agree_on_one_key(path: Path) -> None:
    """Processes that start together use one key."""
    makers = [subprocess.Popen([sys.executable, "-c", KEY, path], stdout=subprocess.PIPE) for _ in range(6)]
    assert 1 == len({maker.communicate()[0] for maker in makers})


def test_files_of_two_machines_can_be_put_together(store: Store, begin: Begin, tmp_path: Path) -> None:
    """Two databases grown apart from one are put into one without a clash; doing it twice changes nothing."""
    begin().finish({"outcome": "online", "finished_at": "2026-03-02T10:05:00.000Z"})
    store.close()
    other = tmp_path / "other.db"
    shutil.copy(store.path, other)
    for path in (store.path, other):
        with Store.open(path) as grown:
            row = {"id": f"01{path.stem}", "casino": "lucky", "depth": "chat", "started_at": "2026-03-02T12:00:00.000Z"}
            recorder = grown.begin(row, "2026-03-02T12:10:00.000Z")
            message = {"seq": 0, "speaker": "bot", "text": "Hi"}
            recorder.finish({"outcome": "bot_only", "finished_at": "2026-03-02T12:05:00.000Z"}, [message])
    merged = sqlite3.connect(store.path)
    merged.execute("ATTACH ? AS o", [str(other)])
    for _ in range(2):
        for table in ("scenarios", "slots", "probes", "messages", "events", "decisions", "outcomes", "artifacts"):
            merged.execute(f"INSERT OR IGNORE INTO {table} SELECT * FROM o.{table}")
        merged.commit()
        counts = [merged.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in ("probes", "messages", "outcomes")]
        assert [3, 2, 3] == counts
    merged.close()
    with Store.open(store.path) as opened:
        assert [] == opened.check("2026-03-02T12:30:00.000Z")
