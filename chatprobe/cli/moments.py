"""Moments on the command line."""

from __future__ import annotations

import click

from chatprobe.times import iso, moment_ms, now_ms


def moment(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    """Callback of an option: a day or time, UTC where it names no zone, as the ISO text that the database uses."""
    if value is None:
        return None
    try:
        return iso(moment_ms(value))
    except (ValueError, OverflowError):
        raise click.BadParameter(f"{value!r} is no time; write it as 2026-01-31 or 2026-01-31T12:00") from None


def past(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """The same for a time that must have passed."""
    at = moment(context, parameter, value)
    if at is not None and at > iso(now_ms()):
        raise click.BadParameter(f"{value!r} is yet to come")
    return at
