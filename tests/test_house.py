"""The shape of the house: one home per big dependency, sizes that stay readable. `lint-imports` does the layers."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = sorted((ROOT / "chatprobe").rglob("*.py"))
LONGEST_FILE, LONGEST_FUNCTION, SHORTEST_COPY = 350, 60, 60

HOMES = {
    "aiohttp": ["lab/"],
    "altair": ["report/"],
    "apprise": ["post.py"],
    "apscheduler": ["daemon/"],
    "click": ["cli/"],
    "cssselect2": ["scenario/"],
    "jinja2": ["report/"],
    "jmespath": ["speaker/", "scenario/"],
    "numpy": ["analysis/"],
    "platformdirs": ["cli/crash.py"],
    "playwright": ["browser/"],
    "prometheus_client": ["daemon/health.py"],
    "py3langid": ["speaker/language.py"],
    "pyarrow": ["export/"],
    "pydantic": ["scenario/"],
    "ruamel": ["scenario/"],
    "scipy": ["analysis/"],
    "sqlite_utils": ["store/"],
    "structlog": ["log.py"],
    "vl_convert": ["report/"],
    "xlsxwriter": ["export/"],
    "yaml": ["scenario/", "speaker/", "export/datasette.py"],
    "chatprobe.lab": ["lab/", "cli/demo.py", "cli/lab.py", "cli/month.py"],
}


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT / "chatprobe"))


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _is_or_is_in(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


@pytest.mark.parametrize("package", HOMES)
def test_big_dependency_has_one_home(package: str) -> None:
    """A big dependency is imported in its home only."""
    users = [_name(path) for path in SOURCES if any(_is_or_is_in(module, package) for module in _imports(path))]
    assert [] == [user for user in users if not user.startswith(tuple(HOMES[package]))]


def test_lab_knows_nothing_of_the_product() -> None:
    """The lab imports nothing of chatprobe but itself: its truth is independent."""
    imported = {module for path in SOURCES if _name(path).startswith("lab/") for module in _imports(path)}
    product = {module for module in imported if _is_or_is_in(module, "chatprobe")} - {"chatprobe"}
    assert set() == {module for module in product if not _is_or_is_in(module, "chatprobe.lab")}


def test_imports_are_absolute() -> None:
    """Imports name their module in full, or the tests above would not see them."""
    relative = [
        _name(path)
        for path in SOURCES
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert [] == relative


def test_only_the_command_line_prints_and_exits() -> None:
    """Nobody but cli/ prints to the user or ends the process; a module run by `python -m` is its own command line."""
    loud = {"print", "sys.exit", "os._exit", "exit", "quit", "sys.stdout.write", "sys.stderr.write"}
    found = [
        f"{_name(path)}:{node.lineno}: {ast.unparse(node.func)}"
        for path in SOURCES
        if not _name(path).startswith("cli/")
        for node in _outside_main(_tree(path))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in loud
    ]
    assert [] == found


def _outside_main(tree: ast.Module) -> Iterator[ast.AST]:
    """All nodes but those of `def main` and of `if __name__ == "__main__"`."""
    for statement in tree.body:
        is_main = isinstance(statement, ast.FunctionDef) and statement.name == "main"
        is_guard = isinstance(statement, ast.If) and "__name__" in ast.unparse(statement.test)
        if not is_main and not is_guard:
            yield from ast.walk(statement)


def test_files_stay_readable() -> None:
    """No file of the product is longer than a reader's patience, the page's scripts included."""
    scripts = [path for suffix in ("js", "html", "css") for path in (ROOT / "chatprobe").rglob(f"*.{suffix}")]
    lengths = {_name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in [*SOURCES, *scripts]}
    assert {} == {name: length for name, length in lengths.items() if length > LONGEST_FILE}


def _functions() -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    for path in SOURCES:
        for node in ast.walk(_tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{_name(path)}:{node.lineno}: {node.name}", node


def _length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def test_functions_stay_readable() -> None:
    """No function is longer than a screen."""
    assert {} == {name: _length(node) for name, node in _functions() if _length(node) > LONGEST_FUNCTION}


def test_no_function_is_written_twice() -> None:
    """No two functions of some length have the same body under whatever name."""
    bodies: dict[str, list[str]] = {}
    for name, node in _functions():
        statements = node.body[1:] if ast.get_docstring(node) else node.body
        text = "".join(ast.unparse(statement) for statement in statements)
        if len(text) > SHORTEST_COPY:
            bodies.setdefault(text, []).append(name)
    assert [] == [names for names in bodies.values() if len(names) > 1]


def test_every_module_says_what_it_is_for() -> None:
    """Each module that is not empty opens with a sentence."""
    assert [] == [_name(path) for path in SOURCES if _tree(path).body and not ast.get_docstring(_tree(path))]


def test_tests_say_what_they_hold() -> None:
    """Each test states the behaviour it pins in one sentence."""
    silent = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sorted((ROOT / "tests").rglob("test_*.py"))
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        if node.name.startswith("test_") and not ast.get_docstring(node)
    ]
    assert [] == silent
