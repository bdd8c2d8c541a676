"""Changing single values of a scenario's text: every other letter of the file stays as its author wrote it.

YAML libraries that write files back keep comments and order, and lay the rest out anew. So the place of a value is
taken from the parser, and only that is replaced; that the file then says the change and nothing else is checked.
"""

from __future__ import annotations

import codecs
import json
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import yaml

from chatprobe.errors import Problem, ScenarioError
from chatprobe.scenario.document import Loc, compose, parse

_PROPERTIES = re.compile(r"(?:[&!]\S*\s+)*")
"""Anchor and tag before a value."""


class Verb(StrEnum):
    """What is done at a place of the file."""

    SET = "set"
    """A selector takes the place of another one; in a list of alternatives it stands first."""
    REMOVE = "remove"
    """The key goes."""
    OPTIONAL = "optional"
    """The step becomes one that may find nothing."""
    INSERT = "insert"
    """A new optional click stands there, the steps behind it move on."""


@dataclass(frozen=True)
class Edit:
    """One change."""

    path: str
    """Where, such as ``chat.launcher``, ``chat.speakers.human`` or ``before[2]``."""
    verb: Verb
    selector: str = ""
    """The new one."""
    old: str = ""
    """The one it replaces: steps hold it in many forms."""


class EditRefused(ValueError):
    """The file is written in a way in which this cannot be changed alone; the message says why."""


def edited(text: str, edits: Iterable[Edit]) -> str:
    """`text` with the edits, in order; raises EditRefused."""
    for edit in edits:
        changed = _Splicer(text).apply(edit)
        _ensure_only(edit, parse(text).data, parse(changed).data)
        text = changed
    return text


def loc_of(path: str) -> Loc:
    """A path as keys and indexes: ``before[2]`` is (before, 2)."""
    return tuple(int(part) if part.isdigit() else part for part in re.findall(r"[^.\[\]]+", path))


def _ensure_only(edit: Edit, before: Any, after: Any) -> None:
    loc = loc_of(edit.path)
    if not isinstance(after, dict) or _without(before, loc[:2]) != _without(after, loc[:2]):
        raise EditRefused(f"{edit.path} cannot be changed alone, it hangs together with others")
    if edit.selector and edit.selector not in set(_texts(after)):
        raise EditRefused(f"{edit.path} cannot be written")


