"""`chatprobe report` on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from chatprobe.cli import cli
from chatprobe.store.store import Store
from tests.export.test_bad_input import file_size_limit


def _run(*words: str | Path) -> Result:
    return CliRunner().invoke(cli, ["report", *map(str, words)])


def _others(folder: Path) -> list[str]:
    """What lies in `folder` beside a database."""
    return sorted(one.name for one in folder.iterdir() if not one.name.startswith("chatprobe.db"))


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


def test_a_page_takes_the_place_of_a_report_only(store: Store, tmp_path: Path) -> None:
    """An older report is replaced; another file, and the database, stay as they are unless told otherwise."""
    page = tmp_path / "page.html"
    assert [0, 0] == [_run("--output", page, "--db", store.path).exit_code for _ in range(2)]
    page.write_text("precious", "utf-8")
    refused = _run("--output", page, "--db", store.path)
    assert (2, True, "precious") == (refused.exit_code, "is there already" in refused.stderr, page.read_text("utf-8"))
    assert 0 == _run("--output", page, "--force", "--db", store.path).exit_code
    before = store.path.read_bytes()
    refused = _run("--output", store.path, "--force", "--db", store.path)
    assert (2, True) == (refused.exit_code, "belongs to the database" in refused.stderr)
    assert before == store.path.read_bytes()


def test_a_page_goes_to_stdout(store: Store) -> None:
    """With - as its file the page is all of stdout."""
    done = _run("--output", "-", "--db", store.path)
    assert done.stdout.startswith("<!doctype html>")
    assert done.stdout.rstrip().endswith("</html>")


def test_a_place_that_cannot_be_written_is_told(store: Store, tmp_path: Path) -> None:
    """Where the page or its pictures cannot be put, an error says so, and nothing is written."""
    for words in (["--output", tmp_path / "none/page.html"], ["--output", tmp_path]):
        done = _run(*words, "--db", store.path)
        assert (2, "error: ") == (done.exit_code, done.stderr[:7])
    (tmp_path / "file").write_text("", "utf-8")
    done = _run("--output", tmp_path / "page.html", "--charts", tmp_path / "file/pictures", "--db", store.path)
    assert (2, True) == (done.exit_code, "cannot be made" in done.stderr)
    assert ["file"] == _others(tmp_path)


def test_a_full_disk_leaves_the_older_page(store: Store, tmp_path: Path) -> None:
    """Where the disk takes no more the exit code is 4, and what was there is as it was."""
    page = tmp_path / "page.html"
    assert 0 == _run("--output", page, "--db", store.path).exit_code
    before = page.read_bytes()
    with file_size_limit(1_000):
        done = _run("--output", page, "--db", store.path)
    assert (4, True) == (done.exit_code, "the disk is full" in done.stderr)
    assert (["page.html"], before) == (_others(tmp_path), page.read_bytes())
