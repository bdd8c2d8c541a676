"""Twenty casinos, a plan that passes faster than time does, and processes killed at random moments."""

from __future__ import annotations

import json
import random
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.soak.service import LabProcess, Overdue, Service, until
from chatprobe.daemon.planner import desk_of
from chatprobe.lab.casinos import CASINOS
from chatprobe.lab.clock import LabClock, hour_of_day
from chatprobe.plan.desk import House
from chatprobe.plan.draw import Past, draw
from chatprobe.scenario.load import load_folder
from chatprobe.times import epoch_ms, iso, now_ms

NAMES = (
    *("lucky", "orbit", "fjord", "velvet", "vault", "metro", "castle", "harbour", "lumiere", "incognito"),
    *("kiosk", "comet", "statue", "matryoshka", "tulip", "relay", "carillon", "curfew", "hermit", "courier"),
)
MONDAY = epoch_ms("2026-03-02T00:00:00.000Z")
ACCELERATION = 336
"""Twenty minutes are most of five days of the plan: with two looks a day it is what two cores can visit."""
LOOKS = "schedule: {presence_per_day: 2}\n"
RESTART_S = 2.0
"""How long after a crash the service manager would wait, at this pace."""
SAFE_MS = 200.0
"""What is older than this when a process is killed must be found afterwards."""
_QUESTIONS = """
SELECT p.id, p.casino, count(*) AS n FROM events e JOIN probes p ON p.id = e.probe_id WHERE e.name = 'asking'
GROUP BY p.id
"""


@dataclass
class Kill:
    """One of them."""

    what: str
    """daemon, browser or both."""
    running: int
    """Probes that ran."""
    asked: int
    """Of these, how many had asked."""


@dataclass
class Found:
    """What was seen, and what was wrong."""

    minutes: float
    ends: Counter[str] = field(default_factory=Counter)
    """How many slots ended how."""
    outcomes: Counter[str] = field(default_factory=Counter)
    kills: list[Kill] = field(default_factory=list)
    rows_checked: int = 0
    """Rows that pages of killed chats showed and that had to be found."""
    lost_ages_ms: list[float] = field(default_factory=list)
    """How old at the kill those were that were not found."""
    stop_s: float = 0.0
    """How long the last, orderly stop took."""
    wrong: list[str] = field(default_factory=list)


def compressed(service: Service, clock: LabClock, seed: int, span_ms: float) -> list[dict[str, Any]]:
    """The plan of the service's casinos from Monday on, each slot at the moment when the lab's clock shows its time."""
    scenarios, _ = load_folder(service.scenarios)
    drawn = draw([desk_of(one) for one in scenarios], Past(), House(), seed, MONDAY, MONDAY + span_ms)
    return [{**slot.row(), "planned_at": iso(clock.when(slot.at))} for slot in (*drawn.slots, *drawn.projected)]


def soak(folder: Path, minutes: float, kills: int, seed: int) -> Found:
    """Let the plan pass; kill; restart; look what is there."""
    lot, found = random.Random(seed), Found(minutes)
    clock = LabClock.from_now(MONDAY, ACCELERATION)
    lab = LabProcess(folder, "--clock", iso(MONDAY), "--clock-speed", str(ACCELERATION))
    service = Service(folder, lab, NAMES)
    try:
        for path in service.scenarios.iterdir():
            service.write(path.stem, path.read_text("utf-8") + LOOKS)
        service.plan(compressed(service, clock, seed, minutes * 60_000 * ACCELERATION))
        service.start()
        for at in sorted(lot.uniform(10.0, minutes * 60 - 10.0) for _ in range(kills)):
            _wait_until(clock.at_ms + at * 1000)
            _kill(service, lot, found)
        _wait_until(clock.at_ms + minutes * 60_000)
        _finish(service, found)
        (folder / "truth.json").write_text(json.dumps(lab.truth()))  # whoever keeps the folder may judge again
        _judge(service, clock, found)
    finally:
        for one in service.family():
            one.kill()
        lab.stop()
    return found


def _wait_until(at_ms: float) -> None:
    time.sleep(max(0.0, (at_ms - now_ms()) / 1000))


def _kill(service: Service, lot: random.Random, found: Found) -> None:
    """Kill some of the processes, and note what had to survive that."""
    what = lot.choice(("daemon", "browser", "both"))
    if what == "browser":
        until(lambda: service.browsers() or service.ended(), "a browser", 60)
    victims = {"daemon": service.family()[:1], "browser": service.browsers(), "both": service.family()}[what]
    before = _stored(service)
    running = service.rows("SELECT id, casino, asked_at, started_at FROM probes WHERE outcome IS NULL")
    killed_at = now_ms()
    service.kill(victims)
    found.kills.append(Kill(what, len(running), sum(row["asked_at"] is not None for row in running)))
    if what == "browser":
        return
    after = _stored(service)
    if lost := [table for table in before if after[table] < before[table]]:
        found.wrong.append(f"rows of {', '.join(lost)} that were there were gone after kill {len(found.kills)}")
    _look_for_rows(service, running, killed_at, found)
    time.sleep(RESTART_S)
    service.start()


def _stored(service: Service) -> dict[str, int]:
    return {table: service.count(table) for table in ("probes", "events", "messages")}


