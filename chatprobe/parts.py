"""The parts of a chat: the keys of a scenario that hold selectors, as scenario and browser both speak of them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """One key of a scenario that holds selectors."""

    path: str
    """Where it stands, such as ``chat.launcher`` or ``before[2]``."""
    selectors: tuple[str, ...]
    """Alternatives, in their order."""
    frames: tuple[str, ...] = ()
    """Selectors of the frame elements it is looked for in; none for all frames."""
    rows: bool = False
    """Plain CSS for rows of the chat: of what it matches nothing is kept that somebody wrote."""
    optional: bool = False
    """It need not be there: an optional step, or what only a preset says."""
