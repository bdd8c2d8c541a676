"""From visits to the rows that `stats` prints."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import isinf

from chatprobe.analysis.answers import answers_to
from chatprobe.analysis.availability import WITHIN_MS, Rate, availability
from chatprobe.analysis.bots import bots_of
from chatprobe.analysis.crew import crews
from chatprobe.analysis.curve import Curve
from chatprobe.analysis.groups import By, groups
from chatprobe.analysis.honesty import honesty
from chatprobe.analysis.lines import lines_of
from chatprobe.analysis.metrics import Figure, Metric
from chatprobe.analysis.tongues import tongues
from chatprobe.analysis.visits import Visits
from chatprobe.analysis.waits import LEAST, Share, Wait, Waits, deadline_of, missing, waits_of

WILSON = "Wilson 95 %"
PEARSON = "Clopper-Pearson 95 %"
WAIT = "Kaplan-Meier, closed as never, pointwise 95 % limits inverted"
_QUANTILES = {Metric.MEDIAN: 0.5, Metric.P75: 0.75, Metric.P90: 0.9}
NOT_REACHED = "not reached"
BOUNDS_ONLY = "bounds only: too many answers of unknown author"


@dataclass(frozen=True)
class _Teller:
    """Writes figures of one casino and group."""

    casino: str
    group: str | None = None

    def rate(self, metric: Metric, rate: Rate, note: str | None = None) -> Figure:
        counts = {"n": rate.n, "hits": rate.hits, "doubtful": rate.doubtful}
        low, high = rate.interval
        return Figure(self.casino, metric, self.group, rate.estimate, low, high, "share", counts, WILSON, note)

    def share(self, metric: Metric, share: Share | None, waits: Waits, lacking: str | None) -> Figure:
        counts = {"n": waits.visits, "answered": waits.answered, "unsure": waits.unsure, "left": waits.left}
        method = f"Kaplan-Meier, closed as never, {PEARSON}"
        if share is None or lacking:
            why = lacking or "no chat was followed that long"
            return Figure(self.casino, metric, self.group, None, None, None, "share", counts, method, why)
        note = None if share.estimate is not None else BOUNDS_ONLY
        values = (share.estimate, share.low, share.high)
        return Figure(self.casino, metric, self.group, *values, "share", counts, method, note)

    def wait(self, metric: Metric, waits: Waits) -> Figure:
        q = _QUANTILES[metric]
        wait = waits.quantile(q)
        counts = {"n": waits.visits, "answered": waits.answered, "unsure": waits.unsure, "left": waits.left}
        lacking = f"{waits.visits} of {LEAST[q]} chats" if wait is None else None
        return self.quantile(metric, wait, "ms", counts, lacking)

    def quantile(
        self, metric: Metric, wait: Wait | None, unit: str, counts: dict[str, int], lacking: str | None = None
    ) -> Figure:
        if wait is None:
            return Figure(self.casino, metric, self.group, None, None, None, unit, counts, WAIT, lacking)
        note = BOUNDS_ONLY if wait.estimate is None else None
        note = NOT_REACHED if wait.estimate is not None and isinf(wait.estimate) else note
        return Figure(self.casino, metric, self.group, wait.estimate, wait.low, wait.high, unit, counts, WAIT, note)

    def median(self, metric: Metric, curve: Curve, unit: str) -> Figure:
        """Of something that is no wait for a person."""
        counts = {"n": curve.n}
        if curve.n < LEAST[0.5]:
            return self.quantile(metric, None, unit, counts, f"{curve.n} of {LEAST[0.5]} chats")
        found = curve.quantile(0.5)
        return self.quantile(metric, Wait(found.at, found.low, found.high), unit, counts)


def figures(visits: Visits, by: By | None = None, within_ms: float = WITHIN_MS) -> Iterator[Figure]:
    """The figures of each casino of `visits`: the main ones split by `by`, or without it all there are.

    Those of languages need no brief reading, nor do those of questions and those without `by`.
    """
    for casino, mine in visits.by_casino():
        survey = mine.survey()
        if by is By.HOUR:
            yield from _by_hour(casino, survey, within_ms)
        elif by in (None, By.CASINO):
            yield from _whole(_Teller(casino), mine, within_ms)
            if by is None:
                yield from _details(_Teller(casino), mine, survey)
        else:
            for name, part in groups(survey, by):
                yield from _main(_Teller(casino, name), part, within_ms, missing(part, by_weekday=by is By.WEEKDAY))
        if by is By.LANGUAGE:
            yield from _languages(casino, survey)
        elif by is By.QUESTION:
            yield from _questions(casino, survey)


def _by_hour(casino: str, survey: Visits, within_ms: float) -> Iterator[Figure]:
    for hour, met in enumerate(availability(survey, survey.clock, 24, within_ms)):
        tell = _Teller(casino, f"{hour:02}")
        lacking = None if met.enough else "fewer than 5 chats"
        yield tell.rate(Metric.OFFERED, met.offered, lacking)
        yield tell.rate(Metric.ANY_ANSWER, met.any_answer, lacking)
        yield tell.rate(Metric.HUMAN, met.human, lacking)


def _whole(tell: _Teller, mine: Visits, within_ms: float) -> Iterator[Figure]:
    survey = mine.survey()
    yield from _main(tell, survey, within_ms, missing(survey))
    chats = mine.chat & mine.even
    yield tell.rate(Metric.FAULTS, Rate(int((chats & ~mine.sided & ~mine.counted).sum()), int(chats.sum())))


def _main(tell: _Teller, survey: Visits, within_ms: float, lacking: str | None) -> Iterator[Figure]:
    (met,) = availability(survey, survey.clock * 0, 1, within_ms)
    waits = waits_of(survey)
    yield tell.rate(Metric.OFFERED, met.offered)
    yield tell.rate(Metric.ANY_ANSWER, met.any_answer)
    yield tell.share(Metric.HUMAN, waits.within(within_ms), waits, lacking)
    yield tell.share(Metric.HUMAN_WHEN_OPEN, waits.within_when_open(within_ms), waits, lacking)
    for metric in _QUANTILES:
        yield tell.wait(metric, waits)
    yield tell.share(Metric.NEVER, waits.never(deadline_of(survey) or within_ms), waits, lacking)
    yield tell.rate(Metric.UNSURE, Rate(waits.unsure, waits.visits))


def _details(tell: _Teller, mine: Visits, survey: Visits) -> Iterator[Figure]:
    signs = honesty(mine)
    yield tell.rate(Metric.SHOWN_OPEN, signs.shown_open)
    yield tell.rate(Metric.HONEST, signs.online)
    bots = bots_of(survey)
    yield tell.median(Metric.BOT_MEDIAN, bots.response, "ms")
    yield tell.rate(Metric.BOT_PASSED, bots.passed)
    yield tell.median(Metric.ESCAPE_MEDIAN, bots.escape, "steps")
    for line in lines_of(survey):
        yield _Teller(tell.casino, f"place {line.name}").median(Metric.LINE_MEDIAN, line.wait, "ms")
    yield from _languages(tell.casino, survey)
    yield from _questions(tell.casino, survey)
    yield from _crew(tell.casino, survey)


def _languages(casino: str, survey: Visits) -> Iterator[Figure]:
    for tongue in tongues(survey):
        yield _Teller(casino, tongue.asked_in).rate(Metric.SAME_LANGUAGE, tongue.same)


def _questions(casino: str, survey: Visits) -> Iterator[Figure]:
    for answers in answers_to(survey):
        tell = _Teller(casino, answers.question)
        yield tell.rate(Metric.RIGHT, answers.right)
        chance, counts = answers.contradicting, {"n": answers.right.n, "hits": answers.right.hits}
        low, high = (None, None) if chance is None else answers.contradicting_limits
        method = f"2p(1 - p), {PEARSON}"
        yield Figure(casino, Metric.CONTRADICTING, tell.group, chance, low, high, "share", counts, method)


def _crew(casino: str, survey: Visits) -> Iterator[Figure]:
    for crew in crews(survey):
        counts = {"n": crew.visits, "names": crew.names, "once": crew.once, "twice": crew.twice}
        told: dict[Metric, tuple[float | None, float | None, float | None, str, str]] = {
            Metric.NAMES: (crew.names, None, None, "names", "names met; they may be shared or invented"),
            Metric.NAMES_LEAST: (None, crew.at_least, None, "names", "Chao1, bias-corrected: a lower bound on names"),
            Metric.UNMET: (crew.once / crew.visits, None, crew.unmet, "share", "Good-Turing, upper limit by Esty"),
        }
        for metric, (estimate, low, high, unit, method) in told.items():
            yield Figure(casino, metric, f"key {crew.key}", estimate, low, high, unit, counts, method)
