"""The sources of evidence, one registry: each a small pure function over one message and its chat."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from chatprobe.model import Event, EventName, Evidence, EvidenceSource, Speaker
from chatprobe.speaker.kinds import VETOES, Kind
from chatprobe.speaker.marks import Mark, marks_of
from chatprobe.speaker.notices import joined_name, read_queue
from chatprobe.speaker.rules import Case, Told
from chatprobe.speaker.textform import same
from chatprobe.speaker.wire import matching, pick

_BOT_NAME = re.compile(r"(?:^|[^a-z])(?:chat ?bot|bot|robot|a\.?i\.?|(?:virtual|digital|ai) (?:assistant|agent)|assistant|auto(?:mat\w*)?)(?:$|[^a-z])|bot$")
_NO_PERSON = re.compile(r"\b(?:support|team|casino|service|chat|system|help|customer|kundenservice|equipe|info|live|admin)\b")


@dataclass(frozen=True)
class Source:
    """One source of evidence."""

    name: str
    weight: str
    """The ranks it can give, for the reader."""
    why: str
    """Why it says something about the speaker."""
    find: Callable[[Case], Iterator[Evidence]]


def _evidence(source: EvidenceSource, speaker: Speaker, weight: float, detail: str) -> Evidence:
    return Evidence(source, detail, weight, speaker)


def selectors(case: Case) -> Iterator[Evidence]:
    """The scenario's selectors for its speakers."""
    for speaker in sorted(case.message.matches):
        weight = 0.75 if speaker is Speaker.HUMAN else 1.0
        yield _evidence("selector", speaker, weight, f"the row matches chat.speakers.{speaker}")


def wire_rules(case: Case) -> Iterator[Evidence]:
    """The scenario's and preset's rules over the frame that carried the message."""
    if case.message.wire is None:
        return
    separates = any(rule.speaker in {Speaker.BOT, Speaker.SYSTEM} for rule in case.rules.wire)
    for rule in matching(case.message.wire, case.rules.wire):
        weight = 0.75 if rule.speaker is Speaker.HUMAN and not separates else 1.0
        yield _evidence("wire", rule.speaker, weight, f"the frame fulfils {rule.when}")
        name = pick(rule.name, case.message.wire) if rule.name else None
        if isinstance(name, str):
            yield from _listed(case, same(name))


def names(case: Case) -> Iterator[Evidence]:
    """Names the scenario lists, names that call themselves a bot, names known as a bot's in this chat."""
    if not case.name:
        return
    yield from _listed(case, case.name)
    if _BOT_NAME.search(case.name):
        yield _evidence("dom", Speaker.BOT, 0.75, f"the name {case.message.name!r} is a machine's")
    if any(same(told.message.name or "") == case.name and _surely_bot(told) for told in case.before):
        yield _evidence("dom", Speaker.BOT, 0.5, f"{case.message.name!r} was found to be a bot earlier in this chat")


def _listed(case: Case, name: str) -> Iterator[Evidence]:
    if name in {same(bot) for bot in case.rules.bots}:
        yield _evidence("dom", Speaker.BOT, 1.0, "the name is listed in chat.names.bots")
    if name in {same(human) for human in case.rules.humans}:
        yield _evidence("dom", Speaker.HUMAN, 0.75, "the name is listed in chat.names.humans")


def _surely_bot(told: Told) -> bool:
    # Quick templates are posted under people's names too: time and templates do not stick to a name, disclosures do.
    if told.decision.speaker is not Speaker.BOT:
        return False
    return told.kind is Kind.DISCLOSURE or any(
        e.speaker is Speaker.BOT and e.weight >= 0.75 and e.source not in {"text", "timing", "repeat"} for e in told.decision.evidence
    )


def page_marks(case: Case) -> Iterator[Evidence]:
    """Attributes and classes that name a speaker."""
    for mark in marks_of(case.message.attributes):
        if mark.speaker is not None:
            yield _evidence("dom", mark.speaker, 0.75, f"{mark.where} names a {mark.speaker}")
        elif _bot_marks(case) and not _names_bot(case.message.attributes.items()):
            yield _evidence("dom", Speaker.HUMAN, 0.5, f"{mark.where}, while bots are marked otherwise in this chat")
        else:
            yield _evidence("dom", Speaker.UNKNOWN, 0.0, f"{mark.where} is put on bots as well")
    role = case.message.attributes.get("role", "")
    if role in {"status", "alert"}:
        yield _evidence("dom", Speaker.SYSTEM, 0.25, f"role={role}")


def _bot_marks(case: Case) -> bool:
    return any(_names_bot(told.message.attributes.items()) for told in case.before)


def _names_bot(attributes: object) -> bool:
    marks: Iterator[Mark] = marks_of(dict(attributes))  # type: ignore[call-overload]
    return any(mark.speaker is Speaker.BOT for mark in marks)


def appearance(case: Case) -> Iterator[Evidence]:
    """Where and how the text stands."""
    if case.message.typing:
        yield _evidence("dom", Speaker.SYSTEM, 1.0, "a typing indicator, not a message")
    if case.message.region == "status":
        yield _evidence("dom", Speaker.SYSTEM, 0.75, "stands outside the list of messages")
    if case.message.status_like:
        yield _evidence("dom", Speaker.SYSTEM, 0.5, "looks like a notice: small, centred, muted or without a bubble")


