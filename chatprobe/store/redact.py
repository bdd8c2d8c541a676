"""Masking of e-mail addresses, phone numbers, payment cards and bank accounts in text, before it is written.

A mask says what stood there: ``[email]``, ``[phone]``, ``[card]``, ``[iban]``. Times, dates, amounts, places in a queue
and short numbers must survive, for they are what a reply is about. So a number is masked for its form only: a check sum
(card, IBAN), a prefix (``+``, ``00``, ``0``), North American grouping, or a word such as "tel" before it.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_EMAIL = re.compile(r"[\w.+%'-]{1,64}(?:@|%40)(?:[\w-]{1,63}\.){1,8}[^\W\d_][\w-]{1,62}")
_IBAN_RUN = re.compile(r"(?<![^\W_])[A-Za-z]{2}\d{2}(?:[ -]?[A-Za-z0-9]){11,30}(?![^\W_])")
_CARD_RUN = re.compile(r"(?<!\d)(?<!\d\.)\d(?:[ -]?\d){12,}")

_DATE = r"\d{1,2}(?P<dot>[./ -])\d{1,2}(?P=dot)(?:\d{4}|\d{2})(?!(?P=dot)?\d)"
_HOURS = r"\d{1,2}\.\d{2} ?[-–] ?\d{1,2}\.\d{2}(?!\.?\d)"
_NEXT = r"[ ./()-]{0,3}(?!\d{1,2}[:h]\d\d)\d"  # one more digit, unless a time of day begins with it
_FREE = r"(?<![\w.,:/+-])"
_PHONE = re.compile(
    rf"(?<![\w+])\+ ?\(?[1-9](?:{_NEXT}){{7,14}}(?!\d)"
    rf"|{_FREE}00[ -]?[1-9](?:{_NEXT}){{7,13}}(?!\d)"
    rf"|{_FREE}(?!{_DATE})(?!{_HOURS})\(?0[1-9](?:{_NEXT}){{7,9}}(?!\d)"
    rf"|{_FREE}(?:\(\d{{3}}\) ?\d{{3}}[ .-]\d{{4}}|\d{{3}}(?P<gap>[ .-])\d{{3}}(?P=gap)\d{{4}})(?!\d)"
)
_CALLED = re.compile(
    r"((?:\b(?:tel|tél|telephone|téléphone|telefono|teléfono|telefone|telefon|telefonnummer|phone|mobile|mobil|handy|"
    r"móvil|cellulare|portable|whatsapp|viber|sms|телефон|тел|هاتف)\b|电话|電話|전화)"
    r"\W{1,4}(?:(?:number|nummer|no|nr|numéro|número|numero|номер|is|est|ist|es)\W{1,3}){0,2})"
    rf"(?!{_DATE})\d(?:{_NEXT}){{6,14}}(?!\d)",
    re.IGNORECASE,
)


def redact(text: str) -> str:
    """`text` with personal data masked. Never raises; its time grows with the text's length only."""
    text = _EMAIL.sub("[email]", text)
    text = _IBAN_RUN.sub(lambda run: _mask(run[0], _is_iban, "[iban]"), text)
    text = _CARD_RUN.sub(lambda run: _mask(run[0], _is_card, _card_mask(run)), text)
    text = _PHONE.sub("[phone]", text)
    return _CALLED.sub(r"\1[phone]", text)


def _mask(run: str, found: Callable[[str], bool], mask: str) -> str:
    """`run` with every stretch of at most nine whole groups that is `found` masked, the longest first."""
    groups = list(re.finditer("[^ -]+", run))
    kept, done, first = [], 0, 0
    while first < len(groups):
        start = groups[first].start()
        ends = [group.end() for group in groups[first : first + 9]]
        longest = next((n for n in range(len(ends), 0, -1) if found(run[start : ends[n - 1]])), 0)
        if longest:
            kept += [run[done:start], mask]
            done = ends[longest - 1]
        first += longest or 1
    return "".join(kept) + run[done:]


def _is_iban(text: str) -> bool:
    """ISO 13616: 15 to 34 characters, check digits by ISO 7064 mod 97-10."""
    code = re.sub("[ -]", "", text).upper()
    turned = code[4:] + code[:4]
    return 15 <= len(code) <= 34 and turned.isascii() and int("".join(str(int(c, 36)) for c in turned)) % 97 == 1


def _is_card(text: str) -> bool:
    """ISO/IEC 7812: 13 to 19 digits grouped as printed on cards, a network's first digit, Luhn's check digit."""
    sizes = tuple(len(group) for group in re.split("[ -]", text))
    if len(sizes) > 1 and sizes not in ((4, 6, 5), (4, 6, 4)) and (set(sizes[:-1]) != {4} or sizes[-1] > 4):
        return False
    digits = [int(c) for c in text if c not in " -"]
    doubled = [sum(divmod(2 * d, 10)) for d in digits[-2::-2]]
    return (
        13 <= len(digits) <= 19 and digits[0] in (2, 3, 4, 5, 6, 9) and (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0
    )


def _card_mask(run: re.Match[str]) -> str:
    """The mask, in quotes where a bare JSON number stood: a masked network frame must stay readable as JSON."""
    before, after = run.string[: run.start()].rstrip()[-1:], run.string[run.end() :].lstrip()[:1]
    return '"[card]"' if before in (":", ",", "[") and after in (",", "}", "]") else "[card]"
