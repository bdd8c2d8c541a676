"""`chatprobe schema`: the JSON Schema of scenario files."""

from __future__ import annotations

import click

from chatprobe.cli.base import out


@click.command()
def schema() -> None:
    """Print the JSON Schema of scenario files, for editors that complete and check YAML.

    \b
    Example:
      chatprobe schema > scenarios/schema.json
      # and as a scenario's first line:
      # yaml-language-server: $schema=./schema.json
    """
    from chatprobe.scenario.reference import schema_text

    out(schema_text().rstrip())
