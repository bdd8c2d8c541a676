"""What a page says without being asked: nobody there, no entry, closed for repair."""

from __future__ import annotations

from chatprobe.browser import doors, sayings, words
from chatprobe.browser.survey import Clickable, Document, Survey
from chatprobe.model import Outcome

SHORT_PAGE = 1500
"""Characters; a page that refuses entry says little else."""


def launcher_says_offline(launcher: Clickable) -> str:
    """What a launcher's name, class or picture says of nobody being there; empty for nothing."""
    return _said_offline(launcher.name) or OFF_STATES.found_in(words.spelled(launcher.hints))


OFF_STATES = words.Words("*offline*, away, unavailable, no agents, no agent, online false, available false")
"""What classes and file names say of a launcher with nobody behind it. "Closed" is none: it is said of windows."""


def offline_sign(survey: Survey, before: Survey | None = None) -> str:
    """What says in an open panel that nobody is there; empty for nothing.

    With `before`, the survey before the chat was opened, only what is new since then is read.
    """
    return next((said for text in chat_texts(survey, before) if (said := _said_offline(text))), "")


def _said_offline(text: str) -> str:
    return doors.OFFLINE.found_in(text) or doors.LEAVE.found_in(text)


def chat_texts(survey: Survey, before: Survey | None = None) -> list[str]:
    """Texts of what floats over the page; with `before`, all text but the lines seen then."""
    if before is None:
        return [text for document in survey.documents.values() for text in _floating(document)]
    known = {line for document in before.documents.values() for line in document.text.split("\n")}
    texts = [document.text for document in survey.documents.values()]
    return ["\n".join(line for line in text.split("\n") if line not in known) for text in texts]


def _floating(document: Document) -> list[str]:
    return [document.text] if document.afloat else [panel.text for panel in document.panels]


def waiting_sign(survey: Survey, before: Survey | None = None) -> str:
    """What says that the visitor stands in line or is being connected; empty for nothing."""
    return next((said for text in chat_texts(survey, before) if (said := doors.WAITING.found_in(text))), "")


def wall(survey: Survey, http_status: int | None = None, before: Survey | None = None) -> Outcome | None:
    """Why we are not let in; None where nothing bars the way. `before` as for `offline_sign`."""
    top = [one for one in survey.documents.values() if not one.embedded]
    if http_status == 451 or any(_refuses(one, doors.GEO) for one in top):
        return Outcome.GEO_BLOCKED
    if _challenged(survey):
        return Outcome.CAPTCHA
    if http_status in (401, 403, 429) or any(_refuses(one, doors.DENIED) for one in top):
        return Outcome.BLOCKED
    return Outcome.LOGIN_WALL if _signs_in(survey, before) else None


BARE = 12
"""Clickables; a page that turns its visitors away has few."""


def wall_in_other_words(survey: Survey) -> tuple[Outcome, str] | None:
    """Why a page that shows next to nothing lets nobody in, and the sentence that says so; None where none does.

    It reads more into a text than `wall` does, so it is for pages on which no chat was found.
    """
    if sum(one.visible for one in survey.clickables) > BARE:
        return None
    for outcome, saying in _OTHER_WORDS:
        for one in survey.documents.values():
            if (
                not one.embedded
                and len(one.text) <= SHORT_PAGE
                and (said := saying.found_in(f"{one.title}\n{one.text}"))
            ):
                return outcome, said
    return None


_OTHER_WORDS = (
    (Outcome.CAPTCHA, sayings.CHALLENGE),
    (Outcome.GEO_BLOCKED, sayings.FROM_HERE),
    (Outcome.BLOCKED, sayings.TURNED_AWAY),
    (Outcome.SITE_DOWN, sayings.MENDING),
)


def closed_in_other_words(survey: Survey, before: Survey) -> tuple[Outcome, str] | None:
    """Why what opened holds nothing to write into, and the sentence that says so; None where none does.

    For what a click on a chat's own launcher opened: a list of contacts has opening hours, too.
    """
    texts = chat_texts(survey, before)
    found = ((outcome, saying.found_in(text)) for outcome, saying in _SHUT for text in texts)
    return next(((outcome, said) for outcome, said in found if said), None)


_SHUT = (
    (Outcome.LOGIN_WALL, sayings.MEMBERS_ONLY),
    (Outcome.OFFLINE, sayings.ABSENT),
    (Outcome.OFFLINE, sayings.AWAY),
    (Outcome.OFFLINE, sayings.LATER),
)


def under_repair(survey: Survey) -> str:
    """What says on a short page that the whole site is closed for repair; empty for nothing."""
    top = [one for one in survey.documents.values() if not one.embedded and _refuses(one, doors.REPAIR)]
    return next((doors.REPAIR.found_in(one.title, one.text) for one in top), "")


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


def _signs_in(survey: Survey, before: Survey | None) -> bool:
    """What opened instead of the chat asks for a password or says that only members may chat, or all the page does."""
    old = before.ids() if before else frozenset()
    asked = any(one.visible and one.kind == "password" and one.id not in old for one in survey.fields)
    if before is not None:
        return asked or any(doors.SIGN_IN_NEEDED.found_in(text) for text in chat_texts(survey, before))
    top = [one for one in survey.documents.values() if not one.embedded]
    return asked and any(_refuses(one, doors.SIGN_IN_NEEDED) for one in top)
