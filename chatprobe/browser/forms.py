"""Forms before a chat: finding one, what each field asks for, telling it from a leave-a-message form or a sign-in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from chatprobe.browser import doors, sayings, words
from chatprobe.browser.languages import is_language_picker
from chatprobe.browser.locate import group_of, is_elsewhere, stand_together, stands_above
from chatprobe.browser.survey import Clickable, Field, Survey


class Role(StrEnum):
    """What a field of a form asks for."""

    NAME = "name"
    EMAIL = "email"
    PHONE = "phone"
    QUESTION = "question"
    SUBJECT = "subject"
    DEPARTMENT = "department"
    LANGUAGE = "language"
    CONSENT = "consent"
    CHOICE = "choice"
    OTHER = "other"


@dataclass(frozen=True)
class Ask:
    """One field of a form and what it asks for."""

    field: Field
    role: Role

    @property
    def required(self) -> bool:
        """Marked as required, by its attribute or by a star."""
        return self.field.required or "*" in self.field.label + self.field.placeholder

    @property
    def called(self) -> str:
        """What a visitor reads of it."""
        return self.field.label or self.field.placeholder or self.field.name or self.field.kind


@dataclass(frozen=True)
class Form:
    """What stands before a chat."""

    asks: tuple[Ask, ...]
    submit: Clickable | None
    """None where only the Enter key can submit it."""
    offline: bool
    """A leave-a-message form: nobody is there, and it must not be submitted."""
    why: tuple[str, ...]
    """What spoke for and against `offline`."""

    def of(self, role: Role) -> Ask | None:
        """The first field of a role."""
        return next((one for one in self.asks if one.role is role), None)


def find_form(survey: Survey, before: Survey | None = None) -> Form | None:
    """The form before a chat, or one that leaves a message; never a sign-in, a search or a newsletter.

    With `before`, the survey before the chat was opened, fields that stood there already are left out; without it,
    only what floats over the page, in a dialog or in a frame is taken for a chat's form.
    """
    fresh = survey.without(before)
    fields = [one for one in fresh.fields if _seen(one) and (before or _apart(one, survey))]
    groups: dict[tuple[str, str], list[Field]] = {}
    for one in fields:
        groups.setdefault(group_of(one), []).append(one)
    forms = [form for group in groups.values() if (form := _form_of(group, fresh))]
    return max(forms, key=lambda form: len(form.asks), default=None)


def _seen(one: Field) -> bool:
    return one.visible or (one.kind in ("checkbox", "radio") and one.label_box is not None)


def _apart(one: Field, survey: Survey) -> bool:
    return survey.afloat(one) or bool(one.dialog) or survey.documents[one.document].embedded


def _form_of(group: Sequence[Field], survey: Survey) -> Form | None:
    asks = tuple(Ask(one, role_of(one)) for one in group if not is_elsewhere(one))
    if not asks or any(one.kind == "password" for one in group):
        return None
    submit = _submit_of(group, survey)
    if not _is_form(asks, submit):
        return None
    offline, why = _offline(asks, submit, survey.text_around(asks[0].field))
    return Form(asks, submit, offline, why)


def _is_form(asks: Sequence[Ask], submit: Clickable | None) -> bool:
    """A lone box for text is a composer, unless what stands beside it starts a chat."""
    if any(one.role in (Role.NAME, Role.EMAIL, Role.PHONE, Role.DEPARTMENT) for one in asks):
        return True
    starts = submit is not None and bool(words.START.found_in(submit.name)) and not words.SEND.found_in(submit.name)
    return starts or (submit is not None and len({one.role for one in asks}) > 1)


def role_of(one: Field) -> Role:
    """What a field asks for, by its type first, then by its words."""
    if one.kind in _BY_KIND:
        return _BY_KIND[one.kind]
    said = (one.autocomplete, one.label, one.placeholder, words.spelled(one.name))
    if one.kind == "checkbox":
        return Role.CONSENT if doors.AGREE.found_in(*said) and not doors.NEWSLETTER.found_in(*said) else Role.OTHER
    if one.kind == "select":
        return _chosen_role(one, said)
    return next((role for role, said_so in _ROLES if said_so.found_in(*said)), Role.OTHER)


def _chosen_role(one: Field, said: tuple[str, ...]) -> Role:
    if doors.LANGUAGE.found_in(*said) or is_language_picker([text for _, text, _ in one.options]):
        return Role.LANGUAGE
    return Role.DEPARTMENT if doors.DEPARTMENT.found_in(*said) else Role.SUBJECT


_BY_KIND = {
    "email": Role.EMAIL,
    "tel": Role.PHONE,
    "textarea": Role.QUESTION,
    "editable": Role.QUESTION,
    "radio": Role.CHOICE,
}

_ROLES = (
    (Role.EMAIL, doors.EMAIL),
    (Role.PHONE, doors.PHONE),
    (Role.DEPARTMENT, doors.DEPARTMENT),
    (Role.SUBJECT, doors.SUBJECT),
    (Role.QUESTION, doors.QUESTION),
    (Role.NAME, doors.NAME),
)


def _submit_of(group: Sequence[Field], survey: Survey) -> Clickable | None:
    near = [one for one in survey.clickables if one.visible and any(stand_together(one, field) for field in group)]
    near = [one for one in near if not all(stands_above(one, field) for field in group)]
    scored = [(_score_submit(one, group), one) for one in near]
    best = max(scored, key=lambda pair: pair[0], default=None)
    return best[1] if best and best[0] >= 2 else None


def _score_submit(one: Clickable, group: Sequence[Field]) -> float:
    if words.NEVER_CLICK.found_in(one.name) or (one.href.startswith("http") and "#" not in one.href):
        return 0
    score = 4.0 if words.START.found_in(one.name) else 0
    score += 3 if words.SEND.found_in(one.name) or words.ACCEPT.is_all_of(one.name) or NEXT.is_all_of(one.name) else 0
    score += 1 if one.form and one.form == group[-1].form and one.tag in ("button", "input") else 0
    score += 1 if "submit" in one.hints else 0
    score += 1 if one.box.y >= max(field.box.y for field in group) else -1
    score += 1 if one.box.width >= 80 else 0
    score -= 3 if words.NO_LAUNCHER.found_in(one.name) and not words.CHAT.found_in(one.name) else 0
    return score - min(one.box.distance(field.box) for field in group) / 100


NEXT = words.Words("""
    next, continue, go, proceed, ok, done, suivant, valider, weiter, siguiente, continuar, avanti, próximo, seguinte,
    volgende, nästa, neste, næste, seuraava, dalej, další
    ďalej, tovább, înainte, continuă, напред, далее, продолжить, далі, επόμενο, ileri, devam, التالي, הבא, आगे,
    tiếp tục, lanjut, ถัดไป, 次へ, 다음, 下一步, 确定
