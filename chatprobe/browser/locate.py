"""Which clickable opens the chat, which field is its composer, which control sends: scores over a `Survey`.

Weights are ranks by judgement, not probabilities; no rule is for any one vendor. Each candidate carries its reasons.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from chatprobe.browser import doors, words
from chatprobe.browser.survey import Box, Clickable, Field, Survey, Thing

PLAUSIBLE = 3.0
"""A launcher below this score is not clicked."""
STRONG = 9.5
"""Nothing that may still load is likely to beat a launcher of this score."""

SHOWN = 6.0
"""A launcher of this score counts as one although nobody clicks it to see."""

IDENTITY_KINDS = ("email", "tel", "password")
TEXT_KINDS = ("textarea", "editable", "text")


@dataclass(frozen=True)
class Candidate:
    """A clickable that may open the chat."""

    target: Clickable
    score: float
    why: tuple[str, ...]
    """What spoke for and against it."""


Reason = tuple[float, str]


def rank_launchers(survey: Survey) -> list[Candidate]:
    """What may open the chat, best first; only plausible ones, one per place on the page."""
    scored = [_score_launcher(one, survey) for one in survey.clickables if may_launch(one, survey)]
    ranked = sorted((one for one in scored if one.score >= PLAUSIBLE), key=lambda one: -one.score)
    best: list[Candidate] = []
    for one in ranked:
        if not any(_same_place(one.target.box, other.target.box) for other in best):
            best.append(one)
    return best


def _same_place(one: Box, other: Box) -> bool:
    (x, y), (other_x, other_y) = one.centre, other.centre
    inside = other.x <= x <= other.right and other.y <= y <= other.bottom
    return inside and abs(x - other_x) < 40 and abs(y - other_y) < 40


def may_launch(one: Clickable, survey: Survey) -> bool:
    """Whether a clickable is not plainly something else: a way off the site, to the top, to a messenger."""
    if not one.visible or not one.enabled or _leads_away(one, survey):
        return False
    if words.NO_LAUNCHER_HINTS.found_in(words.spelled(one.hints)) and not words.CHAT.found_in(one.name):
        return False
    return bool(words.CHAT.found_in(one.name)) or not words.NO_LAUNCHER.found_in(one.name)


def _leads_away(one: Clickable, survey: Survey) -> bool:
    """A link to another site, a phone or a mail program; a chat window of the site's own name stays."""
    if not one.href:
        return False
    link, here = urlsplit(one.href), urlsplit(survey.documents[one.document].url)
    if link.scheme in ("tel", "mailto", "sms", "whatsapp", "tg", "viber", "skype"):
        return True
    if link.scheme not in ("http", "https") or not link.hostname:
        return False
    if words.NO_LAUNCHER.found_in(link.hostname.replace(".", " ")):
        return True
    return link.hostname != here.hostname and not words.CHAT_HINTS.found_in(words.spelled(one.href))


def _score_launcher(one: Clickable, survey: Survey) -> Candidate:
    reasons = [*_said(one, survey), *_placed(one, survey), *_shaped(one, survey), *_doubts(one, survey)]
    return Candidate(one, sum(score for score, _ in reasons), tuple(f"{score:+g} {why}" for score, why in reasons))


def _said(one: Clickable, survey: Survey) -> Iterable[Reason]:
    name = one.name
    chat, aid = words.CHAT.found_in(name), words.HELP.found_in(name)
    if chat:
        yield (6 if len(name) <= 40 else 3), f"named {chat!r}"
    elif aid:
        yield (1.5 if len(name) <= 40 else 0.5), f"named {aid!r}"
    hint = words.CHAT_HINTS.found_in(words.spelled(one.hints))
    if hint:
        yield 3, f"class, id or file {hint!r}"
    host = survey.documents[one.document].host_name
    if words.CHAT_HINTS.found_in(words.spelled(host)):
        yield 2.5, "in a frame named for a chat"
    if one.expanded or one.popup:
        yield 0.5, "opens something"


