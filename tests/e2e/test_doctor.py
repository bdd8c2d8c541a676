"""The doctor on widgets that were changed under their scenario; `python -m benchmarks.mends` has many more."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.mends.mutations import mutants
from benchmarks.mends.site import Site
from benchmarks.mends.trial import Trial
from benchmarks.mends.widgets import FORM, FRAME
from chatprobe.browser.context import Browsers
from chatprobe.lab import Lab
from chatprobe.model import Origin
from chatprobe.store.store import Store
from tests.e2e.conftest import scenario_of
from tests.e2e.helpers import chatprobe, until
from tests.e2e.test_daemon import Service

QUICK = {"CHATPROBE_LIMITS_STEP_TIMEOUT": "3s"}


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as running:
        yield running


@pytest.fixture
def trial(site: Site, store: Store, browsers: Browsers, tmp_path: Path) -> Trial:
    trial = Trial(site, store, browsers, tmp_path)
    trial.whole = False
    return trial


@pytest.mark.slow
@pytest.mark.parametrize("number", [5, 28])
async def test_what_broke_is_named_and_mended(trial: Trial, store: Store, number: int) -> None:
    """All names changed at once; an offer over the page in place of the banner: the first proposals work."""
    mutant = mutants(1)[number - 1]
    result = await trial.run(mutant)
    assert (True, True, "") == (result.right, result.works, result.wrong)
    probes = store.history(mutant.widget.name, "2000")
    assert [Origin.DOCTOR] * 3 == [row["origin"] for row in probes]  # the good visit, the examination, the proof


@pytest.mark.slow
async def test_a_file_is_mended_by_the_command(site: Site, tmp_path: Path) -> None:
    """--fix writes what worked, shows the difference, and the next examination finds nothing; no database is made."""
    path = tmp_path / "frame.yaml"
    site.show(FRAME.renamed({"frame": "help-window"}))
    text = f"# ours\ncasino: frame\nurl: {site.url}\nquestions: [{{id: q, text: Why?}}]\n{FRAME.scenario}"
    path.write_text(text, encoding="utf-8")
    ran = await chatprobe(tmp_path, "doctor", path, "--fix", "--json", **QUICK)
    (report,) = ran.data
    parts = {part["part"]: part["state"] for part in report["parts"]}
    assert (6, "broken", "ok", "ok") == (ran.code, *(parts[f"chat.{one}"] for one in ("frames", "launcher", "input")))
    mended = text.replace('frames: "#fr-frame"', 'frames: "#help-window"')
    assert (mended, True) == (path.read_text(encoding="utf-8"), '+  frames: "#help-window"' in report["diff"])
    again = await chatprobe(tmp_path, "doctor", path, **QUICK)
    assert (0, True) == (again.code, b"  ok      chat.frames\n" in again.out)
    assert ["frame.yaml"] == [one.name for one in tmp_path.iterdir()]  # noqa: ASYNC240  # a folder of one file


@pytest.mark.slow
async def test_a_form_is_neither_filled_nor_sent(site: Site, trial: Trial, store: Store) -> None:
    """Behind a form nothing is seen; its fields are tested, and it stands there untouched."""
    site.show(FORM)
    outcome, detail = await trial.visit(trial.scenario(FORM))
    assert ("online", "dry run: the form stands open and was not sent") == (str(outcome), detail)
    row = store.probe("last")
    assert [] == [event for event in row["events"] if event["name"] in ("asking", "requested")]
    kept = {one["part"] for one in store.parts.of("form")}
    assert {"chat.launcher", "chat.form[0]", "chat.form[1]", "chat.form[2]"} <= kept


@pytest.mark.slow
async def test_the_daemon_has_a_broken_scenario_looked_at(tmp_path: Path) -> None:
    """Right after the visit that found nothing usable; status and show tell what to write, the file stays as it was."""
    async with Lab() as lab:
        service = Service(tmp_path, lab)
        path = service.scenarios / "orbit.yaml"
        text = scenario_of(lab, "orbit").read_text("utf-8")
        broken = text.replace("${CHATPROBE_LAB}", lab.base).replace('".ob-launcher"', '".gone"   # ours')
        path.write_text(broken, encoding="utf-8")
        await service.start(**QUICK)
        service.plan(2_000, "orbit")
        await until(lambda: service.events("examined") == 1)
        status = await chatprobe(tmp_path, "status", "--json")
        [[probe]] = service.rows("SELECT id FROM probes WHERE origin = 'doctor'")
        shown = await chatprobe(tmp_path, "show", probe)
        await service.stop()
        service.store.close()
    [said] = status.data["examined"]
    assert ("orbit", True) == (said["casino"], said["says"].startswith("chat.launcher is broken"))
    assert f"doctor: {said['says']}" in shown.out.decode()
    assert broken == path.read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--fix"], "--fix needs to know which casinos"),
        (["lucky", "--notify"], "--notify goes without casinos"),
        (["lucky", "--all-casinos"], "not both"),
    ],
)
async def test_options_that_do_not_go_together(tmp_path: Path, arguments: list[str], message: str) -> None:
    """What makes no sense is refused before anything is visited."""
    (tmp_path / "scenarios").mkdir()
    text = f"casino: lucky\nurl: http://127.0.0.1:9/\nquestions: [{{id: q, text: Why?}}]\n{FRAME.scenario}"
    (tmp_path / "scenarios" / "lucky.yaml").write_text(text, encoding="utf-8")
    ran = await chatprobe(tmp_path, "doctor", *arguments)
    assert (2, True) == (ran.code, message.encode() in ran.err)
