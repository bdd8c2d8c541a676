"""From a database and a folder of scenarios to what `analysis` takes: visits, claims, cases."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import timedelta
from functools import lru_cache
from pathlib import Path

from chatprobe.analysis.case import Case
from chatprobe.analysis.claims import Claims
from chatprobe.analysis.visits import Visits, visits_of
from chatprobe.durations import format_duration
from chatprobe.errors import ScenarioError
from chatprobe.scenario import schema
from chatprobe.scenario.load import load_folder
from chatprobe.scenario.stored import stored_claims
from chatprobe.store.store import Store
from chatprobe.times import iso


def visits(
    store: Store, casino: str | None = None, since: str | None = None, *, everything: bool = False, brief: bool = False
) -> Visits:
    """The visits of the plan, or `everything`, of one casino or all, started at or after `since` (ISO text).

    A `brief` reading leaves out what `Store.visits` says.
    """
    return visits_of(store.visits(casino, since, brief=brief), everything=everything)


def claims_of(claims: schema.Claims) -> Claims:
    """The claims of a scenario as `analysis` takes them."""
    hours = claims.hours
    return Claims(
        frozenset(cell for cell in range(168) if hours.promises(cell)) if hours else None,
        str(hours or ""),
        claims.first_reply / timedelta(milliseconds=1) if claims.first_reply else None,
        format_duration(claims.first_reply) if claims.first_reply else "",
        tuple(dict.fromkeys(language.partition("-")[0] for language in claims.languages)),
    )


class Record:
    """What a database and a folder of scenarios hold about the claims of casinos."""

    def __init__(self, store: Store, scenarios: Iterable[schema.Scenario]) -> None:
        """`scenarios` are today's, which win over what the database keeps."""
        self._store = store
        self._today = {scenario.casino: claims_of(scenario.claims) for scenario in scenarios}

    @classmethod
    def of(cls, store: Store, folder: Path) -> Record:
        """With the scenarios of `folder`; those that cannot be used are as if they were not there."""
        return cls(store, load_folder(folder)[0])

    def casinos(self) -> list[str]:
        """All that have a scenario in the folder or a text in the database, by alphabet."""
        return sorted({*self._today, *(row["casino"] for row in self._store.scenario_texts())})

    def case(self, casino: str) -> Case:
        """Everything about one casino's claims; it may claim nothing."""
        read = ((row["sha256"], _read(row["yaml"], row["sha256"])) for row in self._store.scenario_texts(casino))
        earlier = {sha256: claims for sha256, claims in read if claims is not None}
        newest = next(reversed(earlier.values()), Claims())
        seen = visits(self._store, casino)
        start = iso(float(seen.at.min())) if len(seen) else iso(0)
        slots = self._store.survey_slots(casino, start)
        return Case(casino, seen, self._today.get(casino, newest), earlier, slots)

    def cases(self, casinos: Collection[str] = ()) -> Iterator[Case]:
        """One case after another: of `casinos`, or of all."""
        for casino in casinos or self.casinos():
            yield self.case(casino)


@lru_cache(maxsize=10_000)
def _read(text: str, sha256: str) -> Claims | None:
    """None where today's schema cannot tell what was claimed."""
    try:
        return claims_of(stored_claims(text, sha256[:12]))
    except ScenarioError:
        return None
