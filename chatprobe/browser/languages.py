"""Languages as the pickers of pages name them: by code, in English, in themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from chatprobe.browser.words import fold

NAMES: Mapping[str, str] = {
    "ar": "arabic العربية عربي",
    "bg": "bulgarian български",
    "cs": "czech čeština česky",
    "da": "danish dansk",
    "de": "german deutsch",
    "el": "greek ελληνικά",
    "en": "english anglais englisch inglés inglese inglês английский",
    "es": "spanish español castellano espagnol spanisch spagnolo espanhol испанский",
    "et": "estonian eesti",
    "fi": "finnish suomi",
    "fr": "french français francés francese francês französisch французский",
    "he": "hebrew עברית",
    "hi": "hindi हिन्दी हिंदी",
    "hr": "croatian hrvatski",
    "hu": "hungarian magyar",
    "id": "indonesian indonesia",
    "it": "italian italiano italien italienisch итальянский",
    "ja": "japanese 日本語",
    "ko": "korean 한국어",
    "lt": "lithuanian lietuvių",
    "lv": "latvian latviešu",
    "nl": "dutch nederlands",
    "no": "norwegian norsk bokmål",
    "pl": "polish polski",
    "pt": "portuguese português",
    "ro": "romanian română",
    "ru": "russian русский",
    "sk": "slovak slovenčina slovensky",
    "sl": "slovenian slovenščina",
    "sr": "serbian srpski српски",
    "sv": "swedish svenska",
    "th": "thai ไทย",
    "tr": "turkish türkçe",
    "uk": "ukrainian українська",
    "vi": "vietnamese tiếng việt",
    "zh": "chinese 中文 简体中文 繁體中文",
}
"""ISO 639-1 code → names, parted by blanks."""

_CODES = {fold(word): code for code, words in NAMES.items() for word in words.split()}


def language_named(option: str) -> str | None:
    """The code of the language that an option of a picker names, such as ``Deutsch``, ``EN`` or ``French (fr)``."""
    parts = fold(option).replace("(", " ").replace(")", " ").replace("/", " ").replace("-", " ").split()
    named = next((_CODES[part] for part in parts if part in _CODES), None)
    return named or (parts[0] if parts and len(parts) <= 2 and parts[0] in NAMES else None)


def is_language_picker(options: Sequence[str]) -> bool:
    """Whether the options are languages, all but a first word of invitation."""
    named = [language_named(option) for option in options]
    return len(named) >= 2 and all(named[1:]) and (len(named) > 2 or named[0] is not None)
