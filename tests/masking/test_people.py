"""Names that a text says, in many languages, and what is no name."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatprobe.masking.people import people_in
from chatprobe.masking.phrases import BESIDE, hints, phrases

SAID = [
    ("Hi, I'm Anna, what can I do for you?", "Anna"),
    ("hello im Tom", "Tom"),
    ("my name is marek by the way", "marek"),
    ("You are now chatting with Julia Berg.", "Julia Berg"),
    ("Mr. Okafor has picked up your case", "Okafor"),
    ("Dr. Silva is typing", "Silva"),
    ("Best regards,\nAnna-Lena K.", "Anna Lena"),
    ("Thanks, Peter!", "Peter"),
    ("Bob and Alice are typing", "Bob Alice"),
    ("The conversation was transferred to Ines", "Ines"),
    ("Bonjour, je m'appelle Chloé Dupont.", "Chloé Dupont"),
    ("Amélie a rejoint la conversation", "Amélie"),
    ("Cordialement, Hugo", "Hugo"),
    ("Guten Tag, mein Name ist Jürgen Vogel.", "Jürgen Vogel"),
    ("Hier ist Petra, einen Moment", "Petra"),
    ("Ich bin Björn. Freundlich wie immer.", "Björn"),
    ("I'm J. R. Smith from support", "Smith"),
    ("Oskar ist dem Chat beigetreten", "Oskar"),
    ("Sehr geehrter Herr Schmidt, gern", "Schmidt"),
    ("Hola, me llamo José.", "José"),
    ("Lucía se ha unido al chat", "Lucía"),
    ("le atiende Marta Gil", "Marta Gil"),
    ("Ciao, sono Giulia", "Giulia"),
    ("Marco si è unito alla chat", "Marco"),
    ("Olá, meu nome é João", "João"),
    ("Beatriz entrou no chat", "Beatriz"),
    ("Goedemiddag, mijn naam is Sanne", "Sanne"),
    ("Daan heeft de chat verlaten", "Daan"),
    ("Dzień dobry, nazywam się Kasia", "Kasia"),
    ("Piotr dołączył do czatu", "Piotr"),
    ("Jmenuji se Tereza", "Tereza"),
    ("Zuzana opustila chat", "Zuzana"),
    ("Hej, jag heter Linnea", "Linnea"),
    ("Sofie har forladt chatten", "Sofie"),
    ("Jeg heter Ingrid", "Ingrid"),
    ("Minun nimeni on Aino", "Aino"),
    ("Bence csatlakozott a beszélgetéshez", "Bence"),
    ("Ioana s-a alăturat conversației", "Ioana"),
    ("Merhaba, benim adım Elif", "Elif"),
    ("Mehmet Bey yazıyor", "Mehmet"),
    ("Меня зовут Ольга", "Ольга"),
    ("Дмитрий присоединился к чату", "Дмитрий"),
    ("Мене звати Оксана", "Оксана"),
    ("Казвам се Мария", "Мария"),
    ("Με λένε Νίκο", "Νίκο"),
    ("Tên tôi là Linh", "Linh"),
    ("Halo, nama saya Putri", "Putri"),
    ("שמי דנה", "דנה"),
    ("يوسف انضم", "يوسف"),
    ("我叫王芳", "王芳"),
    ("担当の田中です", "田中"),
    ("佐藤さんがチャットに参加しました", "佐藤"),
    ("저는 김민지입니다", "김민지"),
    ("मेरा नाम प्रिया है", "प्रिया"),
]
NOBODY = [
    "I'm Sorry, I cannot help with that.",
    "Hi There!",
    "Dear Customer, welcome to Casino Live Support",
    "You are chatting with Support",
    "Agent has joined the chat",
    "Thanks, We will look into it. Your Bonus is active.",
    "I am checking your account",
    "An operator has left the chat",
    "Bonjour Monsieur, je suis un assistant virtuel",
    "Im Moment sind alle Mitarbeiter im Gespräch",
    "Ich bin Mitarbeiter im Kundenservice",
    "Hola, soy el asistente virtual",
    "Вы в очереди. Оператор печатает",
    "You are number 3 in the queue.",
    "my name is",
    "",
    "I'm",
    "😀 !!! ...",
]
WORDS = sorted({word for phrase in phrases() for word in phrase})


@pytest.mark.parametrize(("text", "name"), SAID)
def test_a_name_that_is_said_is_found(text: str, name: str) -> None:
    """Who is introduced, addressed or told of is found, and nothing else is."""
    assert set(name.split()) == people_in(text)


@pytest.mark.parametrize("text", NOBODY)
def test_nobody_is_found_where_nobody_is(text: str) -> None:
    """Roles, desks, customers and the first words of sentences are no names."""
    assert frozenset() == people_in(text)


@pytest.mark.parametrize("text", [text for text, _ in SAID])
def test_every_name_has_its_hint(text: str) -> None:
    """The quick expressions for RE2 match each text in which somebody is found."""
    import pyarrow as pa
    import pyarrow.compute as pc

    assert any(pc.match_substring_regex(pa.array([text]), hint)[0].as_py() for hint in hints())


@given(st.lists(st.sampled_from([*WORDS, "Anna", "Bo", "Чен", "K", ".", ",", "!", "-", "'", "\n"]), max_size=9))
def test_hints_overlook_nobody(words: list[str]) -> None:
    """Whatever stands together, a text with a name in it matches a hint."""
    import pyarrow as pa
    import pyarrow.compute as pc

    text = " ".join(words)
    if people_in(text):
        assert any(pc.match_substring_regex(pa.array([text]), hint)[0].as_py() for hint in hints()), text


def test_hints_are_small_enough_to_be_quick() -> None:
    """No expression is longer than what RE2 still takes as a table of states."""
    assert [] == [len(hint) for hint in hints() if len(hint) > 10_000]


def test_long_texts_take_no_longer_than_their_length() -> None:
    """A text made of one phrase over and over, or of letters without end, is read to its end."""
    assert people_in("I'm Anna " * 20_000) == {"Anna"}
    assert people_in("A" * 200_000) == frozenset()
    assert re.compile(BESIDE)
