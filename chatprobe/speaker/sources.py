"""The sources of evidence, one registry: each a small pure function over one message and its chat."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from chatprobe.model import AUTOMATIC, Evidence, EvidenceSource, Speaker
from chatprobe.speaker.arrivals import change_of_speaker, handoff, joined
from chatprobe.speaker.doubts import GRAVE
from chatprobe.speaker.frames import frames_of, marks_carried
from chatprobe.speaker.kinds import VETOES, Kind
from chatprobe.speaker.lexicon import kind_of
from chatprobe.speaker.marks import Mark, beside_bots, bot_fields, marks_of
from chatprobe.speaker.markwords import MACHINE_NAME, SURE, WEAK
from chatprobe.speaker.nobody import name_words
from chatprobe.speaker.repeat import repeat
from chatprobe.speaker.rules import Case, Told
from chatprobe.speaker.textform import same
from chatprobe.speaker.wire import applying, pick


@dataclass(frozen=True)
class Source:
    """One source of evidence."""

    name: str
    ranks: str
    """The weights it can give, for the reader."""
    why: str
    """Why it says something about the speaker."""
    find: Callable[[Case], Iterator[Evidence]]


def selectors(case: Case) -> Iterator[Evidence]:
    """The scenario's selectors for its speakers."""
    for speaker in sorted(case.message.matches):
        weight = 0.75 if speaker is Speaker.HUMAN else 1.0
        yield Evidence("selector", f"the row matches chat.speakers.{speaker}", weight, speaker)


def wire_rules(case: Case) -> Iterator[Evidence]:
    """The scenario's and preset's rules over the frame that carried the message and the widget's events about it."""
    separates = any(rule.speaker in AUTOMATIC for rule in case.rules.wire)
    for source, frame in frames_of(case.message):
        rule = applying(frame, case.message.text, case.rules.wire)
        if rule is None:
            continue
        sure = rule.speaker is not Speaker.HUMAN or (separates and source == "wire")
        seen = "the frame" if source == "wire" else "the widget's event"
        yield Evidence(source, f"{seen} fulfils {rule.when}", 1.0 if sure else 0.75, rule.speaker)
        name = pick(rule.name, frame) if rule.name else None
        if isinstance(name, str):
            yield from _listed(case, same(name))


def names(case: Case) -> Iterator[Evidence]:
    """Names the scenario lists, names that call themselves a machine, names known as a bot's in this chat."""
    if not case.name:
        return
    yield from _listed(case, case.name)
    # "Virtual assistant", in any language, is a disclosure as a name too.
    if is_machine_name(case.message.name or ""):
        yield Evidence("dom", "the displayed name is a machine's", 0.75, Speaker.BOT)
    if any(_surely_bot(told) and _one_name(told.message.name or "", case.name) for told in case.before):
        yield Evidence("dom", "this name was found to be a bot's earlier in this chat", 0.5, Speaker.BOT)
    elif any(_one_name(name, case.name) for name in case.rules.disclosed):
        yield Evidence("dom", "under this name a machine speaks of itself in this chat", 0.5, Speaker.BOT)


_NUMBERED = re.compile(r"[\W\d_]+$")
_MADE_OF_AI = re.compile(r"[a-z]{2}AI\b|GPT")
"""In a name as it is written: "NovaAI", but not "Nikolai"."""


def _one_name(one: str, other: str) -> bool:
    """Whether two displayed names are one, whatever signs and times stand beside."""
    return same(one) == same(other) or bool(name_words(one) and name_words(one) == name_words(other))


def is_machine_name(name: str) -> bool:
    """Whether a displayed name calls itself a machine: such a name is nobody's."""
    plain = same(_NUMBERED.sub("", name))
    return bool(MACHINE_NAME.search(plain) or _MADE_OF_AI.search(name)) or kind_of(name) is Kind.DISCLOSURE


def _listed(case: Case, name: str) -> Iterator[Evidence]:
    if name in {same(bot) for bot in case.rules.bots}:
        yield Evidence("dom", "the name is listed in chat.names.bots", 1.0, Speaker.BOT)
    if name in {same(human) for human in case.rules.humans}:
        yield Evidence("dom", "the name is listed in chat.names.humans", 0.75, Speaker.HUMAN)


def _surely_bot(told: Told) -> bool:
    # Quick templates are posted under people's names too: neither time nor template sticks to a name; the rest does.
    if told.decision.speaker is not Speaker.BOT:
        return False
    fleeting = {"text", "timing", "repeat"}
    return told.kind is Kind.DISCLOSURE or any(
        e.speaker is Speaker.BOT and e.weight >= 0.75 and e.source not in fleeting for e in told.decision.evidence
    )


def page_marks(case: Case) -> Iterator[Evidence]:
    """Attributes and classes that name a speaker."""
    ours = {mark for told in case.told(Speaker.VISITOR) for mark in marks_of(told.message.attributes)}
    # What the visitor's own row carries too is the widget's name, not the author's.
    marks = [mark for mark in marks_of(case.message.attributes) if mark not in ours]
    yield from _marked("dom", marks, [(told, told.page_marks) for told in case.before if told.message.attributes])
    role = case.message.attributes.get("role", "")
    if role in {"status", "alert"}:
        yield Evidence("dom", f"role={role}", 0.25, Speaker.SYSTEM)


def wire_marks(case: Case) -> Iterator[Evidence]:
    """Fields of the frame that name a speaker, where no rule was written for them."""
    before = [(told, told.wire_marks) for told in case.before if told.message.wire is not None or told.message.told]
    for source, frame in frames_of(case.message):
        yield from _marked(source, marks_carried(frame, case.message.text), before)


_Before = Sequence[tuple[Told, tuple[Mark, ...]]]
"""Earlier messages and their marks of the same kind."""


