"""Whether people's answers hold what the scenario's key expects: pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date

from chatprobe.scenario.schema import Answer


def answer_match(texts: Sequence[str], key: Answer | None, asked: str) -> int | None:
    """1 if `texts`, what people said, hold a phrase of `key`, else 0.

    None where nobody answered, nothing is expected, or the key was no longer known to be right when it was `asked` (ISO
    text).
    """
    if not texts or key is None:
        return None
    if key.valid_until is not None and date.fromisoformat(asked[:10]) > key.valid_until:
        return None
    said = _plain(" ".join(texts))
    return int(any(_holds(said, _plain(phrase)) for phrase in key.any_of))


def _plain(text: str) -> str:
    """Letter case, widths and blanks make no difference."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _holds(said: str, phrase: str) -> bool:
    """A number is held only whole: 24 is not in 1240, nor in 3.24 or 24,000."""
    before = r"(?<!\d)(?<!\d[.,])" if phrase[:1].isdigit() else ""
    after = r"(?!\d|[.,]\d)" if phrase[-1:].isdigit() else ""
    return bool(re.search(before + re.escape(phrase) + after, said))
