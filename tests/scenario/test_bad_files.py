"""Malformed scenario files: `bad/` holds them, `bad/messages.txt` the exact words of `chatprobe check` on each."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from chatprobe.cli import cli

BAD = Path(__file__).parent / "bad"
MESSAGES = {
    block.split(":")[1].strip(): f"{block}\n"
    for block in (BAD / "messages.txt").read_text(encoding="utf-8").strip().split("\n\n")
}
SECRET = "hunter2"
GOOD = "casino: {casino}\nurl: https://lucky.example/\nquestions:\n  - {{id: payout, text: How long?}}\n"


def check(*arguments: str) -> Result:
    """Run `chatprobe check`."""
    return CliRunner().invoke(cli, ["check", *arguments], env={"CHATPROBE_TEST_SECRET": SECRET})


def test_table_is_complete() -> None:
    """Every bad file has its messages in the table, and the table names no other."""
    assert sorted(path.name for path in BAD.glob("*.yaml")) == sorted(MESSAGES)


@pytest.mark.parametrize("name", MESSAGES)
def test_bad_file_is_refused_in_these_words(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each mistake is told with file, line, key, reason and what to do; the exit code is 3."""
    monkeypatch.chdir(BAD)
    result = check(name)
    assert (MESSAGES[name], "", 3) == (result.stderr, result.stdout, result.exit_code)


def test_value_of_a_variable_is_never_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A mistake in what an environment variable holds is told without what it holds."""
    monkeypatch.chdir(BAD)
    assert SECRET not in check("environment-does-not-fit.yaml").output


def test_tag_runs_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A Python object in a file is refused, not made."""
    (tmp_path / "evil.yaml").write_bytes((BAD / "tag-python.yaml").read_bytes())
    monkeypatch.chdir(tmp_path)
    check("evil.yaml")
    assert ["evil.yaml"] == [path.name for path in tmp_path.iterdir()]


def bomb(path: Path) -> None:
    """Nine levels of nine aliases each: 387 million texts."""
    levels = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    levels += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]
    path.write_text("\n".join(levels), encoding="utf-8")


def odd(content: bytes) -> Callable[[Path], None]:
    """A file of exactly these bytes."""

    def make(path: Path) -> None:
        path.write_bytes(content)

    return make


ODD: dict[str, tuple[Callable[[Path], None], str]] = {
    "huge": (odd(b"# padding\n" * 1_000_000), "{file}:1: larger than 1 MB: no scenario"),
    "bomb": (bomb, "{file}:5: more than 10000 values or 20 levels once its aliases are expanded"),
    "alias-of-itself": (
        odd(b"casino: &a [*a]\n"),
        "{file}:1: more than 10000 values or 20 levels once its aliases are expanded",
    ),
    "deep-brackets": (odd(b"chat: " + b"[" * 900_000), "{file}:1: nested more than 20 levels deep"),
    "deep-mappings": (odd(b"{a: " * 30), "{file}:1: nested more than 20 levels deep"),
    "latin-1": (odd("casino: lucky\n# caf\xe9\n".encode("latin-1")), "{file}:2: not UTF-8 text"),
    "utf-16": (odd("casino: lucky\n".encode("utf-16")), "{file}:1: not UTF-8 text"),
    "nul": (odd(b"casino: lucky\nurl: \x00\n"), "{file}:2: character U+0000 is not allowed in YAML"),
    "escape": (odd(b"casino: lucky\n\n# \x1b[31m\n"), "{file}:3: character U+001B is not allowed in YAML"),
    "picture": (odd(b"\x89PNG\r\n\x1a\n\x00\x00"), "{file}:1: not UTF-8 text"),
    "folder": (Path.mkdir, "{file}: a folder, not a scenario file"),
    "missing": (lambda _: None, "{file}: no such file"),
    "pipe": (os.mkfifo, "{file}: not a file"),
    "link-to-nowhere": (lambda path: path.symlink_to("nowhere"), "{file}: no such file"),
    "link-to-itself": (lambda path: path.symlink_to(path.name), "{file}: no such file"),
}


@pytest.mark.parametrize("name", ODD)
def test_odd_file_is_refused(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a name leads to, the answer is one line and exit code 3."""
    make, message = ODD[name]
    monkeypatch.chdir(tmp_path)
    file = f"{name}.yaml"
    make(Path(file))
    result = check(file)
    assert (f"error: {message.format(file=file)}", 3) == (result.stderr.splitlines()[0], result.exit_code)


def test_good_files_beside_bad_ones_are_fine(tmp_path: Path) -> None:
    """In a folder of bad files the good one is still called good, by a real process, without a traceback."""
    for path in BAD.glob("*.yaml"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "good.yaml").write_text(GOOD.format(casino="good"), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "chatprobe", "check", "--scenarios", tmp_path],
        check=False,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "CHATPROBE_TEST_SECRET": SECRET},
    )
    assert (3, [f"ok {tmp_path / 'good.yaml'}: good"]) == (done.returncode, done.stdout.splitlines())
    assert [] == [name for name in MESSAGES if f"{tmp_path / name}:" not in done.stderr]
    assert [] == [line for line in done.stderr.splitlines() if not line.startswith(("error: ", "hint: "))]


def test_good_files_end_with_0(tmp_path: Path) -> None:
    """Good files alone are listed, and the exit code is 0."""
    file = tmp_path / "good.yaml"
    file.write_text(GOOD.format(casino="good"), encoding="utf-8")
    result = check(str(file))
    assert (0, f"ok {file}: good\n", "") == (result.exit_code, result.stdout, result.stderr)


def test_casino_named_twice_names_both_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two files of one casino are a mistake in the second, which names the first."""
    monkeypatch.chdir(tmp_path)
    for name in ("a.yaml", "b.yml"):
        Path(name).write_text(f"# mine\n{GOOD.format(casino='lucky')}", encoding="utf-8")
    result = check("--scenarios", ".")
    assert (3, "ok a.yaml: lucky\n") == (result.exit_code, result.stdout)
    assert (
        "error: b.yml:2: casino: lucky is already the casino of a.yaml\nhint: give each file its own casino\n"
        == result.stderr
    )