def buttons(case: Case) -> Iterator[Evidence]:
    """Quick replies and cards."""
    if case.message.buttons:
        labels = ", ".join(label[:30] for label in case.message.buttons[:3])
        yield _evidence("dom", Speaker.BOT, 0.75, f"quick-reply buttons: {labels}")


def words(case: Case) -> Iterator[Evidence]:
    """What the text says, only ever against a person."""
    if case.kind in VETOES:
        speaker, weight = VETOES[case.kind]
        yield _evidence("text", speaker, weight, f"reads like: {case.kind}")
    elif case.kind is Kind.GREETING:
        yield _evidence("text", Speaker.UNKNOWN, 0.0, "a greeting: people and machines send the same")


def timing(case: Case) -> Iterator[Evidence]:
    """Answers no person can have written in the time."""
    delay = case.message.delay_ms
    # A person who is already talking may send the next line at any moment.
    if delay is not None and delay < case.rules.floor_ms and not case.told(Speaker.HUMAN):
        yield _evidence("timing", Speaker.BOT, 0.75, f"came after {delay:.0f} ms, under the floor of {case.rules.floor_ms:.0f} ms")
    if case.message.streamed:
        yield _evidence("timing", Speaker.BOT, 0.5, "the text grew in steps, as a language model writes")


def change_of_speaker(case: Case) -> Iterator[Evidence]:
    """Another name after a bot."""
    bots = {same(told.message.name) for told in case.told(Speaker.BOT) if told.message.name}
    if case.name and bots and case.name not in bots and not _NO_PERSON.search(case.name):
        yield _evidence("handoff", Speaker.HUMAN, 0.5, f"{case.message.name!r} speaks after a bot of another name")


def joined(case: Case) -> Iterator[Evidence]:
    """"X joined" notices, under the rule that some vendors let bots join."""
    notice = _standing_join(case)
    if notice is None:
        return
    who = same(notice)
    if who and case.name and who != case.name and case.name not in who:
        return
    if case.rules.joined_is_human:
        yield _evidence("joined", Speaker.HUMAN, 0.75, "somebody joined, and in this widget only people do")
    elif _queue_shown(case):
        yield _evidence("joined", Speaker.HUMAN, 0.5, "somebody joined after a place in line was shown")
    elif who and _other_bot(case, who):
        yield _evidence("joined", Speaker.HUMAN, 0.5, f"{notice!r} joined after a bot of another name")
    else:
        yield _evidence("joined", Speaker.UNKNOWN, 0.0, "somebody joined, but bots join too")


def _standing_join(case: Case) -> str | None:
    """The name (or '') of who joined last and did not leave; None for nobody."""
    notices = [(t.message.at, t.kind, joined_name(t.message.text) or "") for t in case.before if t.kind in _COMING]
    notices += [(e.at, _EVENT_KINDS[e.name], str(e.detail.get("name") or "")) for e in case.happened if e.name in _EVENT_KINDS]
    # Notices without a time stay in their order, before those with one.
    notices.sort(key=lambda notice: notice[0] or 0.0)
    return notices[-1][2] if notices and notices[-1][1] is Kind.JOINED else None


_COMING = frozenset({Kind.JOINED, Kind.LEFT, Kind.CLOSED})
_EVENT_KINDS = {EventName.JOINED: Kind.JOINED, EventName.LEFT: Kind.LEFT}


def _queue_shown(case: Case) -> bool:
    if any(e.name is EventName.QUEUE and e.detail.get("position") is not None for e in case.happened):
        return True
    notices = (read_queue(told.message.text) for told in case.before if told.kind is Kind.QUEUE)
    return any(notice is not None and notice.position is not None for notice in notices)


def _other_bot(case: Case, who: str) -> bool:
    return any(told.message.name and same(told.message.name) != who for told in case.told(Speaker.BOT))


def handoff(case: Case) -> Iterator[Evidence]:
    """We asked a bot for a person, and somebody came."""
    if any(_accepted(event) for event in case.happened):
        yield _evidence("handoff", Speaker.HUMAN, 0.5, "the handoff to a person was accepted")


def _accepted(event: Event) -> bool:
    return event.name is EventName.HANDOFF and bool(event.detail.get("accepted"))


REGISTRY: tuple[Source, ...] = (
    Source("selectors", "human .75, others 1", "The editor looked at the page and said which rows are whose.", selectors),
    Source("wire rules", "1; human .75 where no rule finds bots", "The vendor's server says who wrote it; it knows.", wire_rules),
    Source("names", "listed bot 1, listed human .75, machine's name .75, known bot .5", "A displayed name is chosen by the casino.", names),
    Source("page marks", "named .75, agent beside marked bots .5", "Widgets style rows by author, and say so in attributes.", page_marks),
    Source("appearance", "typing 1, outside the list .75, notice-like .5", "Notices stand elsewhere and look different.", appearance),
    Source("buttons", ".75", "People do not attach menus to their sentences.", buttons),
    Source("words", "by kind: 1, .75 or .5", "Some sentences only machines say; no sentence is only a person's.", words),
    Source("timing", "under the floor .75, streamed .5", "Nobody reads and types within two seconds.", timing),
    Source("change of speaker", ".5", "After a bot, another name is who the bot passed us to.", change_of_speaker),
    Source("joined", "only people join .75, after a queue or a bot .5", "Queues and bots lead to people.", joined),
    Source("handoff", ".5", "Who comes when a person was asked for is a person.", handoff),
)
"""Every source, in order of precedence between equal weights."""
