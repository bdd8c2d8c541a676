"""One YAML file as plain data, with the line of every value and everything that is wrong with it as YAML.

Plain scalars are read as YAML 1.2 reads them: `no`, `on` and `09:00` are texts (the language of Norway, an hour), not
booleans and base-60 numbers; dates are texts; only `true` and `false` are booleans. A key without value counts as not
written, so that the keys below it can be commented out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

import yaml

MAX_BYTES = 1_000_000
MAX_DEPTH = 20
MAX_VALUES = 10_000
"""After expanding aliases: more than any scenario has, less than a bomb."""

Loc = tuple[str | int, ...]
"""Keys and indexes from the top of a file to a value."""

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TAGS = frozenset(
    f"tag:yaml.org,2002:{name}"
    for name in ("str", "int", "float", "bool", "null", "timestamp", "merge", "value", "map", "seq")
)
_TEXT = "tag:yaml.org,2002:str"
_WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}
_INT = re.compile(r"[-+]?\d{1,18}")
_FLOAT = re.compile(r"[-+]?(\d+\.\d*|\.\d+|\d+)([eE][-+]?\d{1,3})?")
_CONTROL = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Mistake:
    """Something wrong in a file, before it is told."""

    loc: Loc
    message: str
    hint: str | None = None
    line: int | None = None
    """From 1; None: the line of `loc`."""
    severity: Literal["error", "warning"] = "error"


@dataclass(frozen=True)
class Document:
    """A YAML file as data."""

    data: Any
    """Mappings, lists, texts, numbers, booleans; None where the file is no YAML."""
    lines: dict[Loc, int] = field(default_factory=dict)
    """Line of every key and item, from 1."""
    mistakes: tuple[Mistake, ...] = ()

    def place(self, loc: Loc, *, keep_last: bool = False) -> tuple[Loc, int]:
        """The nearest written place to `loc` and its line: pydantic's own parts drop out.

        With `keep_last` the last part stays in the path although it is not in the file: a missing key.
        """
        known: Loc = ()
        for part in loc:
            if (*known, part) in self.lines:
                known = (*known, part)
        line = self.lines.get(known, 1)
        return ((*known, loc[-1]) if keep_last and loc and known != loc else known), line


def parse(text: str) -> Document:
    """Read `text`, never raising: what is wrong stands in the result's `mistakes`."""
    if control := _CONTROL.search(text):
        line = text.count("\n", 0, control.start()) + 1
        return _broken(f"character U+{ord(control[0]):04X} is not allowed in YAML", line)
    try:
        if (trouble := _refused(text)) is not None:
            return Document(None, mistakes=(trouble,))
        node = compose(text)
    except yaml.YAMLError as error:
        return _not_yaml(error, text)
    if node is None or (isinstance(node, yaml.ScalarNode) and _scalar(node) is None):
        return _broken("an empty file", 1, "start with: casino, url and one question")
    reader = _Reader(text)
    try:
        data = reader.value(node, ())
    except _TooMuch as bomb:
        reader.mistakes.append(Mistake((), str(bomb), line=bomb.line))
        data = None
    return Document(data, reader.lines, tuple(reader.mistakes))


def compose(text: str) -> Any:
    """The tree of `text` as PyYAML has it, with marks of where everything stands; None for an empty file."""
    return yaml.compose(text, Loader=_LOADER)


def _broken(message: str, line: int, hint: str | None = None) -> Document:
    return Document(None, mistakes=(Mistake((), message, hint, line),))


def _not_yaml(error: yaml.YAMLError, text: str) -> Document:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    reason = getattr(error, "problem", None) or str(error)
    line = mark.line + 1 if mark else 1
    hint = None
    if "cannot start any token" in reason:
        hint = "indent with spaces, not tabs; put texts that begin with @, ` or % in quotes"
    elif "mapping values are not allowed" in reason:
        hint = "put a text that holds ': ' in quotes, and check the indentation"
    elif re.search(r"[\[,]\s*#[\w-]", text):
        hint = "put selectors that begin with # in quotes: to YAML they are comments"
    return _broken(f"not valid YAML: {reason}", line, hint)


def _refused(text: str) -> Mistake | None:
    """What forbids to build the file's tree at all. Events come one by one, so a bomb never unfolds."""
    depth = documents = 0
    for event in yaml.parse(text, Loader=_LOADER):
        line = event.start_mark.line + 1 if event.start_mark else None
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
        elif isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if documents > 1:
            return Mistake((), "a second document begins: one file is one scenario", "remove the line ---", line)
        if depth > MAX_DEPTH:
            return Mistake((), f"nested more than {MAX_DEPTH} levels deep", line=line)
    return None


class _TooMuch(Exception):
    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


class _Reader:
    """Turns nodes into data and remembers lines and mistakes."""

    def __init__(self, text: str) -> None:
        self._source = text.splitlines()
        self.lines: dict[Loc, int] = {}
        self.mistakes: list[Mistake] = []
        self._values = 0

    def value(self, node: yaml.Node, loc: Loc) -> Any:
        line = node.start_mark.line + 1
        self._values += 1
        if self._values > MAX_VALUES or len(loc) > MAX_DEPTH:
            top = self.lines.get(loc[:1], line)  # the key that is too much, not the alias's innards
            raise _TooMuch(f"more than {MAX_VALUES} values or {MAX_DEPTH} levels once its aliases are expanded", top)
        self.lines.setdefault(loc, line)
        if node.tag not in _TAGS:
            tag = node.tag.replace("tag:yaml.org,2002:", "!!")
            self.mistakes.append(Mistake(loc, f"the tag {tag} is not allowed", "write plain values", line))
            return None
        if isinstance(node, yaml.MappingNode):
            return dict(self._items(node, loc))
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*loc, index)) for index, item in enumerate(node.value)]
        if node.value == "" and (comment := self._comment_at(node)):
            message = f"{comment} is a comment to YAML, so nothing stands here"
            self.mistakes.append(Mistake(loc, message, f'put it in quotes: "{comment}"', line))
            return comment
        return _scalar(node)

    def _comment_at(self, node: yaml.Node) -> str | None:
        """The selector-like comment that stands where an empty value was read: the commonest trap of all."""
        if not node.start_mark or node.start_mark.line >= len(self._source):
            return None
        rest = self._source[node.start_mark.line][node.start_mark.column :]
        found = re.match(r"\s*(#[\w-]\S*)", rest)
        return found[1] if found else None

    def _items(self, node: yaml.MappingNode, loc: Loc) -> Iterator[tuple[str, Any]]:
        seen: dict[str, int] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                self.mistakes.append(Mistake(loc, "a key must be a plain text", "put it in quotes", line))
                continue
            key = key_node.value
            if key in seen:
                again = f"written twice, first on line {seen[key]}"
                self.mistakes.append(Mistake((*loc, key), again, "remove one of them", line))
                continue
            seen[key] = line
            self.lines[*loc, key] = line
            value = self.value(value_node, (*loc, key))
            if value is not None:
                yield key, value


def _scalar(node: Any) -> Any:
    text: str = node.value
    # A quoted or block text, or one marked !!str, is a text whatever it looks like.
    if node.style or node.tag == _TEXT:
        return text
    if text in _WORDS or text.lower() in _WORDS:
        return _WORDS[text.lower()]
    if _INT.fullmatch(text):
        return int(text)
    return float(text) if _FLOAT.fullmatch(text) else text
