"""How it was measured: what was counted and what was not, what it cost, and what it was made with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from markupsafe import Markup

from chatprobe.model import Depth, SlotStatus
from chatprobe.report.language import Language
from chatprobe.report.matter import Matter
from chatprobe.report.view import Section, Table

_HOW = ("counts", "waits", "verdicts", "compare", "crew", "limits")
_MINUTE = 60_000


def method(matters: Sequence[Matter], language: Language) -> tuple[Section, ...]:
    """The last part of the page."""
    rules = tuple(language(f"method_{name}") for name in _HOW)
    judged = sum(len(matter.verdicts) for matter in matters)
    tried = language("method_false", n=judged, expected=language.number(judged / 100, 2))
    return (
        Section("how", str(language("method_how")), (*rules, tried)),
        Section("cost", str(language("method_cost")), (language("method_manners"),), (), (_spent(matters, language),)),
        Section("made", str(language("method_made")), (), (), (_made_with(matters, language),)),
    )


def left_out(matter: Matter, language: Language) -> Section:
    """What a casino's figures do not rest on, counted by its reason."""
    found = matter.visits.left_out()
    chats = int(matter.visits.chat.sum())
    text = [language("left_out_lead", n=sum(found.values()), all=chats)]
    tables = []
    if found:
        head = (str(language("reason")), str(language("chats")))
        rows = tuple((_outcome(name, language), language.number(count)) for name, count in found.items())
        tables.append(Table(str(language("left_out_title")), head, rows))
    if slots := _slots(matter, language):
        tables.append(slots)
    return Section("left-out", str(language("left_out")), tuple(text), (), tuple(tables))


def _outcome(name: str, language: Language) -> str:
    return str(language.sentences["outcomes"].get(name, name))


def _slots(matter: Matter, language: Language) -> Table | None:
    """What became of the planned times that no visit was made of."""
    counts: Counter[tuple[str, str]] = Counter()
    for row in matter.slots:
        if row["status"] in (SlotStatus.MISSED, SlotStatus.SKIPPED) and row["depth"] == Depth.CHAT:
            counts[str(row["status"]), str(row["reason"])] += int(row["count"])
    if not counts:
        return None
    rows = tuple(
        (str(language(f"slot_{status}")), _reason(reason, language), language.number(count))
        for (status, reason), count in sorted(counts.items())
    )
    head = tuple(str(language(name)) for name in ("slot", "reason", "times"))
    return Table(str(language("slots_title")), head, rows, language("slots_note"))


def _reason(name: str, language: Language) -> str:
    return str(language.sentences["slot_reasons"].get(name, name))


def _spent(matters: Sequence[Matter], language: Language) -> Table:
    rows = tuple(_cost(matter, language) for matter in matters)
    head = tuple(str(language(name)) for name in ("casino", "questions_asked", "agent_time", "looks"))
    return Table(str(language("cost_title")), head, rows)


def _cost(matter: Matter, language: Language) -> tuple[Markup | str, ...]:
    spent = matter.spent
    minutes = language("minutes", n=round((spent.get("agent_ms") or 0) / _MINUTE))
    looks = len(matter.visits) - int(matter.visits.chat.sum())
    return matter.casino, language.number(spent.get("chats") or 0), minutes, language.number(looks)


def _made_with(matters: Sequence[Matter], language: Language) -> Table:
    rows = [
        (
            matter.casino,
            *(str(row[name] or "–") for name in ("software", "browser", "rules", "vantage")),
            language.number(row["probes"]),
            ", ".join(map(str, matter.seeds)) or "–",
        )
        for matter in matters
        for row in matter.made_with
    ]
    names = ("casino", "software", "browser", "rules", "vantage", "visits", "seed")
    return Table(str(language("made_title")), tuple(str(language(name)) for name in names), tuple(rows))
