"""Bots apart from people: how soon they answer, and what it takes to get past them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from chatprobe.analysis.availability import Rate
from chatprobe.analysis.curve import Curve, incidence
from chatprobe.analysis.visits import Visits
from chatprobe.model import Outcome


@dataclass(frozen=True)
class Bots:
    """What bots did in a set of chats."""

    asked: int
    """Chats in which a question was asked."""
    met: int
    """Those in which a bot wrote after it."""
    response: Curve
    """The first text of a bot, ms from asking, of all that were asked: never mixed with the waits for people."""
    passed: Rate
    """Of the chats with a bot those in which a person answered in the end; doubtful where that is not known.

    Without those that we cut short by our own fault before that.
    """
    escape: Curve
    """The way to a person in steps, turns and clicks together, of the chats with a bot.

    Censored after as many steps as were tried in vain; 0 where a person came without being asked for.
    """


def bots_of(survey: Visits) -> Bots:
    """The bots of `survey`."""
    asked = survey.where(survey.asked & ~survey.shut)
    spoke = ~np.isnan(asked.first_bot_ms)
    followed = np.nan_to_num(np.fmax(asked.waited_ms, 0.0))
    response = incidence(np.where(spoke, asked.first_bot_ms, followed), spoke)
    met = asked.where(spoke)
    human = ~np.isnan(met.first_human_ms)
    unsure = ~human & (~np.isnan(met.first_unknown_ms) | met.left)
    cut = met.are(Outcome.INTERRUPTED) & ~human & ~unsure
    steps = np.nan_to_num(met.handoff_turns) + np.nan_to_num(met.handoff_clicks)
    return Bots(
        asked=len(asked),
        met=len(met),
        response=response,
        passed=Rate(int(human.sum()), int((~cut).sum()), int(unsure.sum())),
        escape=incidence(steps, human),
    )
