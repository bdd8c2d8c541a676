"""What presets make of their vendors' frames and events: each kind of author, and nobody human who might be none."""

from __future__ import annotations

import json
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Page

from chatprobe.browser.launch import find_browser, launched
from chatprobe.model import Observed, Speaker
from chatprobe.probe.order import rules_of
from chatprobe.scenario.chat import ChatSpec
from chatprobe.scenario.presets import presets
from chatprobe.speaker.decide import decide
from chatprobe.speaker.excerpt import carrying
from chatprobe.speaker.wire import frames

SAID = "It takes two days."
OTHER = "Anything else?"


def spoken(vendor: str, raw: str, *, by_event: bool) -> Speaker:
    """Who wrote `SAID` by the preset's rules, if this frame, or event of the page, tells of it."""
    frame = carrying(frames(raw), SAID)
    assert frame is not None
    message = Observed(SAID, delay_ms=30_000.0, **({"told": (frame,)} if by_event else {"wire": frame}))
    return decide(message, [], rules_of(presets()[vendor].file.chat, 2000.0)).speaker


def event(name: str, data: Any) -> str:
    """An event of the page as the observer tells it."""
    return json.dumps({"event": name, "data": data})


def genesys(entity: str | None, direction: str = "Outbound", text: str = SAID) -> dict[str, Any]:
    message = {"text": text, "type": "Text", "direction": direction}
    return message if entity is None else {**message, "originatingEntity": entity}


def salesforce(role: str, app: str = "agent") -> dict[str, Any]:
    payload = {"abstractMessage": {"staticContent": {"text": SAID}}}
    return {"conversationEntry": {"sender": {"role": role, "appType": app}, "entryPayload": json.dumps(payload)}}


def chatwoot(kind: int, sender: str | None, **more: Any) -> dict[str, Any]:
    message = {"content": SAID, "message_type": kind, **more}
    return message if sender is None else {**message, "sender": {"id": 1, "name": "Ann", "type": sender}}


def omnichannel(tags: Any, kind: str = "user") -> str:
    return event("lcw:onMessageReceived", {"text": SAID, "messageType": kind, "channelData": {"tags": tags}})


def cable(data: dict[str, Any]) -> str:
    return json.dumps({"identifier": "{}", "message": {"event": "message.created", "data": data}})


