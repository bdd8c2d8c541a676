"""The facts chatprobe deals in: closed lists of names and frozen records, free of any library.

Times are epoch milliseconds of the page's monotonic clock (``performance.timeOrigin + performance.now()``) unless a
name says otherwise; durations end in ``_ms``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal


class Depth(StrEnum):
    """How far a probe goes."""

    PRESENCE = "presence"
    CHAT = "chat"


class Origin(StrEnum):
    """What a probe was made for; statistics use `PLAN` only."""

    PLAN = "plan"
    RUN = "run"
    NEW = "new"
    DOCTOR = "doctor"


class Side(StrEnum):
    """Whose doing an outcome is; only `CASINO` enters statistics."""

    CASINO = "casino"
    OURS = "ours"


class Speaker(StrEnum):
    """Who wrote a message."""

    HUMAN = "human"
    BOT = "bot"
    SYSTEM = "system"
    VISITOR = "visitor"
    UNKNOWN = "unknown"


AUTOMATIC = frozenset({Speaker.BOT, Speaker.SYSTEM})
"""The speakers of the casino's side that are no people."""


class Outcome(StrEnum):
    """How a probe ended. The order of the first six is their precedence."""

    HUMAN_REPLY = "human_reply"
    UNSURE_REPLY = "unsure_reply"
    QUEUE_TIMEOUT = "queue_timeout"
    OFFLINE = "offline"
    BOT_ONLY = "bot_only"
    NO_REPLY = "no_reply"
    NOT_OFFERED = "not_offered"
    ONLINE = "online"
    SITE_DOWN = "site_down"
    LOGIN_WALL = "login_wall"
    CAPTCHA = "captcha"
    GEO_BLOCKED = "geo_blocked"
    BLOCKED = "blocked"
    SCENARIO_BROKEN = "scenario_broken"
    PROBE_FAULT = "probe_fault"
    INTERRUPTED = "interrupted"

    @property
    def side(self) -> Side:
        """Whose doing this outcome is."""
        return Side.OURS if self in _OURS else Side.CASINO


_OURS = frozenset(
    {Outcome.LOGIN_WALL, Outcome.CAPTCHA, Outcome.GEO_BLOCKED, Outcome.BLOCKED}
    | {Outcome.SCENARIO_BROKEN, Outcome.PROBE_FAULT, Outcome.INTERRUPTED}
)


class EndedBy(StrEnum):
    """What ended a chat."""

    HUMAN_SILENT = "human_silent"
    """45 s of silence after a human text, or 3 min after the first one."""
    UNKNOWN_SILENT = "unknown_silent"
    """120 s after the last text of an unknown speaker."""
    DEADLINE = "deadline"
    AGENT_TIME = "agent_time"
    """A person had been kept busy for as long as manners allow."""
    CLOSED = "closed"
    """The casino closed the chat, or its page went away."""
    QUEUE_LIMIT = "queue_limit"
    """The announced queue was longer than `chat.queue_limit`."""
    OVERLOADED = "overloaded"
    """The agent said there is too much to do."""
    CHALLENGED = "challenged"
    """The agent asked whether we are automated."""
    OFFLINE = "offline"
    DRAIN = "drain"
    """We were told to stop."""
    STEP = "step"
    """A step before asking failed."""
    FAULT = "fault"
    PRESENCE = "presence"
    """Nothing was to be asked."""


POLITE = frozenset({EndedBy.QUEUE_LIMIT, EndedBy.OVERLOADED, EndedBy.CHALLENGED, EndedBy.AGENT_TIME, EndedBy.DRAIN})
"""Endings by which we left although somebody might still have answered."""


class Mode(StrEnum):
    """How a slot was drawn: evenly, whatever was seen before, or where a hole in the promised hours is most likely."""

    EVEN = "even"
    ADAPTIVE = "adaptive"


