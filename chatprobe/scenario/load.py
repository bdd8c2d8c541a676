"""Scenario files → scenarios: all mistakes of a file at once, and good files beside bad ones."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from chatprobe.errors import Problem, ScenarioError, UnknownCasino, did_you_mean
from chatprobe.scenario.document import MAX_BYTES, Document, Loc, Mistake, parse
from chatprobe.scenario.environment import substituted
from chatprobe.scenario.lint import lint
from chatprobe.scenario.presets import kept_text, preset_of, whole
from chatprobe.scenario.problems import mistakes_of, told
from chatprobe.scenario.rules import broken_rules
from chatprobe.scenario.schema import Scenario, Source
from chatprobe.scenario.values import kind

SUFFIXES = (".yaml", ".yml")


def load_file(path: Path, env: Mapping[str, str] = os.environ) -> Scenario:
    """The scenario in `path`, with `${NAME}` taken from `env`; raises `ScenarioError` with every mistake in it."""
    raw = _read(path)
    return _loaded(path, _decoded(raw, path), hashlib.sha256(raw).hexdigest(), env)


def load_text(text: str, path: Path, env: Mapping[str, str] = os.environ) -> Scenario:
    """The same for a text that might stand in the file at `path`."""
    return _loaded(path, text, hashlib.sha256(text.encode()).hexdigest(), env)


def _loaded(path: Path, text: str, sha256: str, env: Mapping[str, str]) -> Scenario:
    document = parse(text)
    if document.data is None:
        raise ScenarioError(told(str(path), document, document.mistakes))
    if not isinstance(document.data, dict):
        mistake = Mistake((), f"expected a mapping of keys such as casino and url, got {kind(document.data)}", line=1)
        raise ScenarioError(told(str(path), document, [*document.mistakes, mistake]))
    return _validated(path, document, env, Source(path, text, sha256))


def load_folder(folder: Path, env: Mapping[str, str] = os.environ) -> tuple[list[Scenario], list[Problem]]:
    """Every scenario of `folder` that can be used, by file name, and the errors of all others; never raises.

    Of two files that name the same casino, the first by file name is used.
    """
    if not folder.is_dir():
        reason = "not a folder" if folder.exists() else "no such folder"
        return [], [Problem(str(folder), None, "", reason, "name another with --scenarios DIR")]
    return load_files(files_of(folder), env)


def load_files(paths: Iterable[Path], env: Mapping[str, str] = os.environ) -> tuple[list[Scenario], list[Problem]]:
    """The same for a list of files."""
    found: dict[str, Scenario] = {}
    problems: list[Problem] = []
    for path in paths:
        try:
            scenario = load_file(path, env)
        except ScenarioError as error:
            problems.extend(error.problems)
            continue
        if scenario.casino in found:
            problems.append(_taken(scenario, found[scenario.casino].file))
        else:
            found[scenario.casino] = scenario
    return list(found.values()), problems


def find(name_or_file: str, folder: Path, env: Mapping[str, str] = os.environ) -> Scenario:
    """The scenario of a file, or of a casino in `folder`; raises `ScenarioError` or `UnknownCasino`."""
    if "/" in name_or_file or name_or_file.endswith(SUFFIXES) or Path(name_or_file).is_file():
        return load_file(Path(name_or_file), env)
    scenarios, problems = load_folder(folder, env)
    bad = {problem.file for problem in problems}
    meant = {str(path) for path in files_of(folder) if str(path) in bad and _declares(path, name_or_file)}
    if meant:
        raise ScenarioError([problem for problem in problems if problem.file in meant])
    by_name = {scenario.casino: scenario for scenario in scenarios}
    if name_or_file in by_name:
        return by_name[name_or_file]
    raise _unknown(name_or_file, folder, list(by_name))


def files_of(folder: Path) -> list[Path]:
    """The scenario files of `folder` itself, by name; hidden files are left out, a missing folder has none."""
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if path.suffix in SUFFIXES and not path.name.startswith("."))


def discreet(mistake: Mistake, replaced: Mapping[Loc, str]) -> Mistake:
    """`mistake` without the value of an environment variable: it may be a secret."""
    if mistake.loc not in replaced:
        return mistake
    return Mistake(mistake.loc, f"what {replaced[mistake.loc]} stands for does not fit here", line=mistake.line)


def _validated(path: Path, document: Document, env: Mapping[str, str], source: Source) -> Scenario:
    data, replaced, unset = substituted(document, env)
    preset, slips = preset_of(data)
    data, hints, unlabelled = whole(data, preset)
    found = [*document.mistakes, *unset, *slips, *unlabelled, *broken_rules(data), *lint(data)]
    warnings = told(str(path), document, [mistake for mistake in found if mistake.severity == "warning"])
    errors = [mistake for mistake in found if mistake.severity == "error"]
    source = replace(source, preset=preset)
    if preset and preset.chat:
        kept = kept_text(source.yaml, preset).encode()
        source = replace(source, sha256=hashlib.sha256(kept).hexdigest())
    context = {"folder": path.parent, "source": replace(source, warnings=tuple(warnings)), "hints": hints}
    try:
        scenario = Scenario.model_validate(data, context=context)
    except ValidationError as error:
        unread = {mistake.loc for mistake in unset}
        models = [mistake for mistake in mistakes_of(error, document, Scenario) if mistake.loc not in unread]
        everything = [*errors, *(discreet(one, replaced) for one in models)]
        raise ScenarioError(told(str(path), document, everything)) from None
    if errors:
        raise ScenarioError(told(str(path), document, errors))
    return scenario


def _read(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise _unusable(path, "a folder, not a scenario file", f"name a file in it: {path}/….yaml")
        if not path.is_file():
            raise _unusable(path, "not a file" if path.exists() else "no such file")
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise _unusable(path, f"cannot be read: {getattr(error, 'strerror', None) or error}") from None
    if len(raw) > MAX_BYTES:
        raise _unusable(path, f"larger than {MAX_BYTES // 1_000_000} MB: no scenario", line=1)
    return raw


def _decoded(raw: bytes, path: Path) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise _unusable(path, "not UTF-8 text", "save the file as UTF-8", line) from None


def _unusable(path: Path, message: str, hint: str | None = None, line: int | None = None) -> ScenarioError:
    return ScenarioError([Problem(str(path), line, "", message, hint)])


def _taken(scenario: Scenario, first: Path) -> Problem:
    line = parse(scenario.yaml).lines.get(("casino",), 1)
    message = f"{scenario.casino} is already the casino of {first}"
    return Problem(str(scenario.file), line, "casino", message, "give each file its own casino")


def _declares(path: Path, casino: str) -> bool:
    """Whether the unusable file `path` is the one meant by `casino`."""
    try:
        text = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
    except OSError:
        text = ""
    written = rf"^casino:\s*[\"']?{re.escape(casino)}[\"']?\s*(#|$)"
    return path.stem == casino or bool(re.search(written, text, re.MULTILINE))


def _unknown(name: str, folder: Path, known: list[str]) -> UnknownCasino:
    if not known:
        hint: Any = "write a scenario, or name another folder with --scenarios DIR"
    else:
        hint = did_you_mean(name, known) or f"known: {', '.join(sorted(known))}"
    return UnknownCasino(f"no scenario of the casino {name} in {folder}", hint)
