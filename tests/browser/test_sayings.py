"""Sentences that say why there is no chat, in many languages, and sentences that only sound like it."""

from __future__ import annotations

import pytest

from chatprobe.browser import sayings
from chatprobe.browser.sayings import Saying

SAID = {
    "FROM_HERE": [
        "Unfortunately we do not offer our services in the country you are visiting from.",
        "Unser Angebot steht in deinem Land nicht zur Verfügung.",
        "Nos services ne sont pas proposés dans votre pays.",
        "Lo sentimos, nuestro sitio no está disponible en tu región.",
        "Siamo spiacenti, il servizio non è accessibile dal tuo paese.",
        "Przepraszamy, nasza oferta nie jest dostępna w Twoim kraju.",
        "Tyvärr kan du inte spela från ditt land.",
        "Onze diensten worden niet aangeboden in jouw land.",
        "Сайт недоступен в вашем регионе.",
        "ご利用の地域からはアクセスできません。",
    ],
    "CHALLENGE": [
        "Please complete the challenge below to prove you're a real person.",
        "Confirmez que vous n'êtes pas un robot pour continuer.",
        "Bitte bestätigen Sie, dass Sie ein Mensch sind.",
        "Verifique que usted es humano completando la acción siguiente.",
        "Verifica di essere umano.",
        "Potwierdź, że jesteś człowiekiem.",
        "Controleer of u een mens bent.",
        "Подтвердите, что вы человек.",
    ],
    "TURNED_AWAY": [
        "Sorry, your request looks automated and was rejected.",
        "Votre adresse IP a été bloquée en raison d'une activité inhabituelle.",
        "Ihre Anfrage wurde aus Sicherheitsgründen blockiert.",
        "Twoje żądanie zostało odrzucone.",
    ],
    "MENDING": [
        "Our site is getting an upgrade and will return shortly.",
        "Notre site fait peau neuve.",
        "Unsere Seite wird gerade gewartet.",
        "Estamos realizando tareas de mantenimiento.",
        "Sivusto on huollossa",
        "Planlagt vedlikehold",
    ],
    "MEMBERS_ONLY": [
        "To talk to our team, first log into your player account.",
        "Identifiez-vous pour continuer.",
        "Der Chat steht nur angemeldeten Spielern zur Verfügung.",
        "Aby rozpocząć rozmowę, musisz być zalogowany.",
        "Du måste vara inloggad för att chatta.",
    ],
    "ABSENT": [
        "Our agents are out of the office",
        "En este momento no hay operadores conectados.",
        "Al momento nessuno è disponibile.",
        "Emme ole juuri nyt linjoilla.",
        "Aucun conseiller n'est là.",
    ],
    "AWAY": ["Wir sind gerade nicht da.", "We zijn er momenteel niet."],
    "LATER": [
        "Our team has gone home for the day.",
        "Nos conseillers sont de retour demain à 9h.",
        "Pracujemy od 8 do 16.",
        "Öppettider 10–22.",
    ],
}
SOUNDS = {
    "FROM_HERE": ["If you are not of legal age in your country, leave.", "No limits!\nGames from every country."],
    "CHALLENGE": ["Humans and robots play here.", "Check our bonus.\nTalk to a human.", "Kontrollera om du vann."],
    "TURNED_AWAY": ["Access all games.", "Send a request. Suspicious minds, a slot."],
    "MENDING": ["Slots, roulette and more."],
    "MEMBERS_ONLY": ["Hello, how can we help you?", "Wie können wir helfen?"],
    "ABSENT": ["We do not share your e-mail address.", "Our team is online and answers within minutes."],
    "AWAY": ["Hello!", "Willkommen bei uns."],
    "LATER": ["We usually answer in two minutes.", "Guten Morgen!"],
}


def of(name: str) -> Saying:
    """The saying of that name."""
    saying = getattr(sayings, name)
    assert isinstance(saying, Saying)
    return saying


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in SAID.items() for text in texts])
def test_what_a_sentence_says_is_told_in_many_languages(name: str, text: str) -> None:
    """The sentence is given back, out of a longer text."""
    assert of(name).found_in(f"Lucky Casino\n{text}\n18+") == text


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in SOUNDS.items() for text in texts])
def test_words_of_different_sentences_say_nothing_together(name: str, text: str) -> None:
    """Words of the list alone, or in two sentences, are no saying."""
    assert "" == of(name).found_in(text)
