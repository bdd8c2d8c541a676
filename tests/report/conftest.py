"""Databases to report on: the simulated month of two casinos, and small ones made by hand."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from chatprobe.cli.month import write_month
from chatprobe.lab.houses import HOUSES
from chatprobe.store.store import Store

BROKEN, KEPT = "sim-nocturne", "sim-aurora"


@pytest.fixture(scope="session")
def month(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One casino that breaks its claim of day and night, one that keeps it, and a new one."""
    db = tmp_path_factory.mktemp("month") / "month.db"
    write_month(db, [house for house in HOUSES if house.name in (BROKEN, KEPT, "sim-newcomer")])
    with Store.open(db) as store:
        yield store


def page_of(store: Store, *casinos: str, code: str = "en", **asked: bool) -> str:
    """The text of a report on `casinos`, or all, made at a fixed time."""
    from chatprobe.report.gather import Asked
    from chatprobe.report.writing import report

    return report(store, [], Asked(casinos, **asked), code, 1_775_000_000_000.0)[0]
