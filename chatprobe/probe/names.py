"""Names in stored events: put back where somebody else tells them in the clear, made harmless where nobody does."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from chatprobe.model import Event
from chatprobe.speaker.nobody import DESK_WORDS, MOMENT_WORDS
from chatprobe.speaker.notices import joined_name
from chatprobe.store.pseudonym import PSEUDONYM, WORD, Pseudonyms

_NUMBERS = tuple(f"{number:0{digits}}" for digits in (1, 2) for number in range(60)) + tuple("•·…–—🤖")
"""Parts of times and signs, shown where a name would be."""
_INITIALS = tuple(filter(str.isalpha, map(chr, range(0x250))))
"""A lone Latin letter ("Anna K.") tells nobody from another."""
_LETTERS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")


def restored(events: Sequence[Event], pseudonyms: Pseudonyms, known: Iterable[str]) -> list[Event]:
    """The events with names that decide as the displayed ones did.

    A word of a name is put back where it is one of `known` (the scenario's names), a desk's word, or stands in a text
    or attribute of this chat; any other becomes a word of its own that means nothing.
    """
    hidden = dict(_hidden(events))
    if not hidden:
        return list(events)
    wanted = {*hidden, *(word for parts in hidden.values() for word in PSEUDONYM.findall(parts))}
    found = _recognised(wanted, pseudonyms, _candidates(events, known))
    names = {name: found.get(name) or _put_together(parts, found) for name, parts in hidden.items()}
    anywhere = re.compile("|".join(names))
    return [_shown(event, names, anywhere) for event in events]


def _hidden(events: Iterable[Event]) -> Iterator[tuple[str, str]]:
    """Every pseudonym that stands for a name, with those of its words."""
    for event in events:
        name = event.detail.get("name")
        if isinstance(name, str) and PSEUDONYM.fullmatch(name):
            yield name, str(event.detail.get("name_parts", name))


def _candidates(events: Iterable[Event], known: Iterable[str]) -> Iterator[str]:
    """What a name, or a word of one, may be."""
    for name in (*known, *DESK_WORDS, *MOMENT_WORDS, *_NUMBERS, *_INITIALS):
        yield name
        yield from WORD.findall(name)
    for event in events:
        text, attributes = event.detail.get("text"), event.detail.get("attributes")
        if isinstance(text, str):
            yield joined_name(text) or ""
            yield from WORD.findall(text)
        for value in attributes.values() if isinstance(attributes, Mapping) else ():
            yield from WORD.findall(str(value))


def _recognised(wanted: set[str], pseudonyms: Pseudonyms, candidates: Iterable[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    tried: set[str] = set()
    for word in candidates:
        if len(found) == len(wanted):
            break
        if word and word not in tried:
            tried.add(word)
            pseudonym = pseudonyms.of(word)
            if pseudonym in wanted:
                found.setdefault(pseudonym, word)
    return found


def _put_together(parts: str, found: Mapping[str, str]) -> str:
    return PSEUDONYM.sub(lambda word: found.get(word[0]) or word[0].translate(_LETTERS), parts)


def _shown(event: Event, names: Mapping[str, str], anywhere: re.Pattern[str]) -> Event:
    detail = dict(event.detail)
    detail.pop("name_parts", None)
    if isinstance(detail.get("name"), str):
        detail["name"] = names.get(detail["name"], detail["name"])
    if isinstance(detail.get("attributes"), Mapping):
        attributes = detail["attributes"].items()
        detail["attributes"] = {key: anywhere.sub(lambda name: names[name[0]], str(v)) for key, v in attributes}
    return replace(event, detail=detail)
