"""What a fake casino is: how its widget is built, how its operator behaves, and what a good probe must find."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from chatprobe.lab.acts import Act
from chatprobe.lab.envelopes import Envelope

Technology = Literal["dom", "iframe", "cross-iframe", "nested", "open-shadow", "closed-shadow", "popup", "none"]
Transport = Literal["websocket", "sse", "longpoll", "poll"]
Mark = Literal["class", "role", "operator", "wire", "event", "callback", "subscription", "none"]


WIRE_KINDS = {"human": "staff", "bot": "flow", "system": "desk"}
"""What stands in a frame's ``author.kind`` where `Widget.mark` is `wire`."""
CODES = {"human": 2, "bot": 5, "system": 9}
"""What stands in a frame's ``code`` where only the page's public JavaScript tells; a number says nothing by itself."""


@dataclass(frozen=True)
class Widget:
    """How the chat is built and what its page gives away. The defaults are the plainest widget there is."""

    technology: Technology = "dom"
    """Where in the page the chat lives; `none`: nowhere."""
    transport: Transport = "websocket"
    poll_s: float = 1.6
    """Interval of the `poll` transport."""
    prefix: str = "lc"
    """Start of the widget's CSS class names, its own for each casino: ``lc-row``, ``lc-input`` …"""
    mark: Mark = "none"
    """How a row tells who wrote it: a class ``<prefix>-human``, an attribute `data-role`, an attribute `data-operator`
    on people's rows only, a field of the frame that the page makes no use of (`wire`), the page's public JavaScript (an
    `event`, a `callback`, a `subscription`), or nothing. Nothing else on the wire or in the page says it either."""
    launcher: Literal["pill", "icon", "div", "image", "link", "element", "offline", "inert", "hidden", "open"] = "pill"
    """`element`: a custom element whose inner link never receives the click; `inert`: no click does anything;
    `hidden`: there, but not shown; `open`: the chat stands open at load."""
    look: Literal["bubble", "flat", "card"] = "bubble"
    rows: Literal["plain", "rerender", "recycled"] = "plain"
    """`rerender`: all rows are made anew at each change, with a hidden live copy; `recycled`: four row elements, always
    the same."""
    composer: Literal["textarea", "input", "editable", "mirror"] = "textarea"
    """`mirror`: an auto-growing textarea with a twin that copies its text."""
    enter: Literal["sends", "newline"] = "sends"
    """`newline`: Ctrl+Enter sends."""
    send_control: bool = True
    echo: Literal["instant", "server", "provisional"] = "instant"
    """Who draws the visitor's row: the page, the server's frame, or first the page and then the server with the time
    before the text."""
    form: tuple[str, ...] = ()
    """Fields asked before the chat: name, email, question."""
    form_navigates: bool = False
    """The form is sent by a link and its frame loads a new page."""
    before: Literal["", "offline-form", "login"] = ""
    """What opens instead of a chat."""
    history: tuple[str, ...] = ()
    """Rows of an old conversation that stand in the list from the start."""
    envelope: Envelope = "plain"
    """What frames are wrapped in; `named` goes with `sse`, the others with `websocket`."""
    api: bool = False
    """The page's public JavaScript opens and ends the chat, `Butler("open")`, `Butler("end")`; no control ends it."""
    announces: bool = True
    """Who joins or leaves is said in the list; else only frames tell."""
    made_up: bool = False
    """Class names are others at each load."""
    decoy: bool = False
    """A contact button of another kind stands in the opposite corner."""


@dataclass(frozen=True)
class Site:
    """The casino's page around the chat."""

    accent: str = "#c9a227"
    ground: str = "#14213d"
    ticker: bool = True
    """Recent winners that change now and then: text that has nothing to do with the chat."""
    consent: bool = False
    age_gate: bool = False
    late_s: float = 0.0
    """Seconds from load to the chat's appearance."""
    response_s: float = 0.0
    """Seconds the server takes for the page itself."""
    status: int = 200
    captcha: bool = False


@dataclass(frozen=True)
class Script:
    """What the operator's side does, and when."""

    opening: tuple[Act, ...] = ()
    """On opening the chat."""
    answer: tuple[Act, ...] = ()
    """On the visitor's first text."""
    later: tuple[tuple[str, tuple[Act, ...]], ...] = ()
    """On a later text: the first pair whose regular expression is found in it (case-insensitive) is played."""


@dataclass(frozen=True)
class Shift:
    """Some hours of the day in which somebody sits at the desk, by the lab's clock in UTC."""

    first: int
    """The hour, 0 to 23, with which it begins."""
    until: int
    """The hour before which it ends; the next day's where it is not after `first`."""
    script: Script

    def has(self, hour: int) -> bool:
        """Whether `hour` of the day, 0 to 23, belongs to it."""
        return (hour - self.first) % 24 < ((self.until - self.first) % 24 or 24)


@dataclass(frozen=True)
class Expect:
    """What a good probe with the casino's own scenario finds."""

    outcome: str
    """Name of the outcome."""
    speaker: str | None = None
    """Speaker of the message that decides the outcome, as a good probe sees it: human, bot, unknown; None where nothing
    answers. The truth may differ: it stands in `Conversation.sends`."""


@dataclass(frozen=True)
class Casino:
    """One fake casino."""

    name: str
    """Slug, also the path of its page."""
    title: str
    about: str
    """A sentence for people: what is special here."""
    expect: Expect
    widget: Widget = field(default_factory=Widget)
    script: Script = field(default_factory=Script)
    site: Site = field(default_factory=Site)
    language: str = "en"
    in_demo: bool = False
    written: str = ""
    """Its scenario, where that stands in no file."""
    shifts: tuple[Shift, ...] = ()
    """Who is there when. Between them the chat is closed; without any, `script` is played around the clock."""

    def at(self, hour: int) -> Casino:
        """The casino as it is in that hour of the day, 0 to 23."""
        on_duty = next((shift for shift in self.shifts if shift.has(hour)), None)
        if on_duty is not None:
            return replace(self, script=on_duty.script)
        return replace(self, widget=replace(self.widget, before="offline-form")) if self.shifts else self

    @property
    def scenario(self) -> Path:
        """The scenario file that probes this casino; its `url` needs the variable `CHATPROBE_LAB`."""
        return Path(__file__).parent / "scenarios" / f"{self.name}.yaml"

    def scenario_for(self, base: str) -> str:
        """The scenario's text for a lab at this address, ready to use."""
        text = self.written or self.scenario.read_text(encoding="utf-8")
        return text.replace("${CHATPROBE_LAB}", base)

    def reveal(self, frame: dict[str, Any]) -> dict[str, Any]:
        """`frame` as this casino's page may see it: without the true author, unless `Widget.mark` gives it away."""
        seen = {key: value for key, value in frame.items() if key != "who"}
        if "who" not in frame or self.widget.mark == "none":
            return seen
        if self.widget.mark == "operator":
            return seen | ({"operator": 17} if frame["who"] == "human" else {})
        if self.widget.mark == "wire":
            return seen | {"author": {"kind": WIRE_KINDS[frame["who"]], "shown": frame["name"]}}
        if self.widget.mark in {"event", "callback", "subscription"}:
            return seen | {"code": CODES[frame["who"]]}
        return seen | {"role": frame["who"]}
