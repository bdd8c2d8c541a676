"""A usual question of players, by language, for whoever brings none; and which language to ask in."""

from __future__ import annotations

from collections.abc import Mapping

USUAL_ID = "withdrawal"
USUAL: Mapping[str, str] = {
    "en": "Hello, how long does a withdrawal to a bank card usually take?",
    "ar": "مرحبا، كم يستغرق عادة سحب الأموال إلى البطاقة البنكية؟",
    "bg": "Здравейте, колко време обикновено отнема теглене към банкова карта?",
    "cs": "Dobrý den, jak dlouho obvykle trvá výběr na bankovní kartu?",
    "da": "Hej, hvor lang tid tager en udbetaling til et betalingskort normalt?",
    "de": "Hallo, wie lange dauert eine Auszahlung auf eine Bankkarte normalerweise?",
    "el": "Γεια σας, πόσο διαρκεί συνήθως μια ανάληψη σε τραπεζική κάρτα;",
    "es": "Hola, ¿cuánto suele tardar un retiro a una tarjeta bancaria?",
    "et": "Tere, kui kaua võtab väljamakse pangakaardile tavaliselt aega?",
    "fi": "Hei, kuinka kauan kotiutus pankkikortille yleensä kestää?",
    "fr": "Bonjour, combien de temps prend en général un retrait vers une carte bancaire ?",
    "he": "שלום, כמה זמן לוקחת בדרך כלל משיכה לכרטיס בנק?",
    "hr": "Pozdrav, koliko obično traje isplata na bankovnu karticu?",
    "hu": "Üdvözlöm, általában mennyi ideig tart egy kifizetés bankkártyára?",
    "id": "Halo, berapa lama biasanya penarikan dana ke kartu bank?",
    "it": "Buongiorno, quanto tempo richiede di solito un prelievo su carta bancaria?",
    "ja": "こんにちは。銀行カードへの出金には通常どのくらいかかりますか？",
    "ko": "안녕하세요, 은행 카드로 출금하는 데 보통 얼마나 걸리나요?",
    "lt": "Laba diena, kiek laiko paprastai trunka išmokėjimas į banko kortelę?",
    "lv": "Labdien, cik ilgi parasti notiek izmaksa uz bankas karti?",
    "nl": "Hallo, hoe lang duurt een uitbetaling naar een bankpas meestal?",
    "no": "Hei, hvor lang tid tar et uttak til bankkort vanligvis?",
    "pl": "Dzień dobry, ile zwykle trwa wypłata na kartę bankową?",
    "pt": "Olá, quanto tempo costuma demorar um levantamento para um cartão bancário?",
    "ro": "Bună ziua, cât durează de obicei o retragere pe un card bancar?",
    "ru": "Здравствуйте, сколько обычно занимает вывод средств на банковскую карту?",
    "sk": "Dobrý deň, ako dlho zvyčajne trvá výber na bankovú kartu?",
    "sl": "Pozdravljeni, koliko časa običajno traja izplačilo na bančno kartico?",
    "sv": "Hej, hur lång tid brukar ett uttag till ett bankkort ta?",
    "th": "สวัสดีค่ะ การถอนเงินเข้าบัตรธนาคารปกติใช้เวลานานเท่าไร",
    "tr": "Merhaba, banka kartına para çekme işlemi genellikle ne kadar sürer?",
    "uk": "Вітаю, скільки зазвичай триває виведення коштів на банківську картку?",
    "vi": "Xin chào, rút tiền về thẻ ngân hàng thường mất bao lâu?",
    "zh": "您好，提款到银行卡通常需要多长时间？",
}
"""ISO 639-1 code → the question."""


def usual(language: str) -> tuple[str, str]:
    """The usual question and its language: the wanted one, else English."""
    code = base(language)
    return (USUAL[code], language) if code in USUAL else (USUAL["en"], "en")


def base(language: str) -> str:
    """A language without its region: ``pt`` of ``pt-BR``; both written Norwegians are ``no``."""
    code = language.replace("_", "-").partition("-")[0].strip().lower()
    return "no" if code in ("nb", "nn") else code
