"""The `chat:` part of a scenario; a vendor's preset has the same shape."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, ConfigDict, Field, PrivateAttr, model_validator

from chatprobe.model import Speaker
from chatprobe.scenario.steps import Clicks, Step
from chatprobe.scenario.values import (
    KIND,
    Also,
    AlsoOne,
    Argument,
    CssSelectors,
    Duration,
    Flag,
    JmesPath,
    JsPath,
    Labels,
    Model,
    QueueLimit,
    Selectors,
    Sentences,
    SpeakerName,
    Text,
    Texts,
    Whole,
    many,
    wrong,
)

PLACEHOLDERS = ("question", "name", "email", "phone")
"""What `{…}` may stand for in the values of a pre-chat form."""


class Speakers(Model):
    """Rows of the chat that a plain CSS selector tells apart."""

    human: CssSelectors = ()
    """Rows that a human agent wrote."""
    bot: CssSelectors = ()
    """Rows that a bot wrote."""
    system: CssSelectors = ()
    """Notices of the widget: joined, queue, time lines."""
    visitor: CssSelectors = ()
    """Rows that we wrote."""

    def by_speaker(self) -> dict[Speaker, tuple[str, ...]]:
        """The selectors of every speaker that has some."""
        return {Speaker(name): getattr(self, name) for name in type(self).model_fields if getattr(self, name)}


class Names(Model):
    """Displayed names that tell who is speaking; case does not matter."""

    bots: Texts = ()
    """Names of bots."""
    humans: Texts = ()
    """Names of human agents."""


class Handoff(Model):
    """How to ask a bot for a person."""

    text: Sentences = Field(default_factory=dict)
    """What to type, by language; a plain text is English. Without it, a built-in sentence."""
    click: Selectors = ()
    """Buttons that ask for a person; alternatives, tried in order."""
    turns: Whole = Field(default=2, ge=0, le=5)
    """How often to ask at most; 0 never asks."""


class WireRule(Model):
    """What one JSON frame of the chat's traffic says about a message."""

    when: JmesPath
    """JMESPath over the frame; the rule applies where it is true."""
    speaker: SpeakerName
    """Who wrote the message."""
    text: JmesPath | None = None
    """JMESPath to the message's text; the rule then applies to the message of this text only."""
    name: JmesPath | None = None
    """JMESPath to the author's name."""


class JoinRule(Model):
    """What one JSON frame, or event of the page, says of somebody who joined."""

    when: JmesPath
    """JMESPath over the frame; somebody joined where it is true."""
    name: JmesPath | None = None
    """JMESPath to the name of who joined."""
    person: Flag = False
    """Only people come this way: who writes then is one, whether or not `joined_is_human` holds of notices."""


class PageEvent(Model):
    """One place where the widget tells its site what happens: exactly one of event, property and call."""

    model_config = ConfigDict(
        json_schema_extra={"oneOf": [{"required": [one]} for one in ("event", "property", "call")]},
    )

    event: Text | None = None
    """Name of an event fired on `window`, on `document` or below it: `onEmbeddedMessageSent`."""
    property: JsPath | None = None
    """A callback that the widget calls: `Tawk_API.onChatMessageAgent`. The site's own goes on being called."""
    call: JsPath | None = None
    """A function that takes listeners: `LiveChatWidget.on`; it is called with `args` and our listener."""
    args: tuple[Argument, ...] = ()
    """What stands before the listener in `call`: `[new_event]`. A lone list gets the listener as its last member."""

    @model_validator(mode="after")
    def _one_place(self) -> Self:
        written = [name for name in ("event", "property", "call") if getattr(self, name) is not None]
        if len(written) != 1:
            raise wrong(f"expected exactly one of event, property, call, got {' and '.join(written) or 'none'}")
        if self.args and self.call is None:
            raise wrong(f"args goes with call, not with {written[0]}")
        return self

    def as_place(self) -> dict[str, Any]:
        """The shape the observer in the page takes."""
        if self.call is not None:
            return {"call": self.call, "args": self.args}
        return {"event": self.event} if self.event is not None else {"property": self.property}


