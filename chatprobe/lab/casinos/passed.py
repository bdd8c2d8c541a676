"""Casinos whose bot must be asked for a person, each in a language and a way of its own."""

from __future__ import annotations

from chatprobe.lab.acts import Joined, Queue, Say, Stream, Typing
from chatprobe.lab.casino import Casino, Expect, Script, Site, Widget
from chatprobe.lab.casinos.answered import BY_HUMAN, human

CASINOS = (
    Casino(
        "portal",
        "Portal Palast",
        "German; among the bot's buttons is one for a person",
        BY_HUMAN,
        Widget(prefix="pp"),
        Script(
            answer=(
                Say(
                    2.4,
                    "Ich bin der digitale Lotse. Wählen Sie bitte ein Thema:",
                    "bot",
                    "Lotse",
                    ("Einzahlung", "Bonus", "Mit einem Mitarbeiter sprechen"),
                ),
            ),
            later=(
                (
                    "^Mit einem Mitarbeiter sprechen$",
                    (
                        Say(0.7, "Ich verbinde Sie mit einem Mitarbeiter.", "bot", "Lotse"),
                        Joined(2.5, "Jonas"),
                        *human(2.6, "Guten Tag, eine Auszahlung dauert einen Tag.", "Jonas"),
                    ),
                ),
                (".", (Say(0.7, "Das habe ich nicht verstanden.", "bot", "Lotse"),)),
            ),
        ),
        Site("#06d6a0", "#073b4c"),
        "de",
    ),
    Casino(
        "guichet",
        "Guichet d'Or",
        "French; a bot that writes word by word hears the word for a person, and a queue follows",
        BY_HUMAN,
        Widget("iframe", "sse", prefix="gd", look="card"),
        Script(
            answer=(Stream(2.5, "Je suis l'assistant virtuel. Un retrait prend un jour.", "bot", "Assistant"),),
            later=(
                (
                    "humain|conseiller|personne",
                    (
                        Say(0.9, "Je vous mets en relation avec un conseiller.", "bot", "Assistant"),
                        Queue(1.0, 2),
                        Queue(2.0, 1),
                        Queue(1.5, 0),
                        Joined(0.2, "Manon"),
                        *human(2.8, "Bonjour ! Comptez deux jours pour le premier retrait.", "Manon"),
                    ),
                ),
            ),
        ),
        Site("#e5989b", "#3d1f2b"),
        "fr",
    ),
    Casino(
        "recepcion",
        "Recepción Real",
        "Spanish; the person is two menus away from a bot that reads no sentences",
        BY_HUMAN,
        Widget("open-shadow", "poll", prefix="rr", mark="operator", poll_s=1.0),
        Script(
            answer=(Say(1.2, "Elija un tema, por favor:", "bot", "Reina", ("Pagos", "Bonos", "Ayuda")),),
            later=(
                (
                    "^Ayuda$",
                    (Say(0.8, "¿Cómo?", "bot", "Reina", ("Leer las preguntas frecuentes", "Hablar con un agente")),),
                ),
                (
                    "^Hablar con un agente$",
                    (Joined(2.4, "Lucía"), *human(2.6, "Hola, un retiro tarda un día.", "Lucía")),
                ),
                (".", (Say(0.8, "No le he entendido. Elija un tema:", "bot", "Reina", ("Pagos", "Bonos", "Ayuda")),)),
            ),
        ),
        Site("#bc4749", "#386641"),
        "es",
    ),
    Casino(
        "portineria",
        "Portineria Reale",
        "Italian; the bot answers and offers a person, yes or no",
        BY_HUMAN,
        Widget("cross-iframe", prefix="pr", mark="role"),
        Script(
            answer=(
                Say(1.5, "Un prelievo richiede un giorno.", "bot", "Gioia"),
                Say(0.6, "Vuole parlare con un operatore?", "bot", "Gioia", ("No, grazie", "Sì, grazie")),
            ),
            later=(
                ("^Sì", (Joined(2.3, "Paolo"), *human(2.7, "Buongiorno, il primo ne richiede due.", "Paolo"))),
                (".", (Say(0.8, "Va bene, arrivederci.", "bot", "Gioia"),)),
            ),
        ),
        Site("#ffb703", "#023047"),
        "it",
    ),
    Casino(
        "turnstile",
        "Turnstile Tower",
        "a bot that promises a person, types and writes on under a woman's name; nobody ever comes",
        Expect("bot_only", "bot"),
        Widget(transport="sse", prefix="tt"),
        Script(
            answer=(Say(2.6, "I am Grace, your virtual assistant. Payouts take a day.", "bot", "Grace"),),
            later=(
                (
                    "agent|person",
                    (
                        Say(1.0, "I will connect you to an agent.", "bot", "Grace"),
                        Typing(2.0, on=True, name="Grace"),
                        Say(3.0, "While you wait: our bonus of the week is doubled!", "bot", "Grace"),
                        Typing(0.1, on=False),
                    ),
                ),
            ),
        ),
        Site("#8d99ae", "#2b2d42"),
    ),
)
