"""Which button leads to a person, in many languages, and which is left alone whatever it says."""

from __future__ import annotations

from typing import Any

import pytest

from chatprobe.probe.handoff import is_beside, is_safe
from chatprobe.probe.person import PERSON, SENTENCES, asks_for_person, best_entry, sentence
from tests.browser.test_locate_scores import DOCUMENT, FIELD, button, seen

PERSONS = """
    Talk to an agent | Live agent | Speak with a human | Real person | Human please | 🙋 Talk to a human | Agent
    Mit einem Mitarbeiter sprechen | Mitarbeiter kontaktieren | Mit einem Menschen chatten | Kundenberater
    Parler à un conseiller | Conseiller humain | Discuter avec une personne | Joindre un agent
    Hablar con un agente | Agente humano | Hablar con una persona | Contactar con un asesor
    Parla con un operatore | Operatore umano | Parlare con una persona | Contatta un operatore
    Falar com um atendente | Praat met een medewerker | Spreek met een mens | Prata med en människa
    Snakk med et menneske | Tal med en medarbejder | Puhu asiakaspalvelijalle | Porozmawiaj z konsultantem
    Mluvit s operátorem | Vorbește cu un operator | Beszélek egy ügyintézővel | Связаться с оператором
    Müşteri temsilcisine bağlan | オペレーターと話す | 转人工客服 | 상담원 연결
"""
OTHERS = """
    Payments | My account | Become an agent | No, I don't need an agent | Virtual agent | AI assistant | End chat
    Rate the agent | Personal data | Leave a message for an agent | WhatsApp agent | Agent bonus codes for new players
    Is a human checking my documents? | Call us | Personuppgifter | Fråga om bonus | Osobní údaje | Datos personales
    Mes données personnelles | Compte personnel | Persönliche Daten | Chat beenden | Kein Mitarbeiter, nein danke
    Évaluer le conseiller | Agente virtual | Chat with our bot
"""


def labels(text: str) -> list[str]:
    return [label.strip() for line in text.strip().splitlines() for label in line.split("|")]


@pytest.mark.parametrize("label", labels(PERSONS))
def test_a_way_to_a_person_is_known_by_its_label(label: str) -> None:
    """Labels that mean "let me talk to somebody" are understood in many languages."""
    assert asks_for_person(label)


@pytest.mark.parametrize("label", labels(OTHERS))
def test_other_labels_are_not_taken_for_a_person(label: str) -> None:
    """Topics, machines, refusals, ratings and ways out are no way to a person."""
    assert not asks_for_person(label)


@pytest.mark.parametrize(
    ("menu", "typed", "offered", "chosen"),
    [
        (["Payments", "Help", "Live chat", "Talk to an agent"], 0, False, "Talk to an agent"),
        (["Payments", "Help", "Live chat"], 0, False, "Live chat"),
        (["Payments", "Help"], 0, False, None),
        (["Payments", "Help"], 1, False, "Help"),
        (["Zahlungen", "Etwas anderes"], 1, False, "Etwas anderes"),
        (["Payments", "Bonus"], 2, False, None),
        (["No, thanks", "Yes, please"], 0, True, "Yes, please"),
        (["Non merci", "Oui"], 0, True, "Oui"),
        (["No", "Sì, grazie"], 0, True, "Sì, grazie"),
        (["Yes", "No"], 1, False, None),
        (["Close the chat", "Rate this chat", "End chat"], 2, True, None),
    ],
)
def test_the_entry_nearest_to_a_person_is_chosen(
    menu: list[str], typed: int, chosen: str | None, *, offered: bool
) -> None:
    """A person first, then a yes to an offer, then the live chat; vague help only where words did not help."""
    assert chosen == best_entry(menu, typed, offered=offered)


@pytest.mark.parametrize(
    ("facts", "safe"),
    [
        ({}, True),
        ({"tag": "a", "href": "https://lucky.example/#agent"}, True),
        ({"tag": "a", "href": "javascript:void(0)"}, True),
        ({"tag": "a", "href": "https://lucky.example/contact"}, False),
        ({"tag": "a", "href": "tel:+35612345678"}, False),
        ({"form": "f"}, False),
        ({"enabled": False}, False),
        ({"visible": False}, False),
        ({"landmark": "nav"}, False),
    ],
)
def test_a_click_neither_leaves_the_page_nor_submits_a_form(facts: dict[str, Any], *, safe: bool) -> None:
    """Links elsewhere, buttons of forms, and what cannot be clicked are left alone."""
    thing = button("Live agent", **facts)
    assert "https://lucky.example/" == DOCUMENT.url
    assert safe == is_safe(thing, seen(thing))


def test_a_button_counts_only_beside_the_box() -> None:
    """A button of the chat's panel may lead to a person; one elsewhere on the page is the casino's."""
    near, far = button("Live agent", anchor="p"), button("Live agent", anchor="")
    now = seen(near, far, FIELD)
    assert (True, False) == (is_beside(near, now, FIELD), is_beside(far, now, FIELD))
    assert not is_beside(near, now, None)


def test_the_scenarios_sentence_comes_first() -> None:
    """The scenario's words in the question's language, else the house's own, English where there are none."""
    own = {"en": "Person!", "fr": "Humain !"}
    assert ["Person!", "Humain !"] == [sentence(language, 1, own) for language in ("en", "fr-CA")]
    assert SENTENCES["de"] == (sentence("de-AT", 0, own), sentence("de", 1, own))
    assert SENTENCES["en"][1] == sentence("sw", 4, {})


@pytest.mark.parametrize("language", SENTENCES)
def test_each_language_has_two_different_sentences(language: str) -> None:
    """The second request is said in other words, and both mean a person."""
    first, second = SENTENCES[language]
    assert first != second
    assert [True, True] == [bool(PERSON.found_in(text)) for text in (first, second)]
