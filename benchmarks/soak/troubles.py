"""Everything that goes wrong around a daemon, one after another, in one process that has to live through it."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import psutil  # type: ignore[import-untyped]  # its stubs are a package of their own

from benchmarks.soak.service import LabProcess, Overdue, Service, until
from benchmarks.soak.setclock import SetClock
from benchmarks.soak.yard import Result, Yard
from chatprobe.browser.launch import find_browser

NAMES = (
    *("lucky", "orbit", "fjord", "velvet", "metro", "castle", "lumiere", "incognito", "relay", "matryoshka"),
    *("hermit", "comet"),
)
DRAINED = 10
HOUR_S = 3600
_LIMIT_S = 120.0
"""The unit's TimeoutStopSec."""
_DISK_MB = 24
_SMALL = """\
casino: {casino}
url: {url}
questions: [{{id: q1, text: "How long does {casino} take?"}}]
chat:
  deadline: 10m
  input: "#box"
  messages: ".msg"
  speakers: {{human: ".msg.agent", visitor: ".msg.visitor"}}
"""
_ASKED = "outcome IS NULL AND asked_at IS NOT NULL"
_FROM_PEOPLE = "speaker = 'human' AND probe_id IN (SELECT id FROM probes WHERE outcome IS NULL)"
_SPARE = 65_536
"""Enough for what the daemon notes each half minute, not for a probe."""
_FILLING_S = 20.0
"""More than it takes to fill that disk."""


def run(folder: Path) -> list[Result]:
    """All of them."""
    lab = LabProcess(folder)
    with _small_disk(folder / "disk") as disk:
        database = (disk or folder) / "chatprobe.db"
        service = Service(folder, lab, NAMES, database, "benchmarks.soak.unhurried")
        yard = Yard(service, SetClock(folder), _switch(folder), disk)
        yard.service.variables = {"CHATPROBE_BROWSER": str(yard.browser), **yard.clock.variables}
        try:
            yard.service.start()
            for trouble in (edits, clock_jumps, no_network, no_browser, hung_browser, locked, full_disk, drain):
                _tried(trouble, yard)
            problems = yard.service.check()
            yard.note("`db check` after all of it", f"{len(problems)} problems", right=not problems)
        finally:
            for one in yard.service.family():
                one.kill()
            lab.stop()
    return yard.results


def _tried(trouble: Callable[[Yard], None], yard: Yard) -> None:
    try:
        trouble(yard)
    except Overdue as error:
        ends = yard.service.rows("SELECT status, reason, count(*) AS n FROM slots GROUP BY status, reason")
        said = ", ".join(" ".join(filter(None, (str(row["n"]), row["status"], row["reason"]))) for row in ends)
        yard.note(trouble.__name__, f"{error}; slots: {said}; troubles: {yard.troubles()}", right=False)


