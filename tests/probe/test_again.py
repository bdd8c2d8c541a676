"""Deciding stored probes again: what changed rules change, and what a person says."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from chatprobe.errors import UnknownProbe
from chatprobe.model import Speaker
from chatprobe.probe import basis
from chatprobe.probe.again import Again, correct, decide_again, opine
from chatprobe.probe.basis import current_basis, kept_basis
from chatprobe.speaker.rules import RULES
from chatprobe.store.decisions import Verdict
from chatprobe.store.store import Store
from tests.probe.stored import HEAD, HUMAN, frame, row, visited

ANSWER = "Two days at most."


def again(store: Store, probe_id: str, **how: Any) -> Again:
    return decide_again(store, probe_id, kept_basis(store), **how)


def by(store: Store, probe_id: str, author: str, **speakers: Speaker) -> Again:
    """A correction; messages as `m1=…`."""
    said = {int(key[1:]): speaker for key, speaker in speakers.items()}
    return correct(store, probe_id, said, author, kept_basis(store))


def shown(store: Store, probe_id: str) -> list[str]:
    return [message["speaker"] for message in store.probe(probe_id)["messages"]]


def ending(store: Store, probe_id: str) -> tuple[Any, ...]:
    probe = store.probe(probe_id)
    return tuple(probe[name] for name in ("outcome", "side", "first_human_ms", "first_unknown_ms", "first_bot_ms"))


def table(store: Store, name: str) -> list[dict[str, Any]]:
    return list(store._connection.db.table(name).rows_where(order_by="decided_at, rowid"))


# --- rules ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def tomorrow(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Brings the rules of tomorrow into force: the editor's selectors say nothing any more."""

    def come() -> None:
        deciding = import_module("chatprobe.speaker.decide")
        kept = tuple(source for source in deciding.REGISTRY if source.name != "selectors")
        monkeypatch.setattr(deciding, "REGISTRY", kept)
        monkeypatch.setattr(basis, "RULES", "tomorrow")

    return come


def test_changed_rules_change_what_rests_on_them(store: Store, tmp_path: Path, tomorrow: Callable[[], None]) -> None:
    """A message, the outcome and the times follow the new rules, and the old decisions stay beside the new ones."""
    events = [row("a", 5, ANSWER, **HUMAN), row("b", 9, "I am a virtual assistant.")]
    probe_id = visited(store, tmp_path, events)
    assert ("human_reply", "casino", 5000.0, None, 9000.0) == ending(store, probe_id)
    tomorrow()
    done = again(store, probe_id)
    assert [(1, "human", "unknown")] == [(m.seq, m.before.speaker, m.after.speaker) for m in done.messages]
    assert ("human_reply", "unsure_reply") == done.columns["outcome"]
    assert ("unsure_reply", "casino", None, 5000.0, 9000.0) == ending(store, probe_id)
    decided = [(one["seq"], one["rules"], one["speaker"]) for one in store.decisions.of(probe_id)]
    first = [(0, RULES, "visitor"), (1, RULES, "human"), (2, RULES, "bot")]
    assert [*first, (0, "tomorrow", "visitor"), (1, "tomorrow", "unknown"), (2, "tomorrow", "bot")] == decided
    outcomes = [(one["author"], one["rules"], one["outcome"]) for one in table(store, "outcomes")]
    assert [("chatprobe", RULES, "human_reply"), ("chatprobe", "tomorrow", "unsure_reply")] == outcomes
    assert "tomorrow" == store.probe(probe_id)["rules"]
    assert [] == store.check("2026-03-03T10:00:00.000Z")


def test_deciding_twice_adds_nothing(store: Store, tmp_path: Path, tomorrow: Callable[[], None]) -> None:
    """The second time there is nothing to say."""
    probe_id = visited(store, tmp_path, [row("a", 5, ANSWER, **HUMAN)])
    tomorrow()
    again(store, probe_id)
    before = table(store, "decisions"), table(store, "outcomes")
    assert not again(store, probe_id).changed
    assert before == (table(store, "decisions"), table(store, "outcomes"))


def test_a_dry_run_changes_nothing(store: Store, tmp_path: Path, tomorrow: Callable[[], None]) -> None:
    """What would change is told; the database stays as it is."""
    probe_id = visited(store, tmp_path, [row("a", 5, ANSWER, **HUMAN)])
    tomorrow()
    before = "\n".join(store._connection.db.conn.iterdump())
    assert again(store, probe_id, dry_run=True).changed
    assert before == "\n".join(store._connection.db.conn.iterdump())


