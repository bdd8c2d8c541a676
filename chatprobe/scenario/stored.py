"""A scenario's text as it was kept beside a probe: what it says of the chat, however old it is."""

from __future__ import annotations

import os
from collections.abc import Mapping

from pydantic import ValidationError

from chatprobe.errors import ScenarioError
from chatprobe.scenario.chat import ChatSpec
from chatprobe.scenario.document import Document, Mistake, parse
from chatprobe.scenario.environment import substituted
from chatprobe.scenario.load import discreet
from chatprobe.scenario.presets import kept_parts, whole
from chatprobe.scenario.problems import mistakes_of, told
from chatprobe.scenario.schema import Claims, Scenario

_REST = {"casino": "stored", "url": "https://stored.example/", "questions": [{"id": "stored", "text": "?"}]}
"""Stands for what is not read: a question that may no longer be asked must not hide what the chat says."""


_SPEAKERS = (("chat", "names"), ("chat", "wire"), ("chat", "joins"))
"""What decides who speaks: here a variable that is not set would change the answer."""


def stored_claims(text: str, name: str, env: Mapping[str, str] = os.environ) -> Claims:
    """The `claims` of a stored scenario text; raises ScenarioError where today's schema refuses them."""
    own, _ = kept_parts(text, name)
    document = _mapping(own, name)
    data, _, _ = substituted(document, env)
    read = {key: data[key] for key in ("claims", "timezone") if key in data}
    try:
        return Scenario.model_validate({**_REST, **read}).claims
    except ValidationError as error:
        raise ScenarioError(told(name, document, mistakes_of(error, document, Scenario))) from None


def stored_place(text: str, name: str, env: Mapping[str, str] = os.environ) -> tuple[str, str]:
    """`url` and `timezone` of a stored scenario text; raises ScenarioError where today's schema refuses them."""
    own, _ = kept_parts(text, name)
    document = _mapping(own, name)
    data, _, _ = substituted(document, env)
    read = {key: data[key] for key in ("url", "timezone") if key in data}
    try:
        scenario = Scenario.model_validate({**_REST, **read})
    except ValidationError as error:
        raise ScenarioError(told(name, document, mistakes_of(error, document, Scenario))) from None
    return str(scenario.url), scenario.timezone


def stored_chat(text: str, name: str, env: Mapping[str, str] = os.environ) -> ChatSpec:
    """The `chat` of a stored scenario text, over the preset as it was then.

    Raises ScenarioError, its problems placed in `name`, where today's schema refuses it or a variable that tells
    speakers is not set.
    """
    own, preset = kept_parts(text, name)
    document = _mapping(own, name)
    data, replaced, unset = substituted(document, env)
    if missing := [mistake for mistake in unset if mistake.loc[:2] in _SPEAKERS]:
        raise ScenarioError(told(name, document, missing))
    read, hints, _ = whole({"chat": data["chat"]} if "chat" in data else {}, preset)
    try:
        return Scenario.model_validate({**_REST, **read}, context={"hints": hints}).chat
    except ValidationError as error:
        found = mistakes_of(error, document, Scenario)
        raise ScenarioError(told(name, document, (discreet(one, replaced) for one in found))) from None


def _mapping(text: str, name: str) -> Document:
    document = parse(text)
    if not isinstance(document.data, dict):
        raise ScenarioError(told(name, document, document.mistakes or [Mistake((), "not a mapping", line=1)]))
    return document
