"""Renew what is generated of the documentation, so that it cannot lie: `make docs`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from chatprobe.cli import cli
from chatprobe.export import datasette
from chatprobe.scenario import catalogue, reference
from chatprobe.store import codebook

ROOT = Path(__file__).parent.parent

COMMANDS_HEAD = """\
# Commands

<!-- Generated from the commands' own help. Renew: make docs -->

Options follow the command. Results go to stdout, everything else to stderr. `NO_COLOR` and `TERM=dumb` switch colours
off. Nothing asks questions when stdin is no terminal.

With `--json` a command prints one document: `{"schema": 1, "data": …}`, or on an error
`{"schema": 1, "error": {"code": …, "message": …, "hint": …}}`.

| exit code | meaning |
|---|---|
| 0 | fine |
| 1 | an internal error of chatprobe, and only that: please report it |
| 2 | the command line is wrong |
| 3 | a scenario, the settings or the database cannot be used, or there is no such casino |
| 4 | could not measure: our side failed, the budget is used up, the disk is full, or there is no browser |
| 5 | `--expect` was not met |
| 6 | finished, and found problems |
| 130 | interrupted |
"""


def commands() -> str:
    """The command reference: each command's own help."""
    # Fixed, or the page would depend on the terminal it is made in.
    os.environ["COLUMNS"] = "100"
    context = click.Context(cli, info_name="chatprobe", terminal_width=100)
    return "\n".join([COMMANDS_HEAD, *_helps(cli, context)])


def _helps(group: click.Group, context: click.Context) -> Iterator[str]:
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        inner = click.Context(command, info_name=name, parent=context, terminal_width=100)
        title = inner.command_path.removeprefix("chatprobe ")
        yield f"{'#' * (title.count(' ') + 2)} {title}\n\n```text\n{command.get_help(inner)}\n```\n"
        if isinstance(command, click.Group):
            yield from _helps(command, inner)


PAGES: dict[str, Callable[[], str]] = {
    "docs/commands.md": commands,
    "docs/database.md": codebook.markdown,
    "docs/scenario.md": reference.markdown,
    "docs/vendors.md": catalogue.markdown,
    "packaging/datasette.yml": lambda: datasette.metadata("chatprobe"),
    "scenarios/schema.json": reference.schema_text,
}


def main() -> None:
    """Write every generated page, below the folder given as argument or in the project itself."""
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT
    for name, text in PAGES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text(), encoding="utf-8")
        print(name)


if __name__ == "__main__":
    main()
