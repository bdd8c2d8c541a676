"""What stands open on a page: a composer, a form before the chat, a closed door, or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from chatprobe.browser.forms import Form, find_form
from chatprobe.browser.locate import find_composer
from chatprobe.browser.signs import closed_in_other_words, offline_sign, waiting_sign, wall
from chatprobe.browser.survey import Field, Survey
from chatprobe.model import Outcome


class State(StrEnum):
    """What stands open."""

    COMPOSER = "composer"
    FORM = "form"
    OFFLINE = "offline"
    """A leave-a-message form, or words that nobody is there."""
    WAITING = "waiting"
    """In line, being connected, with nothing to write into yet."""
    WALL = "wall"
    """A sign-in or a puzzle."""


@dataclass(frozen=True)
class Standing:
    """What one look says of the chat."""

    state: State
    composer: Field | None = None
    form: Form | None = None
    wall: Outcome | None = None
    said: str = ""
    """The words that decided, for offline, waiting and wall; with a composer, words that nobody is there, if any."""


def look_at(now: Survey, before: Survey | None = None) -> Standing | None:
    """What stands open; None for nothing. With `before`, only what is new since then counts."""
    form = find_form(now, before)
    if form and form.offline:
        return Standing(State.OFFLINE, form=form, said="; ".join(form.why))
    if form:
        return Standing(State.FORM, form=form)
    composer = find_composer(now, before)
    if composer:
        return Standing(State.COMPOSER, composer=composer, said=offline_sign(now, before))
    return _door(now, before) if before else None


def _door(now: Survey, before: Survey) -> Standing | None:
    if barred := wall(now, before=before):
        return Standing(State.WALL, wall=barred, said=str(barred))
    if said := offline_sign(now, before):
        return Standing(State.OFFLINE, said=said)
    if said := waiting_sign(now, before):
        return Standing(State.WAITING, said=said)
    return None


def shut_door(now: Survey, before: Survey) -> Standing | None:
    """What a chat's own launcher opened where there is nothing to write into, in whatever words; None for nothing."""
    said = closed_in_other_words(now, before)
    if said is None:
        return None
    if said[0] is Outcome.OFFLINE:
        return Standing(State.OFFLINE, said=said[1])
    return Standing(State.WALL, wall=said[0], said=said[1])
