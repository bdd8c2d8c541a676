"""What has come of claims, kept up as chats end: where the truth is known there is nothing left to hunt for."""

from __future__ import annotations

from collections.abc import Callable

from chatprobe.analysis.case import Case
from chatprobe.analysis.claims import Claim
from chatprobe.analysis.hours import on_hours
from chatprobe.analysis.judge import verdicts
from chatprobe.analysis.verdict import SETTLED, Standing, Verdict, odds
from chatprobe.daemon.clock import Clock
from chatprobe.daemon.folder import Folder
from chatprobe.errors import DatabaseError, StorageFull
from chatprobe.log import LogEvent, logger
from chatprobe.plan.budget import DAY
from chatprobe.post import NoticeEvent
from chatprobe.record import Record
from chatprobe.store.store import Store
from chatprobe.times import iso


class Settled:
    """Judges casinos again when there is something new."""

    def __init__(self, store: Store, folder: Folder, clock: Clock) -> None:
        self.tell: Callable[[NoticeEvent, str, str], None] = lambda _event, _about, _text: None
        """Told what the operator may want to know: the event, the casino, the message."""
        self._store, self._folder, self._clock = store, folder, clock
        self._hours: set[str] = set()
        self._known: dict[tuple[str, Claim, str], Standing] = {}

    def renew(self, casino: str) -> None:
        """Judge a casino of the folder."""
        scenario = self._folder.scenarios.get(casino)
        self._hours.discard(casino)
        if scenario is not None:
            self._judge(Record(self._store, [scenario]), casino)

    def hours(self, casino: str) -> bool:
        """Whether its promised hours are refuted, or upheld so far."""
        return casino in self._hours

    def _judge(self, record: Record, casino: str) -> None:
        try:
            for verdict in verdicts(record.case(casino)):
                self._take(verdict)
        except (DatabaseError, StorageFull):
            raise
        except Exception as error:  # noqa: BLE001  # a bug of ours here must not keep the plan from being drawn
            what = f"{casino} cannot be judged: {type(error).__name__}: {error}"
            logger().error(LogEvent.TROUBLE, kind="verdict", what=what, exc_info=error)

    def _take(self, verdict: Verdict) -> None:
        if verdict.claim is Claim.HOURS and verdict.standing in SETTLED:
            self._hours.add(verdict.casino)
        what = (verdict.casino, verdict.claim, verdict.promise)
        before, self._known[what] = self._known.get(what), verdict.standing
        if verdict.standing in SETTLED and verdict.standing is not before and self._is_news(verdict, before):
            claim = f"{verdict.claim} {verdict.promise}"
            logger().info(LogEvent.CLAIM_SETTLED, casino=verdict.casino, claim=claim, standing=verdict.standing)
            if verdict.standing is Standing.REFUTED:
                self.tell(NoticeEvent.CLAIM_REFUTED, verdict.casino, _message(verdict))

    def _is_news(self, verdict: Verdict, before: Standing | None) -> bool:
        """Whether it came about while we looked, or in the day before we began: better told twice than never."""
        recent = verdict.settled_at is not None and verdict.settled_at > self._clock.now_ms() - DAY
        return before is not None or recent


def hours_settled(case: Case) -> bool:
    """Whether the promised hours of a casino are refuted, or upheld so far."""
    return bool(case.claims.hours) and on_hours(case).standing in SETTLED


def _message(verdict: Verdict) -> str:
    evidence = "" if verdict.evidence is None else f", evidence {odds(verdict.evidence)}"
    dates = " to ".join(iso(at)[:10] for at in (verdict.since, verdict.until) if at is not None)
    what = f"{verdict.casino}: the claim {verdict.claim} {verdict.promise} is refuted{evidence}, {dates}"
    return f"{what}. Look: chatprobe verdict {verdict.casino} --why"
