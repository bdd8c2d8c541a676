"""A running lab, a database, one browser for all probes of a test, and a probe in one call."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from chatprobe.browser.context import Browsers
from chatprobe.browser.launch import find_browser
from chatprobe.lab import Lab, LabClock
from chatprobe.probe.journal import Watch
from chatprobe.probe.order import Order
from chatprobe.probe.session import probe, question_for
from chatprobe.scenario.load import load_file
from chatprobe.settings import Settings
from chatprobe.store.store import Store

Probe = Callable[..., Awaitable[dict[str, Any]]]


@pytest_asyncio.fixture
async def lab(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Lab]:
    async with Lab(clock=LabClock.at_noon()) as running:
        monkeypatch.setenv("CHATPROBE_LAB", running.base)
        yield running


@pytest_asyncio.fixture
async def browsers() -> AsyncIterator[Browsers]:
    async with Browsers(find_browser()) as running:
        yield running


async def probed(
    path: Path, lab: Lab, store: Store, browsers: Browsers, watch: Watch | None = None, **order: Any
) -> dict[str, Any]:
    """The row of a probe by a scenario file; keywords are those of an Order."""
    scenario = load_file(path)
    question, language = question_for(scenario, None, None, None)
    what = Order(scenario, question, language, **{"settings": Settings(control_url=lab.control_url), **order})
    probe_id, _ = await probe(what, store, browsers, asyncio.Event(), watch)
    return store.probe(probe_id)


@pytest.fixture
def visit(lab: Lab, store: Store, browsers: Browsers) -> Probe:
    """Probe by a scenario file, and give the probe's row; keywords are those of an Order."""

    async def one(path: Path, watch: Watch | None = None, **order: Any) -> dict[str, Any]:
        return await probed(path, lab, store, browsers, watch, **order)

    return one


def scenario_of(lab: Lab, name: str) -> Path:
    """The scenario of a casino of the lab."""
    return next(casino.scenario for casino in lab.casinos if casino.name == name)


async def visit_all(visit: Probe, paths: Mapping[str, Path], at_once: int = 4, **order: Any) -> dict[str, Any]:
    """The rows of several probes by scenario files, some at a time: chats are mostly waited for."""
    gate = asyncio.Semaphore(at_once)

    async def one(name: str) -> tuple[str, dict[str, Any]]:
        async with gate:
            return name, await visit(paths[name], **order)

    return dict(await asyncio.gather(*map(one, paths)))
