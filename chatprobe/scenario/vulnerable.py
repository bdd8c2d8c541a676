"""What a question may never say of the person who asks it: the published list, in five languages.

Agents must help a visitor who says such a thing before anyone else, and casinos must act on it; a test visitor that
says it takes that help away from somebody who needs it. Asking *how* a player self-excludes is fine.

A phrase is matched over lower-case words without accents or punctuation, anywhere in the question:
`…` stands for up to two words, `<age>` for 10 to 17 (from 12 on in English words too), `(e)` for letters that may be
missing. English contractions count as written out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

VULNERABLE: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "under age": {
        "en": (
            "i am … <age>", "i am … under age(d)", "i am … underage(d)", "i am … under 18", "i am not … 18",
            "i am … a minor", "i am … a child", "as a(n) <age> year old",
        ),
        "fr": ("j ai … <age> ans", "je suis … mineur(e)", "je n ai pas … 18 ans", "j ai moins de 18 ans"),
        "de": ("ich bin … <age>", "ich bin … minderjahrig", "ich bin … nicht 18", "ich bin … unter 18"),
        "es": ("tengo … <age> anos", "soy … menor", "no tengo … 18", "tengo menos de 18"),
        "it": ("ho … <age> anni", "sono … minorenne", "non ho … 18 anni", "ho meno di 18"),
    },
    "self-excluded": {
        "en": (
            "i am … self excluded", "i have … self excluded", "i self excluded", "i have … excluded myself",
            "i excluded myself", "i have … banned myself", "i banned myself",
        ),
        "fr": (
            "je suis … auto exclu(e)", "je suis … autoexclu(e)", "je me suis … exclu(e)", "je me suis … autoexclu(e)",
            "je suis … interdit(e) de jeu(x)", "je suis … interdit(e) volontaire",
        ),
        "de": (
            "ich bin … gesperrt", "ich bin … selbstgesperrt", "ich habe mich … gesperrt", "ich habe mich … sperren",
            "ich habe mich … selbst ausgeschlossen",
        ),
        "es": ("estoy … autoexcluid(o)(a)", "me he … autoexcluido", "me autoexclui", "estoy … auto excluid(o)(a)"),
        "it": ("sono … autoesclus(o)(a)", "mi sono … autoesclus(o)(a)", "sono … auto esclus(o)(a)"),
    },
    "addicted": {
        "en": (
            "i am … addicted", "i am … addict", "i am … problem gambler", "i am … compulsive gambler",
            "i have … gambling problem", "i have … gambling addiction", "i can not stop gambling",
            "i can not stop betting", "i can not stop playing",
        ),
        "fr": (
            "je suis … accro", "je suis … addict(e)", "je suis … dependant(e)", "je suis … joueur compulsif",
            "je suis … joueuse compulsive", "j ai un probleme de jeu", "je n arrive … a arreter de jouer",
            "je ne peux … m arreter de jouer",
        ),
        "de": (
            "ich bin … spielsuchtig(e)(r)", "ich bin … suchtig", "ich kann nicht … aufhoren zu spielen",
            "ich habe ein spielproblem", "ich habe ein problem mit … glucksspiel",
        ),
        "es": (
            "soy … adict(o)(a)", "soy … ludopata", "estoy … enganchad(o)(a)", "no puedo dejar de jugar",
            "no puedo parar de jugar", "tengo … problema(s) con el juego",
        ),
        "it": (
            "sono … dipendente dal gioco", "sono … ludopatic(o)(a)", "non riesco … smettere di giocare",
            "ho un problema con il gioco",
        ),
    },
    "ruined": {
        "en": ("i am … in debt", "i have … lost everything", "i lost everything", "i lost all my"),
        "fr": ("je suis … endette(e)", "j ai … tout perdu", "j ai des dettes"),
        "de": ("ich habe … schulden", "ich habe … alles verloren", "ich bin … verschuldet"),
        "es": ("tengo … deudas", "lo he perdido todo", "estoy … endeudad(o)(a)"),
        "it": ("ho … debiti", "ho perso tutto", "sono … indebitat(o)(a)"),
    },
    "in despair": {
        "en": ("kill myself", "hurt myself", "harm myself", "i am … suicidal", "end my life"),
        "fr": ("me tuer", "me suicider", "mettre fin a mes jours"),
        "de": ("mich umbringen", "mir das leben nehmen", "ich bin … suizidal"),
        "es": ("matarme", "suicidarme", "quitarme la vida"),
        "it": ("uccidermi", "suicidarmi", "togliermi la vita", "farla finita"),
    },
}  # fmt: skip
"""What is claimed → language → phrases."""

_AGE = "(?:1[0-7]|twelve|thirteen|fourteen|fifteen|sixteen|seventeen)(?! (?:euro|hour|day|minute|stunde|tag))"
_WRITTEN_OUT = (("i m", "i am"), ("im", "i am"), ("i ve", "i have"), ("can t", "can not"), ("cannot", "can not"))


def claim_of(text: str) -> str | None:
    """What `text` claims of the person who asks, a key of `VULNERABLE`, or None."""
    plain = _plain(text)
    return next((claim for claim, pattern in _patterns().items() if pattern.search(plain)), None)


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    words = " ".join(re.findall(r"\w+", letters))
    for short, full in _WRITTEN_OUT:
        words = re.sub(rf"\b{short}\b", full, words)
    return words


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {
        claim: re.compile("|".join(_pattern(phrase) for phrases in languages.values() for phrase in phrases))
        for claim, languages in VULNERABLE.items()
    }


def _pattern(phrase: str) -> str:
    optional = re.sub(r"\((\w+)\)", r"(?:\1)?", phrase)
    return rf"\b{optional}\b".replace("… ", r"(?:\w+ ){0,2}?").replace("<age>", _AGE)
