"""The whole page, from what was gathered."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

import chatprobe
from chatprobe.plan.budget import is_loopback
from chatprobe.report import view
from chatprobe.report.charts.draw import Chart
from chatprobe.report.gather import Asked, Gathered
from chatprobe.report.language import Language
from chatprobe.report.matter import Matter
from chatprobe.report.sections import claims, method, overview, people, presence, truth, waiting
from chatprobe.times import epoch_ms

_FIGURES: tuple[Callable[[Matter, Language], view.Section | None], ...] = (
    waiting.section,
    people.lines,
    people.crew_section,
    people.bots,
    truth.sign,
    truth.languages,
    truth.answers,
)
_MINUTE_MS = 60_000
LATEST = 3
"""Visits that are told of each casino, whatever they say of its claims."""


def build(gathered: Gathered, asked: Asked, told: claims.Told, now: float, language: Language) -> view.Page:
    """The page on what was `gathered`, made at `now` (epoch ms)."""
    matters = gathered.matters
    return view.Page(
        title=_title(matters, language),
        lead=language("lead" if matters else "lead_empty"),
        casinos=tuple(_casino(matter, told, language) for matter in matters),
        notices=tuple(_notices(matters, asked, language)),
        overview=overview.section(matters, gathered.compared, language) if len(matters) > 1 else None,
        method=method.method(matters, language) if matters else (),
        made=_made(now, language),
        source=_source(matters, language),
    )


@dataclass(frozen=True)
class Picture:
    """A chart that is to stand alone, as a file."""

    name: str
    """Of the file, without a suffix."""
    chart: Chart
    source: str
    """Where it is from."""


def pictures(page: view.Page) -> Iterator[Picture]:
    """Every chart of `page`, in order."""
    for chart in page.overview.charts if page.overview else ():
        yield Picture(chart.name, chart, page.source)
    for casino in page.casinos:
        slug = re.sub(r"[^\w-]", "_", casino.slug)
        claimed = [claim.chart for claim in casino.claims if claim.chart]
        for chart in (*claimed, *(chart for section in casino.sections for chart in section.charts)):
            yield Picture(slug + chart.name.removeprefix(casino.key), chart, casino.source)


def _title(matters: Sequence[Matter], language: Language) -> Markup:
    if len(matters) == 1:
        return language("title_one", casino=Markup('<span class="name">{}</span>').format(matters[0].casino))
    return language("title_many", n=len(matters)) if matters else language("title_none")


def _notices(matters: Sequence[Matter], asked: Asked, language: Language) -> Iterator[Markup]:
    if any(matter.simulated for matter in matters):
        yield language("notice_simulated")
    if any(is_loopback(matter.url) for matter in matters):
        yield language("notice_lab")
    if asked.internal:
        yield language("notice_internal")
    if asked.everything:
        yield language("notice_all")
    if asked.since:
        day, minute = divmod(int(epoch_ms(asked.since) // _MINUTE_MS), 24 * 60)
        yield language("notice_since", day=language.day(day), time=language.clock(minute // 60, minute % 60))


def _source(matters: Sequence[Matter], language: Language) -> str:
    """Casinos and dates; of simulated visits it says so."""
    visits = [matter.visits.day for matter in matters if len(matter.visits)]
    if not visits:
        return ""
    first, last = min(int(one.min()) for one in visits), max(int(one.max()) for one in visits)
    name = "source_simulated" if any(matter.simulated for matter in matters) else "source"
    casinos = ", ".join(matter.casino for matter in matters)
    return language(name, casinos=casinos, span=language.days(first, last)).unescape()


def _made(now: float, language: Language) -> Markup:
    day, minute = divmod(int(now // _MINUTE_MS), 24 * 60)
    time = language.clock(minute // 60, minute % 60)
    return language("made", day=language.day(day), time=time, version=chatprobe.__version__)


def _casino(matter: Matter, told: claims.Told, language: Language) -> view.Casino:
    return view.Casino(
        slug=matter.casino,
        lead=_lead(matter, language),
        facts=tuple(waiting.facts(matter, language)),
        claims=claims.claims(matter, told, language),
        sections=tuple(_sections(matter, language)),
        latest=told(_newest(matter)),
        host=matter.host,
        key=matter.key,
        source=_source([matter], language),
    )


def _sections(matter: Matter, language: Language) -> Iterator[view.Section]:
    """Figures only where there are some chats to make them of."""
    yield presence.section(matter, language)
    if len(matter.survey) >= presence.LEAST_CHATS:
        yield from (found for section in _FIGURES if (found := section(matter, language)))
    yield method.left_out(matter, language)


def _newest(matter: Matter) -> list[str]:
    """The ids of its newest chats, the newest first."""
    chats = matter.visits.where(matter.visits.chat)
    return [str(one) for one in chats.ids[-LATEST:][::-1].tolist()]


def _lead(matter: Matter, language: Language) -> Markup:
    chats = int(matter.visits.chat.sum())
    if not len(matter.visits):
        return language("lead_nothing")
    days = matter.visits.day
    return language(
        "lead_casino",
        n=chats,
        looks=language("lead_looks", n=len(matter.visits) - chats),
        span=language.days(int(days.min()), int(days.max())),
        zone=matter.zone.key,
    )
