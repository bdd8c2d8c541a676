"""Presets on the lab's casinos: what fits is used, what does not is no harm, and nothing hidden is opened."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from chatprobe.lab import Lab
from chatprobe.model import Depth, Outcome
from chatprobe.probe.again import decide_again
from chatprobe.probe.basis import current_basis, kept_basis
from chatprobe.scenario import presets
from chatprobe.store.store import Store
from tests.e2e.conftest import Probe

pytestmark = pytest.mark.slow

FACT = "confidence: 1, source: vendor docs"
RIGHT = {
    "open_call": f"{{call: Butler, args: [open], {FACT}}}",
    "end_call": f"{{call: Butler, args: [end], {FACT}}}",
    "launcher": f"{{value: '.bm-launcher', {FACT}}}",
    "input": f"{{value: '.bm-input', {FACT}}}",
    "messages": f"{{value: '.bm-row', {FACT}}}",
    "speakers": f"{{human: {{value: '.bm-human', {FACT}}}, system: {{value: .bm-notice, {FACT}}}}}",
}
WRONG = {
    "open_call": f"{{call: Nobody.open, {FACT}}}",
    "end_call": f"{{call: Nobody.end, {FACT}}}",
    "launcher": f"{{value: 'role=button[name=/^Nothing$/]', {FACT}}}",
    "frames": f"{{value: 'iframe#nothing', {FACT}}}",
    "input": f"{{value: '#nothing', {FACT}}}",
    "send": f"{{value: '#nothing', {FACT}}}",
    "messages": f"{{value: .nothing, {FACT}}}",
    "end": f"{{value: '#nothing', {FACT}}}",
}

KINDS = (("staff", "human"), ("flow", "bot"))

Vendor = Callable[[str, dict[str, str]], Path]


@pytest.fixture
def vendor(tmp_path: Path, lab: Lab, monkeypatch: pytest.MonkeyPatch) -> Iterator[Vendor]:
    """A scenario that says no more of a casino's chat than its vendor, whose preset has these entries."""
    monkeypatch.setattr(presets, "FOLDER", tmp_path)

    def made(casino: str, chat: dict[str, str]) -> Path:
        entries = "".join(f"  {key}: {entry}\n" for key, entry in chat.items())
        mark = f"fingerprint: {{globals: {{value: Butler, {FACT}}}}}"
        text = f"name: Chat of {casino}\ntried: not yet\n{mark}\nchat:\n{entries}"
        (tmp_path / f"{casino}_chat.yaml").write_text(text, encoding="utf-8")
        presets.presets.cache_clear()
        file = tmp_path / "scenario" / f"{casino}.yaml"
        file.parent.mkdir(exist_ok=True)
        ask = "questions: [{id: q1, text: How long does a withdrawal take?}]"
        file.write_text(
            f"casino: {casino}\nurl: {lab.url(casino)}\n{ask}\nchat: {{vendor: {casino}-chat, deadline: 20s}}\n",
            encoding="utf-8",
        )
        return file

    yield made
    presets.presets.cache_clear()


async def test_a_preset_opens_what_visitors_are_offered(vendor: Vendor, visit: Probe, lab: Lab) -> None:
    """The preset's calls open and end a chat whose launcher is shown, and none whose launcher is hidden."""
    butler, cellar = await asyncio.gather(*map(visit, [vendor("butler", RIGHT), vendor("cellar", RIGHT)]))
    [evidence] = [one["evidence"] for one in butler["messages"] if one["speaker"] == "human"]
    assert (Outcome.HUMAN_REPLY, True) == (butler["outcome"], lab.truth("butler")[-1].ended)
    assert "the row matches chat.speakers.human" in {reason["detail"] for reason in evidence}
    assert (Outcome.NOT_OFFERED, None) == (cellar["outcome"], lab.truth("cellar")[-1].opened_at)


async def test_what_a_preset_has_wrong_is_no_harm(vendor: Vendor, visit: Probe, lab: Lab) -> None:
    """A preset of which nothing fits leaves the chat to the generic method, be it shut or open at load."""
    rows = await asyncio.gather(*map(visit, [vendor("orbit", WRONG), vendor("lumiere", WRONG)]))
    assert [(Outcome.HUMAN_REPLY, None)] * 2 == [(row["outcome"], row["failed_step"]) for row in rows]
    assert lab.truth("orbit")[-1].true_page_frt_ms == pytest.approx(rows[0]["first_human_ms"], abs=250)


async def test_a_stored_chat_is_decided_by_the_preset_as_it_was(
    vendor: Vendor, visit: Probe, store: Store, tmp_path: Path
) -> None:
    """When the preset has changed, its probes mean what they meant; by today's scenario they are decided anew."""
    rules = {"wire": [f"{{when: \"data.author.kind == '{kind}'\", speaker: {who}, {FACT}}}" for kind, who in KINDS]}
    chat = {"wire": f"[{', '.join(rules['wire'])}]", "handoff": f"{{turns: {{value: 0, {FACT}}}}}"}
    file = vendor("porter", chat)
    row = await visit(file)
    vendor("porter", chat | {"wire": chat["wire"].replace("speaker: human", "speaker: bot")})
    before = decide_again(store, row["id"], kept_basis(store))
    after = decide_again(store, row["id"], current_basis(file.parent, 2000.0))
    assert (Outcome.HUMAN_REPLY, None, False) == (row["outcome"], before.problem, before.changed)
    assert (Outcome.HUMAN_REPLY, Outcome.BOT_ONLY) == after.columns["outcome"]


async def test_a_silent_widget_is_opened_to_look(visit: Probe, lab: Lab) -> None:
    """A look at the launcher looks inside where opening disturbs nobody, and sends nothing."""
    casino = next(casino for casino in lab.casinos if casino.name == "lantern")
    row = await visit(casino.scenario, depth=Depth.PRESENCE)
    assert (Outcome.OFFLINE, []) == (row["outcome"], lab.truth("lantern")[-1].visitor)