class Call(Model):
    """A function of the widget's public JavaScript: `{call: Some_API.open, args: [chat]}`."""

    call: JsPath
    """The function, by its path from `window`; the first that is there counts."""
    args: tuple[Argument, ...] = ()
    """What it is called with: texts, or lists of texts."""


Calls = Annotated[tuple[Call, ...], BeforeValidator(many), AlsoOne()]
"""One call or several alternatives."""


def _handoff(value: object) -> object:
    return {"turns": 0} if value is False else value


class ChatSpec(Model):
    """How the chat of one casino works; every key is optional, the generic method does what is left out."""

    vendor: Text | None = None
    """Name of the chat's vendor, for the record and for its preset."""
    deadline: Duration = timedelta(minutes=10)
    """How long to wait from asking on; `--deadline` overrides it."""
    open_call: Calls = ()
    """What opens the chat by the widget's own JavaScript; where that opens nothing, `launcher` is clicked."""
    launcher: Selectors = ()
    """What opens the chat. Playwright selectors; alternatives, tried in order."""
    frames: Selectors = ()
    """The iframe elements that hold the chat; frames inside them count too. Alternatives, tried in order."""
    form: tuple[Step, ...] = ()
    """Steps of the pre-chat form; values may hold `{question}`, `{name}`, `{email}` and `{phone}`."""
    input: Selectors = ()
    """Where the question is typed. Playwright selectors; alternatives, tried in order."""
    send: Selectors = ()
    """What sends it, where Enter does not. Playwright selectors; alternatives, tried in order."""
    messages: CssSelectors = ()
    """The rows of the conversation. Plain CSS, evaluated inside the page."""
    speakers: Speakers = Speakers()
    """Whose rows are whose, where the markup tells."""
    names: Names = Names()
    """Whose displayed names are whose."""
    queue: CssSelectors = ()
    """Where the position in line or the expected wait is shown. Plain CSS."""
    queue_limit: QueueLimit | None = None
    """Leave at once when the line is longer: a position (`20`) or an announced wait (`15m`)."""
    offline: Selectors = ()
    """What shows that the chat is closed. Playwright selectors."""
    end: Clicks = ()
    """How to leave: steps, or selectors to click one after another."""
    end_call: Calls = ()
    """What ends the chat by the widget's own JavaScript; the steps of `end` are for where it is not there."""
    handoff: Annotated[Handoff, BeforeValidator(_handoff), Also({"const": False, KIND: "false"})] = Handoff()
    """How to ask a bot for a person; `false` never asks."""
    wire: tuple[WireRule, ...] = ()
    """Rules over the JSON frames of the chat's traffic and over `events`, the first that applies counts."""
    joins: tuple[JoinRule, ...] = ()
    """Rules over the same frames and events that say that somebody joined."""
    labels: Labels = Field(default_factory=dict)
    """Texts of the widget in the languages it speaks: `{label.send}` in the pattern of a selector means all of them."""
    events: tuple[PageEvent, ...] = ()
    """Where the widget's own JavaScript tells of messages; each event is a frame for `wire`."""
    joined_is_human: Flag = False
    """A "joined the chat" notice means a person: only where the vendor never lets bots join."""
    open_is_silent: Flag = False
    """Opening the widget neither starts a chat nor queues the visitor: presence probes may open it."""
    opening_starts_chat: Flag = False
    """Opening the widget puts the visitor in line: waiting counts from there."""

    _hints: frozenset[str] = PrivateAttr(default=frozenset())

    def model_post_init(self, context: Any, /) -> None:
        """Remember which keys are the preset's."""
        if context and "hints" in context:
            self._hints = context["hints"]

    def is_hint(self, key: str) -> bool:
        """Whether a key's value is the preset's and not the scenario's own: it may be wrong for this page.

        Where it fits nothing, the generic method goes on; a key of the scenario that fits nothing is a mistake to mend.
        """
        return key in self._hints


def fill_in(text: str, values: Mapping[str, str]) -> str:
    """`text` with every placeholder replaced by its value; other braces stay as they are."""
    for name in PLACEHOLDERS:
        text = text.replace(f"{{{name}}}", values.get(name, ""))
    return text
