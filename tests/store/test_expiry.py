"""Artifacts are kept for a month."""

from __future__ import annotations

import os
from pathlib import Path

from chatprobe.store.store import Store
from chatprobe.times import epoch_ms

PROBES = {"01OLD": "2026-01-01T00:00:00.000Z", "01NEW": "2026-03-01T00:00:00.000Z"}


def test_artifacts_older_than_the_limit_are_deleted_with_their_rows(tmp_path: Path) -> None:
    """Only the old probe's files and rows go; its other facts stay, and the database stays sound."""
    with Store.open(tmp_path / "c.db", create=True) as store:
        for name, started in PROBES.items():
            row = {"id": name, "casino": name.lower(), "depth": "chat", "started_at": started}
            recorder = store.begin(row, "2026-12-31T00:00:00.000Z")
            file = store.artifact_folder(name) / "dom.html"
            file.write_text("<p>raw</p>")
            recorder.finish({"outcome": "no_reply", "finished_at": started}, artifacts=[store.artifact("dom", file)])
        assert 1 == store.expire_artifacts("2026-02-01T00:00:00.000Z")
        kept = {name: [one["kind"] for one in store.probe(name)["artifacts"]] for name in PROBES}
        assert {"01OLD": [], "01NEW": ["dom"]} == kept
        assert ["01NEW"] == [folder.name for folder in (tmp_path / "artifacts").iterdir()]
        assert [] == store.check("2026-03-01T00:00:00.000Z")


def test_the_oldest_artifacts_go_when_there_are_too_many(tmp_path: Path) -> None:
    """Young enough, but together too large: the oldest are deleted until the rest fits."""
    with Store.open(tmp_path / "c.db", create=True) as store:
        for day in (1, 2, 3):
            started, name = f"2026-03-0{day}T00:00:00.000Z", f"01P{day}"
            row = {"id": name, "casino": name.lower(), "depth": "chat", "started_at": started}
            recorder = store.begin(row, "2026-12-31T00:00:00.000Z")
            file = store.artifact_folder(name) / "dom.html"
            file.write_bytes(b"x" * 100)
            recorder.finish({"outcome": "no_reply", "finished_at": started}, artifacts=[store.artifact("dom", file)])
        gone = [store.expire_artifacts("2026-02-01T00:00:00.000Z", most) for most in (300, 299, 100)]
        assert ([0, 1, 1], ["01P3"]) == (gone, [folder.name for folder in (tmp_path / "artifacts").iterdir()])
        assert [] == store.check("2026-03-04T00:00:00.000Z")


def test_what_a_killed_probe_left_goes_too(tmp_path: Path) -> None:
    """A folder without rows in the database goes by the age of its newest file; a younger one stays."""
    limit = "2026-02-01T00:00:00.000Z"
    with Store.open(tmp_path / "c.db", create=True) as store:
        for name, days in {"01KILLED": (-9, -1), "01YOUNG": (-9, 1), "01EMPTY": ()}.items():
            folder = store.artifact_folder(name)
            for day in days:
                file = folder / f"{day}.png"
                file.write_bytes(b"raw")
                os.utime(file, times=(epoch_ms(limit) / 1000 + day * 86_400,) * 2)
        os.utime(tmp_path / "artifacts" / "01EMPTY", times=(0, 0))
        assert 2 == store.expire_artifacts(limit)
        assert ["01YOUNG"] == [folder.name for folder in (tmp_path / "artifacts").iterdir()]


def test_without_artifacts_nothing_expires(tmp_path: Path) -> None:
    """A database that never had artifacts has no folder for them, and that is no error."""
    with Store.open(tmp_path / "c.db", create=True) as store:
        assert 0 == store.expire_artifacts("2026-02-01T00:00:00.000Z")
