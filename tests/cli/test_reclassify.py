"""The command reclassify: what it says, what it leaves, and its exit codes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from chatprobe.cli import cli
from chatprobe.store.store import Store
from tests.probe.stored import HEAD, HUMAN, Visit, row, visited

ANSWER = "Two days at most."
BOTS = "chat: {names: {bots: [Anna]}}"


@pytest.fixture
def probe(store: Store, tmp_path: Path) -> str:
    """A probe whose Anna passed for a person."""
    return visited(store, tmp_path, [row("a", 5, ANSWER, name="Anna", **HUMAN)])


def reclassify(folder: Path, *arguments: str) -> Result:
    (folder / "scenarios").mkdir(exist_ok=True)
    (folder / "scenarios" / "lucky.yaml").write_text(HEAD + BOTS, encoding="utf-8")
    places = ["--db", str(folder / "chatprobe.db"), "--scenarios", str(folder / "scenarios")]
    return CliRunner().invoke(cli, ["reclassify", *arguments, *places])


def data(result: Result) -> Any:
    return json.loads(result.stdout)["data"]


def test_nothing_to_change_is_one_line(tmp_path: Path, probe: str) -> None:
    """Where nothing changes, the count is all there is to say."""
    result = reclassify(tmp_path)
    assert (0, "1 probe: 0 messages and 0 outcomes changed\n") == (result.exit_code, result.stdout)


def test_changes_are_shown_with_their_reason(tmp_path: Path, store: Store, probe: str) -> None:
    """Each message that changed is shown with old and new speaker and why, and each column that follows."""
    expected = [
        f"{probe}  lucky  2026-03-02T10:00:00.000Z",
        f"     +5.000 s  human 0.75 -> bot 1  {ANSWER}  (dom: the name is listed in chat.names.bots)",
        "  first_human_ms: 5000 -> -",
        "  first_bot_ms: - -> 5000",
        "  outcome: human_reply -> bot_only",
        f"  agent: {store.pseudonyms.of('Anna')} -> -",
        "1 probe: 1 message and 1 outcome changed",
    ]
    result = reclassify(tmp_path, "--current-scenario")
    assert (0, expected) == (result.exit_code, result.stdout.splitlines())


def test_a_dry_run_writes_nothing(tmp_path: Path, store: Store, probe: str) -> None:
    """The same is shown, and stays to be done."""
    before = "\n".join(store._connection.db.conn.iterdump())
    result = reclassify(tmp_path, "--current-scenario", "--dry-run", "--json")
    assert (True, 1, 1) == (
        data(result)["dry_run"],
        data(result)["counts"]["messages"],
        data(result)["counts"]["outcomes"],
    )
    assert before == "\n".join(store._connection.db.conn.iterdump())


def test_json_tells_messages_and_columns(tmp_path: Path, probe: str) -> None:
    """The document lists the probes with something to tell, decisions in the shape of `classify`."""
    found = data(reclassify(tmp_path, probe[:20].lower(), "--current-scenario", "--json"))["probes"]
    assert [probe] == [one["probe_id"] for one in found]
    message = found[0]["messages"][0]
    assert (1, "human", "bot") == (message["seq"], message["before"]["speaker"], message["after"]["speaker"])
    assert {"before": "human_reply", "after": "bot_only"} == found[0]["columns"]["outcome"]


def test_each_bad_id_is_told_and_the_rest_is_done(tmp_path: Path, probe: str) -> None:
    """Unknown, empty and hostile ids are an error each; the others are decided, and the exit code is 6."""
    result = reclassify(tmp_path, "nope", "last", "", "%", "\x1b[31mred\u202e", "--current-scenario")
    assert (6, 4) == (result.exit_code, result.stderr.count("error: "))
    assert "5 probes: 1 message and 1 outcome changed\n4 could not be decided again\n" in result.stdout
    assert ("\x1b" in result.stderr, "\u202e" in result.stderr) == (False, False)


def test_what_cannot_be_decided_again_is_told(tmp_path: Path, store: Store, probe: str) -> None:
    """A probe whose facts are gone, and one that is running, are left alone and named."""
    running = Visit(store, tmp_path)
    store._connection.db.execute("UPDATE probes SET pruned_at = '2026-10-01' WHERE id = ?", [probe])
    result = reclassify(tmp_path)
    assert f"error: {probe}: facts no longer kept: texts and frames were emptied at 2026-10-01" in result.stderr
    assert f"{running.id}: still running, left alone" in result.stderr
    assert (6, ["1 still running", "1 could not be decided again"]) == (
        result.exit_code,
        result.stdout.splitlines()[-2:],
    )


@pytest.mark.parametrize(
    ("arguments", "probes"),
    [(["--casino", "lucky"], 2), (["--since", "2027-01-01"], 0), (["--since", "2026-03-02T10:00"], 1)],
)
def test_which_probes(tmp_path: Path, store: Store, probe: str, arguments: list[str], probes: int) -> None:
    """--casino and --since choose; a time without a zone is UTC."""
    visited(store, tmp_path, [row("a", 5, ANSWER)], started_at="2026-03-02T09:59:59.999Z")
    assert probes == data(reclassify(tmp_path, *arguments, "--json"))["counts"]["probes"]


@pytest.mark.parametrize(
    ("arguments", "code"), [(["--since", "monday"], 2), (["last", "--casino", "lucky"], 2), (["--since", ""], 2)]
)
def test_usage(tmp_path: Path, probe: str, arguments: list[str], code: int) -> None:
    """What cannot be meant is refused."""
    assert code == reclassify(tmp_path, *arguments).exit_code


def test_an_unknown_casino_is_an_error(tmp_path: Path, probe: str) -> None:
    """A casino that neither database nor scenarios know was mistyped; one of the scenarios alone has no probes yet."""
    (tmp_path / "scenarios").mkdir()
    (tmp_path / "scenarios" / "new.yaml").write_text(HEAD.replace("lucky", "fresh", 1), encoding="utf-8")
    unknown, fresh = reclassify(tmp_path, "--casino", "luky"), reclassify(tmp_path, "--casino", "fresh")
    assert (3, True) == (unknown.exit_code, "hint: did you mean lucky?" in unknown.stderr)
    assert (0, "0 probes: 0 messages and 0 outcomes changed") == (fresh.exit_code, fresh.stdout.strip())


def test_a_missing_database_is_not_made(tmp_path: Path) -> None:
    """Nothing is created, and the exit code is 3."""
    result = reclassify(tmp_path)
    assert (3, False) == (result.exit_code, (tmp_path / "chatprobe.db").exists())


def test_progress_goes_to_stderr(tmp_path: Path, store: Store, probe: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Long runs say how far they are, and never on stdout."""
    monkeypatch.setattr("chatprobe.cli.reclassify.TOLD_EVERY", 1)
    result = reclassify(tmp_path)
    assert ("1 of 1\n", 1) == (result.stderr, len(result.stdout.splitlines()))
