"""`chatprobe review`: a person looks at what the rules could not tell, or gives a blind second opinion."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from chatprobe.cli.base import (
    FOUND_PROBLEMS,
    LinesFile,
    db_option,
    emit_json,
    finish,
    json_option,
    note,
    out,
    safe,
    scenarios_option,
)
from chatprobe.cli.casinos import ensure_known
from chatprobe.cli.judging import Judge
from chatprobe.cli.moments import moment
from chatprobe.errors import UsageError

if TYPE_CHECKING:
    from chatprobe.cli.judging import Answer
    from chatprobe.probe.review import Item
    from chatprobe.store.doubts import Place

LONGEST_AUTHOR = 64


@dataclass(frozen=True)
class _Task:
    """What is reviewed, by whom, and how it is told."""

    judge: Judge
    places: Sequence[Place]
    seed: int | None
    """Of the sample; None where doubtful messages are reviewed."""
    as_json: bool


@click.command("review")
@click.option("--casino", metavar="CASINO", help="Only this casino's messages.")
@click.option("--since", callback=moment, metavar="TIME", help="Only probes that started then or later, as 2026-01-31.")
@click.option("--limit", type=click.IntRange(min=1), default=100, show_default=True, help="At most so many messages.")
@click.option("--author", envvar="CHATPROBE_AUTHOR", show_envvar=True, help="Who you are; default: your login name.")
@click.option("--sample", type=click.IntRange(min=1), metavar="N", help="A blind second opinion on N random messages.")
@click.option("--seed", type=int, metavar="S", help="Draw the same sample again, or go on with it.")
@click.option("--answers", type=LinesFile(), metavar="FILE", help="Take answers from JSON lines; - is stdin.")
@click.option("--list", "listed", is_flag=True, help="Print what would be reviewed.")
@scenarios_option
@db_option
@json_option
def review(
    *,
    casino: str | None,
    since: str | None,
    limit: int,
    author: str | None,
    sample: int | None,
    seed: int | None,
    answers: BinaryIO | None,
    scenarios: Path,
    db: Path,
    listed: bool,
    as_json: bool,
) -> None:
    """Look through messages whose speaker is unknown or unsure, one key each.

    What was said after the question comes first, then the newest probes. Each message is shown with the lines around
    it, what was decided and why. Your answer is a correction: it stands against all rules, the rest of the chat is
    decided again with it, and so is how the probe ended. Old decisions are kept.

    With --sample, N random messages, doubtful or not, are shown without what was decided. Your answers are kept as
    opinions that decide nothing; in the end you see how far you and the rules agree (Cohen's kappa), and may make a
    correction of each difference. The same --seed goes on with the same sample.

    Where stdin is no terminal nothing is asked: answers are read as JSON lines, {"probe": id, "seq": 3, "speaker":
    "bot"}, from stdin or --answers. Exit code 6 if some could not be taken.

    \b
    Examples:
      chatprobe review --casino lucky
      chatprobe review --sample 50 --author anna
      chatprobe review --list --json
    """
    from chatprobe.store.store import Store

    if seed is not None and sample is None:
        raise UsageError("--seed belongs to --sample", "add --sample N")
    if answers is None and not listed and sys.stdin is None:
        raise UsageError("standard input is closed", "add --list, or give --answers")
    with Store.open(db) as store:
        ensure_known(casino, store, scenarios)
        judge = Judge(store, _author(author), blind=sample is not None)
        if sample is None:
            places = store.doubts.doubtful(casino, since, limit)
        else:
            seed = _seed() if seed is None else seed
            places = _drawn(store.doubts.decided(casino, since), sample, seed)
        task = _Task(judge, places, seed, as_json)
        if listed:
            _list(task)
        elif answers is not None or not sys.stdin.isatty():
            _take(task, answers or sys.stdin.buffer)
        else:
            _walk(task)


def _seed() -> int:
    import random

    return random.randrange(1_000_000)  # noqa: S311  # nothing to keep secret


def _drawn(population: list[Place], count: int, seed: int) -> list[Place]:
    from chatprobe.probe.review import sample

    return sample(population, count, seed)


def _author(given: str | None) -> str:
    import getpass

    from chatprobe.store.closing import AUTHOR

    try:
        name = safe(given if given is not None else getpass.getuser()).strip()
    except (KeyError, OSError):
        raise UsageError("nobody knows who you are", "give --author or set CHATPROBE_AUTHOR") from None
    if not name or len(name) > LONGEST_AUTHOR or name.casefold() == AUTHOR:
        raise UsageError(f"{name!r} cannot be an author", f"a name of up to {LONGEST_AUTHOR} letters, not {AUTHOR}")
    return name


# --- what is there ----------------------------------------------------------------------------------------------------


def _list(task: _Task) -> None:
    from chatprobe.cli.walk import account
    from chatprobe.probe.review import item

    items = [item(task.judge.store, place) for place in task.places]
    if task.as_json:
        emit_json({"seed": task.seed, "messages": [_row(one, blind=task.judge.blind) for one in items]})
        return
    for number, one in enumerate(items, 1):
        for line in account(one, f"{number} of {len(items)}", blind=task.judge.blind):
            out(line)
    _if_nothing(task)


def _row(one: Item, *, blind: bool) -> dict[str, Any]:
    probe, message = one.probe, one.message
    decided = {} if blind else {name: message[name] for name in ("speaker", "confidence", "evidence")}
    return {
        "probe_id": probe["id"],
        "casino": probe["casino"],
        "started_at": probe["started_at"],
        "question_id": probe["question_id"],
        "asked_in": probe["language"],
        **{name: message[name] for name in ("seq", "at_ms", "text", "language", "agent")},
        "delay_ms": one.delay_ms,
        "screenshot": one.screenshot,
        **decided,
        **({} if blind else {"outcome": probe["outcome"]}),
    }


def _if_nothing(task: _Task) -> bool:
    if task.places:
        return False
    if task.judge.blind:
        note("no decided messages here")
    else:
        note("nothing to review: no message is unknown or unsure")
    note('hint: "chatprobe run" or the daemon bring more; --casino and --since narrow what is looked at')
    return True


# --- answers ----------------------------------------------------------------------------------------------------------


def _take(task: _Task, stream: BinaryIO) -> None:
    from chatprobe.cli.answers import take, tell

    lines = list(take(stream, task.judge, frozenset(task.places) if task.judge.blind else None))
    if task.as_json:
        data = {"author": task.judge.author, "answers": [line.as_row() for line in lines]}
        emit_json({**data, "seed": task.seed, "agreement": _opinions(task)} if task.judge.blind else data)
    else:
        tell(lines)
        _tell_opinions(task)
    finish(FOUND_PROBLEMS if any(line.error for line in lines) else 0)


def _walk(task: _Task) -> None:
    from chatprobe.cli.walk import Walk

    if task.as_json:
        raise UsageError("--json prints no questions", "add --list, or give --answers")
    if _if_nothing(task):
        return
    if task.judge.blind:
        note(f"seed {task.seed}: go on later with --sample {len(task.places)} --seed {task.seed}")
    walk = Walk(task.judge, _unanswered(task), task.judge.store.path.absolute().parent)
    walk.go()
    note(walk.kept())
    corrected = _tell_opinions(task, ask=True)
    failed = any(answer.problem for answer in [*walk.answers.values(), *corrected])
    finish(FOUND_PROBLEMS if failed else 0)


def _unanswered(task: _Task) -> list[Place]:
    from chatprobe.probe.review import opinions

    if not task.judge.blind:
        return list(task.places)
    known = {one.place for one in opinions(task.judge.store, task.places, task.judge.author)}
    return [place for place in task.places if place not in known]


def _opinions(task: _Task) -> dict[str, Any]:
    from chatprobe.cli.opinion import as_data
    from chatprobe.probe.review import opinions

    return as_data(opinions(task.judge.store, task.places, task.judge.author))


def _tell_opinions(task: _Task, *, ask: bool = False) -> list[Answer]:
    from chatprobe.cli import opinion
    from chatprobe.probe.review import opinions

    if not task.judge.blind:
        return []
    found = opinions(task.judge.store, task.places, task.judge.author)
    opinion.tell(found)
    return opinion.offer(found, task.judge) if ask else []