class SlotStatus(StrEnum):
    """What became of a planned time."""

    PLANNED = "planned"
    RUNNING = "running"
    DONE = "done"
    """A probe was made of it; the probe's outcome tells the rest."""
    MISSED = "missed"
    """We failed to be there."""
    SKIPPED = "skipped"
    """We chose not to go."""
    CANCELLED = "cancelled"
    """The plan changed before its time came."""


class SlotReason(StrEnum):
    """Why a planned time was missed, skipped or cancelled."""

    DAEMON_DOWN = "daemon_down"
    OVERRUN = "overrun"
    """The daemon was there, and could not start the probe in time."""
    CLOCK_JUMP = "clock_jump"
    """The system's clock was set past it."""
    OFFLINE = "offline"
    """Our own network was down."""
    BUDGET = "budget"
    BLACKOUT = "blackout"
    OPT_OUT = "opt_out"
    PAUSED = "paused"
    """The casino was paused: its scenario is broken, or we are not let in."""
    LAG = "lag"
    """This machine was too slow to time a chat."""
    PLAN_CHANGED = "plan_changed"
    SCENARIO_CHANGED = "scenario_changed"

    @property
    def status(self) -> SlotStatus:
        """What a slot with this reason becomes."""
        if self in _MISSED:
            return SlotStatus.MISSED
        return SlotStatus.CANCELLED if self in _CANCELLED else SlotStatus.SKIPPED


_MISSED = frozenset({SlotReason.DAEMON_DOWN, SlotReason.OVERRUN, SlotReason.CLOCK_JUMP, SlotReason.OFFLINE})
_CANCELLED = frozenset({SlotReason.PLAN_CHANGED, SlotReason.SCENARIO_CHANGED})


class EventName(StrEnum):
    """What can stand in `events.name`."""

    STEP_OK = "step_ok"
    STEP_FAILED = "step_failed"
    REQUESTED = "requested"
    ASKING = "asking"
    ASKED = "asked"
    ECHO = "echo"
    ACT = "act"
    EMPTIED = "emptied"
    MESSAGE = "message"
    MESSAGE_CHANGED = "message_changed"
    MESSAGE_GONE = "message_gone"
    DECIDED = "decided"
    TYPING = "typing"
    QUEUE = "queue"
    JOINED = "joined"
    LEFT = "left"
    OFFLINE = "offline"
    HANDOFF = "handoff"
    LISTENED = "listened"
    """The end of listening: what comes later, while we leave, decides nothing."""
    WIRE = "wire"
    DIALOG = "dialog"
    POPUP = "popup"
    FORGED = "forged"
    PAGE_CRASHED = "page_crashed"
    PAGE_CLOSED = "page_closed"
    RETRY = "retry"
    EXAMINED = "examined"
    NOTE = "note"
    ENDED = "ended"


EvidenceSource = Literal["wire", "dom", "selector", "text", "timing", "repeat", "joined", "handoff", "person"]


@dataclass(frozen=True)
class Evidence:
    """One reason behind a speaker."""

    source: EvidenceSource
    detail: str
    """A sentence for the reader, naming what was seen."""
    weight: float
    """Rank of this reason: 0, .25, .5, .75 or 1. Not a probability."""
    speaker: Speaker = Speaker.UNKNOWN
    """The speaker it speaks for."""

    def as_row(self) -> dict[str, Any]:
        """The shape stored in `messages.evidence`."""
        return {"source": self.source, "detail": self.detail, "weight": self.weight, "speaker": str(self.speaker)}


@dataclass(frozen=True)
class Decision:
    """Who wrote a message, and why."""

    speaker: Speaker
    confidence: float
    """Rank of the evidence: 0, .25, .5, .75 or 1. Not a probability."""
    evidence: tuple[Evidence, ...] = ()

    @property
    def reason(self) -> Evidence | None:
        """The weightiest evidence for the speaker, else the weightiest of all."""
        return max(self.evidence, key=lambda one: (one.speaker is self.speaker, one.weight), default=None)

    def as_row(self) -> dict[str, Any]:
        """The shape of `speaker`, `confidence` and `evidence` wherever they are stored or printed."""
        evidence = [one.as_row() for one in self.evidence]
        return {"speaker": str(self.speaker), "confidence": self.confidence, "evidence": evidence}