def test_a_greeting_and_the_agent_follow(store: Store, tmp_path: Path, tomorrow: Callable[[], None]) -> None:
    """Who greeted before the question, and the pseudonym of who answered first, are decided again, too."""
    said = [row("g", -2, ANSWER, **HUMAN), row("a", 5, "Two.", name="Anna", **HUMAN), row("b", 9, "Ok", name="Bert")]
    probe_id = visited(store, tmp_path, said, "chat: {names: {humans: [Bert]}}")
    names = store.pseudonyms
    assert (3000.1, names.of("Anna")) == tuple(store.probe(probe_id)[name] for name in ("greeted_ms", "agent"))
    tomorrow()
    again(store, probe_id)
    assert (None, names.of("Bert")) == tuple(store.probe(probe_id)[name] for name in ("greeted_ms", "agent"))


def test_new_evidence_cites_no_name(store: Store, tmp_path: Path, tomorrow: Callable[[], None]) -> None:
    """A name that was put back to decide with is hidden again in the reasons that are written."""
    bot, agent = {"class": "msg bot"}, {"class": "msg agent-wilhelmina"}
    joined = row("j", 4, "Wilhelmina joined the chat", status_like=True)
    said = [
        row("a", 3, "Hi", attributes=bot),
        joined,
        row("b", 9, ANSWER, name="Wilhelmina", attributes=agent, **HUMAN),
    ]
    probe_id = visited(store, tmp_path, said)
    tomorrow()
    again(store, probe_id)
    newest = store.decisions.of(probe_id)[-1]
    details = [one["detail"] for one in newest["evidence"]]
    assert ("tomorrow", True) == (newest["rules"], any(store.pseudonyms.of("Wilhelmina") in one for one in details))
    assert [] == [one for one in details if "wilhelmina" in one.lower()]


def scenario_of_today(folder: Path, yaml: str) -> Path:
    (folder / "scenarios").mkdir(exist_ok=True)
    (folder / "scenarios" / "lucky.yaml").write_text(HEAD + yaml, encoding="utf-8")
    return folder / "scenarios"


def test_a_bot_listed_after_the_fact(store: Store, tmp_path: Path) -> None:
    """Today's list of bots finds the name in the stored chat, however hidden, and stays in force from then on."""
    events = [row("a", 5, ANSWER, name="Anna K.", **HUMAN)]
    probe_id = visited(store, tmp_path, events)
    folder = scenario_of_today(tmp_path, "chat: {names: {bots: [anna k.]}}")
    done = decide_again(store, probe_id, current_basis(folder, 2000.0))
    assert [("human", "bot")] == [(m.before.speaker, m.after.speaker) for m in done.messages]
    assert "bot_only" == store.probe(probe_id)["outcome"]
    assert not again(store, probe_id).changed
    scenario_of_today(tmp_path, "")
    done = decide_again(store, probe_id, current_basis(folder, 2000.0))
    assert ("human_reply", ["visitor", "human"]) == (done.columns["outcome"][1], shown(store, probe_id))


def test_wire_rules_and_floor_of_today(store: Store, tmp_path: Path) -> None:
    """Wire rules see the stored frames, and today's floor the stored delays."""
    events = [frame(2.4, json.dumps({"kind": 3, "text": "Hello."})), row("a", 2.5, "Hello."), row("b", 5.4, ANSWER)]
    probe_id = visited(store, tmp_path, events)
    assert ["visitor", "unknown", "unknown"] == shown(store, probe_id)
    folder = scenario_of_today(tmp_path, "chat: {wire: [{when: 'kind == `3`', speaker: bot, text: text}]}")
    decide_again(store, probe_id, current_basis(folder, 2000.0))
    assert ["visitor", "bot", "unknown"] == shown(store, probe_id)
    decide_again(store, probe_id, current_basis(folder, 6000.0))
    assert ["visitor", "bot", "bot"] == shown(store, probe_id)
    assert not again(store, probe_id).changed


def test_the_floor_a_probe_ran_with_is_kept(store: Store, tmp_path: Path) -> None:
    """A floor other than the usual one stands in `overrides`, and decides again."""
    probe_id = visited(store, tmp_path, [row("a", 2.5, ANSWER, **HUMAN)])
    store._connection.db.execute("UPDATE probes SET overrides = '{\"floor_ms\": 4000}'")
    assert ["bot"] == [message.after.speaker for message in again(store, probe_id).messages]


def test_a_casino_without_a_file_today_is_told(store: Store, tmp_path: Path) -> None:
    """Its probes stay as they are."""
    probe_id = visited(store, tmp_path, [row("a", 5, ANSWER, **HUMAN)])
    done = decide_again(store, probe_id, current_basis(tmp_path / "none", 2000.0))
    assert ("no scenario of the casino lucky", False) == ((done.problem or "")[:31], done.changed)