def _placed(one: Clickable, survey: Survey) -> Iterable[Reason]:
    if not survey.afloat(one):
        return
    view, box = survey.view_of(one), one.box
    x, y = box.centre
    yield 2, "floats over the page"
    side = min(x, view.width - x) < max(120, view.width * 0.1)
    if side and view.height - y < max(160, view.height * 0.2):
        yield 2.5, "in a lower corner"
    elif min(box.x, view.width - box.right) < 24 and view.height * 0.2 < y:
        yield 1.5, "on a side edge"
    elif view.height - box.bottom < 30:
        yield 1, "on the lower edge"
    if max(one.z, survey.documents[one.document].host_z) >= 1000:
        yield 1, "above all else"


def _shaped(one: Clickable, survey: Survey) -> Iterable[Reason]:
    width, height = one.box.width, one.box.height
    if survey.afloat(one):
        if 28 <= width <= 110 and 28 <= height <= 110:
            yield 1.5, "the size of a bubble"
        elif 60 <= width <= 320 and 24 <= height <= 90:
            yield 1, "shaped like a pill"
    if one.semantic or one.pointer:
        yield 0.5, "meant to be clicked"


def _doubts(one: Clickable, survey: Survey) -> Iterable[Reason]:
    view = survey.view_of(one)
    if one.cover:
        yield -1.5, f"covered by {one.cover}"
    if one.box.width > view.width * 0.5 or one.box.height > view.height * 0.5:
        yield -4, "large"
    if len(one.name) > 60:
        yield -2, "long text"
    if one.landmark == "nav" and not words.CHAT.found_in(one.name):
        yield -2, "in the navigation"
    if not survey.afloat(one) and not words.CHAT.found_in(one.name):
        yield -2, "in the page's flow"
    if one.hushed and not one.name:
        yield -1, "hidden from screen readers"


def find_composer(survey: Survey, before: Survey | None = None) -> Field | None:
    """The box in which a visitor writes to the chat; None where there is none yet (read-only counts as none).

    With `before`, the survey before the chat was opened, fields that stood there already are left out.
    """
    fresh = survey.without(before)
    scored = [(_score_composer(one, fresh, fresh=before is not None), one) for one in fresh.fields]
    best = max(scored, key=lambda pair: pair[0], default=None)
    return best[1] if best and best[0] >= 4 else None


def _score_composer(one: Field, survey: Survey, *, fresh: bool) -> float:
    if not one.visible or not one.enabled or one.kind not in TEXT_KINDS or one.box.width < 50 or one.box.height < 10:
        return 0
    said = (one.placeholder, one.label)
    if is_elsewhere(one) or belongs_to_form(one, survey):
        return 0
    score = 3.0 if one.kind in ("textarea", "editable") else 1.5
    score += 3 if words.WRITE_HERE.found_in(*said) else 0
    score += 1.5 if words.WRITE_HERE.found_in(one.name, words.spelled(one.hints)) else 0
    score += 2 if survey.afloat(one) or one.dialog else 0
    score += 1 if survey.documents[one.document].embedded else 0
    score += 2 if fresh else 0
    score += 1 if send_controls(survey, one) else 0
    score -= 3 if one.hushed else 0
    score -= 2 if not (fresh or survey.afloat(one) or one.dialog or _chatty(one, survey)) else 0
    return score + (2 if score < 4 and _stands_alone(one, survey) else 0)


def _stands_alone(one: Field, survey: Survey) -> bool:
    """A large box beside a control that says no more than "Send", where nothing looks like the way to a chat.

    Comments and feedback are sent by forms; nobody may be written to by mistake.
    """
    large = one.kind in ("textarea", "editable") and not one.hushed and not one.form
    sends = any(words.SEND.is_all_of(control.name) for control in send_controls(survey, one))
    return large and sends and not rank_launchers(survey)


def _chatty(one: Field, survey: Survey) -> bool:
    document = survey.documents[one.document]
    hints = words.spelled(f"{one.hints} {document.host_name}")
    return bool(words.CHAT_HINTS.found_in(hints) or words.CHAT.found_in(document.title, one.placeholder))


