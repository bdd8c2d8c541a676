"""Brings a text into the two plain forms that phrases are matched against."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

LONGEST = 1500
"""Characters that are looked at from each end of a text: a page may send megabytes."""
_MOST = 20 * LONGEST
"""Characters of each end among which those are looked for, beside blanks and invisible signs."""

_LATELY = 64
"""So many texts are kept in their plain forms: one message is asked about several times in a row."""

_INVISIBLE = (
    "\x00-\x08\x0e-\x1f\x7f\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_MARKS = re.compile(
    f"[{_INVISIBLE}"
    "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f"  # accents and enclosing signs
    "\u0591-\u05c7\u064b-\u0655\u0640]"  # niqqud, harakat
)
_EMPTY = re.compile(rf"[\s\u2800{_INVISIBLE}]{{2,}}")
_OTHER_LETTERS = str.maketrans(
    {"ı": "i", "ł": "l", "đ": "d", "ø": "o", "æ": "ae", "œ": "oe", "ё": "е", "\u2800": " "}
    | dict(zip("ᴀʙᴄᴅᴇɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢɑɡ", "abcdeghijklmnoprstuvwyzag", strict=True))  # small capitals
)
_LOOKING_LATIN = str.maketrans("авгекмнорстухіѕјһԁԛԝӏαβγεηικνορτυχ", "abrekmhopctyxisjhdqwlabyenikvoptux")
"""Cyrillic and Greek letters, small or great, that look Latin beside Latin ones."""
_LOOKALIKES = "".join(map(chr, _LOOKING_LATIN))
_MIXED = re.compile(f"[a-z][{_LOOKALIKES}]|[{_LOOKALIKES}][a-z]")
_WORD = re.compile(r"\w+")
_OTHER_ALPHABET = re.compile("[\u0370-\u052f]")
_MAYBE_BLANK = re.compile("[\u115f\u1160\u200b\u3164\ufeff\uffa0\U000e0020]")
_BROKEN_LINE = re.compile(r"(?<=[^\W\d_])[^\S\n]*\n\s*(?=[^\W\d_])")
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
    """Lower case without accents, invisible signs, Latin letters with strokes or foreign letters that look Latin.

    Hangul and kana stay composed; of a long text, its beginning and its end.
    """
    return _folded(_bounded(text))


@lru_cache(maxsize=_LATELY)
def _folded(text: str) -> str:
    if text.isascii():
        return text.lower() if text.isprintable() else _MARKS.sub("", text.lower())
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = unicodedata.normalize("NFC", _MARKS.sub("", plain)).translate(_OTHER_LETTERS)
    return _without_lookalikes(plain) if _MIXED.search(plain) else plain


def _bounded(text: str) -> str:
    if len(text) <= 2 * LONGEST:
        return text
    ends = (_EMPTY.sub(" ", text[:_MOST]).strip(), _EMPTY.sub(" ", text[-_MOST:]).strip())
    return f"{ends[0][:LONGEST]}\n{ends[1][-LONGEST:]}"


def _without_lookalikes(plain: str) -> str:
    """In a text that is Latin but for such letters all are meant to be read as Latin; else those in mixed words."""
    latin = plain.translate(_LOOKING_LATIN)
    if not _OTHER_ALPHABET.search(latin):
        return latin
    return _WORD.sub(lambda word: word[0].translate(_LOOKING_LATIN) if _MIXED.search(word[0]) else word[0], plain)


def readings(text: str) -> list[str]:
    """The text, and how else it may be read: invisible blanks as blanks, a line broken within a sentence as one."""
    found = [text]
    if not text.isascii() and _MAYBE_BLANK.search(text):
        found.append(_MAYBE_BLANK.sub(" ", text))
    if "\n" in text:
        found += [joined for one in found if (joined := _BROKEN_LINE.sub(_mended, one)) != one]
    return found


def _mended(broken: re.Match[str]) -> str:
    # A new sentence begins with a capital, in the scripts that have them.
    return " " if broken.string[broken.end()].islower() else broken[0]


@lru_cache(maxsize=_LATELY)
def words_of(folded: str) -> str:
    """Words parted by one blank, sentences by a lone full stop: ``" . you are number 3 . please wait . "``."""
    whole = _NO_END.sub(lambda found: found[0][:-1], folded)
    sentences = (" ".join(_NO_WORD.sub(" ", part).split()) for part in _ENDS.split(whole))
    return f" . {' . '.join(filter(None, sentences))} . "


@lru_cache(maxsize=_LATELY)
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
