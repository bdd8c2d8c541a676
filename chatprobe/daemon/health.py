"""Health and metrics for monitoring, by HTTP on loopback: `/healthz` and `/metrics`. The home of prometheus_client."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable, Iterator
from socketserver import ThreadingMixIn
from typing import Any, cast
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server
from wsgiref.types import StartResponse, WSGIEnvironment

from prometheus_client import CollectorRegistry, Metric, make_wsgi_app
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector

from chatprobe.daemon.clock import Clock
from chatprobe.daemon.state import State
from chatprobe.errors import UsageError

HUNG_MS = 90_000.0
"""A daemon whose last round is older does not work."""
_HOST = "127.0.0.1"


class _Metrics(Collector):
    """The state as Prometheus reads it."""

    def __init__(self, state: State, clock: Clock) -> None:
        self._state, self._clock = state, clock

    def collect(self) -> Iterable[Metric]:
        """All metrics, computed when they are asked for."""
        yield from self._gauges()
        yield _counter("chatprobe_probes", "Probes ended.", ("depth", "outcome"), self._state.probes)
        yield _counter("chatprobe_slots_dropped", "Slots without a probe.", ("status", "reason"), self._state.slots)

    def _gauges(self) -> Iterator[Metric]:
        state, now = self._state, self._clock.now_ms()
        steady = self._clock.steady_ms()
        round_age = (steady - (state.started_ms if state.ticked_ms is None else state.ticked_ms)) / 1000
        yield GaugeMetricFamily("chatprobe_round_age_seconds", "Since the last round ended.", round_age)
        yield GaugeMetricFamily("chatprobe_up_seconds", "Since the daemon started.", (steady - state.started_ms) / 1000)
        yield GaugeMetricFamily("chatprobe_running_probes", "Probes that run now.", len(state.running))
        last = state.last_result_ms.copy()
        ages = {casino: (now - last.get(casino, since)) / 1000 for casino, since in state.known_ms.items()}
        yield _gauge("chatprobe_last_result_age_seconds", "Since a casino's last probe ended.", "casino", ages)
        troubles = dict.fromkeys(state.troubles.copy(), 1.0)
        yield _gauge("chatprobe_trouble", "What does not work now.", "kind", troubles)
        paused = dict.fromkeys(state.paused.copy(), 1.0)
        yield _gauge("chatprobe_casino_paused", "Casinos left alone.", "casino", paused)


def _gauge(name: str, text: str, label: str, values: dict[str, float]) -> Metric:
    family = GaugeMetricFamily(name, text, labels=[label])
    for key, value in values.items():
        family.add_metric([key], value)
    return family


def _counter(name: str, text: str, labels: tuple[str, ...], values: dict[Any, int]) -> Metric:
    family = CounterMetricFamily(name, text, labels=labels)
    for key, value in values.copy().items():
        family.add_metric([str(part) for part in key], value)
    return family


class Health:
    """The server, in threads of its own: it answers also while the daemon's loop hangs, and says so."""

    def __init__(self, state: State, clock: Clock, port: int) -> None:
        """Listen on loopback; port 0 takes a free one. Raises UsageError where the port is taken."""
        self._state, self._clock = state, clock
        registry = CollectorRegistry()
        registry.register(_Metrics(state, clock))
        self._metrics = make_wsgi_app(registry)
        try:
            self._server = make_server(_HOST, port, self._app, _Server, _Handler)
        except OSError as error:
            raise UsageError(f"--port {port}: {error.strerror}", "give another port; 0 takes a free one") from error
        self.address = f"http://{_HOST}:{self._server.server_port}"
        """Where it listens."""
        threading.Thread(target=self._server.serve_forever, name="health", daemon=True).start()

    def close(self) -> None:
        """Listen no more."""
        self._server.shutdown()
        self._server.server_close()

    def _app(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        path = environ.get("PATH_INFO")
        if path == "/metrics":
            return cast("Iterable[bytes]", self._metrics(environ, start))
        if path != "/healthz":
            start("404 Not Found", [("Content-Type", "text/plain")])
            return [b"/healthz or /metrics\n"]
        facts = self._facts()
        start("200 OK" if facts["ok"] else "503 Service Unavailable", [("Content-Type", "application/json")])
        return [json.dumps(facts).encode()]

    def _facts(self) -> dict[str, Any]:
        state = self._state
        age = None if state.ticked_ms is None else self._clock.steady_ms() - state.ticked_ms
        return {
            "ok": age is not None and age <= HUNG_MS,
            "round_age_s": None if age is None else round(age / 1000, 1),
            "running": sorted(state.running.copy().values()),
            "troubles": state.troubles.copy(),
            "paused": state.paused.copy(),
        }


class _Server(ThreadingMixIn, WSGIServer):
    """One slow reader does not keep others waiting."""

    daemon_threads = True


class _Handler(WSGIRequestHandler):
    """Says nothing on stderr: the log is there for events."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the name it has in the library
        """Nothing."""
