"""The service unit and the operator's page say what the program does."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import click
import pytest

from chatprobe.cli import cli
from chatprobe.cli.daemon import PORT
from chatprobe.daemon.daemon import DRAIN_S
from chatprobe.daemon.health import HUNG_MS
from chatprobe.durations import format_duration
from chatprobe.model import SlotReason
from chatprobe.settings import Settings

ROOT = Path(__file__).parent.parent
UNIT = (ROOT / "packaging/chatprobe.service").read_text("utf-8")
PAGE = (ROOT / "docs/operations.md").read_text("utf-8")


def directive(name: str) -> str:
    found = re.search(rf"^{name}=(.*)$", UNIT, re.MULTILINE)
    assert found
    return found[1]


def seconds(name: str) -> float:
    return float(directive(name).removesuffix("s"))


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here")
def test_systemd_takes_the_unit(tmp_path: Path) -> None:
    """`systemd-analyze verify` finds nothing to say about the unit."""
    unit = tmp_path / "chatprobe.service"
    unit.write_text(UNIT.replace("/opt/chatprobe/bin/chatprobe", "/bin/true"), encoding="utf-8")
    done = subprocess.run(["systemd-analyze", "verify", unit], capture_output=True, text=True, check=False)
    assert (0, "") == (done.returncode, done.stderr)


def test_the_unit_starts_the_daemon() -> None:
    """Its command line is one that the daemon takes."""
    _, command, *options = directive("ExecStart").split()
    daemon = cli.get_command(click.Context(cli), command)
    assert daemon is not None
    known = {option for parameter in daemon.params for option in parameter.opts}
    assert {option for option in options if option.startswith("--")} <= known


def test_the_unit_waits_long_enough() -> None:
    """It waits for the drain, and its watchdog is slower than our own idea of a hung daemon."""
    assert seconds("TimeoutStopSec") > DRAIN_S
    assert seconds("WatchdogSec") * 1000 > HUNG_MS
    assert "mixed" == directive("KillMode")  # a stop that went to the browser, too, would cut chats off


def test_every_reason_is_explained() -> None:
    """The page has a line for each reason, under the status that goes with it, and knows the port."""
    told = re.findall(r"^\| (\w+) \| `(\w+)` \|", PAGE, re.MULTILINE)
    assert [(str(reason.status), str(reason)) for reason in SlotReason] == told
    assert f"port {PORT}" in PAGE


def test_every_setting_is_explained() -> None:
    """The page's table has each key once, with its default."""
    told = re.findall(r"^\| `([\w.]+)` \| (?:`(.+)`)? ?\| .+ \|$", PAGE, re.MULTILINE)
    assert list(_defaults(Settings())) == told


def _defaults(settings: Any, before: str = "") -> Iterator[tuple[str, str]]:
    for one in fields(settings):
        value = getattr(settings, one.name)
        if is_dataclass(value):
            yield from _defaults(value, f"{before}{one.name}.")
        else:
            text = ", ".join(value) if isinstance(value, tuple) else str(value or "")
            text = format_duration(value) if isinstance(value, timedelta) else text
            yield f"{before}{one.name}", text
