"""Brings a text into the two plain forms that phrases are matched against."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

LONGEST = 1500
"""Characters of a text that are looked at: automatic texts say what they are early, and a page may send megabytes."""

_MARKS = re.compile(
    "[\u0300-\u036f\u0591-\u05c7\u064b-\u0655\u0640"  # accents, niqqud, harakat
    "\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe0f\ufeff\u00ad]"  # invisible signs
)
_OTHER_LETTERS = str.maketrans({"ı": "i", "ł": "l", "đ": "d", "ø": "o", "æ": "ae", "œ": "oe", "ё": "е"})
_ENDS = re.compile(r"[.!?\u2026]+(?=\s|$)|[\n\r\u3002\uff01\uff1f\u061f\u0964]+|[!?]+")
_NO_END = re.compile(
    r"(?<!\w)(?:[^\W\d_]|\d{1,3}|ca|approx|appr|est|max|min|nr|pos|tel|mr|mrs|ms|dr|bzw|resp|env|aprox|ok|kb|pribl)\.(?=\s+\w)"
)
"""Full stops of initials ("Anna K."), ordinals ("an 4. Stelle") and abbreviations."""
_NO_WORD = re.compile(r"[\W_]+")
_NO_LETTER = re.compile(r"[\s!-/:-@\[-`{-~\u00a1-\u00bf\u2010-\u2027\u3000-\u303f\uff00-\uff0f\u060c\u061f\u0964]+")
_VARYING = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|\[\w+\]|\S*\d\S*")
"""Addresses, masks and whatever holds a digit: in no language, and different each time."""
_SPACELESS = re.compile("[\u0590-\u0eff\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def fold(text: str) -> str:
    """Lower case without accents, invisible signs or Latin letters with strokes; Hangul and kana stay composed."""
    text = text[:LONGEST]
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.casefold())
    return unicodedata.normalize("NFC", _MARKS.sub("", plain)).translate(_OTHER_LETTERS)


def words_of(folded: str) -> str:
    """Words parted by one blank, sentences by a lone full stop: ``" . you are number 3 . please wait . "``."""
    whole = _NO_END.sub(lambda found: found[0][:-1], folded)
    sentences = (" ".join(_NO_WORD.sub(" ", part).split()) for part in _ENDS.split(whole))
    return f" . {' . '.join(filter(None, sentences))} . "


def letters_of(folded: str) -> str:
    """Letters and digits without blanks or signs, for scripts that do not part words or glue particles; else ''."""
    return _NO_LETTER.sub("", folded) if _SPACELESS.search(folded) else ""


def worded(text: str) -> str:
    """The beginning of a text without addresses, masks of personal data and all that holds a digit."""
    return " ".join(_VARYING.sub(" ", text[:LONGEST]).split())


@lru_cache(maxsize=4096)
def same(name: str) -> str:
    """A form under which two spellings of one displayed name are equal."""
    return " ".join(fold(name).split())
