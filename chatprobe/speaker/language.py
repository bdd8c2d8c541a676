"""Which language a text is written in, or None: asked in French and answered in English is a finding, so never a guess.

Nothing but the text is looked at: neither the language of the question nor what the casino claims may sway the answer.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache, lru_cache
from threading import Lock
from typing import TYPE_CHECKING

from chatprobe.speaker.textform import worded

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

SURE = 0.75
"""Least share of the belief the best language must have; so the next one has at most a third of that.
docs/decisions/008 has the measurements."""
WORDS = 3
"""Fewer words are names, greetings and brands, which every language borrows."""
LETTERS = 4
"""As much in scripts that do not part words."""

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_UNPARTED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_WITHIN = {"arz": "ar", "ary": "ar", "nn": "no", "wuu": "zh", "yue": "zh"}
"""What the detector parts and the codes of ISO 639-1, as scenarios use them, do not."""
_loading = Lock()


def language_of(text: str) -> str | None:
    """The ISO 639-1 code of the text's language, or None where it is too short or fits several. Never raises."""
    plain = worded(text)
    if len(_WORD.findall(plain)) < WORDS and len(_UNPARTED.findall(plain)) < LETTERS:
        return None
    return _detected(plain)


def load() -> None:
    """Load the detector, once: some 0.6 s and 80 MB, better spent in a thread before anybody waits for an answer."""
    with _loading:
        _detector()


def elsewhere(asked: str, answers: Iterable[str | None]) -> tuple[str, ...]:
    """The languages of `answers`, most used first, where none is the language `asked` in; else nothing.

    `asked` is a scenario's code and may name a region (`pt-BR`); an answer of None is in no known language.
    """
    spoken = [code for code, _ in Counter(filter(None, answers)).most_common()]
    own = asked.partition("-")[0].casefold()
    return () if {own, "no" if own in {"nb", "nn"} else own} & set(spoken) else tuple(spoken)


@lru_cache(maxsize=4096)
def _detected(plain: str) -> str | None:
    load()
    belief: Counter[str] = Counter()
    for code, share in _detector().rank(plain):
        belief[_WITHIN.get(code, code)] += share
    [(best, share)] = belief.most_common(1)
    return best if share >= SURE else None


@cache
def _detector() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    detector = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    detector.set_languages([code for code in detector.labels if len(code) == 2 or code in _WITHIN])
    return detector