def _look_for_rows(service: Service, running: list[dict[str, Any]], killed_at: float, found: Found) -> None:
    """What pages of killed chats had shown after the question must stand among the events, unless it was too fresh."""
    for probe in running:
        if probe["asked_at"] is None:
            continue
        asked, texts = epoch_ms(probe["asked_at"]), _texts(service, probe["id"])
        for visit in service.lab.truth():
            if visit["casino"] != probe["casino"] or abs((visit["page_asked_at"] or 0) - asked) > 2_000:
                continue
            people = {send["seq"] for send in visit["sends"] if send["who"] != "system"}
            for row in visit["page_rows"]:
                if row["seq"] in people and asked < row["at"] < killed_at:
                    _look_for_row(row, texts, killed_at, found)


def _look_for_row(row: dict[str, Any], texts: list[str], killed_at: float, found: Found) -> None:
    wanted, age = " ".join(row["text"].split()), killed_at - row["at"]
    there = any(wanted in " ".join(text.split()) for text in texts)
    found.rows_checked += age > SAFE_MS
    if not there:
        found.lost_ages_ms.append(age)


def _texts(service: Service, probe_id: str) -> list[str]:
    sql = "SELECT json_extract(detail, '$.text') AS text FROM events WHERE probe_id = ? AND name LIKE 'message%'"
    return [row["text"] or "" for row in service.rows(sql, probe_id)]


def _finish(service: Service, found: Found) -> None:
    """Wait until the plan is through, then stop in good order."""
    busy = "SELECT 1 FROM slots WHERE status = 'running' OR (status = 'planned' AND planned_at < ?)"
    try:
        until(lambda: not service.rows(busy, iso(now_ms())), "the plan to be through", 900)
    except Overdue as error:
        found.wrong.append(str(error))
    found.wrong += [f"zombie: {one}" for one in service.zombies()]
    code, found.stop_s = service.stop()
    if code != 0:
        found.wrong.append(f"the last stop ended with {code}")


def _judge(service: Service, clock: LabClock, found: Found) -> None:
    """The promises, one after another."""
    slots = service.rows("SELECT casino, depth, status, reason, probe_id, planned_at FROM slots")
    past = [row for row in slots if epoch_ms(row["planned_at"]) < now_ms()]
    found.ends = Counter(" ".join(filter(None, (row["status"], row["reason"]))) for row in past)
    found.wrong += [f"a slot ended as {end}" for end in found.ends if end.split()[0] in ("planned", "running")]
    found.wrong += [f"a slot is {row['status']} without a reason" for row in past if not _explained(row)]
    found.wrong += [
        f"slot {row['slot_id']} became {row['n']} probes"
        for row in service.rows("SELECT slot_id, count(*) AS n FROM probes GROUP BY slot_id HAVING n > 1")
    ]
    found.wrong += [f"{row['n']} questions in probe {row['id']}" for row in service.rows(f"{_QUESTIONS} HAVING n > 1")]
    found.wrong += list(_asked_too_often(service))
    found.wrong += list(_untrue(service, clock, found))
    found.wrong += [f"lost although {age:.0f} ms old" for age in found.lost_ages_ms if age > SAFE_MS]
    found.wrong += [f"left behind: {one}" for one in service.left_behind]
    found.wrong += [f"db check: {one}" for one in service.check()]
    if tracebacks := service.tracebacks():
        found.wrong.append(f"{tracebacks} tracebacks in the log")


def _explained(row: dict[str, Any]) -> bool:
    return bool(row["probe_id"]) if row["status"] == "done" else bool(row["reason"])


def _asked_too_often(service: Service) -> Iterator[str]:
    """The lab heard no question that was not committed before it was asked."""
    heard = Counter(visit["casino"] for visit in service.lab.truth() if visit["visitor"])
    told: Counter[str] = Counter()
    for row in service.rows(_QUESTIONS):
        told[row["casino"]] += row["n"]
    for casino, count in heard.items():
        if count > told[casino]:
            yield f"{casino} heard {count} questions, {told[casino]} were told"


def _untrue(service: Service, clock: LabClock, found: Found) -> Iterator[str]:
    """Outcomes on the casino's side that are not what the lab did at that hour of its clock."""
    expected = {casino.name: casino for casino in CASINOS}
    visits: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for visit in service.lab.truth():
        visits[visit["casino"]].append(visit)
    for row in service.rows("SELECT casino, depth, outcome, side, started_at FROM probes ORDER BY started_at"):
        found.outcomes[f"{row['depth']} {row['outcome']}"] += 1
        if row["side"] != "casino":
            continue
        if row["depth"] == "presence":  # they all offer a chat, some of them not always a person
            if row["outcome"] not in ("online", "offline"):
                yield f"{row['casino']} at {row['started_at']}: {row['outcome']} by a look"
            continue
        started = epoch_ms(row["started_at"])
        visit = min(visits[row["casino"]], key=lambda one: abs(clock.when(one["shown_ms"]) - started))
        casino = expected[row["casino"]].at(hour_of_day(visit["shown_ms"]))
        right = "offline" if casino.widget.before else casino.expect.outcome
        if row["outcome"] != right:
            yield f"{row['casino']} at {row['started_at']}: {row['outcome']}, truly {right}"


def killed_processes(found: Found) -> Counter[str]:
    """How often each was killed."""
    return Counter(kill.what for kill in found.kills)
