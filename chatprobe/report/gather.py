"""From the database to what the page is made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from chatprobe.analysis.compare import Comparison, comparisons
from chatprobe.analysis.judge import verdicts
from chatprobe.errors import ScenarioError
from chatprobe.record import Record, visits
from chatprobe.report.matter import Matter
from chatprobe.scenario.schema import Scenario
from chatprobe.scenario.stored import stored_place
from chatprobe.settings import SIMULATED
from chatprobe.store.store import Store
from chatprobe.times import epoch_ms

_EVER = "0001-01-01T00:00:00.000Z"


@dataclass(frozen=True)
class Asked:
    """What a report is asked for."""

    casinos: tuple[str, ...] = ()
    """All that were visited where none is named."""
    since: str | None = None
    """Only visits from this time on, ISO text; verdicts look at all."""
    everything: bool = False
    """Also visits that no plan drew."""
    internal: bool = False
    """It stays in the house: names and screenshots are shown."""


@dataclass(frozen=True)
class Gathered:
    """All that a report tells of."""

    matters: tuple[Matter, ...]
    compared: tuple[Comparison, ...] = ()
    """What can be compared among them."""


def gather(store: Store, scenarios: Sequence[Scenario], asked: Asked) -> Gathered:
    """All casinos of a report, in the order of the alphabet."""
    record = Record(store, scenarios)
    places = {one.casino: (str(one.url), one.timezone) for one in scenarios}
    wanted = sorted(set(asked.casinos or store.decisions.casinos()))
    matters = (_matter(store, record, places.get(name), asked, name, number) for number, name in enumerate(wanted, 1))
    return Gathered(tuple(matters), tuple(_compared(store, wanted, asked)) if len(wanted) > 1 else ())


def _compared(store: Store, casinos: Sequence[str], asked: Asked) -> Iterator[Comparison]:
    seen = visits(store, None, asked.since, everything=asked.everything)
    return comparisons(seen.where(seen.casino.among(casinos)).survey())


def _matter(
    store: Store, record: Record, place: tuple[str, str] | None, asked: Asked, casino: str, number: int
) -> Matter:
    since = asked.since or _EVER
    url, timezone = place or _stored(store, casino)
    made_with = store.account.made_with(casino, since)
    case = record.case(casino)
    seen = visits(store, casino, everything=True) if asked.everything else case.visits
    return Matter(
        casino,
        f"c{number}",
        seen.since(epoch_ms(asked.since)) if asked.since else seen,
        case.claims,
        tuple(verdicts(case)),
        ZoneInfo(timezone),
        url,
        store.account.spent(casino, since),
        tuple(made_with),
        tuple(store.account.slots(casino, since)),
        tuple(store.account.seeds(casino, since)),
        simulated=any(row["vantage"] == SIMULATED for row in made_with),
    )


def _stored(store: Store, casino: str) -> tuple[str, str]:
    """Address and time zone as the scenario of the last visit told them."""
    text = store.account.scenario(casino)
    try:
        return stored_place(text, casino) if text else ("", "UTC")
    except ScenarioError:
        return "", "UTC"
