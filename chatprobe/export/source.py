"""Rows as columns, some at a time, with the names of people masked unless everything is wanted."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from itertools import compress, groupby
from typing import Any

from chatprobe.export.writing import Columns
from chatprobe.masking import MASK, Masks, forms, masked
from chatprobe.masking.people import people_in
from chatprobe.masking.phrases import WORD, hints
from chatprobe.scenario.anonymous import without_people
from chatprobe.store.codebook import Kind
from chatprobe.store.pseudonym import PSEUDONYM
from chatprobe.store.selection import PERSON, Selection
from chatprobe.store.snapshot import Snapshot

Run = tuple[frozenset[str], int]
"""The names in a chat, and how many of its rows stand together."""

_NOBODY: frozenset[str] = frozenset()
_CONTEXT = 2_000
"""Probes whose chats are looked up at once."""


class Source:
    """What one selection gives."""

    def __init__(self, snapshot: Snapshot, selection: Selection, masks: Masks) -> None:
        self._snapshot = snapshot
        self._selection = selection
        self._masks = masks
        self._hints = hints()

    def batches(self) -> Iterator[Columns]:
        """The rows, some at a time."""
        for columns in self._snapshot.columns(self._selection):
            yield self._without_names(columns) if self._selection.public else columns

    def _without_names(self, columns: Columns) -> Columns:
        names = self._selection.relation.names
        named = zip(names, columns, strict=True)
        columns = [_CLEANED[name](values) if name in _CLEANED else values for name, values in named]
        if "probe_id" in names and self._selection.relation.name != "events":  # of those only our own words are left
            self._mask(columns)
        return columns

    def _mask(self, columns: list[Sequence[Any]]) -> None:
        """Mask, in the columns that hold what a page said, the names in its chat."""
        of_relation = self._selection.relation.columns
        said = {place: one for place, one in enumerate(of_relation) if one.name == "text" or one.kind is Kind.JSON}
        if not said:
            return
        people = self._people(columns)
        ids = columns[self._selection.relation.names.index("probe_id")]
        runs = [(people[probe_id], length) for probe_id, length in _runs(ids)]
        for place, column in said.items():
            mask = _evidence if column.kind is Kind.JSON else _texts
            columns[place] = mask(columns[place], runs)

    def _people(self, columns: Columns) -> dict[str, frozenset[str]]:
        """The names in the chat of each probe in these rows."""
        names = self._selection.relation.names
        ids = columns[names.index("probe_id")]
        if self._selection.relation.name == "messages" and self._selection.whole:
            found = self._named(ids, columns[names.index("text")], columns[names.index("agent")])
            # The first and the last chat may go on in other rows.
            return found | self._looked_up([ids[0], ids[-1]])
        return self._looked_up(list(dict.fromkeys(ids)))

    def _looked_up(self, ids: Sequence[str]) -> dict[str, frozenset[str]]:
        found: dict[str, frozenset[str]] = dict.fromkeys(ids, frozenset())
        for start in range(0, len(ids), _CONTEXT):
            if said := list(self._snapshot.said(ids[start : start + _CONTEXT])):
                ids_said, texts, agents = zip(*said, strict=True)
                found |= self._named(ids_said, _only_texts(texts), agents)
        return found

    def _named(
        self, ids: Sequence[str], texts: Sequence[str], agents: Sequence[str | None]
    ) -> dict[str, frozenset[str]]:
        """By probe, given all its messages together."""
        telling = self._telling(texts)
        found, start = {}, 0
        for probe_id, length in _runs(ids):
            end = start + length
            chat, shown = texts[start:end], {agent for agent in {*agents[start:end]} if agent}
            introducing = [*compress(chat, telling[start:end])]
            if introducing or shown:
                found[probe_id] = self._masks.names(chat, shown, self._parts_of(probe_id), introducing)
            else:
                found[probe_id] = _NOBODY
            start = end
        return found

    def _telling(self, texts: Sequence[str]) -> list[bool]:
        """Whether each text may introduce somebody."""
        import pyarrow as pa
        import pyarrow.compute as pc

        array = pa.array(texts, pa.string())
        flags = pa.array([False] * len(texts))
        for hint in self._hints:
            flags = pc.or_(flags, pc.match_substring_regex(array, hint))
        return list(flags.to_pylist())

    def _parts_of(self, probe_id: str) -> Callable[[str], Sequence[str]]:
        def parts_of(agent: str) -> Sequence[str]:
            parts = self._snapshot.name_parts(probe_id, agent)
            return [agent, *(PSEUDONYM.findall(parts) if parts else ())]

        return parts_of


def _runs(ids: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Each probe and how many rows of it stand together."""
    for probe_id, group in groupby(ids):
        yield probe_id, len(list(group))


def _texts(values: Sequence[Any], runs: Sequence[Run]) -> Sequence[Any]:
    """Texts of chats, masked; `runs` are the names in each chat, and how many rows of it stand together."""
    done: list[Any] = []
    for names, length in runs:
        chat = values[len(done) : len(done) + length]
        done.extend(masked(chat, names) if names else chat)
    return done


def _evidence(values: Sequence[Any], runs: Sequence[Run]) -> Sequence[Any]:
    """The same for JSON: few different ones, and hardly a name in any."""
    names = frozenset(form for known in {names for names, _ in runs} for form in forms(known))
    telling = {one for one in {*values} if isinstance(one, str) and not names.isdisjoint(WORD.findall(one))}
    if not telling:
        return values
    done: list[Any] = []
    for known, length in runs:
        chat = values[len(done) : len(done) + length]
        done.extend(masked([one], known)[0] if one in telling else one for one in chat)
    return done


def _only_texts(values: Sequence[Any]) -> Sequence[Any]:
    """The values; those that are no text, in a damaged file, as text."""
    if {*map(type, values)} <= {str}:
        return values
    return [value if isinstance(value, str) else repr(value) for value in values]


def _without_persons(values: Sequence[Any]) -> Sequence[Any]:
    """Evidence as it was, but for who says so in person."""
    return [_impersonal(value) if isinstance(value, str) and '"person"' in value else value for value in values]


def _impersonal(evidence: str) -> str:
    try:
        reasons = json.loads(evidence)
        for reason in reasons:
            if reason["source"] == "person":
                reason["detail"] = f"a {PERSON} says so"
    except (ValueError, TypeError, KeyError):
        return MASK
    return json.dumps(reasons, ensure_ascii=False, separators=(",", ":"))


def _by_itself(values: Sequence[Any]) -> Sequence[Any]:
    """Sentences of our own, which may cite what a page said."""
    return [masked([value], people_in(value))[0] if isinstance(value, str) else value for value in values]


def _scenarios(values: Sequence[Any]) -> Sequence[Any]:
    return [without_people(value, MASK) if isinstance(value, str) else value for value in values]


_CLEANED: dict[str, Callable[[Sequence[Any]], Sequence[Any]]] = {
    "text": _only_texts,
    "evidence": _without_persons,
    "detail": _by_itself,
    "yaml": _scenarios,
}
"""What becomes of a column, whatever the chat."""
