"""Leaving politely: one sentence of thanks, the widget's own way out, then the page is closed."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from chatprobe.browser.calls import call_page
from chatprobe.browser.chat import Chat
from chatprobe.model import EndedBy, StepStatus
from chatprobe.probe.journal import Journal
from chatprobe.probe.order import Order

SENT_S = 1.0
"""How long a call that ends the chat may take to reach the server."""
PATIENCE_S = 15.0
"""How long leaving may take; after that the page is closed without it."""

THANKS = {
    "en": "Thank you very much, goodbye!",
    "fr": "Merci beaucoup, au revoir !",
    "de": "Vielen Dank, auf Wiedersehen!",
    "es": "Muchas gracias, ¡adiós!",
    "it": "Grazie mille, arrivederci!",
    "pt": "Muito obrigado, até logo!",
    "nl": "Hartelijk dank, tot ziens!",
    "sv": "Tack så mycket, hej då!",
    "no": "Tusen takk, ha det!",
    "da": "Mange tak, farvel!",
    "fi": "Paljon kiitoksia, näkemiin!",
    "pl": "Dziękuję bardzo, do widzenia!",
    "cs": "Děkuji mnohokrát, na shledanou!",
    "ru": "Большое спасибо, до свидания!",
    "tr": "Çok teşekkürler, hoşça kalın!",
}
"""What is said to whoever answered, by language; English where a language is missing."""

TRUTH = {
    "en": "Yes, this is an automated check of how quickly your chat answers. Thank you, goodbye.",
    "fr": "Oui, c'est un contrôle automatique du temps de réponse de votre chat. Merci, au revoir.",
    "de": "Ja, dies ist eine automatische Prüfung, wie schnell Ihr Chat antwortet. Danke, auf Wiedersehen.",
    "es": "Sí, es una comprobación automática de la rapidez de su chat. Gracias, adiós.",
    "it": "Sì, è un controllo automatico della velocità della vostra chat. Grazie, arrivederci.",
}
"""What is said when an agent asks whether we are automated: the truth, in one sentence."""


async def leave(order: Order, chat: Chat, journal: Journal, ended_by: EndedBy, *, answered: bool) -> None:
    """Say thanks (or the truth), use the chat's own way to end, and go. Never fails, never takes long."""
    if not chat.alive:
        return
    try:
        async with asyncio.timeout(PATIENCE_S):
            await _say(order, chat, ended_by, answered=answered)
            if await _end_by_call(order, chat, journal):
                return
            for action in order.actions("chat.end", order.scenario.chat.end, order.scenario.chat.frames):
                journal.report(
                    await chat.steps.do(replace(action, timeout_ms=min(action.timeout_ms, 3_000), optional=True))
                )
    except TimeoutError:
        return


async def _end_by_call(order: Order, chat: Chat, journal: Journal) -> bool:
    """End the chat by the widget's own JavaScript; whether that was there and threw nothing."""
    calls, began = order.calls(order.scenario.chat.end_call), journal.now()
    if not calls:
        return False
    called = await call_page(chat.observer, chat.context, calls, 0.0)
    error = called.error or (None if called.call else "the page has no such function")
    report = journal.timed("chat.end_call", began, error, " | ".join(map(str, calls)))
    journal.report(replace(report, status=StepStatus.SKIPPED) if error else report)
    if error is None:
        await asyncio.sleep(SENT_S)  # the page is closed next: what it tells its server must be on its way
    return error is None


async def _say(order: Order, chat: Chat, ended_by: EndedBy, *, answered: bool) -> None:
    texts = TRUTH if ended_by is EndedBy.CHALLENGED else THANKS if answered else {}
    text = texts.get(order.language.split("-")[0], texts.get("en"))
    if text is None or ended_by is EndedBy.CLOSED:
        return
    await chat.say(text)
