"""The widget's own polling interval, estimated from its requests."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatprobe.browser.traffic import Exchange, resolution_ms

END = 1_000_000.0


def every(interval: float, took: float, times: int, endpoint: str = "GET chat/poll") -> list[Exchange]:
    """Requests at a steady interval."""
    return [Exchange(endpoint, n * interval, n * interval + took) for n in range(times)]


POLLING = {
    "short polling shows a message late by up to its interval": (every(2_000, 40, 10), 2_000.0),
    "long polling that asks again at once is push": (every(10_000, 9_990, 5), 0.0),
    "long polling that pauses is late by its pause": (every(10_000, 9_000, 5), 1_000.0),
    "of several endpoints the quickest decides": (every(60_000, 40, 5, "POST alive") + every(2_000, 40, 9), 2_000.0),
    "two requests are no interval": (every(2_000, 40, 2), None),
    "single requests are no polling": (every(2_000, 40, 1) + every(3_000, 40, 1, "POST chat/send"), None),
    "no requests at all": ([], None),
}


@pytest.mark.parametrize(("exchanges", "expected"), POLLING.values(), ids=POLLING.keys())
def test_the_interval_of_the_requests_is_the_resolution(exchanges: list[Exchange], expected: float | None) -> None:
    """How late the widget may show a message follows from how it asks its server."""
    assert expected == resolution_ms(exchanges, 0.0, END)


CARRIED = {
    "a socket that brought the messages is not late, whatever else is polled": ({"websocket"}, 0.0),
    "polled messages are late, whatever else is pushed": ({"request"}, 2_000.0),
    "brought by both, they may be late": ({"websocket", "request"}, 2_000.0),
    "without a message, the chat's own polling counts": (set(), 2_000.0),
}


@pytest.mark.parametrize(("carriers", "expected"), CARRIED.values(), ids=CARRIED.keys())
def test_what_brought_the_messages_decides(carriers: set[str], expected: float) -> None:
    """A page may poll and be pushed to at once: what counts is the way by which the messages came."""
    assert expected == resolution_ms(every(2_000, 40, 10), 0.0, END, carriers, pushed=True)


def test_a_push_without_polling_is_not_late() -> None:
    """A socket that was alive is what a message would have come by where nothing is polled."""
    assert 0.0 == resolution_ms([], 0.0, END, pushed=True)


def test_only_requests_while_listening_count() -> None:
    """Requests before the question and after the end say nothing about the wait."""
    before, after = every(500, 10, 20), [each for each in every(3_000, 40, 12) if each.started >= 12_000]
    assert 3_000.0 == resolution_ms(before + after, 12_000.0, END)


def test_one_late_request_does_not_move_the_estimate() -> None:
    """The median holds against a request that the browser delayed."""
    exchanges = [*every(1_000, 30, 8), Exchange("GET chat/poll", 60_000.0, 60_030.0)]
    assert 1_000.0 == resolution_ms(exchanges, 0.0, END)


ways = st.sets(st.sampled_from(["websocket", "eventsource", "request"]))
requests = st.lists(st.tuples(st.sampled_from("ab"), st.floats(0, 1e6), st.floats(0, 1e5)), max_size=12)


@given(requests, ways, st.booleans())
def test_a_resolution_is_never_negative(
    several: list[tuple[str, float, float]], carriers: set[str], pushed: bool
) -> None:
    """Whatever the requests looked like, the estimate is a time or nothing."""
    exchanges = [Exchange(name, at, at + took) for name, at, took in several]
    estimate = resolution_ms(exchanges, 0.0, END, carriers, pushed=pushed)
    assert estimate is None or estimate >= 0.0
