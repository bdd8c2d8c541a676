"""Manners of what is asked and where: refused are claims of vulnerability, warned of are affiliate links."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from chatprobe.scenario.document import Mistake
from chatprobe.scenario.rules import questions_in, texts_in
from chatprobe.scenario.vulnerable import claim_of

AFFILIATE = (
    "aff", "aff_id", "affid", "affiliate", "affiliate_id", "affiliateid", "aid", "btag", "click_id", "clickid",
    "partner", "partner_id", "partnerid", "ref", "ref_id", "referral", "referrer", "refid", "stag", "sub_id", "subid",
    "tracker", "tracking_id",
)  # fmt: skip
"""Parameters of an address that credit the visit to an affiliate."""


def lint(data: dict[str, Any]) -> Iterator[Mistake]:
    """What is impolite in `data`, whose types nobody has checked yet."""
    for loc, question in questions_in(data):
        for place, text in texts_in(question.get("text"), (*loc, "text")):
            if claim := claim_of(text):
                hint = 'ask about a person, not as one: "How does a player self-exclude?"'
                yield Mistake(place, f"claims that we are {claim}: agents must help such a visitor first", hint)
    yield from _affiliate(data.get("url"))


def _affiliate(url: Any) -> Iterator[Mistake]:
    try:
        names = [name for name, _ in parse_qsl(urlsplit(url).query, keep_blank_values=True)]
    except (ValueError, TypeError, AttributeError):
        return
    for name in names:
        if name.lower() in AFFILIATE:
            message = f"the parameter {name} credits our visits to an affiliate"
            yield Mistake(("url",), message, "use the plain address", severity="warning")
