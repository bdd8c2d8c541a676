"""Personal data is masked, and what a reply is about is not."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatprobe.store.clean import TEXT_LIMIT, clean_text
from chatprobe.store.redact import redact

MASKED = [
    ("write to anna.b+vip@casino-help.co.uk please", "write to [email] please"),
    ("<a href='mailto:élodie@exämple.xn--p1ai'>", "<a href='mailto:[email]'>"),
    ("/pixel?e=john%40mail.example&x=1", "/pixel?e=[email]&x=1"),
    ("Call +356 2123 4567 10:00 to 18:00", "Call [phone] 10:00 to 18:00"),
    ("+1 (415) 555-2671, (415) 555-2671 or 415-555-2671", "[phone], [phone] or [phone]"),
    ("06.12.34.56.78 ou 06 12 34 56 78 ou 0612345678", "[phone] ou [phone] ou [phone]"),
    ("00356 21234567", "[phone]"),
    ("020 7946 0958", "[phone]"),
    ("+48 601 234 567", "[phone]"),
    ("Tel: 612 345 678", "Tel: [phone]"),
    ("my phone number is 6123456", "my phone number is [phone]"),
    ("电话：138 1234 5678", "电话：[phone]"),
    ("WhatsApp 612345678!", "WhatsApp [phone]!"),
    ("card 4111 1111 1111 1111 12/27", "card [card] 12/27"),
    ("3782 822463 10005, 5555-5555-5555-4444", "[card], [card]"),
    ("4111111111111111", "[card]"),
    ("IBAN MT84 MALT 0110 0001 2345 MTLC AST0 01S is mine", "IBAN [iban] is mine"),
    ("de89370400440532013000.", "[iban]."),
]

KEPT = [
    "Withdrawals take 24-48 hours, 3-5 working days, 24/7.",
    "Open 09:00-23:00, 09.00-18.00 7/7, 9h30 à 18h00, 02:30",
    "€1,000,000 or 1 000 000 kr or 1.000.000,00 € or +10 000 € or £0.0612345678",
    "You are number 3 in line. Position 12 of 140. Estimated wait: 2 minutes",
    "01.02.2026 10:30, 01/02/2026 500 EUR, 2026-11-22T17:52:41.123Z, 1.2.2026 - 3.4.2026",
    "bonus code 500100, ticket 123456789, room #4417, version 120.0.6099.224",
    "4111 1111 1111 1112 has a wrong check digit, MT85 MALT 0110 0001 2345 MTLC AST0 01S too",
    "10.0.0.1:8080, 192.168.100.200, UTC+02:00, 5@2.30, @anna, x35 wagering, 0-1, 18+",
    "phone 24/7, tel: 9-17",
    '{"ts":1732297961000,"us":1732297961000123,"x":0.4111111111111111}',
    "bonus 100 000 000 000 000",
]


@pytest.mark.parametrize(("text", "masked"), MASKED)
def test_personal_data_is_masked(text: str, masked: str) -> None:
    """E-mail, phone, card and IBAN give way to a mask that says what stood there."""
    assert masked == redact(text)


@pytest.mark.parametrize("text", KEPT)
def test_everything_else_stays(text: str) -> None:
    """Times, dates, amounts, queue positions, short numbers and mere digits are left alone."""
    assert text == redact(text)


def test_masked_network_frame_is_still_json() -> None:
    """A card number standing as a bare JSON number becomes a string."""
    assert ["[card]", {"a": "[card]"}, 7] == json.loads(redact('[4111111111111111, {"a": 4111111111111111}, 7]'))


@given(st.text(st.sampled_from("0123456789 .-()/:+@abcMT€,\n٣"), max_size=200))
def test_masking_is_done_in_one_go(text: str) -> None:
    """Masking twice gives the same as masking once, for any mixture of digits and signs."""
    once = redact(text)
    assert once == redact(once)


@given(st.text(max_size=300), st.integers(0, 10**15 - 1), st.text(max_size=300))
def test_cards_are_found_anywhere(before: str, digits: int, after: str) -> None:
    """A card number between other text never survives, with spaces or without."""
    body = f"4{digits:015d}"[:15]
    checks = [digit for digit in "0123456789" if luhn(body + digit)]
    number = body + checks[0]
    for written in (number, " ".join(re.findall("....", number))):
        assert written not in redact(f"{before} {written} {after}")


def luhn(number: str) -> bool:
    """The check by its textbook form: double every second digit from the right, sum all digits, divide by ten."""
    doubled = "".join(str(int(c) * (1 + n % 2)) for n, c in enumerate(reversed(number)))
    return sum(map(int, doubled)) % 10 == 0


@pytest.mark.parametrize(
    "unit", ["1 ", "a", "a@", "AA11 ", "4111 ", "+1 ", "0 1", "tel ", "a.", "12345678901234567890"]
)
def test_pathological_text_is_masked_without_harm(unit: str) -> None:
    """Text made to slow a pattern down comes back, cut to the limit; a pattern that explodes would hang here."""
    assert len(clean_text(unit * 100_000)) <= TEXT_LIMIT


@given(st.integers(TEXT_LIMIT - 60, TEXT_LIMIT + 600))
def test_cut_never_leaves_half_a_number(before: int) -> None:
    """An address or number at the place of the cut is masked or gone, never kept in part."""
    cut = clean_text("x" * (before - 1) + " someone@mail.example +356 2123 4567 4111 1111 1111 1111 " + "y" * 1_000)
    assert len(cut) <= TEXT_LIMIT
    assert [] == [part for part in ("some", "+3", "4111") if part in cut]
