"""The frame of the command line: error shapes, exit codes, clean output."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from chatprobe.cli.base import Group, db_option, emit_json, finish, json_option, note, out, safe
from chatprobe.errors import BudgetRefused, ChatprobeError, DatabaseError, Problem, ScenarioError
from chatprobe.store.store import Store


def call(action: Callable[[], None], *args: str, env: Mapping[str, str | None] | None = None) -> Result:
    """Run a group with one command `act` that does `action`."""
    group = Group("chatprobe")

    @group.command()
    @db_option
    @json_option
    def act(db: Path, as_json: bool) -> None:
        action()

    return CliRunner().invoke(group, ["act", *args], env=env, prog_name="chatprobe")


def failing(error: BaseException) -> Callable[[], None]:
    """An action that raises `error`."""

    def action() -> None:
        raise error

    return action


def test_error_is_a_line_and_a_hint() -> None:
    """A domain error becomes `error:` and `hint:` on stderr and its own exit code."""
    result = call(failing(DatabaseError("no database at x.db", "chatprobe db migrate creates one")))
    assert "error: no database at x.db\nhint: chatprobe db migrate creates one\n" == result.stderr
    assert ("", 3) == (result.stdout, result.exit_code)


def test_error_without_hint_is_one_line() -> None:
    """Where there is nothing to advise, nothing is advised."""
    result = call(failing(BudgetRefused("3 chats today")))
    assert ("error: 3 chats today\n", 4) == (result.stderr, result.exit_code)


def test_every_mistake_has_its_own_line() -> None:
    """Several mistakes in scenario files become one `error:` line each, the hint below its mistake."""
    problems = [
        Problem("a.yaml", 6, "chat.launchr", "unknown key", "did you mean launcher?"),
        Problem("b.yaml", None, "", "is a folder"),
    ]
    result = call(failing(ScenarioError(problems)))
    expected = "error: a.yaml:6: chat.launchr: unknown key\nhint: did you mean launcher?\nerror: b.yaml: is a folder\n"
    assert (expected, 3) == (result.stderr, result.exit_code)


def test_error_as_json() -> None:
    """With --json the error is one document on stdout and stderr is silent."""
    result = call(failing(DatabaseError("gone", "look")), "--json")
    expected = {"schema": 1, "error": {"code": "database", "message": "gone", "hint": "look"}}
    assert expected == json.loads(result.stdout)
    assert ("", 3) == (result.stderr, result.exit_code)


def test_usage_error_takes_the_same_shape() -> None:
    """A mistake in the command line itself is told like any other error, with exit code 2."""
    result = call(lambda: None, "--nope")
    assert result.stderr.startswith("error: No such option")
    assert result.stderr.endswith('hint: try "chatprobe act --help"\n')
    assert 2 == result.exit_code


def test_usage_error_as_json() -> None:
    """A usage error is JSON too when --json stands anywhere among the options."""
    result = call(lambda: None, "--nope", "--json")
    assert "usage" == json.loads(result.stdout)["error"]["code"]
    assert 2 == result.exit_code


def test_json_after_the_separator_is_no_option() -> None:
    """Behind `--` the word --json is an argument like any other."""
    result = call(lambda: None, "--", "--json")
    assert ("", 2) == (result.stdout, result.exit_code)


def test_interrupt_is_130() -> None:
    """Ctrl-C ends with the exit code shells expect."""
    result = call(failing(KeyboardInterrupt()))
    assert ("error: interrupted\n", 130) == (result.stderr, result.exit_code)


WAITING = """
import signal
from chatprobe.cli.base import Group, out
group = Group("chatprobe")
@group.command()
def act():
    out("ready")
    signal.pause()
group()
"""


def test_ctrl_c_at_any_time_is_130() -> None:
    """A real interrupt of a waiting process is told in one line."""
    with subprocess.Popen(
        [sys.executable, "-c", WAITING, "act"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert b"ready\n" == process.stdout.readline()
        process.send_signal(signal.SIGINT)
        _, stderr = process.communicate()
    assert (130, b"error: interrupted\n") == (process.returncode, stderr)


def test_a_command_may_choose_its_exit_code() -> None:
    """`finish` ends with the given code and adds no words."""
    result = call(lambda: finish(6))
    assert ("", "", 6) == (result.stdout, result.stderr, result.exit_code)


def test_bug_is_one_line_and_a_file(tmp_path: Path) -> None:
    """An unforeseen exception shows no traceback; a file of mode 600 holds it."""
    result = call(failing(ZeroDivisionError("by zero")), env={"XDG_STATE_HOME": str(tmp_path), "CHATPROBE_DEBUG": None})
    first, hint = result.stderr.splitlines()
    assert ("error: internal error: ZeroDivisionError: by zero", 1) == (first, result.exit_code)
    (crashes,) = tmp_path.rglob("crashes.log")
    assert str(crashes) in hint
    assert "Traceback" in crashes.read_text()
    assert 0o600 == crashes.stat().st_mode & 0o777


def test_debug_shows_the_traceback(tmp_path: Path) -> None:
    """CHATPROBE_DEBUG=1 adds the traceback on stderr."""
    result = call(failing(ZeroDivisionError("x")), env={"XDG_STATE_HOME": str(tmp_path), "CHATPROBE_DEBUG": "1"})
    assert "Traceback (most recent call last)" in result.stderr


def test_bug_without_a_place_for_details(tmp_path: Path) -> None:
    """Where the log folder cannot be written, the message still comes."""
    (tmp_path / "file").write_text("")
    result = call(failing(ZeroDivisionError("x")), env={"XDG_STATE_HOME": str(tmp_path / "file")})
    assert result.stderr.startswith("error: internal error: ZeroDivisionError: x\nhint: CHATPROBE_DEBUG=1")


@pytest.mark.parametrize(
    ("env", "expected"),
    [
        ({"NO_COLOR": "1"}, "green\n"),
        ({"TERM": "dumb"}, "green\n"),
        ({"TERM": "xterm", "NO_COLOR": ""}, "\x1b[32mgreen\x1b[0m\n"),
    ],
)
def test_no_colour_where_it_is_not_wanted(env: dict[str, str], expected: str) -> None:
    """NO_COLOR and TERM=dumb switch colours off even on a terminal."""
    group = Group("chatprobe")
    group.command("act")(lambda: out(click.style("green", fg="green")))
    assert expected == CliRunner().invoke(group, ["act"], env=env, color=True).stdout


def test_emitted_json_is_one_document() -> None:
    """`emit_json` wraps data with the schema's number and keeps other alphabets readable."""
    result = call(lambda: emit_json({"text": "Ça va ? 你好"}))
    assert {"schema": 1, "data": {"text": "Ça va ? 你好"}} == json.loads(result.stdout)
    assert "你好" in result.stdout


