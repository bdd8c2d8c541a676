"""Starting: quick, lazy, and friendly to a mistyped command."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner

import chatprobe
from chatprobe.cli import COMMANDS, cli

HEAVY = {"aiohttp", "apscheduler", "playwright", "pydantic", "scipy", "sqlite_utils", "structlog", "yaml"}


def _commands(group: click.Group, context: click.Context) -> Iterator[tuple[str, click.Command]]:
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield name, command
        if isinstance(command, click.Group):
            yield from _commands(command, click.Context(command, info_name=name, parent=context))


def _python(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout


def test_help_imports_nothing_heavy() -> None:
    """`chatprobe --help` imports no big library."""
    code = "import sys\nsys.argv = ['chatprobe', '--help']\nfrom chatprobe.cli import main\n"
    code += "try:\n main()\nexcept SystemExit:\n print('\\0', ' '.join(sys.modules))"
    modules = {name.partition(".")[0] for name in _python(code).split("\0")[1].split()}
    assert set() == HEAVY & modules


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_a_command_imports_nothing_heavy(name: str) -> None:
    """A command's module loads big libraries inside its functions only."""
    code = f"import sys\nfrom chatprobe.cli import cli\nassert cli.get_command(None, {name!r})\nprint(*sys.modules)"
    modules = {module.partition(".")[0] for module in _python(code).split()}
    assert set() == HEAVY & modules


@pytest.mark.parametrize("name", COMMANDS)
def test_listed_help_is_the_commands_own(name: str) -> None:
    """What `chatprobe --help` says of a command is the first sentence of the command's own help."""
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    assert COMMANDS[name] == _first_sentence(command)


def _first_sentence(command: click.Command) -> str:
    paragraph = " ".join((command.help or "").partition("\n\n")[0].split())
    return paragraph.partition(". ")[0].rstrip(".") + "."


def test_every_command_shows_an_example() -> None:
    """The help of each command ends in an example; every option of ours says what it is for."""
    commands = dict(_commands(cli, click.Context(cli)))
    assert [] == [name for name, command in commands.items() if "Example" not in (command.help or "")]
    silent = [
        f"{name} {option.opts[0]}"
        for name, command in commands.items()
        for option in command.params
        if isinstance(option, click.Option) and not option.help
    ]
    assert [] == silent


def test_unknown_command() -> None:
    """A mistyped command is a usage error that names the nearest one."""
    result = CliRunner().invoke(cli, ["doctr"], prog_name="chatprobe")
    assert "error: no such command: doctr\nhint: did you mean doctor?\n" == result.stderr
    assert ("", 2) == (result.stdout, result.exit_code)


def test_command_unlike_any() -> None:
    """Where nothing is near, the hint names the help."""
    result = CliRunner().invoke(cli, ["xyzzy", "--json"], prog_name="chatprobe")
    expected = {"code": "usage", "message": "no such command: xyzzy", "hint": 'try "chatprobe --help"'}
    assert expected == json.loads(result.stdout)["error"]


def test_no_command() -> None:
    """Without a command the help is shown, as a usage error."""
    result = CliRunner().invoke(cli, [], prog_name="chatprobe")
    assert (2, "") == (result.exit_code, result.stdout)
    assert "Commands:" in result.stderr


def test_module_is_the_program() -> None:
    """`python -m chatprobe` is `chatprobe`."""
    done = subprocess.run([sys.executable, "-m", "chatprobe", "--version"], capture_output=True, text=True, check=True)
    assert f"chatprobe {chatprobe.__version__}\n" == done.stdout


def test_terminal_of_another_alphabet() -> None:
    """A terminal that cannot show a character gets a substitute instead of a traceback."""
    done = subprocess.run(
        [sys.executable, "-m", "chatprobe", "…"], capture_output=True, env={"PYTHONIOENCODING": "latin-1"}, check=False
    )
    assert b"error: no such command: \\u2026\n" in done.stderr
    assert 2 == done.returncode
