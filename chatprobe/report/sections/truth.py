"""Whether words are true: the widget's sign, the languages, the answers."""

from __future__ import annotations

from chatprobe.analysis.answers import Answers, answers_to
from chatprobe.analysis.honesty import honesty
from chatprobe.analysis.tongues import tongues
from chatprobe.report.language import Language
from chatprobe.report.matter import Matter
from chatprobe.report.sections import figures
from chatprobe.report.view import Section, Table


def sign(matter: Matter, language: Language) -> Section | None:
    """The widget's own sign beside what chats found; None where no look read one."""
    found = honesty(matter.visits)
    if not found.shown_open.n:
        return None
    rows = tuple(
        (str(language(name)), *figures.counted(rate, language))
        for name, rate in (("sign_open", found.online), ("sign_closed", found.offline))
    )
    head = tuple(str(language(name)) for name in ("sign", "chats", "sign_answered", "limits"))
    shown = figures.told(found.shown_open, language)
    note = language("sign_note", n=found.unpaired)
    table = Table(str(language("sign_title")), head, rows, note)
    lead = language("sign_lead", n=found.shown_open.n, share=shown)
    return Section("sign", str(language("sign_heading")), (lead,), (), (table,))


def languages(matter: Matter, language: Language) -> Section | None:
    """What was asked in, and answered in; None where no language is known."""
    found = tongues(matter.survey)
    if not found:
        return None
    rows = tuple(
        (
            language.tongue(one.asked_in),
            language.number(one.visits),
            language.number(one.answered),
            figures.told(one.same, language),
            ", ".join(f"{language.tongue(other)} ({count})" for other, count in one.others.items()) or "–",
        )
        for one in found
    )
    names = ("asked_in", "chats", "answered_by", "answered_same", "answered_other")
    table = Table(str(language("languages_table")), tuple(str(language(name)) for name in names), rows)
    return Section("languages", str(language("languages_title")), (), (), (table,))


def answers(matter: Matter, language: Language) -> Section | None:
    """Right answers, and whether everybody is told the same; None where no question has a key."""
    found = answers_to(matter.survey)
    if not found:
        return None
    rows = tuple(
        (
            one.question,
            language.number(one.right.n),
            figures.told(one.right, language),
            "–" if one.contradicting is None else _contradicting(one, one.contradicting, language),
        )
        for one in found
    )
    head = tuple(str(language(name)) for name in ("question", "chats", "answers_right", "answers_differ"))
    table = Table(str(language("answers_table")), head, rows, language("answers_note"))
    return Section("answers", str(language("answers_title")), (), (), (table,))


def _contradicting(found: Answers, chance: float, language: Language) -> str:
    limits = figures.interval(*found.contradicting_limits, language)
    return str(language("with_limits", estimate=language.percent(chance), limits=limits))
