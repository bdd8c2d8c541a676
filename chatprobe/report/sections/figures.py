"""Shares and waits as text: always with what they leave open, never a bare number."""

from __future__ import annotations

from math import isfinite

from markupsafe import Markup

from chatprobe.analysis.availability import Rate
from chatprobe.analysis.curve import Curve
from chatprobe.analysis.waits import LEAST, MOST_UNSURE, Share, Wait
from chatprobe.report.language import Language


def share(found: Share, language: Language) -> str:
    """The estimate; where only bounds can be told, those."""
    if found.estimate is None:
        return interval(found.low, found.high, language)
    return language.percent(found.estimate)


def limits(found: Share | Wait, n: int, language: Language) -> Markup:
    """Of how many chats an estimate is, and its limits, as a note below it."""
    told = span(found, language) if isinstance(found, Wait) else interval(found.low, found.high, language)
    return language("chats_limits", n=n, limits=told)


def interval(low: float, high: float, language: Language) -> str:
    """A pair of shares."""
    return str(language("interval", low=language.percent(low), high=language.percent(high)))


def wait(found: Wait, language: Language) -> str:
    """The estimate; where only bounds can be told, those."""
    if found.estimate is None:
        return span(found, language)
    return language.duration(found.estimate) if isfinite(found.estimate) else str(language("not_reached"))


def span(found: Wait, language: Language) -> str:
    """The limits of a wait, of which the upper one may never be reached."""
    if not isfinite(found.low):
        return str(language("not_reached"))
    low = language.duration(found.low)
    if not isfinite(found.high):
        return str(language("or_longer", low=low))
    return str(language("interval", low=low, high=language.duration(found.high)))


def odds(evidence: float, language: Language) -> str:
    """Evidence to 1, rounded down to what is still remembered."""
    most = 1_000_000
    if evidence < 1:
        return str(language("odds_none"))
    if evidence >= most:
        return str(language("odds_over", odds=most))
    digits = max(0, len(str(int(evidence))) - 2)
    return str(language("odds", odds=int(evidence) // 10**digits * 10**digits))


def rate(found: Rate, language: Language) -> tuple[str, Markup]:
    """A share of visits and, as a note, of how many, with its limits."""
    low, high = found.limits
    note = language("rate_note", hits=found.hits, n=found.n, limits=interval(low, high, language))
    return _estimate(found, language), note


def told(found: Rate, language: Language) -> str:
    """A share of visits with its limits in brackets."""
    if not found.n:
        return "–"
    return str(language("with_limits", estimate=_estimate(found, language), limits=interval(*found.limits, language)))


def counted(found: Rate, language: Language) -> tuple[str, str, str]:
    """Number of visits, share and limits, as cells of a row."""
    if not found.n:
        return "0", "–", "–"
    return language.number(found.n), _estimate(found, language), interval(*found.limits, language)


def _estimate(found: Rate, language: Language) -> str:
    """By the sure ones; where perhaps many more are hits, from those to all."""
    if found.estimate is None:
        return "–"
    if found.doubtful > MOST_UNSURE * found.n:
        return interval(found.estimate, (found.hits + found.doubtful) / found.n, language)
    return language.percent(found.estimate)


def median(curve: Curve, language: Language) -> tuple[str, Markup]:
    """The median of a curve, and its limits as a note; too few are said to be so."""
    if curve.n < LEAST[0.5]:
        return str(language("not_enough_short")), language("chats_so_far", n=curve.n)
    found = curve.quantile(0.5)
    half = Wait(found.at, found.low, found.high)
    return wait(half, language), limits(half, curve.n, language)


def longest(curve: Curve) -> float:
    """The last time at which something happened in a curve; 0 where nothing did."""
    return float(curve.times[-1]) if len(curve.times) else 0.0
