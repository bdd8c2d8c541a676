"""Every casino where a person answers, visited with plain Playwright."""

from __future__ import annotations

import pytest
from playwright.async_api import Page

from chatprobe.lab import Casino, Lab
from chatprobe.lab.casinos import CASINOS, automatic, passed, posing
from tests.lab.conftest import Visitor, until, visit

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.slow]

CLOCK_MS = 30.0
"""How far the page's clock may stand from the server's on one machine."""

ANSWERED = [
    casino
    for casino in CASINOS
    if not casino.widget.made_up
    and casino not in (*automatic.CASINOS, *passed.CASINOS, *posing.CASINOS)
    and (casino.expect.outcome == "human_reply" or casino.name == "incognito")
]


@pytest.mark.parametrize("casino", ANSWERED, ids=lambda casino: casino.name)
async def test_a_visitor_is_answered(lab: Lab, page: Page, casino: Casino) -> None:
    """The question reaches the operator word for word, and the page shows the person's words after they were sent."""
    conversation = await visit(lab, page, casino, "How long does it take?")
    human = conversation.first_human
    shown = next(row for row in conversation.page_rows if human and row.seq == human.seq)
    assert ["How long does it take?"] == [text for _, text in conversation.visitor]
    assert human is not None
    assert human.text == shown.text
    assert shown.at > human.at - CLOCK_MS
    assert conversation.true_page_frt_ms > conversation.true_frt_ms - CLOCK_MS


@pytest.mark.parametrize("name", ["kiosk", "sage", "oracle"])
async def test_a_bot_is_never_a_person_in_the_truth(lab: Lab, page: Page, name: str) -> None:
    """Bots answer on the page, and the truth holds no human message."""
    casino = next(casino for casino in CASINOS if casino.name == name)
    await page.goto(lab.url(name))
    await Visitor(page, casino).ask("How long does it take?")
    conversation = lab.truth(name)[-1]
    await until(lambda: any(row.at > (conversation.page_asked_at or 0) for row in conversation.page_rows))
    assert {"bot"} == {send.who for send in conversation.sends}
    assert conversation.true_frt_ms is None
