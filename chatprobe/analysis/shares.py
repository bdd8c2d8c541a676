"""The verdicts on promises that a share of visits shows: the first reply in time, answers in a language."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from chatprobe.analysis.case import Case, clocks, dates, witnesses
from chatprobe.analysis.claims import Claim
from chatprobe.analysis.evidence import CONTRADICTED, REFUTED, SHARE, UNSHARED
from chatprobe.analysis.intervals import sequence
from chatprobe.analysis.names import Floats, Ints, Mask
from chatprobe.analysis.reason import Reason
from chatprobe.analysis.trial import DATES, SPAN_DAYS
from chatprobe.analysis.verdict import Settling, Standing, Verdict
from chatprobe.analysis.visits import ENDINGS, Visits
from chatprobe.model import EndedBy, Outcome

METHOD = "anytime-valid bet on the survey's chats against 80 % of them finding what is promised"
EXCLUDED = Reason("excluded_rate", least=80)


@dataclass(frozen=True)
class Tested:
    """What the survey's chats say of one promise; each field has one entry for each of `chats`."""

    claim: Claim
    promise: str
    chats: Visits
    kept: Ints
    """1 if it was kept, what is arguable included; 0 if not; -1 where the chat says nothing of it."""
    surely: Mask
    """Kept, without what is arguable."""
    counts: dict[str, int]


def on_first_reply(case: Case) -> Verdict:
    """Whether a person answers in the promised time, from getting in line to the first text of a person of any kind.

    A chat that is closed in promised hours is no answer; at other times it says nothing, as nothing was promised then.
    """
    limit, claims = case.claims.first_reply_ms or 0.0, case.claims
    chats = _survey(case, Claim.FIRST_REPLY)
    line = np.nan_to_num(np.fmax(chats.line_ms, 0.0))
    human = np.fmin(line + chats.first_human_ms, chats.greeted_ms)
    unknown = line + chats.first_unknown_ms
    followed = line + np.nan_to_num(chats.waited_ms)
    surely = human <= limit
    hung_up = chats.ended_by == ENDINGS.index(EndedBy.CLOSED)
    arguable = (unknown <= limit) | ((followed < limit) & ~chats.shut & ~hung_up)
    arguable |= chats.are(Outcome.HUMAN_REPLY) & np.isnan(human)
    late = ~surely & ~arguable
    promised = np.isin(chats.cell, sorted(claims.hours)) if claims.hours is not None else ~chats.shut
    kept = np.where(~promised, -1, np.where(late, 0, 1))
    counts = {"late": int((late & promised & ~chats.shut).sum()), "closed": int((late & promised & chats.shut).sum())}
    return _verdict(case, Tested(Claim.FIRST_REPLY, claims.first_reply_text, chats, kept, surely & promised, counts))


def on_language(case: Case, language: str) -> Verdict:
    """Whether people who were asked in `language` answer in it; replies whose language cannot be told say nothing."""
    chats = _survey(case, Claim.LANGUAGES, language)
    chats = chats.where(chats.language.are(language))
    told, same = chats.answered_in.known(), chats.answered_in.are(language)
    others = {name: int(chats.answered_in.are(name).sum()) for name in chats.answered_in.met() if name != language}
    counts = {"asked": len(chats), **{f"answered_in_{name}": count for name, count in others.items()}}
    return _verdict(case, Tested(Claim.LANGUAGES, language, chats, np.where(told, same * 1, -1), same, counts))


def _survey(case: Case, claim: Claim, language: str = "") -> Visits:
    chats = case.chats
    return chats.where(chats.even & chats.counted & case.in_force(claim, language))


def _verdict(case: Case, tested: Tested) -> Verdict:
    rows = np.flatnonzero(tested.kept >= 0)
    kept = tested.kept[rows] == 1
    worth = SHARE.worth(np.cumsum(kept), np.cumsum(~kept))
    surely = tested.surely[rows]
    held = float(UNSHARED.worth(np.array([(~surely).sum()]), np.array([surely.sum()]))[0])
    settled = {level: _settled(tested.chats, rows, kept, worth, level) for level in (REFUTED, CONTRADICTED)}
    standing, place = _standing(settled, held)
    reason = case.unfit(case.chats)
    if reason:
        standing, place = Standing.OPEN, None
    since, until = dates(tested.chats, rows)
    n, hits = len(rows), int(kept.sum())
    return Verdict(
        casino=case.casino,
        claim=tested.claim,
        promise=tested.promise,
        standing=standing,
        evidence=_evidence(standing, worth, held),
        estimate=hits / n if n else None,
        interval=sequence(hits, n),
        counts={"counted": n, "kept": hits, "surely": int(surely.sum()), **tested.counts},
        method=METHOD,
        since=since,
        until=until,
        settled_at=None if place is None else float(tested.chats.at[rows[place]]),
        reason=reason,
        clocks=clocks(tested.chats, rows, tested.kept == 1),
        excluded=EXCLUDED if standing is Standing.UPHELD else None,
        settling=_settling(rows, surely, kept) if standing is Standing.OPEN and not reason else (),
        witnesses=witnesses(tested.chats, rows, tested.kept == 1),
    )


def _settled(chats: Visits, rows: Ints, kept: Mask, worth: Floats, level: float) -> int | None:
    """The place in `rows` at which the bet first was worth so much, by breaches on enough dates; None if never."""
    for place in np.flatnonzero(worth >= level).tolist():
        days = np.unique(chats.day[rows[: place + 1][~kept[: place + 1]]])
        if len(days) >= DATES and days[-1] - days[0] >= SPAN_DAYS:
            return int(place)
    return None


def _standing(settled: dict[float, int | None], held: float) -> tuple[Standing, int | None]:
    for level, standing in ((REFUTED, Standing.REFUTED), (CONTRADICTED, Standing.CONTRADICTED)):
        if settled[level] is not None:
            return standing, settled[level]
    return Standing.UPHELD if held >= CONTRADICTED else Standing.OPEN, None


def _evidence(standing: Standing, worth: Floats, held: float) -> float:
    if standing is Standing.UPHELD:
        return held
    if standing is Standing.OPEN:
        return float(worth[-1]) if len(worth) else 1.0
    return float(worth.max())


def _settling(rows: Ints, surely: Mask, kept: Mask) -> tuple[Settling, ...]:
    """How many visits more, all of them one way, would settle it."""
    more = np.arange(1, len(rows) + 100)
    yes, no = int(surely.sum()), int((~surely).sum())
    upheld = UNSHARED.worth(np.full(len(more), no), yes + more) >= CONTRADICTED
    broken = SHARE.worth(np.full(len(more), int(kept.sum())), int((~kept).sum()) + more) >= CONTRADICTED
    ways = ((Standing.UPHELD, upheld), (Standing.CONTRADICTED, broken))
    return tuple(Settling(way, int(more[np.argmax(reached)])) for way, reached in ways if reached.any())
