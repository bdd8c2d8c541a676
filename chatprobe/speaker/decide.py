"""The decision: weighs all evidence of one message. See docs/speakers.md."""

from __future__ import annotations

from collections.abc import Sequence

from chatprobe.model import Decision, Event, Evidence, Observed, Speaker
from chatprobe.speaker.lexicon import kind_of
from chatprobe.speaker.rules import Case, Rules, Told
from chatprobe.speaker.sources import REGISTRY
from chatprobe.speaker.textform import fold

_AGAINST = frozenset({Speaker.BOT, Speaker.SYSTEM, Speaker.VISITOR})
_ENOUGH = 0.5
"""A lesser reason alone decides nothing."""


def decide(message: Observed, before: Sequence[Told], rules: Rules, happened: Sequence[Event] = ()) -> Decision:
    """Who wrote `message`, given the chat `before` it and what `happened`; pure, and never raises on any text."""
    if not fold(message.text).strip():
        return Decision(Speaker.UNKNOWN, 0.0, (Evidence("text", "no text", 0.0),))
    case = Case(message, before, rules, happened, kind_of(message.text))
    return weigh([evidence for source in REGISTRY for evidence in source.find(case)])


def weigh(found: Sequence[Evidence]) -> Decision:
    """The verdict on a list of evidence: a person only where the best reason for one outweighs every reason against.

    A reason that speaks for nobody may still weigh against a person.
    """
    for_person = max((e.weight for e in found if e.speaker is Speaker.HUMAN), default=0.0)
    against = max((e for e in found if e.speaker in _AGAINST), key=lambda e: e.weight, default=None)
    doubt = max((e.weight for e in found if e.speaker is Speaker.UNKNOWN), default=0.0)
    contrary = max(against.weight if against else 0.0, doubt)
    if for_person > contrary and for_person >= _ENOUGH:
        # A contradicted reason counts one rank less.
        return Decision(Speaker.HUMAN, for_person - 0.25 if contrary else for_person, tuple(found))
    if against is not None and against.weight >= _ENOUGH:
        weight = against.weight
        return Decision(against.speaker, weight - 0.25 if for_person >= weight else weight, tuple(found))
    return Decision(Speaker.UNKNOWN, 0.0, (*found, _missing()))


def _missing() -> Evidence:
    return Evidence("dom", "no wire field, page mark, selector, name, handoff or change of speaker tells who", 0.0)
