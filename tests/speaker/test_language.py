"""The language of a text: right, or not told."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatprobe.speaker.language import elsewhere, language_of

SENTENCES = {
    "en": "Your withdrawal will be on your account within two working days.",
    "fr": "Votre retrait sera sur votre compte d'ici deux jours ouvrés.",
    "de": "Ihre Auszahlung ist innerhalb von zwei Werktagen auf Ihrem Konto.",
    "es": "Su retiro estará en su cuenta dentro de dos días hábiles.",
    "it": "Il prelievo sarà sul suo conto entro due giorni lavorativi.",
    "pt": "O seu levantamento estará na sua conta dentro de dois dias úteis, não se preocupe.",
    "nl": "Uw opname staat binnen twee werkdagen op uw rekening.",
    "sv": "Ditt uttag finns på ditt konto inom två arbetsdagar.",
    "no": "Uttaket ditt er på kontoen din innen to virkedager, og du får beskjed av oss når det er gjort.",
    "da": "Din udbetaling er på din konto inden for to hverdage, og du får besked af os.",
    "fi": "Kotiutuksesi on tililläsi kahden arkipäivän kuluessa.",
    "pl": "Wypłata będzie na Pana koncie w ciągu dwóch dni roboczych.",
    "cs": "Váš výběr bude na vašem účtu do dvou pracovních dnů.",
    "hu": "A kifizetés két munkanapon belül a számláján lesz.",
    "ro": "Retragerea va fi în contul dumneavoastră în două zile lucrătoare.",
    "el": "Η ανάληψή σας θα είναι στον λογαριασμό σας σε δύο εργάσιμες ημέρες.",
    "tr": "Çekiminiz iki iş günü içinde hesabınızda olacaktır.",
    "ru": "Ваш вывод средств поступит на счёт в течение двух рабочих дней.",
    "ar": "سيصل السحب إلى حسابك خلال يومي عمل.",
    "ja": "出金は二営業日以内に口座へ反映されます。",
    "ko": "출금은 영업일 기준 이틀 안에 계좌로 들어옵니다.",
    "th": "เงินจะเข้าบัญชีของคุณภายในสองวันทำการ",
    "zh": "您的提款将在两个工作日内到账，请耐心等待。",
}


@pytest.mark.parametrize("language", SENTENCES)
def test_a_sentence_has_its_language(language: str) -> None:
    """One ordinary sentence is enough."""
    assert language == language_of(SENTENCES[language])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "OK",
        "Hi",
        "Hello Anna!",
        "Bonjour Pierre",
        "😀 👍 :)",
        "12345 67 8.90 €",
        "https://casino.example/en/terms-and-conditions-of-the-welcome-bonus",
        "[email] [phone]",
        "ok ok ok",
        "Anna Maria Schmidt Weber",
        "John Smith, Peter Paul, Mary",
        "Visa, Mastercard, Skrill, Neteller, PayPal",
        "Book of Dead, Starburst, Gonzo's Quest",
        "KYC AML VIP RTP FAQ",
        "Dobar dan, kako vam mogu pomoći?",
        "\ud800\ud800 \ud801",
        "\u202e\u200f\u200b",
    ],
)
def test_what_could_be_any_language_has_none(text: str) -> None:
    """Short words, names, brands, addresses, numbers, signs and what several languages share are not guessed at."""
    assert language_of(text) is None


def test_an_address_does_not_sway() -> None:
    """A link and a masked address in a sentence leave it in its language."""
    text = "Alle Bedingungen stehen hier: https://lucky.example/en/terms-of-service, oder schreiben Sie an [email]."
    assert "de" == language_of(text)


def test_a_megabyte_is_read_from_its_beginning() -> None:
    """A text of any length is answered, from the part that is looked at."""
    assert "fr" == language_of(SENTENCES["fr"] * 20_000)


@settings(deadline=None)  # other work may share the machine
@given(st.text(max_size=300))
def test_any_text_is_answered(text: str) -> None:
    """Whatever a page says, the answer is None or a code of two letters."""
    found = language_of(text)
    assert found is None or (len(found) == 2 and found.islower())


@pytest.mark.parametrize(
    ("asked", "answers", "found"),
    [
        ("fr", ["en"], ("en",)),
        ("fr", [None, "de", "en", "en"], ("en", "de")),
        ("fr", ["en", "fr"], ()),
        ("fr", [None], ()),
        ("fr", [], ()),
        ("pt-BR", ["pt"], ()),
        ("nb", ["no"], ()),
        ("nn-NO", ["da"], ("da",)),
    ],
)
def test_only_answers_in_no_other_way_are_elsewhere(
    asked: str, answers: list[str | None], found: tuple[str, ...]
) -> None:
    """It is a finding only if no answer is in the question's language and at least one's language is known."""
    assert found == elsewhere(asked, answers)


def test_the_detector_loads_when_it_is_needed() -> None:
    """Importing the module loads neither the detector nor numpy: `--help` and `show` stay quick."""
    code = "import sys, chatprobe.speaker.language; print({'numpy', 'py3langid'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert "set()\n" == done.stdout
