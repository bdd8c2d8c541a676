"""Before and around a probe: which question, whether manners allow it, its row and its lease."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from threading import Lock
from typing import Any

from ulid import ULID

from chatprobe import __version__
from chatprobe.browser.context import Browsers
from chatprobe.errors import BudgetRefused, UsageError, did_you_mean
from chatprobe.model import Depth, Outcome
from chatprobe.plan.budget import DAY, WEEK, Caps, is_loopback, refusal
from chatprobe.plan.cells import cell, minute_of_week
from chatprobe.plan.house import house_of
from chatprobe.plan.questions import REST_MS, choose
from chatprobe.probe.conduct import Probe
from chatprobe.probe.examiner import Examiner
from chatprobe.probe.journal import Watch
from chatprobe.probe.order import Order
from chatprobe.probe.repeats import repeats
from chatprobe.scenario.schema import Question, Scenario
from chatprobe.speaker.language import load as load_languages
from chatprobe.speaker.lexicon import load as load_words
from chatprobe.speaker.rules import RULES
from chatprobe.speaker.sources import is_machine_name
from chatprobe.store.recorder import Recorder
from chatprobe.store.store import Store
from chatprobe.times import iso, now_ms

SPARE_MS = 15 * 60_000.0
"""How much longer than its wait a probe may take before its lease counts as lost."""
_BEGINNING = Lock()


def question_for(
    scenario: Scenario, store: Store | None, question: str | None, language: str | None
) -> tuple[Question, str]:
    """The question to ask and its language: the named ones, else what rested longest at this desk.

    Raises UsageError for a question or language the scenario does not have.
    """
    offered: Mapping[str, Sequence[str]] = {one.id: tuple(one.text) for one in scenario.questions}
    if question is not None:
        if question not in offered:
            hint = did_you_mean(question, offered) or f"its questions: {', '.join(offered)}"
            raise UsageError(f"{scenario.casino} has no question {question!r}", hint)
        offered = {question: offered[question]}
    history = store.history(scenario.casino, iso(now_ms() - REST_MS)) if store else []
    try:
        name, spoken = choose(offered, history, now_ms(), language)
    except ValueError as error:
        known = ", ".join(dict.fromkeys(code for codes in offered.values() for code in codes))
        raise UsageError(f"{scenario.casino}: {error}", f"languages: {known}") from error
    found = scenario.question(name)
    assert found is not None  # noqa: S101  # it was chosen from the scenario's own
    return found, spoken


async def probe(
    order: Order,
    store: Store,
    browsers: Browsers,
    stop: asyncio.Event,
    watch: Watch | None = None,
    examiner: Examiner | None = None,
) -> tuple[str, Outcome]:
    """Do one probe; its id and outcome. An examiner may have more visits done in it, all dry.

    Raises BudgetRefused when manners forbid it or the casino is being visited, StorageFull and DatabaseError when the
    facts cannot be kept, BrowserMissing when no browser starts.
    """
    if order.depth is Depth.CHAT:
        # Here, or the first reply would find everybody waiting for it.
        await asyncio.to_thread(load_languages)
        await asyncio.to_thread(load_words)
    order, recorder = await asyncio.to_thread(_begun, order, store)  # a locked database must not stop other probes
    try:
        outcome = await Probe(order, store, browsers, stop, examiner).run(recorder, watch)
    finally:
        recorder.let_go()
    return recorder.probe_id, outcome


def _begun(order: Order, store: Store) -> tuple[Order, Recorder]:
    """The probe's row and lease, and the order with what earlier probes heard. One at a time, or two take one room."""
    with _BEGINNING:
        return _begun_alone(order, store)


def _begun_alone(order: Order, store: Store) -> tuple[Order, Recorder]:
    scenario, started = order.scenario, now_ms()
    order = replace(order, exceeded=over_budget(order, store, started))
    probe_id = str(ULID())
    if order.origin != "plan":  # the daemon sweeps once a day, not with each of its probes
        store.expire_artifacts(iso(started - order.settings.limits.artifact_days * DAY))
    store.add_scenario(scenario.casino, scenario.sha256, scenario.kept, iso(started))
    key = probe_id if is_loopback(scenario.url) else scenario.casino
    until = iso(started + order.wait_ms + SPARE_MS)
    recorder = store.begin(_row(order, probe_id, started), until, key, is_machine_name)
    return replace(order, repeats=repeats(store, scenario.casino, iso(started))), recorder


def over_budget(order: Order, store: Store, now: float) -> tuple[str, ...]:
    """What a visit at `now` (epoch ms) would exceed of the manners of the house, and `order.force` lets it.

    Raises BudgetRefused where it may not. Addresses on loopback have no budget. No force leads to a casino that asked
    not to be visited.
    """
    scenario = order.scenario
    if is_loopback(scenario.url):
        return ()
    if scenario.casino in order.settings.opt_out:
        raise BudgetRefused(f"{scenario.casino}: asked not to be visited", "it stands in the settings' opt_out")
    against = tuple(_objections(order, store, now))
    if against and not order.force:
        free = "" if _blackout(order, now) else "--dry-run is free; "
        raise BudgetRefused(against[0], f"{free}--force goes ahead and is recorded")
    return against


def _objections(order: Order, store: Store, now: float) -> Iterator[str]:
    scenario = order.scenario
    if reason := _blackout(order, now):
        yield f"{scenario.casino}: {reason}"
    if order.dry_run or order.depth is Depth.PRESENCE:
        return
    caps = Caps(scenario.schedule.chats_per_day, scenario.schedule.chats_per_week)
    if reason := refusal(store.history(scenario.casino, iso(now - WEEK)), now, caps):
        yield f"{scenario.casino}: {reason}"
    together = house_of(order.settings).caps
    if together:
        history = [_counted(row, together) for row in store.history(None, iso(now - WEEK))]
        if reason := refusal(history, now, together):
            yield f"all casinos together: {reason}"


def _blackout(order: Order, now: float) -> str | None:
    if house_of(order.settings).is_closed(now):
        return "nobody visits anybody now, by the settings' blackout"
    if order.scenario.schedule.blackout.at(minute_of_week(now, order.scenario.timezone)):
        return "nobody visits at this hour of the week, by the scenario's schedule.blackout"
    return None


def _counted(row: dict[str, Any], caps: Caps) -> dict[str, Any]:
    """A chat that runs and has not asked yet counts as if it had, and as long as it may take: its room is taken."""
    if row["outcome"] is not None or row["depth"] != Depth.CHAT or (row["overrides"] or {}).get("dry_run"):
        return row
    asking, most = row["asking_at"] or row["started_at"], caps.agent_ms_per_chat
    return {**row, "asking_at": asking, "asked_at": asking, "first_human_ms": 0.0, "waited_ms": most}


def _row(order: Order, probe_id: str, started: float) -> dict[str, Any]:
    scenario = order.scenario
    return {
        "id": probe_id,
        "casino": scenario.casino,
        "scenario_sha256": scenario.sha256,
        "slot_id": order.slot_id,
        "origin": order.origin,
        "depth": str(order.depth),
        "cell": cell(started, scenario.timezone),
        "question_id": order.question.id if order.depth is Depth.CHAT else None,
        "language": order.language,
        "vantage": order.settings.vantage,
        "planned_at": order.planned_at,
        "started_at": iso(started),
        "deadline_ms": order.wait_ms,
        "overrides": order.overrides() or None,
        "rules": RULES,
        "software": __version__,
    }
