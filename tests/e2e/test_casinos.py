"""Every fake casino of the lab, probed with its own scenario: what is found is what its description promises."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from chatprobe.cli.demo import judge
from chatprobe.lab import Casino, Lab
from tests.e2e.conftest import Probe

pytestmark = pytest.mark.slow

AT_ONCE = 6


async def test_every_casino_is_judged_right(lab: Lab, visit: Probe) -> None:
    """Outcome, first speaker and time agree with the lab's truth at each casino, several being visited at once."""
    gate = asyncio.Semaphore(AT_ONCE)

    async def one(casino: Casino) -> tuple[Casino, dict[str, Any]]:
        async with gate:
            return casino, await visit(casino.scenario)

    results = [judge(casino, row, lab) for casino, row in await asyncio.gather(*map(one, lab.casinos))]
    assert [] == [result for result in results if not result.right]
