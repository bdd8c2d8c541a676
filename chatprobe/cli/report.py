"""`chatprobe report`: what was found, as one page to read and to print."""

from __future__ import annotations

from pathlib import Path

import click

from chatprobe.cli.base import db_option, note, out, safe, scenarios_option
from chatprobe.cli.moments import past


@click.command("report")
@click.argument("casinos", nargs=-1, metavar="[CASINO]...")
@click.option(
    "--output",
    default=Path("report.html"),
    show_default=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The page, HTML; an older one is renewed. - is stdout.",
)
@click.option("--lang", type=click.Choice(["en", "fr"]), default="en", show_default=True, help="Its language.")
@click.option("--since", metavar="TIME", callback=past, help="Only visits from this time on, UTC; verdicts see all.")
@click.option("--all", "everything", is_flag=True, help="Also visits that no plan drew: a sample of convenience.")
@click.option("--internal", is_flag=True, help="Show names and screenshots. Not to be published.")
@click.option(
    "--charts",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Also write every picture there, as SVG and PNG.",
)
@click.option("--force", is_flag=True, help="Replace a file that is there and no report.")
@scenarios_option
@db_option
def report(
    casinos: tuple[str, ...],
    output: Path,
    lang: str,
    since: str | None,
    *,
    charts: Path | None,
    scenarios: Path,
    db: Path,
    everything: bool,
    internal: bool,
    force: bool,
) -> None:
    """Write a page on what was found: verdicts, waits, hours, crew, and the visits behind them.

    One file that needs no network, in English or French, for reading, printing and publishing. Without CASINO it is
    about all that were visited. People's names are masked unless --internal is given.

    \b
    Examples:
      chatprobe report
      chatprobe report lucky --lang fr --output lucky.html --charts pictures
    """
    from chatprobe.cli.casinos import ensure_known
    from chatprobe.report.gather import Asked
    from chatprobe.report.writing import ensure_folder, ensure_page, write_charts, write_page
    from chatprobe.report.writing import report as made
    from chatprobe.scenario.load import load_folder
    from chatprobe.store.pseudonym import key_file
    from chatprobe.store.store import Store
    from chatprobe.times import now_ms

    ensure_page(output, db, force=force)
    with Store.open(db) as store:
        for casino in casinos:
            ensure_known(casino, store, scenarios)
        if charts:
            ensure_folder(charts)
        asked = Asked(casinos, since, everything, internal)
        text, page = made(store, load_folder(scenarios)[0], asked, lang, now_ms())
        unmasked = not internal and not key_file(db).exists() and store.overview.key_name()
    if unmasked:
        note(f"{safe(key_file(db).name)} is missing: only names are masked that somebody is introduced by")
    write_page(output, text)
    if str(output) != "-":
        out(f"{safe(str(output))}: {len(text.encode()) / 1e6:.1f} MB")
    if charts:
        note(f"{len(write_charts(page, charts))} pictures in {safe(str(charts))}")
