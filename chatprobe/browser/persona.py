"""Filling the form before a chat from what the visitor has declared of himself; nothing is invented.

What a form requires and nobody declared is named, not made up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from chatprobe.browser import doors, words
from chatprobe.browser.forms import Ask, Form, Role
from chatprobe.browser.languages import language_named
from chatprobe.browser.observer import Observer
from chatprobe.browser.pointing import ask, click, press, type_into
from chatprobe.browser.survey import Field, Survey


@dataclass(frozen=True)
class Visitor:
    """What the visitor says of himself; empty where he says nothing."""

    name: str = ""
    email: str = ""
    phone: str = ""
    department: str = ""
    """Whom he wants to reach, where a form lets him choose."""
    language: str = ""
    """Code of the language he asks in."""


@dataclass(frozen=True)
class Entry:
    """What goes into one field."""

    ask: Ask
    text: str = ""
    """Typed into it; for a select, the text of the option to choose; empty for a box to tick."""


@dataclass(frozen=True)
class Plan:
    """What to write where."""

    entries: tuple[Entry, ...] = ()
    missing: tuple[Ask, ...] = ()
    """Required, and not known."""


def plan_form(form: Form, visitor: Visitor, question: str | None, *, everything: bool = False) -> Plan:
    """What to write where: name and address where they are known, all else where required.

    With `everything`, for a form that cannot be sent yet or stands again after it was, also what is not marked as
    required: a script may want it.
    """
    found = _entries(form, visitor, question, everything=everything)
    entries = sorted(found, key=lambda entry: form.asks.index(entry.ask))
    filled = {one.ask.field.id for one in entries}
    missing = [one for one in form.asks if _lacks(one) and one.field.id not in filled]
    return Plan(tuple(entries), tuple(missing))


def told_missing(asks: Sequence[Ask]) -> str:
    """Which required fields nobody declared a value for, and where to declare it, as one sentence."""
    ways = [f"visitor.{one.role}" if one.role in DECLARED else "write it in chat.form" for one in asks]
    named = [f"{one.called[:60]!r} ({way})" for one, way in zip(asks, ways, strict=True)]
    return f"the form requires what nobody declared: {', '.join(named)}"


DECLARED = frozenset({Role.NAME, Role.EMAIL, Role.PHONE, Role.DEPARTMENT})
"""Roles whose values settings and scenario declare under `visitor`, by the role's name."""


def _lacks(one: Ask) -> bool:
    """Whether a field must be filled in, is empty, and is one of those that are typed into."""
    return one.required and one.field.kind not in ("select", "checkbox", "radio") and not one.field.value


def _entries(form: Form, visitor: Visitor, question: str | None, *, everything: bool) -> Iterator[Entry]:
    for one in form.asks:
        wanted = one.required or everything
        if one.field.kind == "checkbox":
            if not one.field.checked and (one.required or (one.role is Role.CONSENT and everything)):
                yield Entry(one)
        elif one.field.kind == "select":
            yield from (Entry(one, option) for option in _option(one, visitor, wanted=wanted))
        elif one.role is not Role.CHOICE:
            text = _text_for(one, form, visitor, question, wanted=wanted)
            if text and text != one.field.value:
                yield Entry(one, text)
    for group in _choices(form).values():
        if any(one.required for one in group) or everything:
            yield from (Entry(one) for one in _chosen(group, visitor) if not one.field.checked)


def _choices(form: Form) -> Mapping[str, list[Ask]]:
    groups: dict[str, list[Ask]] = {}
    for one in form.asks:
        if one.role is Role.CHOICE:
            groups.setdefault(one.field.name, []).append(one)
    return groups


def _chosen(group: Sequence[Ask], visitor: Visitor) -> list[Ask]:
    """Of alternatives the one that the visitor speaks of, else the chosen one, else the first."""
    texts = [one.field.label for one in group]
    best = _best(texts, visitor)
    if best is not None:
        return [group[texts.index(best)]]
    return [next((one for one in group if one.field.checked), group[0])]


