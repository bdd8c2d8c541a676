"""What visitors of the benchmark's pages read, by language: `$$label` stands for it in their templates."""

from __future__ import annotations

from collections.abc import Mapping

ENGLISH: Mapping[str, str] = {
    "lang": "en",
    "open": "Live chat",
    "type": "Type your message",
    "send": "Send",
    "title": "Support chat",
    "cookies": "We use cookies to measure our site and to show offers. You choose which cookies we may set.",
    "accept": "Accept all",
    "refuse": "Reject all",
    "your_name": "Your name",
    "your_mail": "Your e-mail",
    "start": "Start chat",
    "articles": "Help articles",
    "age": "Are you 18 or older?",
    "of_age": "Yes, I am 18 or older",
    "minor": "No, I am not",
}
GERMAN = {
    **ENGLISH,
    "lang": "de",
    "open": "Hilfe-Chat",
    "type": "Nachricht schreiben",
    "send": "Senden",
    "title": "Kundendienst",
    "cookies": "Wir verwenden Cookies, um unsere Seite zu messen. Sie wählen, welche Cookies wir setzen dürfen.",
    "accept": "Alle akzeptieren",
    "refuse": "Alle ablehnen",
    "your_name": "Ihr Name",
    "your_mail": "Ihre E-Mail-Adresse",
    "start": "Chat starten",
}
FRENCH = {
    **ENGLISH,
    "lang": "fr",
    "open": "Discuter avec nous",
    "type": "Écrivez votre message",
    "send": "Envoyer",
    "title": "Assistance",
    "cookies": "Nous utilisons des cookies pour mesurer notre site. Vous choisissez lesquels.",
    "accept": "Tout accepter",
    "refuse": "Tout refuser",
    "your_name": "Votre nom",
    "your_mail": "Votre adresse e-mail",
    "start": "Commencer",
}
SPANISH = {
    **ENGLISH,
    "lang": "es",
    "open": "Chat en vivo",
    "type": "Escribe tu mensaje",
    "send": "Enviar",
    "title": "Atención al cliente",
    "age": "¿Eres mayor de edad?",
    "of_age": "Sí, tengo 18 años o más",
    "minor": "No, soy menor de 18 años",
}
FINNISH = {
    **ENGLISH,
    "lang": "fi",
    "cookies": "Käytämme evästeitä sivuston mittaamiseen. Voit valita, mitä evästeitä saamme asettaa.",
    "accept": "Hyväksy kaikki",
    "refuse": "Hylkää kaikki",
}