RECEIVED = "MessagingService.messagesReceived"
EVENTS: list[tuple[str, str, Speaker]] = [
    ("genesys_cloud", event(RECEIVED, {"data": {"messages": [genesys("Human")]}}), Speaker.HUMAN),
    ("genesys_cloud", event(RECEIVED, {"data": {"messages": [genesys("Bot")]}}), Speaker.BOT),
    ("genesys_cloud", event(RECEIVED, {"data": {"messages": [genesys(None)]}}), Speaker.UNKNOWN),
    (
        "genesys_cloud",
        event(RECEIVED, {"data": {"messages": [genesys("Bot"), genesys("Human", text=OTHER)]}}),
        Speaker.BOT,
    ),
    ("salesforce", event("onEmbeddedMessageSent", salesforce("Agent")), Speaker.HUMAN),
    ("salesforce", event("onEmbeddedMessageSent", salesforce("Chatbot", "chatbot")), Speaker.BOT),
    ("salesforce", event("onEmbeddedMessageSent", salesforce("Agent", "chatbot")), Speaker.BOT),
    ("salesforce", event("onEmbeddedMessageSent", salesforce("System")), Speaker.SYSTEM),
    ("salesforce", event("onEmbeddedMessageSent", salesforce("Somebody")), Speaker.UNKNOWN),
    ("chatwoot", event("chatwoot:on-message", chatwoot(1, "user")), Speaker.HUMAN),
    ("chatwoot", event("chatwoot:on-message", chatwoot(1, "agent_bot")), Speaker.BOT),
    ("chatwoot", event("chatwoot:on-message", chatwoot(1, "captain_assistant")), Speaker.BOT),
    ("chatwoot", event("chatwoot:on-message", chatwoot(1, None)), Speaker.BOT),
    ("chatwoot", event("chatwoot:on-message", chatwoot(3, "user")), Speaker.BOT),
    ("chatwoot", event("chatwoot:on-message", chatwoot(2, None)), Speaker.SYSTEM),
    (
        "chatwoot",
        event("chatwoot:on-message", chatwoot(1, "user", additional_attributes={"campaign_id": 7})),
        Speaker.BOT,
    ),
    ("microsoft_omnichannel", omnichannel(["public", "client_activity_id:1"]), Speaker.HUMAN),
    ("microsoft_omnichannel", omnichannel(["something"]), Speaker.BOT),
    ("microsoft_omnichannel", omnichannel(None), Speaker.BOT),
    ("microsoft_omnichannel", omnichannel(["system", "agentaccepted"], "system"), Speaker.SYSTEM),
    ("microsoft_omnichannel", omnichannel(["public", "system"]), Speaker.SYSTEM),
    ("tawk", event("Tawk_API.onChatMessageSystem", SAID), Speaker.SYSTEM),
    ("tawk", event("Tawk_API.onChatMessageAgent", SAID), Speaker.UNKNOWN),
    ("livechat", event("new_event", {"text": SAID, "author": {"id": "a@b.example", "type": "agent"}}), Speaker.UNKNOWN),
    ("livechat", event("new_event", {"text": SAID, "author": {"type": "agent"}, "greeting": {"id": 1}}), Speaker.BOT),
    ("comm100", event("livechat.chat.agent.input", [{"id": 1, "name": "Ann"}, SAID]), Speaker.UNKNOWN),
]
FRAMES: list[tuple[str, str, Speaker]] = [
    ("genesys_cloud", json.dumps({"class": "StructuredMessage", "body": genesys("Human")}), Speaker.HUMAN),
    ("genesys_cloud", json.dumps({"class": "StructuredMessage", "body": genesys("Bot")}), Speaker.BOT),
    ("genesys_cloud", json.dumps({"class": "StructuredMessage", "body": genesys(None)}), Speaker.UNKNOWN),
    ("salesforce", f"event: CONVERSATION_MESSAGE\ndata: {json.dumps(salesforce('Agent'))}\n\n", Speaker.HUMAN),
    ("salesforce", f"event: CONVERSATION_MESSAGE\ndata: {json.dumps(salesforce('Chatbot'))}\n\n", Speaker.BOT),
    ("chatwoot", cable(chatwoot(1, "user")), Speaker.HUMAN),
    ("chatwoot", cable(chatwoot(1, "agent_bot")), Speaker.BOT),
    ("chatwoot", cable(chatwoot(3, None)), Speaker.BOT),
    ("chatwoot", cable(chatwoot(1, None, content_attributes={"automation_rule_id": 3})), Speaker.BOT),
    ("zammad", json.dumps([{"event": "chat_session_message", "data": {"message": {"content": SAID}}}]), Speaker.HUMAN),
    ("zammad", json.dumps([{"event": "chat_session_notice", "data": {"message": SAID}}]), Speaker.UNKNOWN),
    ("zendesk_messaging", json.dumps({"message": {"text": SAID, "source": {"type": "zd:answerBot"}}}), Speaker.BOT),
    (
        "zendesk_messaging",
        json.dumps({"message": {"text": SAID, "role": "business", "source": {"type": "zd:agentWorkspace"}}}),
        Speaker.UNKNOWN,
    ),
    (
        "rocketchat",
        json.dumps(
            {"msg": "changed", "collection": "stream-room-messages", "fields": {"args": [{"msg": SAID, "t": "uj"}]}}
        ),
        Speaker.SYSTEM,
    ),
    (
        "rocketchat",
        json.dumps(
            {
                "msg": "changed",
                "collection": "stream-room-messages",
                "fields": {"args": [{"msg": SAID, "u": {"username": "ann", "name": "Ann"}}]},
            }
        ),
        Speaker.UNKNOWN,
    ),
    ("odoo", json.dumps({"payload": {"message": {"body": SAID, "chatbot_script_step_id": 3}}}), Speaker.BOT),
    (
        "livechat",
        json.dumps({"action": "incoming_event", "payload": {"event": {"type": "system_message", "text": SAID}}}),
        Speaker.SYSTEM,
    ),
]


@pytest.mark.parametrize(("vendor", "raw", "expected"), EVENTS)
def test_events_of_the_page_tell_who_writes(vendor: str, raw: str, expected: Speaker) -> None:
    """An event of the vendor's names its author where it does, and nobody where it does not."""
    assert expected is spoken(vendor, raw, by_event=True)


@pytest.mark.parametrize(("vendor", "raw", "expected"), FRAMES)
def test_frames_tell_who_writes(vendor: str, raw: str, expected: Speaker) -> None:
    """A frame of the vendor's names its author where it does, and nobody where it does not."""
    assert expected is spoken(vendor, raw, by_event=False)


def selectors(chat: ChatSpec) -> dict[str, list[str]]:
    """Every selector of a preset, of Playwright's kind and of plain CSS."""
    clicks = [step.selector for step in chat.end if step.selector]
    ours = [*chat.launcher, *chat.frames, *chat.input, *chat.send, *chat.offline, *chat.handoff.click, *clicks]
    css = [*chat.messages, *chat.queue, *(one for many in chat.speakers.by_speaker().values() for one in many)]
    return {"playwright": ours, "css": css}


@pytest_asyncio.fixture
async def page() -> Any:
    async with launched(find_browser()) as browser:
        yield await browser.new_page()


@pytest.mark.slow
async def test_every_selector_is_one_to_a_browser(page: Page) -> None:
    """No browser refuses a selector of any preset's chat or fingerprint."""
    counts = {}
    for preset in presets().values():
        chosen, marks = selectors(preset.file.chat), preset.file.fingerprint
        for selector in chosen["playwright"]:
            counts[selector] = await page.locator(selector).count()
        for selector in [*chosen["css"], *marks.elements, *marks.weak.elements]:
            counts[selector] = await page.evaluate("css => document.querySelectorAll(css).length", selector)
    assert {0} == set(counts.values())
