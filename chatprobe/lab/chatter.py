"""What is said in the simulated month: questions, right and wrong answers, a bot's excuses, in three languages."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass


@dataclass(frozen=True)
class Say:
    """Words, and whose they are."""

    who: str
    text: str
    language: str | None


@dataclass(frozen=True)
class Line:
    """Words at a time."""

    at_s: float
    said: Say
    name: str | None = None
    """The author's, as displayed."""


@dataclass(frozen=True)
class Question:
    """A question with an answer that can be checked; texts by language."""

    asked: dict[str, str]
    right: dict[str, str]
    wrong: dict[str, str]
    key: tuple[str, ...]
    """What a right answer holds."""


QUESTIONS = {
    "payout": Question(
        {
            "en": "How long does a payout to a bank account take?",
            "fr": "Combien de temps prend un retrait vers un compte bancaire ?",
            "de": "Wie lange dauert eine Auszahlung auf ein Bankkonto?",
        },
        {
            "en": "Bank payouts take up to 3 working days once they are approved.",
            "fr": "Un virement prend jusqu'à 3 jours ouvrés après validation.",
            "de": "Eine Überweisung dauert nach der Freigabe bis zu 3 Werktage.",
        },
        {
            "en": "Payouts are instant, you will have it within the hour.",
            "fr": "C'est immédiat, vous l'aurez dans l'heure.",
            "de": "Das geht sofort, innerhalb einer Stunde.",
        },
        ("3 working days", "3 jours", "3 Werktage"),
    ),
    "documents": Question(
        {
            "en": "Which documents do you need before a first withdrawal?",
            "fr": "Quels documents faut-il avant un premier retrait ?",
            "de": "Welche Unterlagen brauchen Sie vor der ersten Auszahlung?",
        },
        {
            "en": "A passport or identity card, and a bill no older than three months.",
            "fr": "Un passeport ou une carte d'identité, et une facture de moins de trois mois.",
            "de": "Reisepass oder Personalausweis und eine Rechnung der letzten drei Monate.",
        },
        {
            "en": "None, you can withdraw right away.",
            "fr": "Aucun, vous pouvez retirer tout de suite.",
            "de": "Keine, Sie können sofort auszahlen.",
        },
        ("three months", "trois mois", "drei Monate"),
    ),
}
BOT = {
    "en": (
        "Hi! I am the virtual assistant. Here is what I found: Payments, A to Z.",
        "I did not quite get that. Would you like to read our article?",
        "I would like to talk to a person, please.",
        "Sure, I am passing you on to a colleague.",
    ),
    "fr": (
        "Bonjour ! Je suis l'assistant virtuel. Voici ce que j'ai trouvé : Paiements de A à Z.",
        "Je n'ai pas bien compris. Voulez-vous lire notre article ?",
        "Je voudrais parler à une personne, s'il vous plaît.",
        "Bien sûr, je vous passe un collègue.",
    ),
    "de": (
        "Hallo! Ich bin der virtuelle Assistent. Das habe ich gefunden: Zahlungen von A bis Z.",
        "Das habe ich nicht ganz verstanden. Möchten Sie unseren Artikel lesen?",
        "Ich möchte bitte mit einem Menschen sprechen.",
        "Gern, ich verbinde Sie mit einem Kollegen.",
    ),
}
"""By language: greeting, excuse, our wish for a person, and the handing over."""
_GREETINGS = {
    "en": ("Hello, {name} here. One moment please.", "Hi, this is {name}. Let me check.", "Good day, {name} speaking!"),
    "fr": ("Bonjour, {name} à votre écoute.", "Bonjour, ici {name}. Je regarde.", "Bonjour ! {name}, service client."),
    "de": ("Guten Tag, hier ist {name}.", "Hallo, {name} am Apparat. Einen Moment.", "Guten Tag, {name} hier!"),
}
_THANKS = {"en": "Thank you, goodbye!", "fr": "Merci, au revoir !", "de": "Danke, auf Wiedersehen!"}


def question(key: str, languages: tuple[str, ...]) -> str:
    """The question as lines of a scenario's list."""
    asked = {language: QUESTIONS[key].asked[language] for language in languages}
    texts = "".join(f"      {language}: {json.dumps(text, ensure_ascii=False)}\n" for language, text in asked.items())
    phrases = json.dumps(QUESTIONS[key].key, ensure_ascii=False)
    return f"  - id: {key}\n    text:\n{texts}    answer: {{any_of: {phrases}}}"


def answer(key: str, language: str, right: bool, luck: random.Random) -> tuple[str, str, str]:  # noqa: FBT001
    """A person's greeting, with `{name}` to be filled in, and answer; and our thanks."""
    asked = QUESTIONS[key]
    return luck.choice(_GREETINGS[language]), (asked.right if right else asked.wrong)[language], _THANKS[language]
