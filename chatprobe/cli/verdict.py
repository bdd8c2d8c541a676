"""`chatprobe verdict`: how what casinos say of their chats stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chatprobe.cli.base import db_option, emit_json, json_option, note, out, safe, scenarios_option
from chatprobe.cli.judgement import lines

if TYPE_CHECKING:
    from chatprobe.analysis.verdict import Verdict
    from chatprobe.store.store import Store


@click.command("verdict")
@click.argument("casinos", nargs=-1, metavar="[CASINO]...")
@click.option("--why", is_flag=True, help="List the visits behind each verdict.")
@scenarios_option
@db_option
@json_option
def verdict(casinos: tuple[str, ...], scenarios: Path, db: Path, *, why: bool, as_json: bool) -> None:
    """Judge what casinos say of their chats: hours, the widget's sign, first reply, languages.

    "contradicted" is evidence of 20 to 1, "refuted" of 100 to 1 by two visits a week at most: that may be published,
    with its dates. "upheld so far" says which breach can be excluded. Looking every day is allowed: the tests are made
    for it.

    \b
    Examples:
      chatprobe verdict
      chatprobe verdict lucky --why
    """
    from chatprobe.cli.casinos import ensure_known, tell_simulated
    from chatprobe.store.store import Store

    with Store.open(db) as store:
        for casino in casinos:
            ensure_known(casino, store, scenarios)
        tell_simulated(store)
        found = list(_judged(store, scenarios, casinos, why=why))
    if as_json:
        emit_json([one.as_row(why=why) for one in found])
    elif found:
        for line in lines(found, why=why):
            out(line)
    else:
        what = ", ".join(map(safe, casinos)) or f"any scenario of {safe(str(scenarios))} or of {safe(str(db))}"
        note(f"no claims of {what}")
        note("hint: write what the casino says under claims in its scenario; docs/scenario.md")


def _judged(store: Store, scenarios: Path, casinos: Sequence[str], *, why: bool) -> Iterator[Verdict]:
    """The verdicts; of hundreds of casinos the visits behind them are too many to be kept for nothing."""
    from chatprobe.analysis.judge import verdicts
    from chatprobe.record import Record

    for case in Record.of(store, scenarios).cases(casinos):
        for one in verdicts(case):
            yield one if why else replace(one, witnesses=())