def test_emitted_json_cannot_drive_the_terminal() -> None:
    """C1 controls, bidi overrides and lone surrogates leave as JSON escapes and come back unchanged."""
    text = "\x1b[31m \x9b31m \u202eevil\u2066 \ud800"
    result = call(lambda: emit_json(text))
    assert result.stdout.isascii()
    assert text == json.loads(result.stdout)["data"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain, naïve, 你好, 👩‍🚀", "plain, naïve, 你好, 👩‍🚀"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x9b31mred", "red"),
        ("\x1b]0;title\x07after", "after"),
        ("\x1b]8;;http://x.example\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x1bP1;2q payload\x1b\\after", "after"),
        ("\x1b]0;never closed", "0;never closed"),
        ("\x1bcreset", "reset"),
        ("a\x00b\x08c\x7fd\x85e", "abcd e"),
        ("\u202eevil\u202c \u2066x\u2069", "evil x"),
        ("two\r\nlines\n\tof text\u2028and", "two lines of text and"),
        ("half \ud83d", "half \ufffd"),
        ("", ""),
    ],
)
def test_safe(text: str, expected: str) -> None:
    """Text from outside becomes one line that a terminal only prints."""
    assert expected == safe(text)


def test_safe_takes_long_hostile_text() -> None:
    """Millions of unfinished escape sequences cost no more than their length."""
    assert "text" == safe("\x1b]" * 1_000_000 + "\x9d" * 1_000_000 + "text")


def test_error_text_from_outside_is_made_safe() -> None:
    """An error that quotes a page cannot drive the terminal or forge a second line."""
    result = call(failing(ChatprobeError("said \x1b[2Jhi\nerror: forged")))
    assert "error: said hi error: forged\n" == result.stderr


def test_notes_go_to_stderr() -> None:
    """`out` is the result, `note` is for the person watching."""

    def action() -> None:
        note("progress")
        out("result")

    result = call(action)
    assert ("result\n", "progress\n") == (result.stdout, result.stderr)


def test_environment_names_the_database(tmp_path: Path) -> None:
    """CHATPROBE_DB stands for --db; a folder is refused."""
    result = call(lambda: None, env={"CHATPROBE_DB": str(tmp_path)})
    assert (2, True) == (result.exit_code, "is a directory" in result.stderr)


SCRIPT = """
import click, sys
from chatprobe.cli.base import Group, out
group = Group("chatprobe")
@group.command()
def act():
    for _ in range(200_000):
        out("line")
group()
"""


def test_reader_that_leaves_is_no_error() -> None:
    """`chatprobe … | head -1` ends quietly."""
    with subprocess.Popen(
        [sys.executable, "-c", SCRIPT, "act"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ}
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert b"line\n" == process.stdout.readline()
        process.stdout.close()
        assert b"" == process.stderr.read()
    assert 0 == process.returncode


def test_broken_pipe_of_something_else_is_a_bug(tmp_path: Path) -> None:
    """A broken pipe that is not our output's is not mistaken for a reader who left."""
    result = call(failing(BrokenPipeError("the browser's")), env={"XDG_STATE_HOME": str(tmp_path)})
    assert 1 == result.exit_code


@pytest.mark.parametrize(
    ("command", "code", "told"),
    [
        ("classify <&-", 2, "standard input is closed"),
        ("review --db empty.db --answers - <&-", 2, "standard input is closed"),
        ("review --db empty.db <&-", 2, "standard input is closed"),
        ("classify <messages >&-", 0, ""),
        ("reclassify --db empty.db >&- 2>&-", 0, ""),
        ("classify <messages >/dev/full", 4, "the disk is full"),
        ("reclassify --db empty.db >/dev/full", 4, "the disk is full"),
        ("schema >/dev/full", 4, "the disk is full"),
        ("show nope --db empty.db --json >/dev/full", 3, "no probe yet"),
    ],
)
def test_closed_and_full_streams(tmp_path: Path, command: str, code: int, told: str) -> None:
    """A closed standard input is the user's mistake, a full disk an error of its own, closed output no error."""
    Store.open(tmp_path / "empty.db", create=True).close()
    (tmp_path / "messages").write_text('{"text": "Two days."}\n{"text": 1}\n' if "full" in command else '{"text": ""}')
    line = ["/bin/sh", "-c", f"{sys.executable} -m chatprobe {command}"]
    done = subprocess.run(line, cwd=tmp_path, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    assert (code, told in done.stderr) == (done.returncode, True)
    assert [] == [word for word in ("Traceback", "internal error", "Exception ignored") if word in done.stderr]
