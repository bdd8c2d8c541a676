"""What one chat teaches: which rows its messages are, whose they are, and how it was sent. Pure.

Only what fits every message that was seen is learned. Nobody is made a person by it: that a mark stood on a person's
row once does not say that no bot has it, so it is only shown to the editor.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from chatprobe.browser.stability import PASSING, TEST_IDS, Choice, Node, Way, lasts
from chatprobe.browser.tokens import is_made
from chatprobe.model import EventName, Outcome, Speaker

STRAY = 2
"""Matches beyond the messages that are no harm: a typing line, a template."""
SURE = 0.5
"""Confidence from which a speaker counts as told."""


@dataclass(frozen=True)
class Learned:
    """What a chat taught."""

    outcome: Outcome
    seen: int = 0
    """Messages that were looked at."""
    messages: Choice | None = None
    """The rows of the conversation."""
    speakers: Mapping[Speaker, Choice] = field(default_factory=dict)
    """Marks of rows that no other speaker's row had."""
    bots: tuple[str, ...] = ()
    """Names that only bots had."""
    sent_by: str = ""
    """What sent the question, in words; empty where nothing was sent."""
    send: tuple[Choice, ...] = ()
    """Ways of finding the control that sent it; none where a key did."""
    input: tuple[Choice, ...] = ()
    frames: tuple[Choice, ...] = ()
    missing: str = ""
    """Why `messages` could not be told."""


def learn(structure: Mapping[str, Any], probe: Mapping[str, Any]) -> Learned:
    """From a probe's kept structure and its row, as `Store.probe` gives it."""
    ways = {key: tuple(Choice.read(one) for one in structure.get(key, ())) for key in ("input", "send", "frames")}
    sent_by = _sent_by(probe)
    conversation = structure.get("conversation") or {}
    rows = [*_rows(conversation, _speakers(probe))]
    census = conversation.get("census", {})
    messages = _messages(rows, census)
    return Learned(
        Outcome(probe["outcome"]),
        len(rows),
        messages,
        dict(_marks(rows)) if messages else {},
        _bot_names(rows),
        sent_by,
        ways["send"] if "control" in sent_by else (),
        ways["input"],
        ways["frames"],
        "" if messages else _why_not(rows),
    )


@dataclass(frozen=True)
class _Row:
    """One message and the elements that are its alone, from its words outwards."""

    speaker: Speaker
    sure: bool
    name: str
    nodes: tuple[Node, ...]


@dataclass(frozen=True)
class _Simple:
    """A plain selector of one class, one attribute or one tag."""

    selector: str
    way: Way
    rank: float

    def choice(self) -> Choice:
        return Choice(self.selector, self.way, self.rank)


def _speakers(probe: Mapping[str, Any]) -> dict[str, tuple[Speaker, bool]]:
    """By the observer's id of a message: who wrote it, and whether that is sure."""
    confidence = {message["seq"]: message["confidence"] or 0.0 for message in probe["messages"]}
    told: dict[str, tuple[Speaker, bool]] = {}
    for event in probe["events"]:
        detail = event["detail"] or {}
        if event["name"] == EventName.DECIDED and detail.get("speaker") in set(Speaker):
            sure = confidence.get(detail.get("seq"), 0.0) >= SURE
            told[str(detail.get("id"))] = (Speaker(detail["speaker"]), sure)
    return told


def _rows(conversation: Mapping[str, Any], speakers: Mapping[str, tuple[Speaker, bool]]) -> Iterator[_Row]:
    told = [row for row in conversation.get("rows", ()) if row["id"] in speakers]
    shared = Counter(node["id"] for row in told for node in row["path"])
    for row in told:
        speaker, sure = speakers[row["id"]]
        nodes = tuple(Node.read(node) for node in row["path"] if shared[node["id"]] == 1)
        yield _Row(speaker, sure, str(row["name"] or ""), nodes)


