"""Who answers: bots and the way past them, lines of waiting visitors, and the crew by the names it shows."""

from __future__ import annotations

import cmath
from collections.abc import Iterator
from math import isnan, pi

from chatprobe.analysis.bots import bots_of
from chatprobe.analysis.crew import Crew, crews
from chatprobe.analysis.curve import Curve
from chatprobe.analysis.lines import lines_of
from chatprobe.report.charts.crew import MOST, Met, crew
from chatprobe.report.charts.draw import Chart
from chatprobe.report.charts.line import Stood, line
from chatprobe.report.language import Language
from chatprobe.report.matter import Matter
from chatprobe.report.sections import figures
from chatprobe.report.view import Fact, Section, Table

_STEPS = (0, 1, 2, 3, 5, 8)
_LETTERS = 26


def bots(matter: Matter, language: Language) -> Section | None:
    """Bots apart from people; None where none was met."""
    found = bots_of(matter.survey)
    if not found.met:
        return None
    text = (language("bots_lead", n=found.met, all=found.asked),)
    facts = (
        Fact(str(language("bots_time")), *figures.median(found.response, language)),
        Fact(str(language("bots_passed")), *figures.rate(found.passed, language)),
    )
    rows = tuple(_step(found.escape, steps, language) for steps in _STEPS if steps <= figures.longest(found.escape))
    head = tuple(str(language(name)) for name in ("escape_steps", "escape_share"))
    table = Table(str(language("escape_title")), head, rows, language("escape_note"))
    return Section("bots", str(language("bots_title")), text, (), (table,), facts)


def _step(escape: Curve, steps: int, language: Language) -> tuple[str, str]:
    limits = escape.limits(steps)
    share = language.percent(escape.by(steps))
    told = language("with_limits", estimate=share, limits=figures.interval(limits.low, limits.high, language))
    return language.number(steps), str(told)


def lines(matter: Matter, language: Language) -> Section | None:
    """Lines; None where no place in one was ever announced."""
    found = list(lines_of(matter.survey))
    if not found:
        return None
    table = tuple(
        (one.name, language.number(one.visits), language.number(one.answered), figures.median(one.wait, language)[0])
        for one in found
    )
    chart = line(f"{matter.key}-line", list(_stood(matter)), table, language, str(language("line_note")))
    told = language("line_lead", n=sum(one.visits for one in found), all=len(matter.survey))
    return Section("line", str(language("line_heading")), (told,), (chart,))


def _stood(matter: Matter) -> Iterator[Stood]:
    survey = matter.survey
    columns = (survey.queue_first, survey.queue_entered_ms, survey.first_human_ms, survey.waited_ms)
    for place, entered, human, waited in zip(*(column.tolist() for column in columns), strict=True):
        end = waited if isnan(human) else human
        if not isnan(place) and not isnan(end):
            yield Stood(int(place), max(0.0, end - (0.0 if isnan(entered) else entered)), answered=not isnan(human))


def crew_section(matter: Matter, language: Language) -> Section | None:
    """Names met; None where none was."""
    found = list(crews(matter.survey))
    if not found:
        return None
    text = [told for one in found for told in _sentences(one, matter, language)]
    charts = tuple(_crew_chart(one, f"{matter.key}-crew{number or ''}", language) for number, one in enumerate(found))
    return Section("crew", str(language("crew_heading")), tuple(text), charts)


def _sentences(found: Crew, matter: Matter, language: Language) -> Iterator[str]:
    span = language.days(matter.day(found.since), matter.day(found.until))
    yield language("crew_met", n=found.names, visits=found.visits, span=span)
    yield language("crew_unmet", share=language.percent(found.unmet))
    if found.at_least is not None:
        yield language("crew_least", n=int(found.at_least))


def _crew_chart(found: Crew, name: str, language: Language) -> Chart:
    met = sorted((tuple(int(one) for one in hours) for hours in list(found.hours.values())[:MOST]), key=_centre)
    people = [Met(_label(number), hours) for number, hours in enumerate(met)]
    hidden = found.names - len(people)
    note = language("crew_note_hidden", n=hidden) if hidden else language("crew_note")
    return crew(name, people, language, str(note))


def _centre(hours: tuple[int, ...]) -> tuple[float, int]:
    """Where in the day somebody is mostly met, counted from 04:00: nights last."""
    centre = cmath.phase(sum(count * cmath.exp(2j * pi * (hour - 4) / 24) for hour, count in enumerate(hours)))
    return centre % (2 * pi), -sum(hours)


def _label(number: int) -> str:
    """A, B … Z, AA, AB …: stands for a name."""
    head, last = divmod(number, _LETTERS)
    return (_label(head - 1) if head else "") + chr(ord("A") + last)
