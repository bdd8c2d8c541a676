"""What monitoring sees."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest

from chatprobe.daemon.health import HUNG_MS, Health
from chatprobe.daemon.state import State
from chatprobe.errors import UsageError
from tests.daemon.fakes import HandClock


@pytest.fixture
def clock() -> HandClock:
    return HandClock(1_000_000.0)


@pytest.fixture
def state() -> State:
    return State(started_ms=-60_000.0, ticked_ms=0.0)


@pytest.fixture
def health(state: State, clock: HandClock) -> Iterator[Health]:
    running = Health(state, clock, 0)
    yield running
    running.close()


def get(address: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(address, timeout=30) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def test_a_living_daemon_is_healthy(health: Health, state: State) -> None:
    """With a fresh round: 200, and what runs and what is wrong as JSON."""
    state.running["01S"] = "lucky"
    state.troubles["network"] = "down"
    code, text = get(f"{health.address}/healthz")
    assert 200 == code
    expected = {"ok": True, "round_age_s": 0.0, "running": ["lucky"], "troubles": {"network": "down"}, "paused": {}}
    assert expected == json.loads(text)


def test_a_daemon_whose_rounds_stopped_is_not(health: Health, clock: HandClock) -> None:
    """Without a round for too long: 503, although the process still answers."""
    clock.run(HUNG_MS + 1)
    code, text = get(f"{health.address}/healthz")
    assert (503, False) == (code, json.loads(text)["ok"])


def test_a_daemon_that_is_starting_is_not_healthy_yet(health: Health, state: State) -> None:
    """Before scenarios are read and the past is closed nobody should rely on it."""
    state.ticked_ms = None
    code, text = get(f"{health.address}/healthz")
    assert (503, None) == (code, json.loads(text)["round_age_s"])


def test_metrics_tell_what_is_known(health: Health, state: State, clock: HandClock) -> None:
    """The age of the last result of each casino that is to be visited, ends by outcome, slots that were not used."""
    state.last_result_ms = {"lucky": 990_000.0, "gone": 1.0}
    state.known_ms = {"lucky": 980_000.0, "new": 980_000.0}
    state.probes["chat", "human_reply"] += 2
    state.slots["missed", "offline"] += 3
    state.pause("monte", "broken")
    clock.run(2_000)
    lines = set(get(f"{health.address}/metrics")[1].splitlines())
    assert [] == [line for line in lines if "gone" in line]
    assert {
        'chatprobe_last_result_age_seconds{casino="new"} 22.0',
        'chatprobe_last_result_age_seconds{casino="lucky"} 12.0',
        'chatprobe_probes_total{depth="chat",outcome="human_reply"} 2.0',
        'chatprobe_slots_dropped_total{reason="offline",status="missed"} 3.0',
        'chatprobe_casino_paused{casino="monte"} 1.0',
        "chatprobe_round_age_seconds 2.0",
        "chatprobe_up_seconds 62.0",
    } <= lines


def test_nothing_else_is_served(health: Health) -> None:
    """Any other address is a 404 that names the two."""
    assert (404, "/healthz or /metrics\n") == get(f"{health.address}/")


def test_a_port_that_is_taken_is_an_error(health: Health, state: State, clock: HandClock) -> None:
    """A second daemon on the same port is told so."""
    port = int(health.address.rpartition(":")[2])
    with pytest.raises(UsageError, match=f"--port {port}"):
        Health(state, clock, port)
