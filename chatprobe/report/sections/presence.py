"""When somebody is there: the hours of the week and of the day, and whether the widget's own word is true."""

from __future__ import annotations

from chatprobe.analysis.availability import Rate, availability
from chatprobe.analysis.reason import Reason
from chatprobe.analysis.waits import LEAST
from chatprobe.report.charts.draw import Chart
from chatprobe.report.charts.profile import Share, profile
from chatprobe.report.charts.week import Cell, week
from chatprobe.report.language import Language
from chatprobe.report.matter import Matter
from chatprobe.report.view import Section

LEAST_CHATS = LEAST[0.5]
"""Below it a casino has no figures at all."""


def section(matter: Matter, language: Language) -> Section:
    """The section of hours."""
    title = str(language("presence_title"))
    if len(matter.survey) < LEAST_CHATS:
        reason = Reason("few_chats", have=len(matter.survey), need=LEAST_CHATS)
        return Section("presence", title, (language("not_enough", missing=language.reason(reason)),))
    return Section("presence", title, (language("presence_lead"),), (_week(matter, language), _day(matter, language)))


def _week(matter: Matter, language: Language) -> Chart:
    met = availability(matter.survey, matter.survey.cell, 168, matter.within_ms)
    cells = [
        Cell(number, one.human.hits, one.human.doubtful, one.human.n - one.human.hits - one.human.doubtful)
        for number, one in enumerate(met)
    ]
    note = language("week_note", wait=language.duration(matter.within_ms), zone=matter.zone.key)
    return week(f"{matter.key}-week", cells, language, str(note))


def _day(matter: Matter, language: Language) -> Chart:
    met = availability(matter.survey, matter.survey.clock, 24, matter.within_ms)
    titles = ("offered", "any_answer", "human_within")
    rates = [[getattr(one, name) for one in met] for name in ("offered", "any_answer", "human")]
    panels = [
        (
            str(language(title, wait=language.duration(matter.within_ms))),
            [_share(hour, rate) for hour, rate in enumerate(column)],
        )
        for title, column in zip(titles, rates, strict=True)
    ]
    return profile(f"{matter.key}-day", panels, language, str(language("profile_note", zone=matter.zone.key)))


def _share(hour: int, rate: Rate) -> Share:
    return Share(hour, *rate.interval, rate.n, rate.hits, rate.hits + rate.doubtful)
