"""Ways of finding an element again, ranked by how long they are likely to hold. Pure; the browser says which match.

The rank is a judgement, not a probability: what somebody wrote to be found by (a test id, an id, a field's name)
outlives what visitors read (changed with a text, another one in each language), and that outlives what only makes it
look so. Names that a machine made are never used.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from typing import Any, Self

from chatprobe.browser.tokens import is_made, says_something


class Way(StrEnum):
    """What an element is found by, most lasting first."""

    TEST_ID = "a name given for tests"
    ID = "its id"
    FIELD_NAME = "the field's name"
    DATA = "a data attribute"
    ADDRESS = "where its frame comes from"
    ELEMENT = "an element of the widget's own"
    ROLE = "its role and what it says"
    LABEL = "what it says"
    WITHIN = "what it stands in"
    CLASS = "a class"
    KIND = "its kind alone"


RANKS: Mapping[Way, float] = {
    Way.TEST_ID: 0.95,
    Way.ID: 0.9,
    Way.FIELD_NAME: 0.85,
    Way.DATA: 0.8,
    Way.ADDRESS: 0.75,
    Way.ELEMENT: 0.75,
    Way.ROLE: 0.65,
    Way.LABEL: 0.6,
    Way.WITHIN: 0.55,
    Way.CLASS: 0.45,
    Way.KIND: 0.2,
}
"""How lasting a way is, from 0 to 1; a rank, no probability."""

TEST_IDS = ("data-testid", "data-test-id", "data-test", "data-qa", "data-cy", "data-automation-id", "data-hook")
LABELS = ("aria-label", "placeholder", "data-placeholder", "title", "alt")
PASSING = re.compile(
    r"^data-(state|status|open|visible|active|count|unread|index|idx|position|theme|mode|lang|locale|time|date|loaded"
    r"|online|value|src|url|href|style|color|v|react.*|radix.*|headlessui.*|floating.*|reach.*|turbo.*|gtm.*|ga.*|track.*"
    r"|analytics.*|ph.*|sentry.*|placeholder|text|label|message|title|tooltip|original.*|savepage.*|darkreader.*)$"
)
"""Data attributes that change, that track, or that hold what visitors read."""
LONGEST = 60


@dataclass(frozen=True)
class Node:
    """An element as it is written."""

    tag: str
    attributes: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> Self:
        """From what the observer tells."""
        return cls(str(told["tag"]), {str(name): str(value) for name, value in told["attributes"].items()})

    @property
    def classes(self) -> list[str]:
        """Classes that say which element it is."""
        return [name for name in self.attributes.get("class", "").split() if says_something(name)]


@dataclass(frozen=True)
class Anatomy:
    """An element and what is around it."""

    node: Node
    role: str = ""
    name: str = ""
    """Its accessible name, empty for fields."""
    label: str = ""
    """Of a field: its label."""
    above: tuple[Node, ...] = ()
    """Its ancestors in its own tree, the nearest first."""
    hosts: tuple[Node, ...] = ()
    """Hosts of the shadow trees it stands in, the nearest first."""
    closed: bool = False
    """One of those trees is closed: only plain CSS within it finds anything."""

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> Self:
        """From what the observer's `anatomy` tells."""
        above, hosts = (tuple(Node.read(one) for one in told[key]) for key in ("above", "hosts"))
        role, name, label = (str(told[key]) for key in ("role", "name", "label"))
        return cls(Node.read(told), role, name, label, above, hosts, bool(told["closed"]))


@dataclass(frozen=True)
class Choice:
    """One way of finding an element."""

    selector: str
    """One of Playwright's; plain CSS but for `ROLE`."""
    way: Way
    rank: float

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> Self:
        """From what `as_row` gave."""
        return cls(str(told["selector"]), Way[str(told["way"])], float(told["rank"]))

    def as_row(self) -> dict[str, Any]:
        """As JSON."""
        return {"selector": self.selector, "way": self.way.name, "rank": self.rank}

    @property
    def reads_text(self) -> bool:
        """Whether it leans on a text of the page, which is another one in each language."""
        return self.way in (Way.ROLE, Way.LABEL)


def choices(one: Anatomy) -> list[Choice]:
    """Every way of finding an element, the most lasting first; whether it finds that one alone is not known here."""
    found: dict[str, Choice] = {}
    for selector, way, loss in _ways(one):
        choice = Choice(selector, way, round(RANKS[way] - loss, 3))
        if selector not in found or found[selector].rank < choice.rank:
            found[selector] = choice
    return sorted(found.values(), key=lambda choice: (-choice.rank, len(choice.selector), choice.selector))


_Way = tuple[str, Way, float]
"""Selector, way, what is taken off the way's rank."""


