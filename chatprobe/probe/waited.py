"""How long after our own words something was said: what haste and repetition are judged by. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from chatprobe.speaker.textform import same


class Waited:
    """Follows a chat line by line, in the order of time; all times are epoch ms."""

    def __init__(self, opened: float | None, asked: float | None, requests: Iterable[float] = ()) -> None:
        self._spoke_at = opened
        self._asked = asked
        self._acts = sorted([*([] if asked is None else [asked]), *requests], reverse=True)
        self._said: list[str] = []

    def speak(self, text: str, at: float | None) -> None:
        """A line of ours showed at `at`.

        It was said when we sent it: a widget that asks its server now and then shows it late. And it may be drawn anew
        at any time, maybe with a time beside it.
        """
        words = same(text)
        if at is None or any(said in words for said in self._said):
            return
        self._said += [words] if words else []
        acts = [act for act in self._acts if act <= at]
        self._acts = [act for act in self._acts if act > at]
        self._spoke_at = acts[0] if acts else at

    def delay(self, at: float | None) -> float | None:
        """`Observed.delay_ms` of what came at `at`; None where nobody waited yet."""
        if at is None:
            return None
        spoke_at = self._spoke_at
        if self._asked is not None and at >= self._asked:
            spoke_at = max(spoke_at or 0.0, self._asked)
        return at - spoke_at if spoke_at is not None and at >= spoke_at else None
