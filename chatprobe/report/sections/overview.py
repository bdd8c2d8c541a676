"""All casinos beside one another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from markupsafe import Markup

from chatprobe.analysis.claims import Claim
from chatprobe.analysis.compare import Comparison
from chatprobe.report.charts.compare import Place, compare
from chatprobe.report.charts.draw import Chart
from chatprobe.report.language import Language
from chatprobe.report.matter import Matter
from chatprobe.report.sections import claims
from chatprobe.report.view import Section, Table


def section(matters: Sequence[Matter], compared: Iterable[Comparison], language: Language) -> Section:
    """The section, casinos in the order of the alphabet."""
    found = list(compared)
    charts = tuple(_chart(one, language) for one in found)
    text = [language("overview_lead")]
    if not found:
        text.append(language("compare_none"))
    text += [
        language("compare_left_out", casino=casino, reason=language.reason(reason))
        for one in found
        for casino, reason in one.left_out.items()
    ]
    return Section("overview", str(language("overview_title")), tuple(text), charts, (_verdicts(matters, language),))


def _chart(found: Comparison, language: Language) -> Chart:
    places = [
        Place(one.casino, one.chats, one.interval.low, one.low, one.high, one.interval.high, *one.ranks)
        for one in found.casinos
    ]
    note = language(
        "compare_note",
        wait=language.duration(found.within_ms),
        tongue=language.tongue(found.language),
        deadline=language.duration(found.deadline_ms),
    )
    return compare(f"compare-{found.language}", places, language, str(note))


def _verdicts(matters: Sequence[Matter], language: Language) -> Table:
    """A row for each casino, a column for each kind of claim."""
    kinds = [kind for kind in Claim if any(verdict.claim is kind for one in matters for verdict in one.verdicts)]
    rows = tuple(
        (matter.casino, _chats(matter, language), *(_cell(matter, kind, language) for kind in kinds))
        for matter in matters
    )
    head = (str(language("casino")), str(language("chats")), *(str(language(f"column_{kind}")) for kind in kinds))
    return Table(str(language("overview_table" if kinds else "overview_chats")), head, rows)


def _chats(matter: Matter, language: Language) -> str:
    return language.number(int(matter.visits.chat.sum()))


def _cell(matter: Matter, kind: Claim, language: Language) -> Markup:
    return Markup("<br>").join(_standings(matter, kind, language)) or Markup("–")


def _standings(matter: Matter, kind: Claim, language: Language) -> Iterator[Markup]:
    for verdict in matter.verdicts:
        if verdict.claim is kind:
            said = claims.briefly(verdict, matter, language)
            tone, name = claims.tone(verdict), claims.name(verdict, language)
            yield Markup('{} <span class="chip {}">{}</span>').format(said, tone, name)