def _marked(source: EvidenceSource, marks: list[Mark], before: _Before) -> Iterator[Evidence]:
    # Where one field says human and another has a machine's sign, the machine wears a person's mark.
    mixed = any(mark.speaker in AUTOMATIC for mark in marks)
    doubting = max(marks, key=lambda mark: mark.doubts, default=None)
    doubt = doubting.where if doubting and doubting.doubts else None
    believed = 0.25 if doubting and doubting.doubts >= GRAVE else 0.5 if mixed or doubt else SURE
    everybodys = _worn_by_all(before)
    for mark in marks:
        if mark.speaker is Speaker.HUMAN and believed < WEAK:
            yield Evidence(source, f"{mark.where} names a human, but beside {doubt}", believed, mark.speaker)
        elif mark.speaker is Speaker.BOT and mark.where in everybodys:
            yield Evidence(source, f"{mark.where} stands on all that is not ours, notices too: it tells no bot", 0.5)
        elif mark.speaker is not None:
            weight = min(mark.weight, believed) if mark.speaker is Speaker.HUMAN else mark.weight
            yield Evidence(source, f"{mark.where} names a {mark.speaker}", weight, mark.speaker)
    shared = next((mark.where for mark in marks if mark.shared), None)
    if shared and beside_bots(marks, bot_fields(mark for _, worn in before for mark in worn)):
        yield Evidence(source, f"{shared}, while bots are marked as bots in this chat", 0.5, Speaker.HUMAN)
    elif shared:
        beside = f", and here beside {doubt}" if doubt else ""
        yield Evidence(source, f"{shared} is put on bots as well{beside}", 0.0)


def _worn_by_all(before: _Before) -> frozenset[str]:
    """The marks of all that was said to us so far, notices of the widget among it: they only say that it is not ours.

    Some widgets know but two sides and call the other one "bot" or "ai", whoever sits there.
    """
    theirs = [(told, worn) for told, worn in before if told.decision.speaker is not Speaker.VISITOR]
    if not any(told.is_notice for told, _ in theirs):
        return frozenset()
    return frozenset.intersection(*(frozenset(mark.where for mark in worn) for _, worn in theirs))


def appearance(case: Case) -> Iterator[Evidence]:
    """Where and how the text stands."""
    if case.message.typing:
        yield Evidence("dom", "a typing indicator, not a message", 1.0, Speaker.SYSTEM)
    if case.message.region == "status":
        yield Evidence("dom", "stands outside the list of messages", 0.75, Speaker.SYSTEM)
    if case.message.status_like:
        yield Evidence("dom", "looks like a notice: small, centred, muted or without a bubble", 0.5, Speaker.SYSTEM)


def buttons(case: Case) -> Iterator[Evidence]:
    """Quick replies and cards."""
    if case.message.buttons:
        labels = ", ".join(label[:30] for label in case.message.buttons[:3])
        yield Evidence("dom", f"quick-reply buttons: {labels}", 0.75, Speaker.BOT)


def words(case: Case) -> Iterator[Evidence]:
    """What the text says, only ever against a person."""
    if case.kind in VETOES:
        speaker, weight = VETOES[case.kind]
        yield Evidence("text", f"reads like: {case.kind}", weight, speaker)
    elif case.kind is Kind.GREETING:
        yield Evidence("text", "a greeting: people and machines send the same", 0.0)


def timing(case: Case) -> Iterator[Evidence]:
    """Answers no person can have written in the time."""
    delay, floor = case.message.delay_ms, case.rules.floor_ms
    # A person who is already talking may send the next line at any moment.
    if delay is not None and delay < floor and not case.told(Speaker.HUMAN):
        yield Evidence("timing", f"came after {delay:.0f} ms, under the floor of {floor:.0f} ms", 0.75, Speaker.BOT)
    if case.message.streamed:
        yield Evidence("timing", "the text grew in steps, as a language model writes", 0.5, Speaker.BOT)


REGISTRY: tuple[Source, ...] = (
    Source(
        "selectors", "human .75, others 1", "The editor looked at the page and said which rows are whose.", selectors
    ),
    Source(
        "wire rules",
        "1; human .75 if no rule finds bots, or by a page event",
        "The vendor's server knows who wrote it.",
        wire_rules,
    ),
    Source(
        "wire marks",
        "named .75, a sign or agent beside marked bots .5",
        "Many protocols name the author in a field of their own.",
        wire_marks,
    ),
    Source(
        "names",
        "listed bot 1, listed human .75, a machine's .75, a known bot's .5",
        "A displayed name is what the casino wants to show, so the editor's lists weigh more than the name.",
        names,
    ),
    Source(
        "page marks",
        "named .75, a sign or agent beside marked bots .5, role=status .25",
        "Widgets style rows by their author, and say so in attributes.",
        page_marks,
    ),
    Source(
        "appearance",
        "typing 1, outside the list .75, notice-like .5",
        "Notices stand elsewhere and look different.",
        appearance,
    ),
    Source("buttons", ".75", "People do not attach menus to their sentences.", buttons),
    Source("words", "by kind: 1, .75 or .5", "Some sentences only machines say; none is only a person's.", words),
    Source("timing", "under the floor .75, streamed .5", "Nobody reads and types within two seconds.", timing),
    Source("repeat", ".75", "Only a clock says the same words after the same time, day after day.", repeat),
    Source(
        "change of speaker",
        "human .5",
        "After a bot, another name or face is who the bot passed us to.",
        change_of_speaker,
    ),
    Source(
        "joined", "human: only people join .75, after a queue or a bot .5", "Queues and bots lead to people.", joined
    ),
    Source("handoff", "human .5", "Who comes when a person was asked for is a person.", handoff),
)
"""Every source, in order of precedence between equal weights."""
