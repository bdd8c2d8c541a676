"""What one probe is to do, and what a scenario means to the browser and to the decision."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from chatprobe.addresses import proxy_parts
from chatprobe.browser.calls import PageCall
from chatprobe.browser.context import ContextOptions
from chatprobe.browser.persona import Visitor
from chatprobe.browser.steps import Action
from chatprobe.model import Depth
from chatprobe.scenario.chat import Call, ChatSpec, fill_in
from chatprobe.scenario.schema import Question, Scenario
from chatprobe.scenario.steps import Step
from chatprobe.settings import Limits, Settings
from chatprobe.speaker.rules import Rules
from chatprobe.speaker.wire import JoinRule, WireRule

USUAL_FLOOR_MS = Limits().timing_floor.total_seconds() * 1000


@dataclass(frozen=True)
class Order:
    """One probe to be done."""

    scenario: Scenario
    question: Question
    language: str
    settings: Settings = field(default_factory=Settings)
    depth: Depth = Depth.CHAT
    origin: str = "run"
    """plan, run, new or doctor."""
    deadline_ms: float | None = None
    """Instead of the scenario's `chat.deadline`."""
    dry_run: bool = False
    """Everything but sending."""
    study: bool = False
    """Keep the structure of the chat, for whoever writes its scenario."""
    keep: bool = False
    """Keep trace and views whatever the outcome."""
    full_trace: bool = False
    """A trace with screenshots, which spoils the timing."""
    pause: bool = False
    """Stop at a failure with Playwright's inspector."""
    force: bool = False
    """Exceed the budget; recorded."""
    exceeded: tuple[str, ...] = ()
    """What of the budget is exceeded by force, a sentence each."""
    slot_id: str | None = None
    planned_at: str | None = None
    repeats: Mapping[str, Sequence[float]] = field(default_factory=dict)
    """What other probes of this casino heard, as `Rules.repeats`."""

    @property
    def text(self) -> str:
        """The question as it will be typed."""
        return self.question.text[self.language]

    @property
    def wait_ms(self) -> float:
        """How long to wait from asking on."""
        return self.deadline_ms or self.scenario.chat.deadline.total_seconds() * 1000

    @property
    def step_ms(self) -> float:
        """How long to look for the element of a step."""
        return self.settings.limits.step_timeout.total_seconds() * 1000

    @property
    def floor_ms(self) -> float:
        """What is quicker than this is automatic."""
        return self.settings.limits.timing_floor.total_seconds() * 1000

    @property
    def has_secrets(self) -> bool:
        """Whether the scenario takes anything from the environment."""
        return "${" in self.scenario.yaml

    @property
    def opening_ms(self) -> float:
        """The most that loading, the steps before and opening the chat may take together."""
        waits = sum(step.timeout.total_seconds() * 1000 for step in self.scenario.before if step.timeout)
        page = self.settings.limits.page_timeout.total_seconds() * 1000
        return 3 * page + (len(self.scenario.before) + 6) * self.step_ms + waits

    @property
    def asking_ms(self) -> float:
        """The most that forms, standing in line without a box, and asking may take together."""
        return self.wait_ms + (len(self.scenario.chat.form) + 10) * self.step_ms

    @property
    def most_ms(self) -> float:
        """The most that a probe may take, come what may: both tries, the wait, leaving."""
        return 2 * (self.opening_ms + self.asking_ms) + self.wait_ms + 5 * 60_000.0

    @property
    def visitor(self) -> Visitor:
        """What the visitor says of himself in forms."""
        own, usual = self.scenario.visitor, self.settings.visitor
        return Visitor(
            own.name or usual.name or "",
            own.email or usual.email or "",
            own.phone or usual.phone or "",
            own.department or usual.department or "",
            self.language,
        )

    def overrides(self) -> dict[str, Any]:
        """What differs from the scenario and the manners of the house, for the record."""
        chosen = {
            "deadline_ms": self.deadline_ms,
            "dry_run": self.dry_run or None,
            "force": self.force or None,
            "exceeded": list(self.exceeded) or None,
            "full_trace": self.full_trace or None,
            "floor_ms": self.floor_ms if self.floor_ms != USUAL_FLOOR_MS else None,
        }
        return {name: value for name, value in chosen.items() if value is not None}

    def rules(self) -> Rules:
        """What scenario and settings say about speakers."""
        return replace(rules_of(self.scenario.chat, self.floor_ms), repeats=self.repeats)

    def css(self) -> dict[str, Any]:
        """What the observer evaluates inside the page: selectors, and the places of the widget's public events."""
        chat = self.scenario.chat
        return {
            "messages": ", ".join(chat.messages),
            "unproven": chat.is_hint("messages"),
            "queue": ", ".join(chat.queue),
            "speakers": {str(name): ", ".join(css) for name, css in chat.speakers.by_speaker().items()},
            "events": [place.as_place() for place in chat.events],
        }

    def calls(self, calls: Iterable[Call]) -> list[PageCall]:
        """Calls of the widget's own JavaScript as the browser does them."""
        return [PageCall(one.call, one.args) for one in calls]

    def context(self) -> ContextOptions:
        """How the browser presents itself."""
        visitor = self.scenario.visitor
        proxy = visitor.proxy.model_dump(exclude_none=True) if visitor.proxy else None
        if proxy is None and self.settings.proxy:
            proxy = proxy_parts(self.settings.proxy)
        return ContextOptions(
            locale=visitor.locale or self.language,
            timezone=visitor.timezone,
            geolocation=visitor.geolocation.model_dump() if visitor.geolocation else None,
            proxy=proxy,
            storage_state=visitor.storage_state,
        )

    def values(self) -> dict[str, str]:
        """What the placeholders in a form's steps stand for; empty where nobody declared it."""
        person = self.visitor
        return {"question": self.text, "name": person.name, "email": person.email, "phone": person.phone}

    def actions(self, path: str, steps: Iterable[Step], frames: tuple[str, ...] = ()) -> list[Action]:
        """A list of the scenario's steps as the browser does them."""
        values = self.values()
        return [self._action(f"{path}[{index}]", step, values, frames) for index, step in enumerate(steps)]

    def _action(self, path: str, step: Step, values: Mapping[str, str], frames: tuple[str, ...]) -> Action:
        timeout = step.timeout.total_seconds() * 1000 if step.timeout is not None else self.step_ms
        if step.optional and step.timeout is None:
            timeout = min(timeout, 5_000.0)  # what may be absent is not worth a long wait
        return Action(
            path=path,
            verb=step.action.value,
            selectors=(step.selector,) if step.selector else (),
            value=fill_in(step.value or "", values),
            timeout_ms=timeout,
            optional=step.optional,
            frames=frames,
        )


def rules_of(chat: ChatSpec, floor_ms: float) -> Rules:
    """What a scenario's `chat` says about speakers, `floor_ms` being the settings' part."""
    return Rules(
        bots=frozenset(chat.names.bots),
        humans=frozenset(chat.names.humans),
        joined_is_human=chat.joined_is_human,
        floor_ms=floor_ms,
        wire=tuple(WireRule(rule.when, rule.speaker, rule.text, rule.name) for rule in chat.wire),
        joins=tuple(JoinRule(rule.when, rule.name, rule.person) for rule in chat.joins),
    )
