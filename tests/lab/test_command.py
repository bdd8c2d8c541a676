"""`chatprobe lab` as a process of its own."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
from urllib.request import urlopen

import pytest
from click.testing import CliRunner

from chatprobe.cli import cli
from chatprobe.lab.casinos import CASINOS


@pytest.mark.slow
def test_it_serves_what_it_prints_until_interrupted() -> None:
    """Each printed address answers while the command runs, and Ctrl-C ends it with 130."""
    command = [sys.executable, "-m", "chatprobe", "lab"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stderr
        lines = [process.stdout.readline().strip() for _ in range(2 * len(CASINOS))]
        assert [casino.about for casino in CASINOS] == lines[1::2]
        with urlopen(lines[0]) as page, urlopen(f"{lines[0]}_truth") as truth:
            assert CASINOS[0].title in page.read().decode()
            assert ["lucky"] == [row["casino"] for row in json.load(truth)]
        process.send_signal(signal.SIGINT)
        told = process.stderr.read()
        assert process.wait(30) == 130
        assert f"curl -O {lines[0]}scenario.yaml" in told


def test_a_taken_port_is_named() -> None:
    """A port that another program holds is a usage error with a way out."""
    with socket.create_server(("127.0.0.1", 0)) as holder:
        port = holder.getsockname()[1]
        result = CliRunner().invoke(cli, ["lab", "--port", str(port)])
    assert result.exit_code == 2
    assert f"error: cannot listen on port {port}: " in result.stderr
    assert "hint: leave out --port for a free one" in result.stderr