def _messages(rows: Sequence[_Row], census: Mapping[str, Sequence[int]]) -> Choice | None:
    """What every row answers to, its outermost element alone, and nothing else on the page."""
    if len(rows) < 2 or not all(row.nodes for row in rows):
        return None
    common = set(_simples(rows[0].nodes[-1]))
    for row in rows:
        common &= set(_simples(row.nodes[-1]))
        common -= {one for node in row.nodes[:-1] for one in _simples(node)}
    fit = [one for one in common if _fits_page(census.get(one.selector), len(rows))]
    best = min(fit, key=lambda one: (-one.rank, len(one.selector), one.selector), default=None)
    return best.choice() if best else None


def _fits_page(counted: Sequence[int] | None, rows: int) -> bool:
    return counted is not None and counted[0] == counted[1] and counted[0] <= rows + STRAY


def _marks(rows: Sequence[_Row]) -> Iterator[tuple[Speaker, Choice]]:
    """For each speaker what all of his rows have and nobody else's; somebody else must have been seen."""
    for speaker in (Speaker.VISITOR, Speaker.SYSTEM, Speaker.BOT, Speaker.HUMAN):
        own = [row for row in rows if row.speaker is speaker]
        others = [row for row in rows if row.speaker is not speaker]
        answered = any(row.speaker in (Speaker.HUMAN, Speaker.UNKNOWN) for row in others)
        if not own or not others or (speaker in (Speaker.BOT, Speaker.SYSTEM) and not answered):
            continue
        if speaker is not Speaker.VISITOR and not all(row.sure for row in own):
            continue
        common = set.intersection(*(_all_simples(row) for row in own))
        common -= set().union(*(_all_simples(row) for row in others))
        best = min(common, key=lambda one: (-one.rank, len(one.selector), one.selector), default=None)
        if best is not None:
            yield speaker, best.choice()


def _all_simples(row: _Row) -> set[_Simple]:
    return {one for node in row.nodes for one in _simples(node)}


def _simples(node: Node) -> Iterator[_Simple]:
    """Every plain selector by which an element can be one of many."""
    told = node.attributes
    for name in TEST_IDS:
        if lasts(told.get(name, "")):
            yield _Simple(_equal(name, told[name]), Way.TEST_ID, 0.95)
    for name in told:
        if not name.startswith("data-") or name in TEST_IDS or PASSING.match(name) or is_made(name[5:]):
            continue
        yield _Simple(f"[{name}]", Way.DATA, 0.75)
        if lasts(told[name]):
            yield _Simple(_equal(name, told[name]), Way.DATA, 0.8)
    if lasts(told.get("role", "")):
        yield _Simple(_equal("role", told["role"]), Way.ROLE, 0.7)
    for name in node.classes:
        yield _Simple(f".{name}", Way.CLASS, 0.45)
    if "-" in node.tag or node.tag in ("li", "article"):
        yield _Simple(node.tag, Way.ELEMENT, 0.4)


def _equal(name: str, value: str) -> str:
    return f"[{name}={json.dumps(value, ensure_ascii=False)}]"


def _bot_names(rows: Sequence[_Row]) -> tuple[str, ...]:
    """Names on bots' rows alone, where somebody else answered under another name."""
    named = {row.name for row in rows if row.name and row.speaker in (Speaker.HUMAN, Speaker.UNKNOWN)}
    bots = {row.name for row in rows if row.name and row.speaker is Speaker.BOT and row.sure}
    return tuple(sorted(name for name in bots - named if len(name) <= 60 and name.isprintable())) if named else ()


def _sent_by(probe: Mapping[str, Any]) -> str:
    steps = [event["detail"] or {} for event in probe["events"] if event["name"] == EventName.STEP_OK]
    return next((str(step.get("selector")) for step in reversed(steps) if step.get("step") == "chat.send"), "")


def _why_not(rows: Iterable[_Row]) -> str:
    if len([*rows]) < 2:
        return "too few messages were seen"
    return "the rows have no mark in common that is likely to last"