def _option(one: Ask, visitor: Visitor, *, wanted: bool) -> list[str]:
    """The option to choose; none where a proper one is chosen already and the visitor speaks of no other."""
    proper = [(value, text) for value, text, off in one.field.options if value and text.strip(" -–—.…") and not off]
    chosen = next((text for value, text in proper if value == one.field.value), None)
    best = _best([text for _, text in proper], visitor)
    if best is not None and one.role in (Role.DEPARTMENT, Role.LANGUAGE):
        return [best] if best != chosen else []
    if chosen or not proper or not (wanted or one.role is Role.DEPARTMENT):
        return []
    return [best or proper[0][1]]


def _best(texts: Sequence[str], visitor: Visitor) -> str | None:
    """The text that names the visitor's language or the department he wants, else one that offers help at large."""
    language = visitor.language.partition("-")[0].lower()
    wish = words.fold(visitor.department)
    spoken = next((text for text in texts if language and language_named(text) == language), None)
    wished = next((text for text in texts if wish and (wish in words.fold(text))), None)
    return spoken or wished or next((text for text in texts if GENERAL.found_in(text)), None)


GENERAL = words.Words("""
    support, customer support, customer service, general, general enquiries, general questions, help, help desk
    service client, assistance, kundenservice, kundendienst, allgemein*, atención al cliente, soporte, ayuda, general
    assistenza, servizio clienti, supporto, suporte, atendimento, apoio ao cliente, klantenservice, algemeen, kundtjänst
    kundeservice, asiakaspalvelu, obsługa klienta, pomoc, zákaznická podpora, podpora, ügyfélszolgálat, asistență
    поддержка, служба поддержки, підтримка, поддръжка, υποστήριξη, destek, müşteri hizmetleri, الدعم, خدمة العملاء
    תמיכה, שירות לקוחות, सहायता, hỗ trợ, dukungan, ช่วยเหลือ, サポート, 고객 지원, 客服, 客户服务
""")
"""Departments for questions of any kind."""


def _text_for(one: Ask, form: Form, visitor: Visitor, question: str | None, *, wanted: bool) -> str:
    if one.role is Role.NAME:
        return _name_for(one.field, visitor.name)
    if one.role is Role.EMAIL:
        return visitor.email
    if one.role is Role.QUESTION:
        return question or ""
    if one.role is Role.SUBJECT and (wanted or form.of(Role.QUESTION) is None):
        return question or ""
    known = {Role.PHONE: visitor.phone, Role.DEPARTMENT: visitor.department}
    return known.get(one.role, "") if wanted else ""


def _name_for(field: Field, name: str) -> str:
    """The name, or the part of it that is asked for; nothing where that part was not declared."""
    said = (field.autocomplete, field.label, field.placeholder, words.spelled(field.name))
    first, _, rest = name.partition(" ")
    if any(doors.LAST_NAME.is_all_of(text.strip(" *")) for text in said):
        return rest
    return first if any(doors.FIRST_NAME.is_all_of(text.strip(" *")) for text in said) else name


async def fill_form(observer: Observer, survey: Survey, entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Carry out a plan with mouse and keys; the entries that did not hold come back."""
    return tuple([entry for entry in entries if not await _fill(observer, survey, entry)])


async def _fill(observer: Observer, survey: Survey, entry: Entry) -> bool:
    field = entry.ask.field
    if field.kind == "select":
        return await _choose(observer, survey, entry)
    if field.kind in ("checkbox", "radio"):
        return await _tick(observer, survey, field)
    return await type_into(observer, survey, field, entry.text)


async def _choose(observer: Observer, survey: Survey, entry: Entry) -> bool:
    """Walk down the options by key, as a native list takes no clicks at coordinates."""
    field = entry.ask.field
    texts = [text for _, text, _ in field.options]
    await ask(observer, survey, field, "focus")
    for _ in texts:
        held = await ask(observer, survey, field, "read")
        if held and held["index"] == texts.index(entry.text):
            return True
        await press(survey, field, "ArrowDown")
    held = await ask(observer, survey, field, "read")
    return bool(held) and held["index"] == texts.index(entry.text)


async def _tick(observer: Observer, survey: Survey, field: Field) -> bool:
    """Click the box, else press the blank on it: a drawn box may lie elsewhere, and its label may hold links."""
    if field.visible:
        await click(observer, survey, field)
    held = await ask(observer, survey, field, "read")
    if not (held and held["checked"]):
        await ask(observer, survey, field, "focus")
        await press(survey, field, "Space")
        held = await ask(observer, survey, field, "read")
    return bool(held) and bool(held["checked"])
