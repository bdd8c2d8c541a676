"""What a page says without being asked: banners in the way, nobody there, no entry."""

from __future__ import annotations

from collections.abc import Iterable

from chatprobe.browser import doors, words
from chatprobe.browser.survey import Clickable, Document, Survey
from chatprobe.model import Outcome

SHORT_PAGE = 1500
"""Characters; a page that refuses entry says little else."""


def find_overlays(survey: Survey) -> list[Clickable]:
    """What to click to get past consent banners and age gates, best first; never a sign-up, never a way out."""
    scored = [(_score_overlay(one, survey), one) for one in survey.clickables if one.visible and one.enabled]
    return [one for score, one in sorted(scored, key=lambda pair: -pair[0]) if score >= 3]


def _score_overlay(one: Clickable, survey: Survey) -> float:
    if one.cover or words.NEVER_CLICK.found_in(one.name) or words.CHAT.found_in(one.name):
        return 0
    if not (one.layer or one.dialog or survey.afloat(one)) or (one.href.startswith("http") and "#" not in one.href):
        return 0
    around = survey.text_around(one)
    asked = words.AGE_ASKED.found_in(around), words.COOKIES_ASKED.found_in(around)
    score = 3.0 if asked[0] and words.ADULT.found_in(one.name) else 0
    score = score or (3.0 if any(asked) and (words.ACCEPT.is_all_of(one.name) or ALL.found_in(one.name)) else 0)
    score += 1 if score and one.semantic else 0
    score += 1 if score and (one.layer or one.dialog) else 0
    return score


ALL = words.Words(
    "accept all*, allow all*, tout accepter*, alle akzeptieren*, aceptar todas*, accetta tutti*, aceitar todos*"
)
"""Begins of longer labels that agree to everything."""


def offline_sign(survey: Survey, *, launcher: Clickable | None = None, standing: Survey | None = None) -> str | None:
    """What says that nobody is there: words in the open panel, or the launcher's name or state; None for nothing.

    With `standing`, the survey before the chat was opened, only what is new since then is read.
    """
    if launcher is not None and (said := _said_offline(launcher.name) or _state_of(launcher)):
        return said
    return next((said for text in chat_texts(survey, standing) if (said := _said_offline(text))), None)


def _said_offline(text: str) -> str:
    return doors.OFFLINE.found_in(text) or doors.LEAVE.found_in(text)


def _state_of(launcher: Clickable) -> str:
    return OFF_STATES.found_in(words.spelled(launcher.hints))


OFF_STATES = words.Words("""
    *offline*, away, closed chat, chat closed, unavailable, status closed, state closed offline, is off, no agents,
    online false, status away
""")
"""What classes and file names say of a launcher with nobody behind it."""


def chat_texts(survey: Survey, standing: Survey | None = None) -> list[str]:
    """Texts of what floats over the page or stands in a frame; with `standing`, only lines not seen before."""
    return [text for document in survey.documents.values() for text in _texts_of(document, standing)]


def _texts_of(document: Document, standing: Survey | None) -> Iterable[str]:
    texts = (
        [document.text]
        if document.afloat or (document.embedded and standing)
        else [panel.text for panel in document.panels]
    )
    if standing is None:
        return texts
    known = {line for before in standing.documents.values() for line in before.text.split("\n")}
    source = texts if document.embedded else [document.text]
    return ["\n".join(line for line in text.split("\n") if line not in known) for text in source]


def waiting_sign(survey: Survey, standing: Survey | None = None) -> str | None:
    """What says that the visitor stands in line or is being connected."""
    return next((said for text in chat_texts(survey, standing) if (said := doors.WAITING.found_in(text))), None)


def wall(survey: Survey, http_status: int | None = None, standing: Survey | None = None) -> Outcome | None:
    """Why we are not let in; None where nothing bars the way. `standing` as for `offline_sign`."""
    top = [one for one in survey.documents.values() if not one.embedded]
    if http_status == 451 or any(_refuses(one, doors.GEO) for one in top):
        return Outcome.GEO_BLOCKED
    if _challenged(survey):
        return Outcome.CAPTCHA
    if http_status in (401, 403, 429) or any(_refuses(one, doors.DENIED) for one in top):
        return Outcome.BLOCKED
    return Outcome.LOGIN_WALL if _signs_in(survey, standing) else None


def _refuses(document: Document, said: words.Words) -> bool:
    if said.found_in(document.title):
        return True
    return len(document.text) <= SHORT_PAGE and bool(said.found_in(document.text))


def _challenged(survey: Survey) -> bool:
    """A puzzle to be solved first: a whole page of it, a large frame, or one in the chat; never a mere badge."""
    top = [one for one in survey.documents.values() if not one.embedded]
    if any(_refuses(one, doors.HUMAN_CHECK) for one in top):
        return True
    if any(_puzzle(one) for one in survey.documents.values() if one.embedded):
        return True
    texts = [panel.text for one in survey.documents.values() for panel in one.panels]
    return any(len(text) <= SHORT_PAGE and doors.HUMAN_CHECK.found_in(text) for text in texts)


PUZZLES = words.Words("""
    *captcha*, challenges cloudflare com, turnstile, arkoselabs*, funcaptcha, px captcha, geo captcha*,
    challenge platform
""")


def _puzzle(document: Document) -> bool:
    """A puzzle's frame, large or floating; the small badge of an unseen check sits on the edge and says 'invisible'."""
    if not PUZZLES.found_in(words.spelled(document.url), words.spelled(document.host_name)):
        return False
    if "invisible" in document.url or document.box.height < 60:
        return False
    return document.afloat and document.box.width >= 250 and document.box.height >= 200


def _signs_in(survey: Survey, standing: Survey | None) -> bool:
    """What opened instead of the chat asks for a password, or says that only members may chat."""
    old = standing.ids() if standing else frozenset()
    fresh = [one for one in survey.fields if one.visible and one.kind == "password" and one.id not in old]
    if standing is not None and fresh:
        return True
    return (
        any(doors.SIGN_IN_NEEDED.found_in(text) for text in chat_texts(survey, standing))
        if standing
        else _only_sign_in(survey)
    )


def _only_sign_in(survey: Survey) -> bool:
    """The page as a whole is a sign-in."""
    passwords = [one for one in survey.fields if one.visible and one.kind == "password"]
    top = [one for one in survey.documents.values() if not one.embedded]
    return any(doors.SIGN_IN_NEEDED.found_in(one.text) and len(one.text) <= SHORT_PAGE for one in top) and bool(
        passwords
    )
