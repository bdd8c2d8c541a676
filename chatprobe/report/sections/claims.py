"""The claims: what may be printed of each, what it rests on, and what would settle it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from markupsafe import Markup

from chatprobe.analysis.claims import Claim
from chatprobe.analysis.evidence import CONTRADICTED, REFUTED
from chatprobe.analysis.verdict import Settling, Standing, Verdict, Witness
from chatprobe.analysis.waits import LEAST
from chatprobe.report import view
from chatprobe.report.charts.draw import Chart
from chatprobe.report.charts.evidence import Hour, evidence
from chatprobe.report.language import Language
from chatprobe.report.matter import Matter
from chatprobe.report.opening import days_in_words, stretches
from chatprobe.report.sections import figures

Told = Callable[[Sequence[str]], tuple[view.Transcript, ...]]
"""Gives the transcripts of probes by their ids."""
SHOWN = 6
"""Visits behind one verdict that are told word for word."""
_TONES = {
    Standing.REFUTED: view.Tone.BAD,
    Standing.CONTRADICTED: view.Tone.DOUBT,
    Standing.UPHELD: view.Tone.GOOD,
    Standing.OPEN: view.Tone.OPEN,
}
_NAMES = {
    Standing.REFUTED: "refuted",
    Standing.CONTRADICTED: "contradicted",
    Standing.UPHELD: "upheld",
    Standing.OPEN: "open",
}


def claims(matter: Matter, told: Told, language: Language) -> tuple[view.Claim, ...]:
    """All claims of a casino, in the order they are judged in."""
    return tuple(_claim(verdict, matter, told, language) for verdict in matter.verdicts)


def name(verdict: Verdict, language: Language) -> str:
    """The standing in a word or two."""
    return str(language("no_verdict" if verdict.reason else _NAMES[verdict.standing]))


def tone(verdict: Verdict) -> view.Tone:
    """How the standing is set apart."""
    return _TONES[verdict.standing]


def promise(verdict: Verdict, matter: Matter, language: Language) -> Markup:
    """What is claimed, as a sentence."""
    if len(matter.claims.hours or ()) == 168 and verdict.claim in (Claim.HOURS, Claim.STATUS):
        return language(f"said_{verdict.claim}", promise=language("always"))
    return language(f"said_{verdict.claim}", promise=briefly(verdict, matter, language))


def briefly(verdict: Verdict, matter: Matter, language: Language) -> str:
    """What is claimed, as it is named within a sentence."""
    if verdict.claim is Claim.LANGUAGES:
        return language.tongue(verdict.promise)
    if verdict.claim is Claim.FIRST_REPLY:
        return language.duration(matter.claims.first_reply_ms or 0)
    if len(matter.claims.hours or ()) == 168:
        return verdict.promise
    return stretches(((cell * 60, cell * 60 + 60) for cell in matter.claims.hours or ()), language)


def _claim(verdict: Verdict, matter: Matter, told: Told, language: Language) -> view.Claim:
    shown = _shown(verdict)
    transcripts = told([one.probe_id for one in shown])
    behind = language("behind_note", shown=len(transcripts), n=len(verdict.witnesses), casino=verdict.casino)
    return view.Claim(
        said=promise(verdict, matter, language),
        tone=tone(verdict),
        verdict=name(verdict, language),
        sentences=tuple(_sentences(verdict, matter, language)),
        facts=tuple(_facts(verdict, matter, language)),
        missing=tuple(_missing(one, verdict.claim, language) for one in verdict.settling),
        chart=_chart(verdict, matter, language) if verdict.day else None,
        transcripts=transcripts,
        behind=behind,
    )


def _chart(verdict: Verdict, matter: Matter, language: Language) -> Chart:
    met = [Hour(one.hour, one.answered, one.counted, one.uncounted) for one in verdict.day]
    note = language("evidence_note_chart", zone=matter.zone.key)
    return evidence(f"{matter.key}-{verdict.claim}", met, language, str(note))


def _shown(verdict: Verdict) -> list[Witness]:
    """Of the visits behind a verdict the newest, first those that decided it."""
    broken = verdict.standing in (Standing.REFUTED, Standing.CONTRADICTED)
    decisive = [one for one in verdict.witnesses if one.answered != broken]
    others = [one for one in verdict.witnesses if one.answered == broken]
    few = decisive[-SHOWN:]
    return few + others[len(others) - (SHOWN - len(few)) :] if len(few) < SHOWN else few


def _sentences(verdict: Verdict, matter: Matter, language: Language) -> Iterator[Markup]:
    if verdict.reason:
        yield language.reason(verdict.reason)
    elif verdict.standing in (Standing.REFUTED, Standing.CONTRADICTED):
        yield from _broken(verdict, matter, language)
    elif verdict.standing is Standing.UPHELD:
        yield language(f"kept_{verdict.claim}", **_rate(verdict, language), promise=briefly(verdict, matter, language))
        if verdict.excluded:
            yield language("kept_excludes", gap=language.reason(verdict.excluded))
    else:
        yield language("open_finding", n=_counted(verdict))


def _broken(verdict: Verdict, matter: Matter, language: Language) -> Iterator[Markup]:
    met = [clock for clock in verdict.clocks if clock.missed]
    missed = sum(clock.missed for clock in met)
    standing = f"is_{_NAMES[verdict.standing]}"
    odds, said = figures.odds(verdict.evidence or 0, language), language(standing)
    values = {"n": missed, "all": missed + sum(clock.answered for clock in met), "odds": odds, "standing": said}
    values["promise"] = briefly(verdict, matter, language)
    when = _when(verdict, [clock.hour for clock in met], language)
    yield language(f"broken_{verdict.claim}", **values, when=when, **_rate(verdict, language))
    dates = {matter.day(one.at) for one in verdict.witnesses if not one.answered}
    if dates:
        span = language.days(min(dates), max(dates))
        shared = verdict.claim in (Claim.FIRST_REPLY, Claim.LANGUAGES)
        yield language("broken_share_dates" if shared else "broken_dates", n=len(dates), span=span)


def _when(verdict: Verdict, hours: Sequence[int], language: Language) -> Markup:
    """The hours named in a finding: those that have a miss, and no other; their weekdays where it is not every day."""
    days = sorted({cell // 24 for cell in verdict.window})
    told = language.list([_between(run, language) for run in _runs(hours)])
    if len(days) not in (0, 7):
        told = language("when_days", days=days_in_words(days, language), hours=told)
    return told[:1].upper() + told[1:]


def _between(run: Sequence[int], language: Language) -> str:
    return str(language("between", first=language.clock(run[0] % 24), last=language.clock((run[-1] + 1) % 24 or 24)))


def _runs(hours: Sequence[int]) -> list[list[int]]:
    """Neighbouring hours together, past midnight too."""
    runs: list[list[int]] = []
    for hour in sorted(hours):
        if runs and hour == runs[-1][-1] + 1:
            runs[-1].append(hour)
        else:
            runs.append([hour])
    if len(runs) > 1 and runs[0][0] == 0 and runs[-1][-1] == 23:
        runs.append(runs.pop() + [hour + 24 for hour in runs.pop(0)])
    return runs


def _rate(verdict: Verdict, language: Language) -> dict[str, str]:
    if verdict.estimate is None:
        return {"share": str(language("unknown")), "limits": ""}
    limits = figures.interval(verdict.interval.low, verdict.interval.high, language)
    return {"share": language.percent(verdict.estimate), "limits": limits}


def _facts(verdict: Verdict, matter: Matter, language: Language) -> Iterator[view.Fact]:
    if verdict.evidence is not None:
        needed = figures.odds(REFUTED if verdict.standing is Standing.REFUTED else CONTRADICTED, language)
        about = "evidence_kept" if verdict.standing is Standing.UPHELD else "evidence"
        odds = figures.odds(verdict.evidence, language)
        yield view.Fact(str(language(about)), odds, language("evidence_note", odds=needed))
    if verdict.since is not None and verdict.until is not None:
        span = language.days(matter.day(verdict.since), matter.day(verdict.until))
        yield view.Fact(str(language("dates")), span)
    if verdict.estimate is not None:
        yield _found(verdict, verdict.estimate, language)
    yield view.Fact(str(language("visits_counted")), language.number(_counted(verdict)))


def _found(verdict: Verdict, estimate: float, language: Language) -> view.Fact:
    """The share that was found as promised; of a handful of visits it is counted, not told in per cent."""
    of, rate = verdict.shared_by, _rate(verdict, language)
    few = of < LEAST[0.5]
    share = str(language("visits_found", n=of, found=round(estimate * of))) if few else rate["share"]
    note = "limits_note" if few else "visits_limits"
    return view.Fact(str(language("found_so")), share, language(note, n=of, limits=rate["limits"]))


def _counted(verdict: Verdict) -> int:
    """Visits that tell something of the claim."""
    counts = verdict.counts
    return counts["counted"] if "counted" in counts else counts["looks"] + counts["chats"]


def _missing(settling: Settling, claim: Claim, language: Language) -> Markup:
    hours = language.list([_between(run, language) for run in _runs(list(settling.hours))])
    when = language("when_hours", hours=hours) if 0 < len(settling.hours) < 24 else ""
    about = "_looks" if claim is Claim.STATUS else ""
    return language(f"towards_{_NAMES[settling.towards]}{about}", n=settling.visits, when=when)