# --- people -----------------------------------------------------------------------------------------------------------


def test_a_correction_wins_over_all_rules(store: Store, tmp_path: Path, tomorrow: Callable[[], None]) -> None:
    """What a person said of a message stands, whatever the rules of tomorrow say, until a person says otherwise."""
    probe_id = visited(store, tmp_path, [row("a", 5, ANSWER, **HUMAN), row("b", 9, "Bye", **HUMAN)])
    done = by(store, probe_id, "ada", m1=Speaker.BOT)
    assert (["visitor", "bot", "human"], "human_reply") == (shown(store, probe_id), store.probe(probe_id)["outcome"])
    assert {"first_human_ms": (5000.0, 9000.0), "first_bot_ms": (None, 5000.0)} == done.columns
    tomorrow()
    again(store, probe_id)
    assert ["visitor", "bot", "unknown"] == shown(store, probe_id)
    by(store, probe_id, "bob", m1=Speaker.HUMAN)
    again(store, probe_id)
    assert ["visitor", "human", "unknown"] == shown(store, probe_id)
    said = [(one["author"], one["rules"], one["speaker"]) for one in store.decisions.of(probe_id) if one["seq"] == 1]
    assert [("chatprobe", RULES, "human"), ("ada", None, "bot"), ("bob", None, "human")] == said
    assert ["chatprobe", "ada", "chatprobe", "bob"] == [one["author"] for one in table(store, "outcomes")]


def test_a_correction_is_evidence_for_what_follows(store: Store, tmp_path: Path) -> None:
    """Once a person says that the first speaker is a bot, another name after it is a person's."""
    said = [
        row("a", 5, "Happy to help.", name="Sam"),
        row("b", 30, ANSWER, name="Anna"),
        row("c", 40, "Ok", name="Sam"),
    ]
    probe_id = visited(store, tmp_path, said)
    assert "unsure_reply" == store.probe(probe_id)["outcome"]
    by(store, probe_id, "ada", m1=Speaker.BOT)
    assert ["visitor", "bot", "human", "bot"] == shown(store, probe_id)
    assert ("human_reply", "casino", 30000.0, None, 5000.0) == ending(store, probe_id)
    authors = [(one["seq"], one["author"]) for one in store.decisions.of(probe_id)][4:]
    assert [(1, "ada"), (2, "chatprobe"), (3, "chatprobe")] == sorted(authors)


def test_our_own_row_takes_no_correction(store: Store, tmp_path: Path) -> None:
    """What we wrote ourselves is known: nobody makes an answer of it."""
    probe_id = visited(store, tmp_path, [row("a", 5, ANSWER)])
    assert "message 0 is our own" == by(store, probe_id, "ada", m0=Speaker.HUMAN, m1=Speaker.BOT).problem
    assert ["visitor", "unknown"] == shown(store, probe_id)


def test_saying_it_twice_adds_nothing(store: Store, tmp_path: Path) -> None:
    """The same correction by the same person is one row; by another, one more."""
    probe_id = visited(store, tmp_path, [row("a", 5, ANSWER)])
    for author in ("ada", "ada", "bob", "bob"):
        by(store, probe_id, author, m1=Speaker.HUMAN)
    assert ["chatprobe", "chatprobe", "ada", "bob"] == [one["author"] for one in store.decisions.of(probe_id)]


