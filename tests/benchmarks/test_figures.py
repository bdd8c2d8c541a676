"""The arithmetic of the benchmark, and what its page says of it."""

from __future__ import annotations

import pytest

from benchmarks.commands import Overhead, StartUp
from benchmarks.figures import Cell, Measurement, Spread, errors, quantile, ratio, spread, targets
from benchmarks.memory import browsers_mb, pss_kb
from benchmarks.page import Run, render, table

HUNDRED = [float(n) for n in range(100, 0, -1)]


@pytest.mark.parametrize(("share", "expected"), [(0.5, 50.0), (0.95, 95.0), (0.99, 99.0), (1.0, 100.0), (0.0, 1.0)])
def test_a_quantile_is_a_value_that_occurred(share: float, expected: float) -> None:
    """Of the numbers 1 to 100, in any order, the p-th percentile is p."""
    assert expected == quantile(HUNDRED, share)


def test_few_values_have_their_largest_as_p99() -> None:
    """With 20 values the 99th percentile hides nothing: it is the worst."""
    assert 20.0 == quantile([float(n) for n in range(1, 21)], 0.99)


def test_no_values_have_no_quantile() -> None:
    """An empty list is an error, and has no spread."""
    with pytest.raises(ValueError, match="no values"):
        quantile([], 0.5)
    assert spread([]) is None


def test_spread_tells_the_middle_and_the_tail() -> None:
    """An even number of values has the mean of the middle two as median."""
    assert Spread(100, 50.5, 95.0, 99.0, 100.0) == spread(HUNDRED)


def test_errors_have_no_sign_and_need_both_sides() -> None:
    """Too early is as wrong as too late; what has no truth or no measurement has no error."""
    assert [5.0, 5.0] == errors([(105.0, 100.0), (95.0, 100.0), (None, 100.0), (100.0, None)])


def test_ratios_are_of_runs_side_by_side() -> None:
    """One slow moment that slows both commands alike does not change the ratio."""
    assert 2.0 == ratio([2.0, 200.0, 2.2], [1.0, 100.0, 1.0])


def cell(wanted: int, measured: float | None, *, page: str = "static", tool: str = "chatprobe") -> Cell:
    return Cell(tool, page, wanted, wanted, (Measurement(measured, 3000.0, 2990.0),) * 4, 80.0)


def test_lost_visits_are_counted_and_have_no_error() -> None:
    """A visit without a time is lost and enters no quantile."""
    found = Cell("chatprobe", "static", 2, 2, (Measurement(3001.0, 3000.0, 2990.0), Measurement(None, None, None)))
    assert (1, Spread(1, 1.0, 1.0, 1.0, 1.0)) == (found.lost, found.against_page)
    assert Spread(1, 11.0, 11.0, 11.0, 11.0) == found.against_server


def test_targets_look_at_chatprobe_on_the_static_page() -> None:
    """Neither the script's figures nor those of the animated page meet or miss a target."""
    cells = [cell(20, 3001.0), cell(20, 3900.0, tool="script"), cell(50, 3009.0), cell(50, None, page="animated")]
    assert [True, True, False, True, True] == [one.met for one in targets(cells, 1.3)]


def test_what_was_not_measured_is_not_met() -> None:
    """Without figures every target counts as missed."""
    assert [False] * 5 == [one.met for one in targets([], None)]


def page_of(*cells: Cell) -> str:
    start, over = StartUp(0.13, 0.1, 0.26, 1.3, 0.5), Overhead(4.0, 2.0)
    return render(Run({"date": "today"}, cells, start, over))


def test_the_page_says_what_is_missed() -> None:
    """A missed target stands in the page with what was found."""
    rows = [line for line in page_of(cell(20, 3003.0), cell(50, 3001.0)).splitlines() if "at once, " in line]
    found = {row.split("|")[1].strip(): [part.strip() for part in row.split("|")[2:5]] for row in rows}
    assert ["<= 2 ms", "3 ms", "MISSED"] == found["20 at once, median error"]
    assert ["<= 5 ms", "1 ms", "met"] == found["50 at once, median error"]


def test_the_page_says_when_fewer_waited() -> None:
    """Where not all waited at once, the row does not claim it."""
    text = page_of(Cell("script", "animated", 50, 47, (Measurement(3400.0, 3000.0, 2990.0),)))
    assert "| animated | 47 of 50 |" in text


def test_tables_line_up_as_plain_text() -> None:
    """All lines of a table are equally long."""
    assert 1 == len({len(line) for line in table(("a", "longer"), [("much longer", "b"), ("", "")]).splitlines()})


def test_pss_is_read_from_a_rollup() -> None:
    """Of all the lines that begin alike, the one named Pss is taken."""
    assert 1234 == pss_kb("00400000 [rollup]\nRss:   9999 kB\nPss:   1234 kB\nPss_Dirty:   7 kB\n")


def test_no_browser_takes_no_memory() -> None:
    """A process without a browser reads zero."""
    assert 0.0 == browsers_mb()
