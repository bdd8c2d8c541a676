"""A preset: what is known of one vendor's widget, as one YAML file in `chatprobe/presets/`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError

from chatprobe.errors import ScenarioError
from chatprobe.scenario.chat import ChatSpec
from chatprobe.scenario.document import Mistake, parse
from chatprobe.scenario.facts import Confidence, Fact, Unwrapped
from chatprobe.scenario.labels import with_labels
from chatprobe.scenario.problems import mistakes_of, told
from chatprobe.scenario.values import CssSelectors, JsPath, Model, Text, Texts, kind, many, wrong


class Tried(StrEnum):
    """What a preset was tried on. A replica that we built from the facts ourselves proves nothing about the vendor."""

    WIDGET = "third-party widget"
    NOT_YET = "not yet"


def _address(value: str) -> str:
    host, _, _ = value.partition("/")
    if "://" in value or (not host and len(value) < 5) or (host and "." not in host):
        raise wrong(f"no part of an address: {value[:80]!r}", "write host/path or /path; * stands for any letters")
    return value


Address = Annotated[Text, AfterValidator(_address)]
JsPaths = Annotated[tuple[JsPath, ...], BeforeValidator(many)]


class Marks(Model):
    """What on a page names the vendor."""

    addresses: tuple[Address, ...] = ()
    """Of anything the page loads, socket or frame: `host`, `host/path` or `/path`; a host stands for those below it, a
    path for what begins so (without a host: for what has it), `*` for any letters."""
    globals: JsPaths = ()
    """Names, or paths, of the page's JavaScript."""
    elements: CssSelectors = ()
    """Elements of the page, frames among them. Plain CSS."""


class Fingerprint(Marks):
    """Marks of which one is enough, and others that only count beside a second one of any kind."""

    weak: Marks = Marks()
    """What others have too: a common name, a script that does more than chat."""


class PresetFile(Model):
    """What one file says."""

    name: Text
    """The vendor's own name of the widget."""
    aliases: Texts = ()
    """Other names by which a scenario may call it."""
    note: Text | None = None
    """What one must know to use it."""
    tried: Tried
    """What it was tried on."""
    fingerprint: Fingerprint
    """How it is recognised on a page."""
    chat: ChatSpec = Field(default_factory=ChatSpec)
    """How its chat works, as in a scenario."""


@dataclass(frozen=True)
class Preset:
    """All that is known of one vendor's widget."""

    id: str
    """What `chat.vendor` says: the file's name."""
    text: str
    """The file's text."""
    file: PresetFile
    chat: Mapping[str, Any] = field(default_factory=dict)
    """Its `chat` part as plain data, labels not yet put in: what a scenario's own keys are laid over."""
    facts: tuple[Fact, ...] = ()
    """Every entry of fingerprint and chat, with how it is known."""

    @property
    def names(self) -> tuple[str, ...]:
        """All names by which a scenario may call it."""
        return (self.id, self.file.name, *self.file.aliases)

    def known(self) -> dict[Confidence, int]:
        """How many facts there are of each confidence, those without any among them."""
        counts = Counter(fact.confidence for fact in self.facts)
        return {grade: counts[grade] for grade in Confidence}


_OWN = {
    "vendor": "is the file's name",
    "deadline": "is the casino's, not the vendor's",
    "queue_limit": "is the casino's, not the vendor's",
    "form": "differs from site to site: the generic method fills it",
}
"""Keys of `chat` that no preset has, and why."""


def read_preset(text: str, name: str, place: str) -> Preset:
    """The preset called `name` with this text; raises ScenarioError with every mistake, placed in the file `place`."""
    document = parse(text)
    if not isinstance(document.data, dict):
        found = document.mistakes or [Mistake((), f"expected a mapping, got {kind(document.data)}", line=1)]
        raise ScenarioError(told(place, document, found))
    parts = {key: Unwrapped(document.data.get(key, {}), (key,)) for key in ("fingerprint", "chat")}
    mistakes = [*document.mistakes, *(one for part in parts.values() for one in part.mistakes)]
    plain = {**document.data, **{key: part.value for key, part in parts.items() if key in document.data}}
    chat = parts["chat"].value
    if isinstance(chat, dict):
        mistakes += [Mistake(("chat", key), why) for key, why in _OWN.items() if key in chat]
        plain["chat"], unknown = with_labels(chat, ("chat",))
        mistakes += unknown
    try:
        file = PresetFile.model_validate(plain)
    except ValidationError as error:
        mistakes += mistakes_of(error, document, PresetFile)
    if mistakes:
        raise ScenarioError(told(place, document, mistakes))
    return Preset(name, text, file, chat, (*parts["fingerprint"].facts, *parts["chat"].facts))
