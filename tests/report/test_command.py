"""`chatprobe report` on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from chatprobe.cli import cli
from chatprobe.store.store import Store


def _run(*words: str | Path) -> Result:
    return CliRunner().invoke(cli, ["report", *map(str, words)])


def test_page_and_pictures_are_written(month: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One file with the page, here unless another place is named, and every picture of it twice."""
    monkeypatch.chdir(tmp_path)
    page, pictures = tmp_path / "report.html", tmp_path / "pictures"
    done = _run("sim-newcomer", "--lang", "fr", "--charts", pictures, "--db", month.path)
    assert 0 == done.exit_code, done.output
    assert '<html lang="fr">' in page.read_text("utf-8")
    written = sorted(path.name for path in pictures.iterdir())
    assert {f"sim-newcomer-{name}" for name in ("hours.svg", "hours.png", "week.svg", "week.png")} <= set(written)
    assert [] == list(tmp_path.rglob(".*"))
    assert (pictures / "sim-newcomer-week.png").read_bytes().startswith(b"\x89PNG")
    assert "SIMULÉ, non mesuré" in (pictures / "sim-newcomer-week.svg").read_text("utf-8")


def test_a_missing_database_is_an_error(tmp_path: Path) -> None:
    """Without a database there is an error, and nothing is created."""
    done = _run("--output", tmp_path / "page.html", "--db", tmp_path / "none.db")
    assert 3 == done.exit_code
    assert "no such database" in done.stderr
    assert [] == list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("nobody",), 3, "no casino nobody in"),
        (("--since", "2999-01-01"), 2, "is yet to come"),
        (("--since", "soon"), 2, "is no time"),
        (("--lang", "de"), 2, "'de' is not one of 'en', 'fr'"),
    ],
)
def test_what_makes_no_sense_is_an_error(
    store: Store, tmp_path: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    """Unknown casinos, times and languages are told, and no page is written."""
    done = _run(*words, "--output", tmp_path / "page.html", "--db", store.path)
    assert code == done.exit_code
    assert said in done.stderr
    assert not (tmp_path / "page.html").exists()


def test_a_folder_that_is_not_there_is_told(store: Store, tmp_path: Path) -> None:
    """Where the page cannot be written, an error says so."""
    done = _run("--output", tmp_path / "none/page.html", "--db", store.path)
    assert 4 == done.exit_code
    assert "cannot be written" in done.stderr
