"""`${NAME}` and `${NAME:-otherwise}` in a scenario's values: secrets stay in the environment, not in files."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from chatprobe.scenario.document import Document, Loc, Mistake

_REFERENCE = re.compile(r"\$(?:\$|\{([^}]*)\})")
_SEPARATOR = ":-"
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def substituted(document: Document, env: Mapping[str, str]) -> tuple[Any, dict[Loc, str], list[Mistake]]:
    """The document's data with every `${NAME}` replaced and `$$` read as `$`; keys stay as written.

    Returns the data, where something was replaced (with the text as written), and a mistake for every variable that
    is not set and has no value for that case; its reference then stays as written.
    """
    work = _Substitution(env)
    return work.value(document.data, ()), work.replaced, work.mistakes


class _Substitution:
    def __init__(self, env: Mapping[str, str]) -> None:
        self._env = env
        self.replaced: dict[Loc, str] = {}
        self.mistakes: list[Mistake] = []

    def value(self, value: Any, loc: Loc) -> Any:
        if isinstance(value, dict):
            return {key: self.value(inner, (*loc, key)) for key, inner in value.items()}
        if isinstance(value, list):
            return [self.value(inner, (*loc, index)) for index, inner in enumerate(value)]
        return self._text(value, loc) if isinstance(value, str) and "$" in value else value

    def _text(self, text: str, loc: Loc) -> str:
        def replacement(found: re.Match[str]) -> str:
            if found[1] is None:
                return "$"
            self.replaced[loc] = text
            name, separator, otherwise = found[1].partition(_SEPARATOR)
            if not _NAME.fullmatch(name):
                mistake = f"${{{name}}} names no environment variable", "write ${NAME}, or $${ for a plain ${"
            elif name in self._env or separator:
                return self._env.get(name) or otherwise
            else:
                mistake = f"the environment variable {name} is not set", f"set it: export {name}=…"
            self.mistakes.append(Mistake(loc, *mistake))
            return found[0]

        return _REFERENCE.sub(replacement, text)
