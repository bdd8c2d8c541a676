"""Whether an id or a class was written by somebody or made by a machine: what a machine makes is another one tomorrow.

Heuristics, tuned on names that build tools and component libraries make. They err to the side of "made": a name that is
passed over costs one way of finding an element, a made one that is relied upon costs a broken scenario.
"""

from __future__ import annotations

import re
from itertools import pairwise

_LIBRARY = re.compile(
    r"^(css|jss|emotion|svelte|astro|tss|makestyles|radix|headlessui|ember|ext-gen|ext-comp|yui|react-select|react-aria"
    r"|mat-(input|select|tab|option|checkbox|radio|mdc|form)|cdk|rc[-_]|ng-|_?_?ng|__bvid|chakra|downshift|tippy|ui-id"
    r"|el-(id|popper)|gwt-uid|x-auto|ctl\d|floating-ui|popover-|tooltip-|mui-\d|field-\d|input-\d|uid-?\d|id-?\d|v-\d|auto-)"
    r"|^[:«_]r\w*[:»_]$",
    re.IGNORECASE,
)
"""Beginnings of names that libraries number or hash."""
_PIECE = re.compile(r"[\s_:.«»/\\|@-]+")
_HUMP = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_HEX = re.compile(r"(?=.*\d)[0-9a-f]{6,}", re.IGNORECASE)
_VOWEL = re.compile(r"[aeiouyàâäáãåæéèêëíìîïóòôöõøúùûüœ]", re.IGNORECASE)
_WITHOUT_VOWEL = frozenset(
    {"html", "https", "http", "btns", "msgs", "lpmc", "grpc", "wss", "xml", "css", "pwd", "nbsp"}
)

STATES = re.compile(
    r"^(is|has|js|no|ng|state|status)-|^(active|inactive|open|opened|close|closed|visible|invisible|show|shown|hide|hidden"
    r"|hover|focus|focused|loaded|loading|ready|online|offline|away|available|unavailable|new|unread|animated|fade|in|out"
    r"|minimi[sz]ed|maximi[sz]ed|expanded|collapsed|selected|disabled|enabled|first|last|odd|even|current|mobile|desktop"
    r"|notranslate|clearfix|ltr|rtl|light|dark)$",
    re.IGNORECASE,
)
"""Classes that say how an element stands now, not which one it is."""
_UTILITY = re.compile(
    r"^-?(m|p|w|h|z|gap|space|inset|top|left|right|bottom|flex|grid|col|row|text|bg|border|rounded|shadow|font|leading"
    r"|tracking|justify|items|self|content|order|opacity|cursor|transition|duration|ease|transform|rotate|scale|overflow"
    r"|block|inline|absolute|fixed|relative|sticky|d|float|align|position|max|min|size|ring|outline|fill|stroke|object"
    r"|pointer|select|whitespace|break|truncate|uppercase|lowercase|capitalize|italic|underline|antialiased|container"
    r"|mx|my|mt|mb|ml|mr|px|py|pt|pb|pl|pr)(-.*|\d*)$"
)
"""Classes of utility frameworks: they say how an element looks."""


def is_made(token: str) -> bool:
    """Whether an id, a class or an attribute's value looks like a machine's."""
    if not token or len(token) > 60 or _LIBRARY.match(token) or not re.search(r"[^\W\d_]", token):
        return True
    return any(_is_made(piece) for piece in _PIECE.split(token) if piece)


def says_something(name: str) -> bool:
    """Whether a class says which element it is on: neither made, nor a state, nor a matter of looks."""
    return not (is_made(name) or STATES.match(name) or _UTILITY.match(name)) and bool(re.fullmatch(r"[\w-]+", name))


def _is_made(piece: str) -> bool:
    if piece.isdigit():
        return len(piece) >= 2
    if _HEX.fullmatch(piece) or _switches(piece) >= 2 or (piece[0].isdigit() and len(piece) >= 4):
        return True
    return _is_random(re.sub(r"\d+$", "", piece))


def _switches(piece: str) -> int:
    """How often letters and digits change places."""
    return sum(one.isdigit() != other.isdigit() for one, other in pairwise(piece))


def _is_random(letters: str) -> bool:
    """Whether letters make no word: humps of one or two, or a long row without a vowel."""
    humps = _HUMP.findall(letters)
    mixed = len(humps) >= 3 and max(len(hump) for hump in humps) <= 2
    mute = len(letters) >= 5 and letters.isascii() and not _VOWEL.search(letters)
    odd = len(letters) >= 4 and len(humps) >= 2 and sum(map(len, humps)) / len(humps) < 2.5 and not letters.isupper()
    return mixed or odd or (mute and letters.lower() not in _WITHOUT_VOWEL)