@dataclass(frozen=True)
class Event:
    """Something that happened in a probe."""

    at: float
    """Epoch milliseconds."""
    name: EventName
    detail: Mapping[str, Any] = field(default_factory=dict)
    """JSON-serialisable."""


@dataclass(frozen=True)
class Observed:
    """One message as seen in the page, before anybody decided who wrote it. All that `speaker` may know of it."""

    text: str
    at: float | None = None
    """Epoch ms at which its rendered text became non-empty."""
    language: str | None = None
    """ISO 639-1 code, where known."""
    name: str | None = None
    """The author's name as displayed beside the message."""
    avatar: str | None = None
    """The author's picture or initials beside the message: a salted digest, the same only within one chat."""
    follows: bool = False
    """Its row shows no author: its name and avatar are those of the row before."""
    attributes: Mapping[str, str] = field(default_factory=dict)
    """HTML attributes of its row and body: class, role, data-*, aria-label …; nearer elements win."""
    matches: frozenset[Speaker] = frozenset()
    """Whose `chat.speakers` selector of the scenario the row matched."""
    region: Literal["list", "status"] = "list"
    """`list`: among the chat's messages. `status`: in the chat, outside the list (header, banner, queue card)."""
    status_like: bool = False
    """In the list, but looks like a notice: small, centred, muted or without the bubble the visitor's row has."""
    typing: bool = False
    """The page marks it as a typing indicator."""
    buttons: tuple[str, ...] = ()
    """Labels of quick-reply buttons or cards attached to it."""
    delay_ms: float | None = None
    """From the visitor's last text (or, before any, from opening the chat) to this message."""
    streamed: bool = False
    """Its text grew in several steps."""
    wire: Mapping[str, Any] | None = None
    """The JSON of the frame that carried it, where one was found."""
    told: tuple[Mapping[str, Any], ...] = ()
    """The widget's public JavaScript events that told of it, each ``{"event": …, "data": …}``."""
    settled_at: float | None = None
    """Epoch ms of its last change of text."""
    seq: int = 0


class StepStatus(StrEnum):
    """How a step of a probe ended."""

    OK = "ok"
    SKIPPED = "skipped"
    FAILED = "failed"


@dataclass(frozen=True)
class FrameCount:
    """How often a selector matched in one frame."""

    frame: str
    """Address or name of the frame."""
    matches: int
    visible: int


@dataclass(frozen=True)
class StepReport:
    """What a step did: the editor's debugging view, stored in the event `step_ok` or `step_failed`."""

    step: str
    """Dotted path in the scenario, such as ``chat.launcher`` or ``before[2]``, or a built-in step's name."""
    status: StepStatus
    ms: float
    selector: str | None = None
    """The scenario's selector; None where the generic method was used."""
    frames: tuple[FrameCount, ...] = ()
    error: str | None = None
    covered_by: str | None = None
    """What stood over the element when we tried to click it."""
    near_misses: tuple[str, ...] = ()
    """Selectors that would have matched something usable."""

    def as_detail(self) -> dict[str, Any]:
        """The shape stored in `events.detail`: empty fields left out."""
        frames = [{"frame": f.frame, "matches": f.matches, "visible": f.visible} for f in self.frames]
        row = {
            "step": self.step,
            "status": str(self.status),
            "ms": round(self.ms, 1),
            "selector": self.selector,
            "frames": frames,
            "error": self.error,
            "covered_by": self.covered_by,
            "near_misses": list(self.near_misses),
        }
        return {key: value for key, value in row.items() if value not in (None, [], "")}