def _ways(one: Anatomy) -> Iterator[_Way]:
    yield from own_ways(one.node)
    if not one.closed:
        yield from _by_role(one)
        yield from _in_hosts(one)
    yield from _in_ancestors(one)
    yield one.node.tag, Way.KIND, 0.0
    for kind in ("type", "contenteditable", "role"):
        if value := one.node.attributes.get(kind):
            yield f"{one.node.tag}{_attribute(kind, value)}", Way.KIND, -0.05


def own_ways(node: Node) -> Iterator[_Way]:
    """What an element is found by itself, as plain CSS."""
    told = node.attributes
    yield from ((_attribute(name, told[name]), Way.TEST_ID, 0.0) for name in TEST_IDS if lasts(told.get(name, "")))
    if lasts(told.get("id", "")):
        yield _id(told["id"]), Way.ID, 0.0
    if lasts(told.get("name", "")):
        yield f"{node.tag}{_attribute('name', told['name'])}", Way.FIELD_NAME, 0.0
    yield from _by_data(told)
    if "-" in node.tag and not is_made(node.tag):
        yield node.tag, Way.ELEMENT, 0.0
    if node.tag == "iframe" and (host := _host(told.get("src", ""))):
        yield f"iframe[src*={json.dumps(host)}]", Way.ADDRESS, 0.0
    for name in LABELS:
        if _readable(told.get(name, "")):
            yield f"{node.tag}{_attribute(name, told[name])}", Way.LABEL, 0.0
    yield from _by_class(node)


def _by_data(told: Mapping[str, str]) -> Iterator[_Way]:
    for name, value in told.items():
        known = name in TEST_IDS or PASSING.match(name) or is_made(name[5:])
        if not name.startswith("data-") or known:
            continue
        if lasts(value):
            yield _attribute(name, value), Way.DATA, 0.0
        elif not value:
            yield f"[{name}]", Way.DATA, 0.05


def _by_class(node: Node) -> Iterator[_Way]:
    for name in node.classes[:6]:
        yield f".{name}", Way.CLASS, 0.0
        yield f"{node.tag}.{name}", Way.CLASS, 0.02
    for first, second in pairwise(node.classes[:5]):
        yield f".{first}.{second}", Way.CLASS, 0.05


def _by_role(one: Anatomy) -> Iterator[_Way]:
    said = one.name or one.label
    if one.role and re.fullmatch(r"[a-z]+", one.role) and _readable(said):
        yield f"role={one.role}[name={json.dumps(said, ensure_ascii=False)}]", Way.ROLE, 0.0
        if one.role == "button" and not one.node.attributes.get("aria-label"):
            yield f"button:has-text({json.dumps(said, ensure_ascii=False)})", Way.LABEL, 0.05


def _in_ancestors(one: Anatomy) -> Iterator[_Way]:
    """The element by its kind or class within something that can be found by itself."""
    inner = [one.node.tag, *(f"{one.node.tag}.{name}" for name in one.node.classes[:2])]
    if kind := one.node.attributes.get("type"):
        inner.append(f"{one.node.tag}{_attribute('type', kind)}")
    for depth, above in enumerate(one.above):
        for outer in _anchors(above):
            for at, part in enumerate(inner):
                yield f"{outer} {part}", Way.WITHIN, 0.01 * depth + 0.005 * at


def _in_hosts(one: Anatomy) -> Iterator[_Way]:
    """The element by its kind within the host of an open shadow tree."""
    for depth, host in enumerate(one.hosts):
        anchors = [*_anchors(host), *([host.tag] if "-" in host.tag else [])]
        for outer in anchors:
            yield f"{outer} {one.node.tag}", Way.WITHIN, 0.01 * depth


def _anchors(node: Node) -> list[str]:
    strong = (Way.TEST_ID, Way.ID, Way.DATA, Way.ELEMENT)
    return [selector for selector, way, _ in own_ways(node) if way in strong][:2]


def lasts(value: str) -> bool:
    """Whether an attribute's value was written by somebody."""
    plain = value.isprintable() and not re.search(r"[\s<>${}\"\\]", value)
    return bool(value) and len(value) <= LONGEST and plain and not is_made(value)


def _readable(text: str) -> bool:
    """Whether a text can be looked for: short, without numbers that may count something."""
    plain = text.isprintable() and not re.search(r"[\"\\<>${}]|\d{3}|\d\W\d|^\W*\d|\d\W*$", text.replace("18+", ""))
    return 2 <= len(text) <= LONGEST and plain and bool(re.search(r"[^\W\d_]", text))


def _id(value: str) -> str:
    return f"#{value}" if re.fullmatch(r"-?[A-Za-z_][\w-]*", value, re.ASCII) else _attribute("id", value)


def _attribute(name: str, value: str) -> str:
    return f"[{name}={json.dumps(value, ensure_ascii=False)}]"


def _host(address: str) -> str:
    found = re.match(r"(?:https?:)?//([\w.-]+\.[a-z]{2,})(?:[:/?]|$)", address)
    return found[1] if found else ""