def edits(yard: Yard) -> None:
    """Good, bad, half-written, renamed, deleted: each is taken as what it is, and said once."""
    service, path = yard.service, yard.service.scenarios / "lucky.yaml"
    good = path.read_text("utf-8")
    service.write("lucky", good.replace("How long does a withdrawal take?", "How long do I wait for my money?"))
    until(lambda: yard.told("scenario_taken", casino="lucky") == 2, "the good edit")
    taken = yard.goes_on() and any("wait for my money" in text for v in service.lab.truth() for _, text in v["visitor"])
    yard.note("good edit", "the next chat asks the new question", right=taken)
    service.write("lucky", good + "nonsense: 1\n")
    until(lambda: yard.told("scenario_refused") == 1, "the bad edit to be said")
    time.sleep(12)
    yard.note(
        "bad edit", "said once; the text before goes on", right=yard.goes_on() and yard.told("scenario_refused") == 1
    )
    service.write("lucky", good[: len(good) // 2] + '\n  broken: "')
    until(lambda: yard.told("scenario_refused") >= 2, "the half-written file to be said")
    service.write("lucky", good)
    until(lambda: yard.told("scenario_taken", casino="lucky") == 3, "the whole file")
    yard.note("half-written for 10 s", "said once; whole again it is taken", right=yard.told("scenario_refused") == 2)
    path.rename(service.scenarios / "renamed.yaml")
    time.sleep(12)
    yard.note("renamed", "nothing said, goes on", right=yard.told("scenario_gone") == 0 and yard.goes_on())
    (service.scenarios / "renamed.yaml").unlink()
    until(lambda: yard.told("scenario_gone", casino="lucky") == 1, "the deleted file to be said")
    yard.plan("lucky")
    until(lambda: service.count("slots", "reason = 'scenario_changed'") == 1, "its slot to be cancelled")
    service.write("lucky", good)
    until(lambda: yard.told("scenario_taken", casino="lucky") == 4, "the file to be back")
    yard.note("deleted, and back", "its slot cancelled as scenario_changed; then goes on", right=yard.goes_on())


def clock_jumps(yard: Yard) -> None:
    """Two hours forward and two back, with chats that wait: none ends for it, what was jumped over is missed."""
    if not yard.clock.variables:
        yard.note("clock ±2 h", "not tried: no compiler", right=False)
        return
    for hours in (2, -2):
        _jump(yard, hours)


def _jump(yard: Yard, hours: int) -> None:
    service = yard.service
    waiting, jumps = service.count("probes", "asked_at IS NOT NULL"), yard.told("clock_jumped")
    yard.plan("hermit", "lucky")
    yard.plan("metro", after_s=HOUR_S)
    until(lambda: service.count("probes", "asked_at IS NOT NULL") >= waiting + 2, "two chats to wait")
    yard.now_s += hours * HOUR_S
    yard.clock.set(yard.now_s)
    until(lambda: yard.told("clock_jumped") > jumps, "the jump to be said")
    until(lambda: not service.count("probes", "outcome IS NULL"), "the chats to end")
    rows = service.rows("SELECT casino, outcome, waited_ms FROM probes ORDER BY rowid DESC LIMIT 2")
    ends = {row["casino"]: row["outcome"] for row in rows if row["waited_ms"] < 60_000}
    chats = ends == {"hermit": "no_reply", "lucky": "human_reply"}
    missed = service.count("slots", "reason = 'clock_jump'")
    right = chats and yard.told("clock_jumped") == jumps + 1 and missed == 1 and yard.goes_on()
    passed = f"the slot jumped over missed: {missed == 1}" if hours > 0 else "no slot comes back"
    yard.note(f"clock {hours:+} h", f"said once; both waiting chats end as ever: {chats}; {passed}", right=right)


def no_network(yard: Yard) -> None:
    """The lab is the network: without it slots are missed as offline."""
    service = yard.service
    service.lab.stop()
    time.sleep(31)  # the control address is trusted for half a minute
    for casino in ("lucky", "orbit"):
        yard.plan(casino)
        time.sleep(8)
    until(lambda: service.count("slots", "reason = 'offline'") == 2, "slots to be missed as offline")
    service.lab.start()
    right = yard.goes_on() and _once(yard, "network")
    yard.note("network gone", "slots missed as offline, said once; goes on by itself", right=right)


def no_browser(yard: Yard) -> None:
    """A browser that does not start, and one that was killed before."""
    _break(yard.browser)
    for one in yard.service.browsers():
        with suppress(psutil.NoSuchProcess):
            one.kill()
    before = yard.done()
    yard.plan("lucky")
    until(lambda: yard.done() > before, "a probe that says so")
    yard.plan("orbit")
    time.sleep(10)
    _mend(yard.browser)
    until(lambda: yard.done() > before + 1, "the slot that waited")
    row = yard.service.rows("SELECT outcome, side FROM probes ORDER BY rowid DESC LIMIT 2")
    right = [one["outcome"] for one in row] == ["human_reply", "probe_fault"] and _once(yard, "browser")
    yard.note("browser does not start", "a probe_fault, said once; the next slot waits and is done", right=right)


def hung_browser(yard: Yard) -> None:
    """A browser that is there and does nothing."""
    if not yard.service.browsers():
        yard.goes_on()
    hung = yard.service.browsers()
    for one in hung:
        with suppress(psutil.NoSuchProcess):
            one.suspend()
    right = yard.goes_on()
    until(lambda: not any(one.is_running() for one in hung), "the hung browser to be gone", 120)
    yard.note("browser hangs", "another one takes its place, the hung one is gone", right=right)


def locked(yard: Yard) -> None:
    """Another process holds the database for longer than one waits for it."""
    before = yard.done()
    with closing(sqlite3.connect(yard.service.database, isolation_level=None, timeout=60)) as other:
        yard.plan("lucky", after_s=3)
        other.execute("BEGIN IMMEDIATE")
        until(lambda: yard.told("trouble", kind="database") >= 1, "it to be said")
        time.sleep(10)
        other.execute("ROLLBACK")
    until(lambda: yard.done() > before, "the slot to be done all the same")
    right = _once(yard, "database")
    yard.note("database locked", "said once; the slot that waited is done", right=right)


def full_disk(yard: Yard) -> None:
    """Nothing can be written: no probe begins, and it goes on when there is space."""
    if yard.disk is None:
        yard.note("disk full", "not tried: no right to mount a small disk", right=False)
        return
    before, told = yard.done(), yard.told("trouble", kind="database")
    yard.plan("lucky", after_s=_FILLING_S)
    yard.plan("orbit", after_s=_FILLING_S + 20)
    with _filled(yard):
        until(lambda: yard.told("trouble", kind="database") > told, "it to be said")
        time.sleep(50)
        begun = yard.service.count("probes", "outcome IS NULL")
    until(lambda: yard.done() > before + 1, "the slots that waited to be done")
    again = yard.told("trouble", kind="database") - told
    right = again == 1 and begun == 0 and yard.told("trouble_over", kind="database") == told + 1 and yard.goes_on()
    yard.note("disk full", f"said {again} times; {begun} probes begun; the two slots that waited are done", right=right)


@contextmanager
def _filled(yard: Yard) -> Iterator[None]:
    """No space on the database's disk but for a few rows, and none in the log that it writes into."""
    assert yard.disk is not None
    ballast = yard.disk / "ballast"
    with closing(sqlite3.connect(yard.service.database, timeout=60)) as db:
        until(lambda: db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0, "the log to be empty")
    with suppress(OSError), ballast.open("wb") as file:
        while True:
            file.write(bytes(4096))
    os.truncate(ballast, ballast.stat().st_size - _SPARE)
    try:
        yield
    finally:
        ballast.unlink()


def drain(yard: Yard) -> None:
    """A stop during ten chats: in half of them somebody has answered, in the others nobody ever does."""
    service = yard.service
    casinos = [f"drained-{number}" for number in range(DRAINED)]
    for number, casino in enumerate(casinos):
        page = f"{service.lab.base}/bench/static/?delay={(2_500, 3_600_000)[number % 2]}"
        service.write(casino, _SMALL.format(casino=casino, url=page))
    until(lambda: yard.told("scenario_taken", casino=casinos[-1]), "the scenarios to be taken")
    yard.plan(*casinos)
    until(lambda: service.count("probes", _ASKED) >= DRAINED, "ten chats")
    until(lambda: service.count("messages", _FROM_PEOPLE) >= DRAINED // 2, "five answers")
    running = service.count("probes", "outcome IS NULL")
    code, took = service.stop()
    rows = service.rows("SELECT casino, outcome, ended_by FROM probes ORDER BY rowid DESC LIMIT ?", DRAINED)
    ends = Counter(row["ended_by"] for row in rows)
    heard = {visit["visitor"][0][1]: len(visit["visitor"]) for visit in service.lab.truth() if visit["visitor"]}
    answered = [row["casino"] for row in rows if row["outcome"] == "human_reply"]
    rude = [casino for casino in answered if heard[f"How long does {casino} take?"] < 2]
    right = code == 0 and took < _LIMIT_S and not rude and not service.left_behind and None not in ends
    seen = (
        f"{running} chats ran; exit {code} after {took:.0f} s; ended by {dict(ends)};"
        f" {len(answered)} had been answered, {len(rude)} of them were left without thanks"
    )
    yard.note("stop during ten chats", seen, right=right)


def _once(yard: Yard, kind: str) -> bool:
    return (yard.told("trouble", kind=kind), yard.told("trouble_over", kind=kind)) == (1, 1)


def _switch(folder: Path) -> Path:
    """A browser that can be broken."""
    path = folder / "browser"
    path.write_text(f'#!/bin/sh\n[ -e "{folder}/broken" ] && exit 1\nexec "{find_browser()}" "$@"\n')
    path.chmod(0o755)
    return path


def _break(browser: Path) -> None:
    (browser.parent / "broken").touch()


def _mend(browser: Path) -> None:
    (browser.parent / "broken").unlink()


@contextmanager
def _small_disk(folder: Path) -> Iterator[Path | None]:
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={_DISK_MB}m", "tmpfs", str(folder)]
    mounted = os.geteuid() == 0 and shutil.which("mount") and subprocess.run(command, check=False).returncode == 0
    try:
        yield folder if mounted else None
    finally:
        if mounted:
            subprocess.run(["umount", folder], check=True)
