"""A small database full of what makes exports go wrong, and the command to export it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from chatprobe.cli import cli
from chatprobe.model import Event, EventName
from chatprobe.store import Store
from chatprobe.times import epoch_ms

START = "2026-03-02T10:00:00.000Z"
ASKED = "2026-03-02T10:00:05.250Z"
FINISHED = "2026-03-02T10:15:00.000Z"
TEXTS = (
    "How long does a payout take?",
    "=cmd|' /C calc'!A0",
    "+49 means a call abroad",
    "-1 day",
    "@SUM(1+1)",
    "\t=1+1",
    "\r=1+1",
    "＝1+1",
    "  =1+1",
    "controls: \x01\x1b[31m\x0b\x9b \ufffe",
    '\u202eright to left\u202c, "quoted", semi;colon,\nnew line',
    "Hi, I'm Anna",
    "Anna will ask her colleague, and ANNA knows",
    "<script>alert(1)</script> _x0041_",
    "",
)
SHOWN = "Zoran"
"""The name that was displayed beside the last text, and never introduced."""
SAID = "Please wait for Zoran"

Called = Callable[..., Result]


def fill(path: Path) -> None:
    """Two casinos: one chat with everything above, one presence probe a day later."""
    with Store.open(path, create=True) as store:
        store.add_scenario("lucky", "ab", "casino: lucky\nchat: {names: {humans: [Anna]}}", START)
        row = {"id": "01A", "casino": "lucky", "depth": "chat", "started_at": START, "scenario_sha256": "ab"}
        recorder = store.begin({**row, "asked_at": ASKED, "cell": 10, "overrides": {"deadline_ms": 5}}, FINISHED)
        recorder.add(Event(epoch_ms(ASKED), EventName.MESSAGE, {"name": SHOWN, "text": SAID}))
        recorder.add(Event(epoch_ms(ASKED), EventName.WIRE, {"data": '{"from":"Anna"}', "direction": "in"}))
        evidence = [{"source": "dom", "detail": "quick-reply buttons: Anna", "weight": 0.75, "speaker": "bot"}]
        messages = [
            {"seq": n, "at": ASKED, "at_ms": float(n), "speaker": "human", "text": text, "evidence": evidence}
            for n, text in enumerate(TEXTS)
        ]
        shown = {"seq": len(TEXTS), "speaker": "human", "text": SAID, "agent": store.pseudonyms.of(SHOWN)}
        ended = {"outcome": "human_reply", "first_human_ms": 1.5, "waited_ms": 9.0, "answer_match": 1}
        recorder.finish({**ended, "finished_at": FINISHED}, [*messages, shown])
        later = {"id": "01B", "casino": "palace", "depth": "presence", "started_at": "2026-03-03T10:00:00.000Z"}
        store.begin(later, "2026-03-03T11:00:00.000Z").finish({"outcome": "online", "finished_at": FINISHED})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The filled database, alone in its folder."""
    folder = tmp_path / "data"
    folder.mkdir()
    fill(folder / "chatprobe.db")
    return folder / "chatprobe.db"


@pytest.fixture
def called(path: Path, tmp_path: Path) -> Called:
    """Run `chatprobe export` on it; `output` is a name in the test's folder."""

    def called(*arguments: str, output: str | None = None, db: Path = path) -> Result:
        target = () if output is None else ("--output", str(tmp_path / output))
        options: list[Any] = [*arguments, *target, "--db", str(db), "--scenarios", str(tmp_path)]
        return CliRunner().invoke(cli, ["export", *options])

    return called
