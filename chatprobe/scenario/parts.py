"""Every selector of a scenario, by the key that holds it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chatprobe.parts import Part
from chatprobe.scenario.chat import ChatSpec
from chatprobe.scenario.schema import Scenario
from chatprobe.scenario.steps import Step


def parts_of(scenario: Scenario) -> tuple[Part, ...]:
    """The parts that the scenario names, in the order in which a visit comes to them."""
    return (*_steps("before", scenario.before, ()), *_chat(scenario.chat))


def _chat(chat: ChatSpec) -> Iterator[Part]:
    yield from _one(chat, "launcher", chat.launcher)
    yield from _one(chat, "frames", chat.frames)
    yield from _steps("chat.form", chat.form, chat.frames)
    yield from _one(chat, "input", chat.input, chat.frames)
    yield from _one(chat, "send", chat.send, chat.frames)
    yield from _one(chat, "messages", chat.messages, rows=True)
    for speaker, selectors in chat.speakers.by_speaker().items():
        yield Part(f"chat.speakers.{speaker}", selectors, rows=True, optional=chat.is_hint("speakers"))
    yield from _one(chat, "queue", chat.queue, rows=True)
    yield from _one(chat, "offline", chat.offline, chat.frames)
    if chat.handoff.click:
        yield Part("chat.handoff.click", chat.handoff.click, chat.frames, optional=chat.is_hint("handoff"))
    yield from _steps("chat.end", chat.end, chat.frames)


def _one(
    chat: ChatSpec, key: str, selectors: tuple[str, ...], frames: tuple[str, ...] = (), *, rows: bool = False
) -> Iterator[Part]:
    if selectors:
        yield Part(f"chat.{key}", selectors, frames, rows=rows, optional=chat.is_hint(key))


def _steps(path: str, steps: Sequence[Step], frames: tuple[str, ...]) -> Iterator[Part]:
    for index, step in enumerate(steps):
        if step.selector:
            yield Part(f"{path}[{index}]", (step.selector,), frames, optional=step.optional)
