"""How long one waits: the curve, its quantiles, and the share answered within some times."""

from __future__ import annotations

from collections.abc import Iterator

from chatprobe.analysis.waits import Share, Waits
from chatprobe.report.charts.draw import Chart
from chatprobe.report.charts.waits import Step, waits
from chatprobe.report.language import Language
from chatprobe.report.matter import Matter
from chatprobe.report.sections import figures
from chatprobe.report.view import Fact, Section, Table

_TIMES = (15_000.0, 30_000.0, 60_000.0, 120_000.0, 300_000.0, 600_000.0, 900_000.0)
QUANTILES = (0.5, 0.75, 0.9)


def section(matter: Matter, language: Language) -> Section:
    """The section; without enough chats it says what is missing."""
    found = matter.waits
    title = str(language("waits_heading"))
    text = [language("waits_lead", n=found.visits)]
    if found.missing:
        text.append(language("not_enough", missing=language.reason(found.missing)))
        return Section("waits", title, tuple(text), (), (_quantiles(found, language),))
    if found.bounds_only:
        text.append(language("bounds_only", unsure=found.unsure, n=found.visits))
    tables = (_service(matter, language), _quantiles(found, language))
    return Section("waits", title, tuple(text), (_chart(matter, language),), tables)


def facts(matter: Matter, language: Language) -> Iterator[Fact]:
    """The figures at the head of the page."""
    found = matter.waits
    name = str(language("fact_within", wait=language.duration(matter.within_ms)))
    if found.missing:
        yield Fact(name, language("not_enough_short"), language.reason(found.missing))
    elif share := found.within(matter.within_ms):
        yield Fact(name, figures.share(share, language), figures.limits(share, found.visits, language))
    if half := found.quantile(0.5):
        yield Fact(
            str(language("fact_half")), figures.wait(half, language), figures.limits(half, found.visits, language)
        )
    never = None if found.missing else found.never(matter.deadline_ms)
    if never:
        name = str(language("fact_never", wait=language.duration(matter.deadline_ms)))
        yield Fact(name, figures.share(never, language), figures.limits(never, found.visits, language))


def _chart(matter: Matter, language: Language) -> Chart:
    found, until = matter.waits, matter.deadline_ms
    promised = matter.claims.first_reply_ms
    note = language("waits_note", n=found.visits)
    return waits(
        f"{matter.key}-waits", list(steps(found, until)), until, language, str(note), [promised] if promised else []
    )


def steps(found: Waits, until_ms: float) -> Iterator[Step]:
    """The curves from 0 to `until_ms`, at each time at which one of them rises, but not more often than is seen."""
    times = sorted({0.0, *found.low.times.tolist(), *found.high.times.tolist()})
    grain, last = until_ms / 400, -1.0
    for ms in times:
        if ms > until_ms or (last >= 0 and ms < last + grain):
            continue
        last = ms
        yield Step(ms, found.low.limits(ms).low, found.low.by(ms), found.high.by(ms), found.high.limits(ms).high)


def _service(matter: Matter, language: Language) -> Table:
    found, rows = matter.waits, []
    promised = matter.claims.first_reply_ms
    for ms in sorted({*_TIMES, *([promised] if promised else [])}):
        shares = found.within(ms), found.within_when_open(ms)
        if ms <= matter.deadline_ms and shares[0]:
            rows.append((language.duration(ms), *(_told(one, language) for one in shares)))
    head = tuple(str(language(name)) for name in ("within", "of_all", "when_open"))
    return Table(str(language("service_title")), head, tuple(rows), language("service_note"))


def _told(found: Share | None, language: Language) -> str:
    if found is None:
        return str(language("unknown"))
    limits = figures.interval(found.low, found.high, language)
    if found.estimate is None:
        return limits
    return str(language("with_limits", estimate=language.percent(found.estimate), limits=limits))


def _quantiles(found: Waits, language: Language) -> Table:
    rows = []
    for q in QUANTILES:
        wait = found.quantile(q)
        told = language("not_enough_short") if wait is None else figures.wait(wait, language)
        limits = "" if wait is None else figures.span(wait, language)
        rows.append((str(language("quantile", share=language.percent(q))), told, limits))
    head = tuple(str(language(name)) for name in ("visitors", "wait_at_most", "limits"))
    return Table(str(language("quantiles_title")), head, tuple(rows))