def is_elsewhere(one: Field) -> bool:
    """A site's own search, newsletter or sign-in field."""
    said = (one.placeholder, one.label, one.name, one.autocomplete)
    if one.kind in ("search", "password") or one.role in ("searchbox", "combobox"):
        return True
    if words.WRITE_HERE.found_in(one.placeholder):
        return False
    return bool(doors.SEARCH.found_in(*said) or doors.NEWSLETTER.found_in(*said))


def neighbours(one: Thing, survey: Survey) -> list[Field]:
    """The visible fields that stand with this one: in its form, else in its panel, dialog or frame."""
    return [other for other in survey.fields if other.visible and group_of(other) == group_of(one)]


def group_of(one: Thing) -> tuple[str, str]:
    """What keeps fields and their buttons together."""
    return one.document, one.form or one.dialog or one.anchor


def stand_together(one: Thing, other: Thing) -> bool:
    """Whether two things share a form, a dialog or a fixed box, or both stand in their document's flow."""
    if one.document != other.document:
        return False
    shared = {one.form, one.dialog, one.anchor} & {other.form, other.dialog, other.anchor} - {""}
    return bool(shared) or group_of(one) == group_of(other)


def belongs_to_form(one: Field, survey: Survey) -> bool:
    """Whether other things are asked beside it, such as a name, or its only button starts the chat."""
    group = [other for other in neighbours(one, survey) if other.kind == "password" or not is_elsewhere(other)]
    if _asks_identity(one) or any(_asks_identity(other) for other in group):
        return True
    beside = [other for other in survey.clickables if other.visible and group_of(other) == group_of(one)]
    names = [other.name for other in beside if not stands_above(other, one)]
    return any(words.START.is_all_of(name) for name in names) and not any(words.SEND.found_in(name) for name in names)


def stands_above(button: Clickable, field: Field) -> bool:
    """Whether a button ends where the field begins: a choice under a message, not what submits the field."""
    return button.document == field.document and button.box.bottom <= field.box.y


def _asks_identity(one: Field) -> bool:
    if one.kind in IDENTITY_KINDS:
        return True
    if one.kind not in ("text", "select") or words.WRITE_HERE.found_in(one.placeholder):
        return False
    said = (one.label, one.placeholder, one.name, one.autocomplete)
    return any(kind.found_in(*said) for kind in (doors.NAME, doors.EMAIL, doors.PHONE, doors.DEPARTMENT))


def send_controls(survey: Survey, composer: Field) -> list[Clickable]:
    """What may send the composer's text, most likely first; empty where only keys can."""
    near = [one for one in survey.clickables if _may_send(one, composer)]
    return sorted(near, key=lambda one: -_score_send(one, composer))


def _may_send(one: Clickable, composer: Field) -> bool:
    if not one.visible or one.href.startswith("http") or not stand_together(one, composer):
        return False
    if one.box.width > composer.box.width * 1.5 + 100 or one.box.height > 120:
        return False
    return one.box.distance(composer.box) <= 80 and _score_send(one, composer) > 0


def _score_send(one: Clickable, composer: Field) -> float:
    hints = words.spelled(one.hints)
    score = 5.0 if words.SEND.found_in(one.name) else 0
    score += 2 if words.SEND.found_in(hints) else 0
    score -= 3 if not score and (words.CHAT.found_in(one.name) or LAUNCHES.found_in(hints)) else 0
    score += 1 if one.form and one.form == composer.form else 0
    score += 1 if one.box.x >= composer.box.right - 80 else 0
    score += 0.5 if one.semantic else 0
    score -= 4 if NOT_SEND.found_in(one.name, hints) else 0
    return score - one.box.distance(composer.box) / 40


LAUNCHES = words.Words("*launch*, *bubble*, *toggle*, *trigger*")

NOT_SEND = words.Words("""
    emoji*, smil*, attach*, file, upload*, gif, voice, audio, microphone, mic, record*, close, minimi*, menu
    settings, rating, rate, thumbs*, camera, image
    photo, sticker*, options, more, sound, mute, end, download, transcript, clear, bold, italic, joindre, anhang
    adjuntar, allega, anexar, прикрепить, 表情, 附件
""")
"""Stands beside a composer and does something else than send."""
