"""A running lab, a database, one browser for all probes of a test, and a probe in one call."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
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

NOON = 1_772_452_800_000.0
"""Monday, 2026-03-02 12:00 UTC: shifts are as they are at noon whenever tests run."""

Probe = Callable[..., Awaitable[dict[str, Any]]]


@pytest_asyncio.fixture
async def lab(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Lab]:
    async with Lab(clock=LabClock.from_now(NOON)) as running:
        monkeypatch.setenv("CHATPROBE_LAB", running.base)
        yield running


@pytest_asyncio.fixture
async def browsers() -> AsyncIterator[Browsers]:
    async with Browsers(find_browser()) as running:
        yield running


@pytest.fixture
def visit(lab: Lab, store: Store, browsers: Browsers) -> Probe:
    """Probe by a scenario file, and give the probe's row; keywords are those of an Order."""

    async def one(path: Path, watch: Watch | None = None, **order: Any) -> dict[str, Any]:
        scenario = load_file(path)
        question, language = question_for(scenario, None, None, None)
        settings = Settings(control_url=lab.control_url)
        what = Order(scenario, question, language, settings, **order)
        probe_id, _ = await probe(what, store, browsers, asyncio.Event(), watch)
        return store.probe(probe_id)

    return one
