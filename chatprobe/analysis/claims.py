"""What a casino says of its chat, as far as visits can tell whether it is so."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Claim(StrEnum):
    """What can be claimed."""

    HOURS = "hours"
    """Somebody answers in the promised hours."""
    STATUS = "status"
    """The widget says "open" in the promised hours."""
    FIRST_REPLY = "first_reply"
    """A person answers within the promised time."""
    LANGUAGES = "languages"
    """People answer in the promised language; each language is a claim of its own."""


@dataclass(frozen=True)
class Claims:
    """The claims of one scenario text."""

    hours: frozenset[int] | None = None
    """Promised hours of the week, 0-167; None where nothing is promised."""
    hours_text: str = ""
    """The same as people write it, such as ``24/7``."""
    first_reply_ms: float | None = None
    first_reply_text: str = ""
    languages: tuple[str, ...] = ()
    """ISO 639-1 codes."""

    def same(self, claim: Claim, other: Claims, language: str = "") -> bool:
        """Whether `other`, an earlier text's, made the same `claim`."""
        if claim in (Claim.HOURS, Claim.STATUS):
            return self.hours == other.hours
        if claim is Claim.FIRST_REPLY:
            return self.first_reply_ms == other.first_reply_ms and self.hours == other.hours
        return language in other.languages