def _texts(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        yield from (text for pair in data.items() for one in pair for text in _texts(one))
    elif isinstance(data, list):
        yield from (text for one in data for text in _texts(one))


def _without(data: Any, loc: Loc) -> Any:
    """Data but for one key of one part, or for one list."""
    top, *below = loc
    if not below or not isinstance(below[0], str):
        return {key: value for key, value in data.items() if key != top}
    part = data.get(top)
    inner = {key: value for key, value in part.items() if key != below[0]} if isinstance(part, dict) else {}
    return {**{key: value for key, value in data.items() if key != top}, top: inner}


def save(path: Path, text: str) -> None:
    """Put `text` into the place of the file at `path` at once: whoever reads it has the old one or the new one.

    Raises ScenarioError where it cannot be written; the old one stays then.
    """
    target = path.resolve()  # a link stays one
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        if not target.stat().st_mode & 0o222:  # replacing it would need no more than a folder that can be written
            raise ScenarioError([Problem(str(path), None, "", "is read-only: nothing was written", "chmod u+w it")])
        marked = target.read_bytes().startswith(codecs.BOM_UTF8)
        draft.write_bytes((codecs.BOM_UTF8 if marked else b"") + text.encode())
        shutil.copymode(target, draft)
        draft.replace(target)
    except OSError as error:
        raise ScenarioError([Problem(str(path), None, "", f"cannot be written: {error.strerror}")]) from error
    finally:
        draft.unlink(missing_ok=True)


class _Splicer:
    """One edit of one text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.root = compose(text)
        self.line_end = "\r\n" if "\r\n" in text else "\n"
        self.starts = [0]
        for line in text.splitlines(keepends=True):
            self.starts.append(self.starts[-1] + len(line))

    def apply(self, edit: Edit) -> str:
        if not isinstance(self.root, yaml.MappingNode):
            raise EditRefused("no mapping")
        loc = loc_of(edit.path)
        if edit.verb is Verb.INSERT:
            return self._insert_step(loc, edit.selector)
        if edit.verb is Verb.REMOVE:
            return self._remove(loc)
        if edit.verb is Verb.OPTIONAL:
            return self._add_key(self._step(loc), "optional", "true")
        if isinstance(loc[-1], int):
            return self._set_in_step(self._step(loc), edit)
        return self._set(loc, edit.selector)

    # --- places -------------------------------------------------------------------------------------------------

    def _at(self, mark: Any) -> int:
        return int(self.starts[mark.line] + mark.column)

    def _end_of_line(self, at: int) -> int:
        """Where the next line begins; a text that ends without a line break ends there."""
        found = self.text.find("\n", at)
        return len(self.text) if found < 0 else found + 1

    def _end(self, node: Any) -> int:
        """Where what is written of a node ends: marks of collections reach over the comments behind them."""
        if isinstance(node, yaml.ScalarNode) or getattr(node, "flow_style", False):
            return self._at(node.end_mark)
        last = node.value[-1][1] if isinstance(node, yaml.MappingNode) else node.value[-1]
        return self._end(last)

    def _splice(self, start: int, end: int, new: str) -> str:
        return self.text[:start] + new.replace("\n", self.line_end) + self.text[end:]

    def _find(self, loc: Loc) -> tuple[Any, Any, Any]:
        """The mapping that holds the last key of `loc`, the key and the value; None where they are not written."""
        holder: Any = self.root
        for key in loc[:-1]:
            holder = _value(holder, key)[1] if holder is not None else None
        return (holder, *_value(holder, loc[-1]))

    def _step(self, loc: Loc) -> Any:
        """A step of a list; a lone one may stand without a list around it."""
        _, _, steps = self._find(loc[:-1])
        index = int(loc[-1])
        if isinstance(steps, yaml.SequenceNode) and index < len(steps.value):
            return steps.value[index]
        if steps is None or isinstance(steps, yaml.SequenceNode) or index:
            raise EditRefused("no such step in the file: it may be the preset's")
        return steps

    # --- edits --------------------------------------------------------------------------------------------------

    def _set(self, loc: Loc, selector: str) -> str:
        holder, key, value = self._find(loc)
        if value is None or (isinstance(value, yaml.ScalarNode) and not value.value and not value.style):
            return self._new_key(loc, holder, key, selector)
        if isinstance(value, yaml.ScalarNode):
            return self._replace(value, selector)
        if not isinstance(value, yaml.SequenceNode) or not value.value:
            raise EditRefused("a list of selectors was expected")
        first = value.value[0]
        new = _scalar(selector, getattr(first, "style", None))
        if value.flow_style:
            return self._splice(self._at(first.start_mark), self._at(first.start_mark), f"{new}, ")
        at = self._at(value.start_mark)
        return self._splice(at, at, f"- {new}\n{' ' * value.start_mark.column}")

    def _set_in_step(self, step: Any, edit: Edit) -> str:
        held = [node for node in _scalars(step) if node.value == edit.old]
        if len(held) != 1:
            raise EditRefused(f"{edit.path} does not hold {edit.old}")
        return self._replace(held[0], edit.selector)

    def _replace(self, node: yaml.ScalarNode, selector: str) -> str:
        start, end = self._at(node.start_mark), self._at(node.end_mark)
        start += len(_PROPERTIES.match(self.text[start:end])[0])  # type: ignore[index]  # it matches nothing, too
        if node.style in ("|", ">"):
            return self._splice(start, end, f"{_scalar(selector, None)}\n")
        return self._splice(start, end, _scalar(selector, node.style))

    def _new_key(self, loc: Loc, holder: Any, key: Any, selector: str) -> str:
        new = _scalar(selector, None)
        if key is not None:  # written, and empty
            return self._splice(self._at(key.end_mark) + 1, self._at(key.end_mark) + 1, f" {new}")
        if isinstance(holder, yaml.MappingNode) and (holder.value or holder.flow_style):
            return self._add_key(holder, str(loc[-1]), new)
        above = self._find(loc[:-1]) if len(loc) > 1 else (None, None, None)
        if len(loc) == 2 and above[1] is not None:  # `chat:` with nothing below it
            at = self._end_of_line(self._at(above[1].end_mark))
            return self._splice(at, at, f"{self._break(at)}  {loc[-1]}: {new}\n")
        if len(loc) == 2:
            at = len(self.text)
            return self._splice(at, at, f"{self._break(at)}{loc[0]}:\n  {loc[1]}: {new}\n")
        raise EditRefused(f"there is no {loc[-2]} to write it into")

    def _break(self, at: int) -> str:
        return "" if at == 0 or self.text[at - 1] == "\n" else "\n"

    def _add_key(self, mapping: Any, key: str, value: str) -> str:
        """One more key of a mapping, behind its last one."""
        if not isinstance(mapping, yaml.MappingNode):
            raise EditRefused("a mapping was expected")
        if mapping.flow_style:
            at = self._at(mapping.end_mark) - 1
            return self._splice(at, at, f"{', ' if mapping.value else ''}{key}: {value}")
        end = self._end(mapping.value[-1][1])
        at = end if end and self.text[end - 1] == "\n" else self._end_of_line(end)
        indent = " " * mapping.value[0][0].start_mark.column
        return self._splice(at, at, f"{self._break(at)}{indent}{key}: {value}\n")

    def _remove(self, loc: Loc) -> str:
        holder, key, value = self._find(loc)
        if key is None:
            raise EditRefused("it is not written in the file")
        start, end = self._at(key.start_mark), self._end(value)
        if holder.flow_style:
            place = [one for one, _ in holder.value].index(key)
            if place:
                start = self._end(holder.value[place - 1][1])
            elif len(holder.value) > 1:
                end = self._at(holder.value[1][0].start_mark)
            return self._splice(start, end, "")
        begin = self.starts[key.start_mark.line]
        return self._splice(begin, end if self.text[end - 1 : end] == "\n" else self._end_of_line(end), "")

    def _insert_step(self, loc: Loc, selector: str) -> str:
        name, index = str(loc[0]), int(loc[-1])
        _, key, steps = self._find(loc[:-1])
        step = f"{{click: {_scalar(selector, None)}, optional: true}}"
        if not isinstance(steps, yaml.SequenceNode) or not steps.value:
            if key is not None:
                raise EditRefused(f"{name} is written in a way that cannot be added to")
            _, chat, _ = self._find(("chat",))
            at = self.starts[chat.start_mark.line] if chat is not None else len(self.text)
            return self._splice(at, at, f"{self._break(at)}{name}:\n  - {step}\n")
        if index >= len(steps.value):
            return self._append(steps, step)
        at = self._at(steps.value[index].start_mark)
        if steps.flow_style:
            return self._splice(at, at, f"{step}, ")
        line = self.starts[steps.value[index].start_mark.line]
        return self._splice(line, line, f"{' ' * steps.start_mark.column}- {step}\n")

    def _append(self, steps: Any, step: str) -> str:
        end = self._end(steps.value[-1])
        if steps.flow_style:
            return self._splice(end, end, f", {step}")
        at = end if self.text[end - 1] == "\n" else self._end_of_line(end)
        return self._splice(at, at, f"{self._break(at)}{' ' * steps.start_mark.column}- {step}\n")


def _value(mapping: Any, key: str | int) -> tuple[Any, Any]:
    if not isinstance(mapping, yaml.MappingNode):
        return None, None
    return next(((one, value) for one, value in mapping.value if one.value == key), (None, None))


def _scalars(node: Any) -> Iterator[yaml.ScalarNode]:
    if isinstance(node, yaml.ScalarNode):
        yield node
    elif isinstance(node, yaml.MappingNode):
        for pair in node.value:
            for one in pair:
                yield from _scalars(one)


def _scalar(text: str, style: str | None) -> str:
    """A text as YAML, in the quotes of the one it replaces where it reads well in them."""
    single = text.isprintable() and (style == "'" or ('"' in text and "'" not in text))
    if single:
        return "'" + text.replace("'", "''") + "'"
    return json.dumps(text, ensure_ascii=not text.isprintable())
