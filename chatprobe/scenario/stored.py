"""A scenario's text as it was kept beside a probe: what it says of the chat, however old it is."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping

from pydantic import ValidationError

from chatprobe.errors import Problem, ScenarioError
from chatprobe.scenario.chat import ChatSpec
from chatprobe.scenario.document import Document, Mistake, parse
from chatprobe.scenario.environment import substituted
from chatprobe.scenario.load import discreet, path_text
from chatprobe.scenario.problems import mistakes_of
from chatprobe.scenario.schema import Scenario

_REST = {"casino": "stored", "url": "https://stored.example/", "questions": [{"id": "stored", "text": "?"}]}
"""Stands for what is not read: a question that may no longer be asked must not hide what the chat says."""


_SPEAKERS = (("chat", "names"), ("chat", "wire"))
"""What decides who speaks: here a variable that is not set would change the answer."""


def stored_chat(text: str, name: str, env: Mapping[str, str] = os.environ) -> ChatSpec:
    """The `chat` of a stored scenario text.

    Raises ScenarioError, its problems placed in `name`, where today's schema refuses it or a variable that tells
    speakers is not set.
    """
    document = parse(text)
    if not isinstance(document.data, dict):
        raise ScenarioError(_told(name, document, document.mistakes or [Mistake((), "not a mapping", line=1)]))
    data, replaced, unset = substituted(document, env)
    if missing := [mistake for mistake in unset if mistake.loc[:2] in _SPEAKERS]:
        raise ScenarioError(_told(name, document, missing))
    read = {"chat": data["chat"]} if "chat" in data else {}
    try:
        return Scenario.model_validate({**_REST, **read}).chat
    except ValidationError as error:
        found = mistakes_of(error, document, Scenario)
        raise ScenarioError(_told(name, document, (discreet(one, replaced) for one in found))) from None


def _told(name: str, document: Document, mistakes: Iterable[Mistake]) -> list[Problem]:
    return [
        Problem(name, one.line or document.place(one.loc)[1], path_text(one.loc), one.message, one.hint)
        for one in mistakes
    ]
