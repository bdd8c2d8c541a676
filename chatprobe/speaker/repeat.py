"""Evidence from other days: the same words after the same time.

The same words alone prove a template, and people send templates. But nobody sends one three times after the same
second: a person's delays scatter over tens of seconds, a machine's clock does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from math import ceil

from chatprobe.model import Evidence, Speaker
from chatprobe.speaker.rules import Case
from chatprobe.speaker.textform import fold, worded

DAYS = 3
"""On so many days at least, this one included. Not visits: behind all chats of one evening may sit one person."""
MOST = 2 / 3
"""And on this share of the days on which the words came."""
WITHIN = 0.02
"""Two delays agree if they differ by at most this share: the quicker people are, the closer together their delays."""
WITHIN_MS = 250.0
"""And by no more than this. docs/speakers.md says how often people would seem machines by these four numbers."""
LONGEST_KEY = 500

_NO_LETTERS = re.compile(r"[\W\d_]+")


@lru_cache(maxsize=4096)
def key(text: str) -> str:
    """The words of a text, by which the texts of two visits are the same; '' where there is none.

    Numbers, addresses and masked personal data may differ: "your ticket is 4711" is one template.
    """
    return " ".join(_NO_LETTERS.sub(" ", fold(worded(text[:LONGEST_KEY]))).split())


def repeat(case: Case) -> Iterator[Evidence]:
    """The same words after the same time, day after day."""
    delay = case.message.delay_ms
    if delay is None or not case.rules.repeats:
        return
    others = case.rules.repeats.get(key(case.message.text), ())
    margin = min(WITHIN_MS, WITHIN * delay)
    agreeing, days = 1 + sum(abs(other - delay) <= margin for other in others), 1 + len(others)
    if agreeing >= max(DAYS, ceil(MOST * days)):
        detail = f"the same words came after {delay / 1000:.1f} s on {agreeing} of {days} days"
        yield Evidence("repeat", detail, 0.75, Speaker.BOT)
