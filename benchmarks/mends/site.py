"""A site on two loopback ports whose pages can be replaced while it runs."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

from benchmarks.mends.widgets import Widget


class Site:
    """Serves one widget; a context manager."""

    def __init__(self) -> None:
        self._pages: dict[str, str] = {}
        self._servers = [ThreadingHTTPServer(("127.0.0.1", 0), self._handler()) for _ in range(2)]
        self.url = f"http://127.0.0.1:{self._servers[0].server_port}/"
        """Where the casino is."""

    def show(self, widget: Widget) -> None:
        """From now on."""
        hosts = {"OTHER": "127.0.0.1", "ELSEWHERE": "localhost"}
        self._pages = {path: self._placed(text, hosts) for path, text in widget.pages().items()}

    def _placed(self, text: str, hosts: Mapping[str, str]) -> str:
        for word, host in hosts.items():
            text = text.replace(word, f"{host}:{self._servers[1].server_port}")
        return text

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                text = site._pages.get(self.path.strip("/"))
                self.send_response(404 if text is None else 200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.end_headers()
                self.wfile.write((text or "").encode())

            def log_message(self, *_: Any) -> None:
                pass

        return Handler

    def __enter__(self) -> Self:
        for server in self._servers:
            threading.Thread(target=server.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for server in self._servers:
            server.shutdown()
            server.server_close()
