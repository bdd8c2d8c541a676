"""What stands where a name would be and is nobody's: desks, roles, machines, moments, signs."""

from __future__ import annotations

import re
from functools import lru_cache

from chatprobe.speaker.textform import same

DESK_WORDS = (
    *("support", "team", "casino", "service", "chat", "system", "help", "helpdesk", "customer", "care", "info", "live"),
    *("admin", "equipe", "équipe", "equipo", "kundenservice", "kundendienst", "soporte", "assistenza", "suporte"),
    *("поддержка", "faq", "queue", "desk", "reception", "soutien", "hilfe", "ayuda", "aiuto", "ajuda", "aide"),
    *("pomoc", "помощь", "agent", "agents", "agente", "operator", "operador", "operadora", "operatore", "opérateur"),
    *("konsultant", "оператор", "агент", "консультант", "moderator", "concierge", "helper", "assistant", "assistent"),
    *("asistente", "assistente", "asystent", "ассистент", "помощник", "помощница", "asistan", "berater", "mitarbeiter"),
    *("conseiller", "bot", "robot", "robo", "ai", "ia", "ki", "ии", "gpt", "chatgpt", "virtual", "virtuel", "virtuell"),
    "客服",
)
"""In the name of a desk, a role or a machine, not of somebody."""
MOMENT_WORDS = (
    *("just", "now", "today", "yesterday", "ago", "min", "mins", "minute", "minutes", "am", "pm", "sent", "delivered"),
    *("read", "seen", "you", "me", "visitor", "guest", "welcome", "ask", "instant", "heute", "gerade", "jetzt"),
    *("aujourd", "hui", "maintenant", "hoy", "ahora", "oggi", "adesso", "hoje", "agora", "dziś", "teraz", "сегодня"),
    *("сейчас", "вы", "vous", "usted", "gast", "gesendet", "envoyé", "enviado", "inviato", "wysłano", "отправлено"),
)
"""Read from a row as if it were a name: when it came, what became of it, or our own place in the chat."""
_DESKS = frozenset(map(same, DESK_WORDS))
_MOMENTS = frozenset(map(same, MOMENT_WORDS))
_WORD = re.compile(r"[^\W\d_]+")
_MACHINE_END = re.compile(r"(?<=\w{3})(?:ai|bot|gpt)$")


@lru_cache(maxsize=4096)
def name_words(name: str) -> frozenset[str]:
    """The words of a displayed name by which two may be one's; none where it is a time, a sign or an initial."""
    words = {_MACHINE_END.sub("", word) for word in _WORD.findall(same(name))} - _MOMENTS
    return frozenset(word for word in words if len(word) > 1 or not word.isascii())


def is_somebody(name: str) -> bool:
    """Whether a displayed name may be a person's: it has a word, and none of a desk, a role or a machine."""
    words = name_words(name)
    return bool(words) and not words & _DESKS
