"""Why something cannot be told yet: a sentence, and what it is made of, to be said in another language."""

from __future__ import annotations

from typing import Any, Self

SENTENCES = {
    "few_chats": "{have} of {need} chats",
    "few_days": "{have} of {need} days",
    "hours_missing": "no chat yet at {hours} h",
    "weekends_missing": "no chat yet on weekends",
    "weekdays_missing": "no chat yet on weekdays",
    "faults": "{ours} of {chats} chats failed on our side, more than {most} %",
    "slots_lost": "{lost} of {slots} survey slots between {first:02}:00 and {last:02}:00 were lost on our side",
    "few_together": "{have} of {need} chats in the time that all were visited",
    "excluded_rate": "that fewer than {least} % of visits find what is promised",
    "excluded_sign": "a daily gap of {length} h or longer that the widget shows on half of the days or more; "
    "not that nobody answers",
    "excluded_gap": "a daily gap of {length} h or longer in which half of the visits or more find nobody; "
    "no shorter or rarer gap",
}
"""All there are, in English."""


class Reason(str):
    """A sentence that is a `str`; what it was made of are its `name` and `values`."""

    name: str
    values: dict[str, Any]

    __slots__ = ("name", "values")

    def __new__(cls, name: str, /, **values: Any) -> Self:
        """The sentence `name` of `SENTENCES` with its values filled in; a list of hours is written out."""
        said = {key: _listed(value) for key, value in values.items()}
        reason = super().__new__(cls, SENTENCES[name].format(**said))
        reason.name, reason.values = name, values
        return reason


def _listed(value: Any) -> Any:
    return ", ".join(f"{one:02}" for one in value) if isinstance(value, list | tuple) else value