def test_corrections_within_one_moment_keep_their_order(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A clock that stands still, or was set back, makes no later word the earlier one."""
    monkeypatch.setattr("chatprobe.probe.again.now_ms", lambda: 0.0)
    probe_id = visited(store, tmp_path, [row("a", 5, ANSWER)])
    for speaker in (Speaker.HUMAN, Speaker.BOT, Speaker.HUMAN, Speaker.SYSTEM):
        by(store, probe_id, "ada", m1=speaker)
    again(store, probe_id)
    assert "system" == shown(store, probe_id)[1]


def test_a_blind_opinion_decides_nothing(store: Store, tmp_path: Path) -> None:
    """A second look is kept as a row, and neither the message nor the outcome changes by it."""
    probe_id = visited(store, tmp_path, [row("a", 5, ANSWER, **HUMAN)])
    before = store.probe(probe_id)
    opine(store, probe_id, {1: Speaker.BOT}, "ada")
    assert not again(store, probe_id).changed
    assert before == store.probe(probe_id)
    last = store.decisions.of(probe_id)[-1]
    assert ("ada", "opinion", "bot") == (last["author"], last["rules"], last["speaker"])


def test_unknown_probes_and_messages(store: Store, tmp_path: Path) -> None:
    """A probe that is not there is an error; a message that is not there is told, and nothing is written."""
    probe_id = visited(store, tmp_path, [row("a", 5, ANSWER)])
    with pytest.raises(UnknownProbe):
        by(store, "nope", "ada", m1=Speaker.BOT)
    assert "it has no message 7" == by(store, probe_id, "ada", m1=Speaker.BOT, m7=Speaker.BOT).problem
    assert 2 == len(store.decisions.of(probe_id))


# --- all or nothing ---------------------------------------------------------------------------------------------------


def test_a_chat_of_another_key_can_be_corrected(store: Store, tmp_path: Path) -> None:
    """In a file from another machine names cannot be told: a correction and the outcome count, all else stands."""
    events = [row("a", 5, "Hello", name="Sam", **HUMAN), row("b", 9, ANSWER, name="Anna")]
    probe_id = visited(store, tmp_path, events)
    store._connection.db.execute("UPDATE probes SET pseudonym_key = 'ffffffff'")
    done = by(store, probe_id, "ada", m1=Speaker.BOT)
    assert (["visitor", "bot", "unknown"], None) == (shown(store, probe_id), done.problem)
    assert ("unsure_reply", "casino", None, 9000.0, 5000.0) == ending(store, probe_id)


KILLED = """
import os, signal, sys
from pathlib import Path
from chatprobe.model import Speaker
from chatprobe.probe.again import correct
from chatprobe.probe.basis import kept_basis
from chatprobe.store.store import Store

with Store.open(Path(sys.argv[1])) as store:
    db = store._connection.db
    db.conn.create_function("die", 0, lambda: os.kill(os.getpid(), signal.SIGKILL))
    db.execute("CREATE TEMP TRIGGER killed BEFORE INSERT ON main.outcomes BEGIN SELECT die(); END")
    correct(store, sys.argv[2], {1: Speaker.HUMAN}, "ada", kept_basis(store))
"""


def test_a_process_killed_between_two_rows_leaves_nothing(store: Store, tmp_path: Path) -> None:
    """Killed when the decision is written and the outcome is not, a correction was never made."""
    probe_id = visited(store, tmp_path, [row("a", 5, ANSWER)])
    before = store.probe(probe_id)
    done = subprocess.run([sys.executable, "-c", KILLED, store.path, probe_id], check=False, capture_output=True)
    assert -signal.SIGKILL == done.returncode
    assert (before, 2) == (store.probe(probe_id), len(store.decisions.of(probe_id)))
    assert by(store, probe_id, "ada", m1=Speaker.HUMAN).changed


def test_a_failure_half_way_leaves_nothing(store: Store, tmp_path: Path) -> None:
    """Decisions, messages, columns and outcome are written together or not at all."""
    probe_id = visited(store, tmp_path, [row("a", 5, ANSWER)])
    before = store.probe(probe_id)
    store._connection.db.execute("CREATE TRIGGER no BEFORE INSERT ON outcomes BEGIN SELECT RAISE(ABORT, 'no'); END")
    with pytest.raises(Exception, match="no"):
        by(store, probe_id, "ada", m1=Speaker.HUMAN)
    assert (before, 2) == (store.probe(probe_id), len(store.decisions.of(probe_id)))


def test_a_correction_made_meanwhile_is_not_lost(store: Store, tmp_path: Path) -> None:
    """Who decided on what was known before a correction writes nothing, and decides again with it."""
    probe_id = visited(store, tmp_path, [row("a", 5, ANSWER)])
    by(store, probe_id, "ada", m1=Speaker.HUMAN)
    late = Verdict(2, "1", columns={"outcome": "no_reply"})
    assert not store.decisions.add(probe_id, late, "2026-03-03T10:00:00.000Z")
    asked: list[str] = []

    def meanwhile(probe: Any) -> basis.Basis:
        if not asked:
            asked.append(probe["id"])
            by(store, probe_id, "bob", m1=Speaker.BOT)
        return kept_basis(store)(probe)

    decide_again(store, probe_id, meanwhile)
    assert (["visitor", "bot"], "bot_only") == (shown(store, probe_id), store.probe(probe_id)["outcome"])


def test_thousands_of_messages(store: Store, tmp_path: Path) -> None:
    """Many long chats are decided again without a change."""
    texts = [row(f"m{n}", 3.0 + n, f"Sentence {n} about withdrawals.", name=f"Agent {n % 7}") for n in range(60)]
    for _ in range(5):
        visited(store, tmp_path, texts)
    done = [again(store, probe_id) for probe_id in store.decisions.probes()]
    assert [False] * 5 == [one.changed for one in done]
    assert 5 * 61 == store._connection.db.table("messages").count
