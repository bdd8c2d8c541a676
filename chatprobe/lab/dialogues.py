"""Dialogues as casinos: JSON lines in, and an operator who says his turns again after the same seconds.

A line is ``{"id": …, "lang": …, "turns": [{"role": …, "text": …, "t": …}]}`` with `t` in seconds; a turn may bring the
author's `name`; other keys are left alone. The clock starts with the visitor's question, which stands for the
customer's first turn. What was said before that one is said as soon as the chat opens, as far apart as it was. The
customer's later turns are skipped: their time passes in silence. Ten seconds after the last turn the chat is closed.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chatprobe.lab.acts import Act, Close, Notice, Say, Who
from chatprobe.lab.casino import Casino, Expect, Script, Widget

SHIPPED = Path(__file__).parent / "dialogues.jsonl"
"""A handful of dialogues, written for the lab."""
ROLES = ("customer", "agent", "bot", "system")
CLOSE_S = 10.0

_AUTHORS: dict[str, Who] = {"agent": "human", "bot": "bot"}
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
_SCENARIO = """\
casino: {name}
url: ${{CHATPROBE_LAB}}/{name}/
questions:
  - id: q1
    text: {{{language}: {question}}}
chat:
  deadline: {seconds}s
  launcher: ".dl-launcher"
  handoff: false
  input: ".dl-input"
  messages: ".dl-row"
  speakers:
    human: "[data-role='human']"
    bot: "[data-role='bot']"
    system: ".dl-notice"
    visitor: ".dl-mine"
"""


class BadDialogues(ValueError):
    """Lines that are no dialogues."""

    def __init__(self, problems: Sequence[tuple[int, str]]) -> None:
        super().__init__("; ".join(f"line {line}: {message}" for line, message in problems))
        self.problems = tuple(problems)
        """Line number, from 1, and what is wrong with it."""


@dataclass(frozen=True)
class Turn:
    """One message of a dialogue."""

    role: str
    text: str
    t: float
    """Seconds."""
    name: str | None = None


def read_dialogues(lines: Iterable[bytes]) -> tuple[Casino, ...]:
    """One casino for each line that is not blank; raises BadDialogues with every bad line, also for no line at all."""
    casinos: dict[str, Casino] = {}
    problems: list[tuple[int, str]] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            casino = _casino(line)
        except ValueError as error:
            problems.append((number, str(error)))
            continue
        if casinos.setdefault(casino.name, casino) is not casino:
            problems.append((number, f"id: {casino.name.removeprefix('replay-')!r} is the id of an earlier line"))
    if problems or not casinos:
        raise BadDialogues(problems or [(1, "no dialogue in this file")])
    return tuple(casinos.values())


def _casino(line: bytes) -> Casino:
    row = _parsed(line)
    key, language, turns = row.get("id"), row.get("lang", "en"), list(_turns(row.get("turns")))
    if not isinstance(key, str) or not _ID.fullmatch(key):
        raise ValueError("id: must be 1 to 40 letters, digits, - and _")
    if not isinstance(language, str) or not re.fullmatch("[a-z]{2}", language):
        raise ValueError("lang: must be a code of two letters, such as en")
    first = next((index for index, turn in enumerate(turns) if turn.role == "customer"), None)
    if first is None:
        raise ValueError("turns: the customer never says anything")
    return _replay(f"replay-{key.lower().replace('_', '-')}", language, turns[:first], turns[first:])


def _replay(name: str, language: str, before: Sequence[Turn], rest: Sequence[Turn]) -> Casino:
    human = next((turn.t - rest[0].t for turn in rest if turn.role == "agent"), None)
    after = f"a person answers after {human:.0f} s" if human is not None else "no person answers"
    others = any(turn.role == "bot" for turn in rest)
    expect = Expect("human_reply", "human") if human is not None else Expect("bot_only", "bot")
    lasts = rest[-1].t - rest[0].t
    return Casino(
        name=name,
        title=name.replace("-", " ").title(),
        about=f"a dialogue of {len(before) + len(rest)} turns in {language}, {lasts:.0f} s long; {after}",
        expect=expect if human is not None or others else Expect("no_reply"),
        widget=Widget(prefix="dl", mark="role"),
        script=Script(opening=tuple(_acts(before)), answer=(*_acts(rest), Close(CLOSE_S))),
        language=language,
        written=_SCENARIO.format(
            name=name,
            language=language,
            question=json.dumps(" ".join(rest[0].text.split()), ensure_ascii=False),
            seconds=math.ceil(lasts + 2 * CLOSE_S),
        ),
    )


def _acts(turns: Sequence[Turn]) -> Iterator[Act]:
    at = turns[0].t if turns else 0.0
    for turn in turns:
        if turn.role == "customer":
            continue
        after_s, at = turn.t - at, turn.t
        who = _AUTHORS.get(turn.role)
        yield Say(after_s, turn.text, who, turn.name) if who else Notice(after_s, turn.text, "list")


def _parsed(line: bytes) -> dict[str, Any]:
    try:
        row = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError:
        raise ValueError("is not UTF-8") from None
    except (ValueError, RecursionError) as error:
        raise ValueError(f"is not JSON: {error}") from None
    if not isinstance(row, dict):
        raise ValueError("must be an object with id, lang and turns")  # noqa: TRY004  # a wrong file, not a wrong call
    return row


def _turns(rows: Any) -> Iterator[Turn]:
    if not isinstance(rows, list) or not rows:
        raise ValueError("turns: must be a list of turns")
    at = -math.inf
    for index, row in enumerate(rows):
        turn = _turn(row, f"turns[{index}]")
        if turn.t < at:
            raise ValueError(f"turns[{index}].t: is before the turn above it")
        at = turn.t
        yield turn


def _turn(row: Any, path: str) -> Turn:
    if not isinstance(row, dict):
        raise ValueError(f"{path}: must be an object with role, text and t")  # noqa: TRY004  # see above
    role, text, seconds, name = row.get("role"), row.get("text"), row.get("t"), row.get("name")
    if role not in ROLES:
        raise ValueError(f"{path}.role: must be one of {', '.join(ROLES)}")
    if not isinstance(text, str) or not text.strip():
        raise ValueError(f"{path}.text: must be a text")
    if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not math.isfinite(seconds):
        raise ValueError(f"{path}.t: must be a number of seconds")
    if name is not None and not isinstance(name, str):
        raise ValueError(f"{path}.name: must be a text")
    return Turn(role, text.strip(), float(seconds), name)
