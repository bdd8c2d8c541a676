"""Masking names in the texts of a chat."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import lru_cache

from chatprobe.masking.people import may_be_name, people_in
from chatprobe.store.pseudonym import WORD, Pseudonyms, can_hide

MASK = "[name]"
_KNOWN = 200_000
"""Words whose pseudonyms are kept in memory."""
_GLUED = re.compile("[\u0e00-\u0eff\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""Scripts in which a name may stand right beside other words."""
_NO_LETTER_BEFORE, _NO_LETTER_AFTER = r"(?<![^\W\d_])", r"(?![^\W\d_])"

PartsOf = Callable[[str], Iterable[str]]
"""The pseudonyms of the words of a displayed name, by the pseudonym of the whole."""


class Masks:
    """Masks the names of people in texts: those that the texts introduce, and those that the page displayed."""

    def __init__(self, pseudonyms: Pseudonyms | None = None) -> None:
        """Without `pseudonyms`, the key of the database, names that were only displayed are not known."""
        self._pseudonyms = pseudonyms
        self._parts: dict[str, tuple[str, ...]] = {}
        self._words: dict[str, str] = {}
        self._clear: dict[str, set[str]] = {}
        """How the word behind a pseudonym was written."""

    def chat(self, texts: Sequence[str], agents: Collection[str] = ()) -> list[str]:
        """The texts of one chat, masked; `agents` are the pseudonyms of the names displayed in it."""
        return list(masked(texts, self.names(texts, agents)))

    def names(
        self,
        texts: Sequence[str],
        agents: Collection[str] = (),
        parts_of: PartsOf = lambda agent: (agent,),
        telling: Iterable[str] | None = None,
    ) -> frozenset[str]:
        """The words of all names in one chat.

        `parts_of` is asked once for each of the `agents`; `telling` are the texts in which somebody may be introduced,
        all where None.
        """
        found: set[str] = set()
        for text in texts if telling is None else telling:
            found |= people_in(text)
        if agents and self._pseudonyms:
            found |= self._displayed(texts, agents, parts_of)
        return frozenset(found)

    def _displayed(self, texts: Sequence[str], agents: Collection[str], parts_of: PartsOf) -> set[str]:
        found: set[str] = set()
        unread: set[str] = set()
        for agent in agents:
            if agent not in self._parts:
                self._parts[agent] = tuple(parts_of(agent))
            for part in self._parts[agent]:
                if part in self._clear:
                    found |= self._clear[part]
                else:
                    unread.add(part)
        for word in self._candidates(texts) if unread else ():
            part = self._pseudonym(word)
            if part in unread:
                self._clear.setdefault(part, set()).add(word)
                found.add(word)
        return found

    def _candidates(self, texts: Sequence[str]) -> set[str]:
        words = set(WORD.findall("\n".join(texts)))
        return {word for word in words if not word.islower() and can_hide(word) and may_be_name(word)}

    def _pseudonym(self, word: str) -> str:
        known = self._words.get(word)
        if known is None and self._pseudonyms:
            if len(self._words) >= _KNOWN:
                self._words.clear()
            known = self._words[word] = self._pseudonyms.of(word)
        return known or ""


def masked(texts: Sequence[str], names: frozenset[str]) -> Sequence[str]:
    """`texts` with each of the `names` as `MASK`, as it is written, with a capital or in capitals."""
    if not names:
        return texts
    together = "\n".join(texts)
    standing = [form for form in forms(names) if form in together]
    if not standing:
        return texts
    pattern = _pattern(names)
    if len(standing) > 1:
        return [pattern.sub(MASK, text) for text in texts]
    (form,) = standing
    return [_without(text, form, pattern) if form in text else text for text in texts]


def _without(text: str, form: str, pattern: re.Pattern[str]) -> str:
    """`text` masked, of the names in which only `form` stands; where it stands once and alone, ten times as fast."""
    start = text.index(form)
    end = start + len(form)
    beside = text[max(0, start - 1) : start] + text[end : end + 1]
    if form in text[end:] or any(map(str.isalpha, beside)) or "." in text[end + 2 : end + 4]:
        return pattern.sub(MASK, text)
    return f"{text[:start]}{MASK}{text[end:]}"


@lru_cache(maxsize=4096)
def forms(names: frozenset[str]) -> tuple[str, ...]:
    """How `names` may be written."""
    return tuple({form for name in names for form in (name, name.capitalize(), name.upper())})


@lru_cache(maxsize=4096)
def _pattern(names: frozenset[str]) -> re.Pattern[str]:
    """Names that stand beside each other, or with an initial, are one."""
    one = "|".join(map(_alone, sorted(forms(names), key=len, reverse=True)))
    return re.compile(rf"(?:{one})(?:[ .\-\xa0]{{1,2}}(?:{one}|[^\W\d_a-z]\.))*")


def _alone(name: str) -> str:
    return re.escape(name) if _GLUED.match(name) else f"{_NO_LETTER_BEFORE}{re.escape(name)}{_NO_LETTER_AFTER}"
