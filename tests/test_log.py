"""The log: one event a line, for people or for machines."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from chatprobe.log import LogEvent, logger, set_up


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    """Leave no logger behind that writes to this test's stderr."""
    yield
    structlog.reset_defaults()


def test_json_lines(capsys: pytest.CaptureFixture[str]) -> None:
    """In JSON every event is one line on stderr with time, level and name first."""
    set_up("json")
    logger().warning(LogEvent.SANDBOX_OFF, reason="running as root\nreally")
    captured = capsys.readouterr()
    (line,) = captured.err.splitlines()
    row = json.loads(line)
    assert ["at", "level", "event", "reason"] == list(row)
    assert ("warning", "sandbox_off", "running as root\nreally") == (row["level"], row["event"], row["reason"])
    assert row["at"].endswith("Z")
    assert "" == captured.out


def test_text(capsys: pytest.CaptureFixture[str]) -> None:
    """As text every event is one line of key=value, whatever the values hold."""
    set_up("text")
    logger().info(LogEvent.SANDBOX_OFF, reason='two\nlines and "quotes"')
    (line,) = capsys.readouterr().err.splitlines()
    assert line.endswith('level=info event=sandbox_off reason="two\\nlines and \\"quotes\\""')


def test_level(capsys: pytest.CaptureFixture[str]) -> None:
    """What is below the level asked for is not written."""
    set_up("text", logging.WARNING)
    logger().info(LogEvent.SANDBOX_OFF)
    assert "" == capsys.readouterr().err


def test_exception(capsys: pytest.CaptureFixture[str]) -> None:
    """An exception is part of its event's line."""
    set_up("json")
    logger().error(LogEvent.SANDBOX_OFF, exc_info=ValueError("x"))
    (line,) = capsys.readouterr().err.splitlines()
    assert "ValueError: x" in json.loads(line)["exception"]
