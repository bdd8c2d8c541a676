"""A scenario: one casino's address, claims, questions and chat, as written in one YAML file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, PrivateAttr, ValidationInfo, WithJsonSchema, model_validator

from chatprobe.addresses import proxy_parts
from chatprobe.errors import Problem
from chatprobe.scenario.chat import ChatSpec
from chatprobe.scenario.hours import Hours
from chatprobe.scenario.preset import Preset
from chatprobe.scenario.presets import kept_text
from chatprobe.scenario.steps import Step
from chatprobe.scenario.values import (
    ALSO_TEXT,
    KIND,
    Day,
    Duration,
    Language,
    Model,
    Number,
    Sentences,
    Slug,
    Text,
    Texts,
    TimeZone,
    Url,
    WeekHours,
    Whole,
    wrong,
)


class Claims(Model):
    """What the casino says of its chat; each is judged from the probes."""

    hours: WeekHours | None = None
    """When the chat is promised to be open, in the scenario's time zone: `24/7`, or ranges of weekdays and times."""
    languages: tuple[Language, ...] = ()
    """Languages promised to be spoken."""
    first_reply: Duration | None = None
    """Promised time until a person answers."""


class Answer(Model):
    """What a right answer says."""

    any_of: Annotated[Texts, Field(min_length=1)]
    """Phrases; a reply that holds one of them is right. Case does not matter."""
    source: Url | None = None
    """Page that the right answer was taken from."""
    valid_until: Day | None = None
    """Last day on which the answer is known to be right."""


class Question(Model):
    """One short genuine question."""

    id: Slug
    """Name of the question, unique in the file."""
    text: Annotated[Sentences, Field(min_length=1)]
    """The question by language code, one line each; a plain text is English."""
    answer: Answer | None = None
    """What a right answer says, where it can be known."""


class Geolocation(Model):
    """Where the browser says it is."""

    latitude: Number = Field(ge=-90, le=90)
    """Degrees north."""
    longitude: Number = Field(ge=-180, le=180)
    """Degrees east."""
    accuracy: Number = Field(default=100, ge=0)
    """Metres."""


class Proxy(Model):
    """A proxy server, in the shape Playwright takes."""

    server: Text
    """Address with scheme and port: `http://proxy.example:3128` or `socks5://…`."""
    username: Text | None = None
    """Name to sign in with."""
    password: Text | None = Field(default=None, repr=False)
    """Word to sign in with; write `${NAME}` and keep it in the environment."""
    bypass: Text | None = None
    """Hosts to reach directly, separated by commas."""

    @model_validator(mode="before")
    @classmethod
    def _from_address(cls, value: Any) -> Any:
        return proxy_parts(value) if isinstance(value, str) else value


def _state_file(value: str, info: ValidationInfo) -> Path:
    folder = (info.context or {}).get("folder", Path())
    path = Path(folder, value)
    if not path.is_file():
        raise wrong(f"no such file: {path}", "save it with: playwright open --save-storage FILE URL")
    return path


StateFile = Annotated[Path, BeforeValidator(_state_file), WithJsonSchema({"type": "string", KIND: "path"})]


class Visitor(Model):
    """Who visits, and from where."""

    locale: Language | None = None
    """The browser's locale; default: the question's language."""
    timezone: TimeZone | None = None
    """The browser's time zone; default: the machine's."""
    geolocation: Geolocation | None = None
    """Where the browser says it is, to pages that ask."""
    proxy: Annotated[Proxy, ALSO_TEXT] | None = None
    """The proxy to go through: an address, or its parts; default: the settings' `proxy`."""
    storage_state: (
        Annotated[Path, BeforeValidator(_state_file), WithJsonSchema({"type": "string", KIND: "path"})] | None
    ) = None
    """Saved sign-in state (Playwright's JSON file), relative to the scenario file."""
    name: Text | None = None
    """Name for the pre-chat form; default: the settings' `visitor.name`."""
    email: Text | None = None
    """E-mail address for the pre-chat form; default: the settings' `visitor.email`."""
    phone: Text | None = None
    """Phone number for the pre-chat form; default: the settings' `visitor.phone`."""
    department: Text | None = None
    """Whom to reach where the form lets choose; default: the settings' `visitor.department`, else general support."""


class Schedule(Model):
    """How often and when to visit; the defaults for chats are also the most that the manners of the house allow."""

    presence_per_day: Whole = Field(default=8, ge=0, le=24)
    """Looks at the launcher a day, without asking."""
    chats_per_day: Whole = Field(default=3, ge=0, le=3)
    """Chats a day, at most."""
    chats_per_week: Whole = Field(default=10, ge=0, le=10)
    """Chats a week, at most."""
    blackout: WeekHours = Hours()
    """Hours of the week without any visit, in the scenario's time zone."""


@dataclass(frozen=True)
class Source:
    """Where a scenario was read from."""

    file: Path = Path()
    yaml: str = ""
    """The file's text, with `${NAME}` as written: what a variable holds never leaves memory."""
    sha256: str = ""
    """Hex digest of the file's bytes; of `kept` where a preset is used."""
    warnings: tuple[Problem, ...] = ()
    """What does not stop the scenario from being used but deserves a look."""
    preset: Preset | None = None
    """What is known of its chat's vendor."""


class Scenario(Model):
    """What to visit and what to ask there."""

    schema_: Literal[1] = Field(default=1, alias="schema")
    """Version of this format."""
    casino: Slug
    """Short name of the casino: 1 to 64 of a-z, 0-9 and `-`; unique in a folder."""
    url: Url
    """The page that offers the chat."""
    timezone: TimeZone = "UTC"
    """IANA time zone that the casino's hours are meant in; required with `claims.hours`."""
    claims: Claims = Claims()
    """What the casino says of its chat."""
    questions: Annotated[tuple[Question, ...], Field(min_length=1)]
    """What may be asked; one question a chat."""
    chat: ChatSpec = ChatSpec()
    """How the chat works; leave out what the generic method finds by itself."""
    before: tuple[Step, ...] = ()
    """Steps between loading the page and opening the chat: consent, age gate, sign-in."""
    visitor: Visitor = Visitor()
    """Who the visitor is; the settings fill in what is left out."""
    schedule: Schedule = Schedule()
    """How often to visit, and when not."""

    _source: Source = PrivateAttr(default_factory=Source)

    def model_post_init(self, context: Any, /) -> None:
        """Remember the file; a scenario made in Python has none."""
        if context and "source" in context:
            self._source = context["source"]

    @property
    def file(self) -> Path:
        """The file as the user named it."""
        return self._source.file

    @property
    def yaml(self) -> str:
        """The file's text, without what its variables hold."""
        return self._source.yaml

    @property
    def kept(self) -> str:
        """What is kept beside a probe, so that it can be decided again: the file's text, and its preset's behind it."""
        return kept_text(self._source.yaml, self._source.preset)

    @property
    def preset(self) -> Preset | None:
        """What is known of its chat's vendor, where that is one we know."""
        return self._source.preset

    @property
    def sha256(self) -> str:
        """Hex digest of the file's bytes, or with a preset of `kept`: another preset is another scenario."""
        return self._source.sha256

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What `check` prints although the scenario can be used."""
        return self._source.warnings

    def question(self, name: str) -> Question | None:
        """The question of that id."""
        return next((question for question in self.questions if question.id == name), None)

    def languages(self) -> tuple[str, ...]:
        """Every language that some question is written in, in the file's order."""
        return tuple(dict.fromkeys(code for question in self.questions for code in question.text))
