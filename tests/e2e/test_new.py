"""`chatprobe new` as its users meet it: one file and one picture, or one error and neither."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from chatprobe.lab import Lab
from chatprobe.scenario.load import load_file
from tests.e2e.helpers import chatprobe

pytestmark = pytest.mark.slow


def files(folder: Path, pattern: str = "*") -> list[str]:
    """Names of the files in a folder and below it."""
    return sorted(one.name for one in folder.rglob(pattern))


WRONG = {
    "no address": ("lucky.example", "write https://lucky.example"),
    "no language": ("http://127.0.0.1:9/", "--language", "english!", ""),
    "a claim": ("http://127.0.0.1:9/", "--question", "I am 16, can I play?", "ask about a person"),
    "two lines": ("http://127.0.0.1:9/", "--question", "One\ntwo", "fold the lines"),
    "no slug": ("http://127.0.0.1:9/", "--casino", "Lucky Star", ""),
    "no duration": ("http://127.0.0.1:9/", "--deadline", "soon", "90s or 10m"),
}


@pytest.mark.parametrize("words", WRONG.values(), ids=WRONG.keys())
async def test_what_no_scenario_may_say_is_refused_before_any_visit(tmp_path: Path, words: tuple[str, ...]) -> None:
    """A mistake on the command line is one error with exit code 2, and nothing is made."""
    *arguments, hint = words
    ran = await chatprobe(tmp_path, "new", *arguments)
    assert (2, 1) == (ran.code, ran.err.count(b"error: ")), ran.err
    assert hint in ran.err.decode()
    assert [] == files(tmp_path)


async def test_a_scenario_is_written_tried_and_left_alone_the_second_time(lab: Lab, tmp_path: Path) -> None:
    """File and picture, a scenario that `check` accepts; no word to the desk, no database; no file is written over."""
    made = await chatprobe(tmp_path, "new", lab.url("castle"), "--casino", "castle", "--json")
    told = made.data
    path = tmp_path / "scenarios/castle.yaml"
    assert (0, "scenarios/castle.yaml", "composer", "online") == (
        made.code,
        told["file"],
        told["standing"],
        told["dry_run"],
    )
    assert ["castle.png", "castle.yaml"] == files(path.parent)
    assert b"\x89PNG" == (path.parent / "castle.png").read_bytes()[:4]
    assert [told["found"]["launcher"][0]["selector"]] == [*load_file(path).chat.launcher[:1]]
    assert all(visit.visitor == [] for visit in lab.truth("castle"))
    assert not (tmp_path / "chatprobe.db").exists()
    assert 0 == (await chatprobe(tmp_path, "check")).code
    before = path.read_bytes()
    again = await chatprobe(tmp_path, "new", lab.url("castle"), "--casino", "castle")
    assert (2, before) == (again.code, path.read_bytes())
    assert b"--force replaces it" in again.err


async def test_where_there_is_no_chat_only_a_picture_is_left(lab: Lab, tmp_path: Path) -> None:
    """The outcome is the error's code, its picture is named, and no scenario is written; several casinos at once."""
    expected = {"desert": "not_offered", "members": "login_wall", "gauntlet": "captcha", "broken": "probe_fault"}

    async def one(name: str) -> tuple[int, str, bool, bool]:
        ran = await chatprobe(tmp_path, "new", lab.url(name), "--casino", name, "--json")
        picture = Path(f"scenarios/{name}.png")
        named = str(picture) in ran.error["message"]
        return ran.code, ran.error["code"], named and (tmp_path / picture).exists(), bool(ran.error["hint"])

    found = dict(zip(expected, await asyncio.gather(*map(one, expected)), strict=True))
    assert {name: (4, outcome, True, True) for name, outcome in expected.items()} == found
    assert [] == files(tmp_path, "*.yaml")


async def test_dead_addresses_leave_nothing(tmp_path: Path) -> None:
    """No host, no connection: a clear error within seconds, no file at all."""
    ran = await chatprobe(tmp_path, "new", "http://no-such-host.invalid/", "--json")
    assert (4, "probe_fault") == (ran.code, ran.error["code"])
    assert "there is no host of that name" in ran.error["message"]
    assert [] == files(tmp_path, "*.yaml")


async def test_a_form_that_nobody_declared_a_visitor_for_is_named(lab: Lab, tmp_path: Path) -> None:
    """What a form requires is told with the setting that fills it; declared, the same address works."""
    arguments = ("new", lab.url("tulip"), "--casino", "tulip", "--json")
    refused = await chatprobe(tmp_path, *arguments)
    assert (4, "scenario_broken") == (refused.code, refused.error["code"])
    assert "visitor.name" in refused.error["message"]
    declared = {"CHATPROBE_VISITOR_NAME": "Robin Page", "CHATPROBE_VISITOR_EMAIL": "robin@guide.example"}
    made = await chatprobe(tmp_path, *arguments, **declared)
    form = load_file(tmp_path / "scenarios/tulip.yaml").chat.form
    assert (0, "form", ["{name}", "{email}", None]) == (made.code, made.data["standing"], [s.value for s in form])


async def test_one_question_is_asked_and_learned_from(lab: Lab, tmp_path: Path) -> None:
    """With --ask one probe of origin `new` is kept, its rows are learned, and the scenario works as it stands."""
    asking = ("--ask", "--deadline", "8s", "--json")
    made = await chatprobe(tmp_path, "new", lab.url("fjord"), "--casino", "fjord", *asking)
    assert (0, "human_reply") == (made.code, made.data["outcome"])
    kept = (await chatprobe(tmp_path, "show", made.data["probe_id"], "--json")).data
    assert ("new", made.data["question"]) == (kept["origin"], kept["messages"][0]["text"])
    chat = load_file(tmp_path / "scenarios/fjord.yaml").chat
    assert ((".fj-row",), (".fj-mine",), ("Fjord",)) == (chat.messages, chat.speakers.visitor, chat.names.bots)
    ran = await chatprobe(tmp_path, "run", "fjord", "--deadline", "8s", "--json")
    true = lab.truth("fjord")[-1].true_page_frt_ms
    assert true is not None
    assert ("human_reply", True) == (ran.data["outcome"], abs(ran.data["first_human_ms"] - true) <= 50)
