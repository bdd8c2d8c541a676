"""Evidence from who came: another name after a bot, somebody who joined, a handoff that was accepted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chatprobe.model import EventName, Evidence, Speaker
from chatprobe.speaker.kinds import Kind
from chatprobe.speaker.nobody import is_somebody, name_words
from chatprobe.speaker.notices import joined_name, read_queue
from chatprobe.speaker.rules import Case
from chatprobe.speaker.textform import same

_WORD = re.compile(r"\w+")
_COMING = frozenset({Kind.JOINED, Kind.LEFT, Kind.CLOSED, Kind.TRANSFERRED})
_EVENTS = {EventName.JOINED: Kind.JOINED, EventName.LEFT: Kind.LEFT}


def change_of_speaker(case: Case) -> Iterator[Evidence]:
    """Another name, or another face, after a bot."""
    words, bots = name_words(case.name), _words_of_bots(case)
    if (words and not is_somebody(case.name)) or words & bots:
        return
    if words and bots:
        yield Evidence("handoff", "another name speaks after a bot", 0.5, Speaker.HUMAN)
    elif _other_face(case):
        yield Evidence("handoff", "another face speaks after a bot", 0.5, Speaker.HUMAN)


def _words_of_bots(case: Case) -> frozenset[str]:
    """All words of the bots' names: who shares one may be the same, by a longer or shorter name."""
    return frozenset(word for told in case.told(Speaker.BOT) for word in name_words(told.message.name or ""))


def _other_face(case: Case) -> bool:
    """Whether the picture is one that nobody but people had, in rows that look like the bots'.

    The bots must have kept theirs: some widgets draw another picture, or the same by another address, each time.
    """
    bots = [told.message for told in case.told(Speaker.BOT) if told.message.avatar and not told.message.follows]
    kept = len(bots) >= 2 and len({bot.avatar for bot in bots}) == 1
    if case.message.avatar is None or case.message.follows or not kept:
        return False
    others = {told.message.avatar for told in case.before if told.decision.speaker is not Speaker.HUMAN}
    looks = {bot.attributes.get("class") for bot in bots}
    return case.message.avatar not in others and case.message.attributes.get("class") in looks


def joined(case: Case) -> Iterator[Evidence]:
    """Notices and frames that somebody joined, under the rule that some vendors let bots join."""
    notice = _standing_join(case)
    who = same(notice[0]) if notice else ""
    if notice is None or (who and case.name and not _one_in_other(who, case.name)):
        return
    if case.rules.joined_is_human or notice[1]:
        yield Evidence("joined", "somebody joined, and in this widget only people do", 0.75, Speaker.HUMAN)
    elif _queue_shown(case):
        yield Evidence("joined", "somebody joined after a place in line was shown", 0.5, Speaker.HUMAN)
    elif who and any(told.message.name and same(told.message.name) != who for told in case.told(Speaker.BOT)):
        yield Evidence("joined", "somebody joined after a bot of another name", 0.5, Speaker.HUMAN)
    else:
        yield Evidence("joined", "somebody joined, but bots join too", 0.0)


def _one_in_other(who: str, name: str) -> bool:
    """Whether one name has all words of the other: "Anna joined" is of "Anna K.", not of "Annabel"."""
    one, other = set(_WORD.findall(who)), set(_WORD.findall(name))
    return who == name or bool(one and other and (one <= other or other <= one))


def _standing_join(case: Case) -> tuple[str, bool] | None:
    """The name (or '') of who joined last and did not leave, and whether only people come so; None for nobody."""
    notices = [(t.message.at, t.kind, joined_name(t.message.text), False) for t in case.before if t.kind in _COMING]
    events = [e for e in case.happened if e.name in _EVENTS]
    notices += [(e.at, _EVENTS[e.name], e.detail.get("name"), bool(e.detail.get("person"))) for e in events]
    # The sort is stable: notices without a time stay in their order, before those with one.
    notices.sort(key=lambda notice: notice[0] or 0.0)
    if not notices or notices[-1][1] is not Kind.JOINED:
        return None
    return str(notices[-1][2] or ""), notices[-1][3]


def _queue_shown(case: Case) -> bool:
    if any(e.name is EventName.QUEUE and e.detail.get("position") is not None for e in case.happened):
        return True
    notices = (read_queue(told.message.text) for told in case.before if told.kind is Kind.QUEUE)
    return any(notice is not None and notice.position is not None for notice in notices)


def handoff(case: Case) -> Iterator[Evidence]:
    """We asked a bot for a person, and somebody came: an event ``handoff`` whose detail has ``accepted: true``.

    Where nobody was said to have joined (``by`` is not ``joined``), the bot may still be talking: then it takes a
    person's name too.
    """
    at = case.message.at
    granted = [e for e in case.happened if e.name is EventName.HANDOFF and e.detail.get("accepted")]
    granted = [e for e in granted if at is None or e.at <= at]
    if not granted:
        return
    joined = [e for e in granted if e.detail.get("by", Kind.JOINED) == Kind.JOINED]
    bots = _words_of_bots(case)
    is_bot = any(
        name_words(name) & bots for name in (case.name, *(str(e.detail.get("name") or "") for e in joined[-1:]))
    )
    if not is_bot and (joined or is_somebody(case.name)):
        yield Evidence("handoff", "the handoff to a person was accepted", 0.5, Speaker.HUMAN)
    else:
        yield Evidence("handoff", "the handoff was accepted, but this may still be the bot", 0.0)
