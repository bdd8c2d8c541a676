"""The command line. Each command is a module of its own, loaded only when it is called."""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType

import click

import chatprobe
from chatprobe.cli.base import Group

# One place for names and one-line helps, so that `--help` need not load any command.
COMMANDS = {
    "demo": "Probe a row of fake casinos and compare with the truth.",
    "lab": "Serve the fake casinos on this machine until Ctrl-C.",
    "detect": "Say whose chat widget is on a page, and why.",
    "presets": "List what is known of the vendors' chat widgets, or show one VENDOR's preset.",
    "new": "Write a scenario for the chat on a page, and try it without sending anything.",
    "run": "Probe one casino now: open its chat, ask one question, time the first human reply.",
    "daemon": "Probe every casino of the scenario folder around the clock, until stopped.",
    "status": "Show what the daemon does, did and will do, and what went wrong.",
    "check": "Check scenario FILES, or all of the folder, without visiting anyone.",
    "list": "List the casinos of the scenario folder.",
    "plan": "Show when visits are due: a table, and a heat map over the hours of the week.",
    "show": "Print a probe again: transcript, evidence, steps.",
    "doctor": "Check this machine; or, with casinos, examine their scenarios.",
    "report": "Write a page on what was found: verdicts, waits, hours, crew, and the visits behind them.",
    "db": "Create, update, check, copy, prune and merge databases.",
    "schema": "Print the JSON Schema of scenario files, for editors that complete and check YAML.",
    "stats": "Show what visits found: is a chat offered, does a person answer in time, how long is the wait.",
    "verdict": "Judge what casinos say of their chats: hours, the widget's sign, first reply, languages.",
    "classify": "Say who wrote each message of a JSON Lines file.",
    "review": "Look through messages whose speaker is unknown or unsure, one key each.",
    "export": "Write a table or view to a file for a spreadsheet, pandas, DuckDB or R.",
    "reclassify": "Decide stored probes again by today's rules, without visiting anyone.",
}


class Commands(Group):
    """The commands of `COMMANDS`, each loaded on first use."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order a newcomer needs them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load the command `cmd_name`, or None where there is none."""
        if cmd_name not in COMMANDS:
            return None
        return _command(import_module(_module(cmd_name)), cmd_name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without loading one."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


def _module(name: str) -> str:
    """The module of a command; `list_` because a module named after a builtin hides it."""
    return f"chatprobe.cli.{'list_' if name == 'list' else name}"


def _command(module: ModuleType, name: str) -> click.Command:
    return next(value for value in vars(module).values() if isinstance(value, click.Command) and value.name == name)


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(chatprobe.__version__, prog_name="chatprobe", message="%(prog)s %(version)s")
def cli() -> None:
    """Measure how long an online casino's live chat takes to answer with a human.

    New here? Start with "chatprobe demo".
    """


def main() -> None:
    """Entry point of the console script and of `python -m chatprobe`."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a character gets a substitute, not an exception.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    cli(prog_name="chatprobe")