""")


def _offline(asks: Sequence[Ask], submit: Clickable | None, text: str) -> tuple[bool, tuple[str, ...]]:
    """Whether a form rather leaves a message than starts a chat: words first, structure where they are silent."""
    reasons = list(_offline_reasons(asks, submit, text))
    return sum(score for score, _ in reasons) >= 2, tuple(f"{score:+g} {why}" for score, why in reasons)


def _offline_reasons(asks: Sequence[Ask], submit: Clickable | None, text: str) -> Iterable[tuple[float, str]]:
    name = submit.name if submit else ""
    if said := doors.OFFLINE.found_in(text):
        yield 2, f"says {said!r}"
    if said := doors.LEAVE.found_in(text):
        yield 2, f"asks {said!r}"
    elif said := sayings.ABSENT.found_in(text):
        yield 1.5, f"says {said!r}"
    if said := words.START.found_in(name):
        yield (-1 if words.SEND.found_in(name) else -3), f"its button says {said!r}"
    elif words.CHAT.found_in(name):
        yield -2, "its button speaks of a chat"
    elif words.SEND.found_in(name):
        yield 0.5, "its button sends"
    if said := words.START.found_in(text.replace(name, " ") if name else text):
        yield -1, f"says {said!r}"
    roles = {one.role for one in asks}
    if Role.EMAIL in roles and Role.QUESTION in roles:
        yield 0.5, "asks for an address and a message"
