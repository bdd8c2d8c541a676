"""The lab's simulated month as a database of its own, said to be simulated in every row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import blake2b, sha256
from pathlib import Path
from typing import Any

from ulid import ULID

import chatprobe
from chatprobe.lab.houses import HOUSES
from chatprobe.lab.month import DEADLINE_S, House, Visit, visits
from chatprobe.model import Depth, Mode, Outcome, Side, SlotStatus, Speaker
from chatprobe.settings import SIMULATED
from chatprobe.store.pseudonym import Pseudonyms
from chatprobe.store.store import Store
from chatprobe.times import epoch_ms, iso

START = "2026-03-02T00:00:00Z"
"""A Monday; in Europe clocks change within the month."""
SEED = 1
_OPENING_MS = 4_000.0
Row = dict[str, Any]


def write_month(db: Path, houses: Iterable[House] = HOUSES, seed: int = SEED) -> int:
    """Keep the month of `houses` in the database at `db`, made where there is none; how many visits there are."""
    houses = tuple(houses)
    month = [(visit, seed) for house in houses for visit in visits(house, seed, epoch_ms(START))]
    with Store.open(db, create=True) as store:
        pseudonyms = store.pseudonyms
        store.add(
            {
                "scenarios": map(_scenario, houses),
                "slots": (_slot(visit, seed) for visit, seed in month),
                "probes": (_probe(visit, seed, pseudonyms) for visit, seed in month),
                "messages": (row for visit, seed in month for row in _messages(visit, seed, pseudonyms)),
            }
        )
    return len(month)


def write_reports(folder: Path) -> tuple[Path, Path]:
    """In `folder` a report on the simulated month and one on the visits of its `chatprobe.db`; their paths."""
    from chatprobe.report.gather import Asked
    from chatprobe.report.writing import report, write_page
    from chatprobe.times import now_ms

    month = folder / "month.db"
    write_month(month)
    simulated, live = folder / "month.html", folder / "live.html"
    for db, page, asked in ((month, simulated, Asked()), (folder / "chatprobe.db", live, Asked(everything=True))):
        with Store.open(db) as store:
            write_page(page, report(store, [], asked, "en", now_ms())[0])
    return simulated, live


def _id(visit: Visit, kind: str, seed: int) -> str:
    name = f"{kind}/{seed}/{visit.house.name}/{visit.depth}/{visit.at}"
    return str(ULID.from_bytes(int(visit.at).to_bytes(6, "big") + blake2b(name.encode(), digest_size=10).digest()))


def _sha(house: House) -> str:
    return sha256(house.scenario.encode()).hexdigest()


def _scenario(house: House) -> Row:
    return {"sha256": _sha(house), "casino": house.name, "yaml": house.scenario, "first_seen": iso(epoch_ms(START))}


def _slot(visit: Visit, seed: int) -> Row:
    return {
        "id": _id(visit, "slot", seed),
        "casino": visit.house.name,
        "depth": visit.depth,
        "cell": visit.cell,
        "planned_at": iso(visit.at),
        "mode": str(Mode.EVEN),
        "seed": seed,
        "status": str(SlotStatus.DONE),
        "claimed_at": iso(visit.at),
        "probe_id": _id(visit, "probe", seed),
    }


def _probe(visit: Visit, seed: int, pseudonyms: Pseudonyms) -> Row:
    chat, asked = visit.depth == Depth.CHAT, bool(visit.lines)
    outcome, places = Outcome(visit.outcome), visit.places or (None, None)
    return {
        "id": _id(visit, "probe", seed),
        "casino": visit.house.name,
        "scenario_sha256": _sha(visit.house),
        "slot_id": _id(visit, "slot", seed),
        "depth": visit.depth,
        "cell": visit.cell,
        "question_id": visit.question,
        "language": visit.language,
        "vantage": SIMULATED,
        "machine": SIMULATED,
        "planned_at": iso(visit.at),
        "started_at": iso(visit.at - _OPENING_MS),
        "finished_at": iso(visit.at + 1000 * (visit.waited_s or 0.0)),
        "requested_at": iso(visit.at) if asked else None,
        "asked_at": iso(visit.at) if asked else None,
        "outcome": str(outcome),
        "side": str(outcome.side),
        "detail": "made up: a simulated fault of ours" if outcome.side == Side.OURS else None,
        "open_ms": _OPENING_MS - 500 if asked else None,
        "first_bot_ms": _ms(visit.bot_s),
        "first_unknown_ms": _ms(visit.unknown_s),
        "agent_joined_ms": _ms(visit.joined_s),
        "first_human_ms": _ms(visit.human_s),
        "queue_entered_ms": _ms(visit.handoff_s or 1.5) if visit.places else None,
        "queue_first": places[0],
        "queue_last": places[1],
        "handoff_ms": _ms(visit.handoff_s),
        "handoff_turns": visit.turns,
        "handoff_clicks": 0 if visit.turns else None,
        "waited_ms": _ms(visit.waited_s),
        "deadline_ms": _ms(DEADLINE_S) if chat else None,
        "ended_by": visit.ended_by,
        "resolution_ms": 0.0 if asked else None,
        "answer_match": visit.right,
        "agent": visit.agent and pseudonyms.of(visit.agent),
        "pseudonym_key": pseudonyms.key_name,
        "software": f"{chatprobe.__version__} ({SIMULATED})",
        "browser": f"none ({SIMULATED})",
    }


def _messages(visit: Visit, seed: int, pseudonyms: Pseudonyms) -> Iterator[Row]:
    for seq, line in enumerate(sorted(visit.lines, key=lambda line: line.at_s)):
        speaker, at_ms = Speaker(line.said.who), line.at_s * 1000
        yield {
            "probe_id": _id(visit, "probe", seed),
            "seq": seq,
            "at": iso(visit.at + at_ms),
            "at_ms": at_ms,
            "speaker": str(speaker),
            "confidence": 0.0 if speaker == Speaker.UNKNOWN else 1.0,
            "agent": line.name and pseudonyms.of(line.name),
            "text": line.said.text,
            "language": line.said.language,
        }


def _ms(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds * 1000, 1)
