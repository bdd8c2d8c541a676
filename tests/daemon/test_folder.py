"""The scenario folder, watched while people work in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from chatprobe.daemon.folder import Changes, Folder

GOOD = "casino: {0}\nurl: https://{0}.example/\nquestions: [{{id: q, text: {1}}}]\n"


def write(folder: Path, name: str, text: str = "How?", casino: str | None = None) -> Path:
    path = folder / f"{name}.yaml"
    path.write_text(GOOD.format(casino or name, text), encoding="utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A watched folder with the casinos `lucky` and `monte`, read already."""
    write(tmp_path, "lucky")
    write(tmp_path, "monte")
    watched = Folder(tmp_path, {})
    assert ["lucky", "monte"] == [one.casino for one in watched.look().taken]
    return watched


def settled(folder: Folder) -> Changes:
    """The changes once two looks found the same."""
    assert Changes() == folder.look()
    return folder.look()


def asked(folder: Folder) -> dict[str, str]:
    """The question's text by casino."""
    return {casino: one.questions[0].text["en"] for casino, one in folder.scenarios.items()}


def test_an_untouched_folder_brings_nothing(folder: Folder) -> None:
    """Looking again at the same files finds no change."""
    assert [Changes()] * 3 == [folder.look() for _ in range(3)]


def test_a_good_edit_is_taken_once_it_is_at_rest(folder: Folder) -> None:
    """The new text holds from the second look on that finds it unchanged, and is told once."""
    write(folder.path, "lucky", "When?")
    changes = settled(folder)
    assert (["lucky"], (), ()) == ([one.casino for one in changes.taken], changes.gone, changes.refused)
    assert {"lucky": "When?", "monte": "How?"} == asked(folder)
    assert Changes() == folder.look()


def test_a_bad_edit_is_told_once_and_the_old_text_stays(folder: Folder) -> None:
    """A file with a mistake is reported once; its casino goes on with the text before; a correction is taken."""
    path = folder.path / "lucky.yaml"
    path.write_text("casino: lucky\nurll: x\n", encoding="utf-8")
    changes = settled(folder)
    assert ((), ()) == (changes.taken, changes.gone)
    assert f"{path}:2: urll: unknown key" in [str(problem) for problem in changes.refused]
    assert "How?" == asked(folder)["lucky"]
    assert Changes() == folder.look()
    write(folder.path, "lucky", "Where?")
    assert ["lucky"] == [one.casino for one in settled(folder).taken]
    assert {} == folder.problems


def test_a_deleted_file_ends_its_casino(folder: Folder) -> None:
    """A casino without a file is gone after the second look."""
    (folder.path / "monte.yaml").unlink()
    assert ("monte",) == settled(folder).gone
    assert ["lucky"] == list(folder.scenarios)


def test_a_file_replaced_between_two_looks_was_never_gone(folder: Folder) -> None:
    """A file that is away for a moment, as editors do when they save, does not end its casino."""
    path = folder.path / "lucky.yaml"
    text = path.read_text("utf-8")
    path.unlink()
    assert Changes() == folder.look()
    path.write_text(text, encoding="utf-8")
    assert [Changes()] * 2 == [folder.look() for _ in range(2)]


def test_a_renamed_file_changes_nothing(folder: Folder) -> None:
    """The same text under another name is the same scenario, its file known by the new name."""
    (folder.path / "lucky.yaml").rename(folder.path / "renamed.yaml")
    assert Changes() == settled(folder)
    assert folder.path / "renamed.yaml" == folder.scenarios["lucky"].file


def test_a_file_that_is_being_written_is_left_alone(folder: Folder) -> None:
    """As long as each look finds another state nothing is taken, complained of or lost."""
    path = folder.path / "lucky.yaml"
    whole = GOOD.format("lucky", "When?")
    for end in range(0, len(whole), 10):
        path.write_text(whole[:end], encoding="utf-8")
        assert Changes() == folder.look()
    path.write_text(whole, encoding="utf-8")
    assert ["lucky"] == [one.casino for one in settled(folder).taken]


def test_two_files_of_one_casino(folder: Folder) -> None:
    """The first by name is used, the other reported; when the first goes the other takes its place."""
    write(folder.path, "later", "When?", casino="monte")
    changes = settled(folder)
    assert ["monte is already the casino of " + str(folder.path / "later.yaml")] == [p.message for p in changes.refused]
    (folder.path / "later.yaml").unlink()
    assert ["monte"] == [one.casino for one in settled(folder).taken]
    assert ({}, "How?") == (folder.problems, asked(folder)["monte"])


def test_a_folder_that_is_away_keeps_its_casinos(folder: Folder) -> None:
    """A folder that cannot be seen is reported once and ends no casino; when it is back all is well."""
    elsewhere = folder.path.with_name("elsewhere")
    folder.path.rename(elsewhere)
    assert ["no such folder"] == [problem.message for problem in folder.look().refused]
    assert (Changes(), 2) == (folder.look(), len(folder.scenarios))
    elsewhere.rename(folder.path)
    assert Changes() == folder.look()
    assert {} == folder.problems


def test_a_folder_that_comes_later(tmp_path: Path) -> None:
    """A folder that is not there is reported once, and its scenarios are taken as soon as it is."""
    folder = Folder(tmp_path / "scenarios", {})
    assert [1, 0] == [len(folder.look().refused) for _ in range(2)]
    folder.path.mkdir()
    write(folder.path, "lucky")
    assert ["lucky"] == [one.casino for one in folder.look().taken]
    assert {} == folder.problems


def test_reading_anew_sees_what_files_do_not_tell(tmp_path: Path) -> None:
    """A variable that was not set is looked up again when all is read anew."""
    env: dict[str, str] = {}
    text = GOOD.format("lucky", "How?") + "visitor: {email: '${EMAIL}'}\n"
    (tmp_path / "lucky.yaml").write_text(text, encoding="utf-8")
    folder = Folder(tmp_path, env)
    assert 1 == len(folder.look().refused)
    env["EMAIL"] = "alex@guide.example"
    assert ["lucky"] == [one.casino for one in folder.look(anew=True).taken]
