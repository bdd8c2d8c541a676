"""`chatprobe classify`: who wrote each message of a JSON Lines file."""

from __future__ import annotations

import json
from typing import BinaryIO

import click

from chatprobe.cli.base import FOUND_PROBLEMS, LinesFile, finish, note, out


@click.command("classify")
@click.argument("file", type=LinesFile(), default="-")
def classify(file: BinaryIO) -> None:
    """Say who wrote each message of a JSON Lines file.

    Each line of FILE (standard input by default) is one message: {"text": "…"} and, where known, "language", "name",
    "delay_ms", "attributes" (of its row), "wire" (the frame that carried it) and "before" (earlier messages, oldest
    first; "speaker" in them says who wrote it). Other keys are ignored. One line comes out for each:
    {"speaker", "confidence", "evidence"}, or {"line", "error"} and, in the end, exit code 6.

    \b
    Example:
      echo '{"text": "You are number 3 in the queue."}' | chatprobe classify
    """
    from chatprobe.speaker.lines import LineError, classify_line
    from chatprobe.speaker.rules import Rules

    if file.isatty():
        note("reading messages from the terminal, one JSON object a line; Ctrl-D ends")
    rules, bad, number = Rules(), 0, 0
    for number, line in enumerate(file, 1):
        try:
            answer = classify_line(line, rules)
        except LineError as error:
            bad, answer = bad + 1, {"line": number, "error": str(error)}
        # ASCII only: lone surrogates and control signs of a hostile page stay escaped.
        out(json.dumps(answer))
    if bad:
        note(f"{bad} of {number} lines could not be read")
        finish(FOUND_PROBLEMS)
