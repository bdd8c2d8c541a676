"""Hours of the week in words: promised ones, and windows in which nobody answered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from chatprobe.report.language import Language
from chatprobe.scenario.hours import DAY_MINUTES, WEEK_MINUTES, merged


def stretches(ranges: Iterable[tuple[int, int]], language: Language) -> str:
    """Half-open ranges of minutes since Monday 00:00, in words, days of the same hours put together."""
    pieces = _joined(ranges)
    if pieces == [(0, WEEK_MINUTES)]:
        return str(language("always"))
    by_hours: dict[tuple[int, int], list[int]] = {}
    for start, end in pieces:
        by_hours.setdefault((start % DAY_MINUTES, end - start), []).append(start // DAY_MINUTES)
    return "; ".join(
        str(
            language(
                "stretch",
                days=days_in_words(days, language),
                first=_clock(start, language),
                last=_clock((start + length - 1) % DAY_MINUTES + 1, language),
            )
        )
        for (start, length), days in by_hours.items()
    )


def cells_in_words(cells: Iterable[int], language: Language) -> str:
    """Hours of the week (0-167), in words."""
    return stretches(((cell * 60, cell * 60 + 60) for cell in sorted(cells)), language)


def days_in_words(days: Sequence[int], language: Language) -> str:
    """Weekdays (0 is Monday): every day, runs of three or more as "Monday to Friday", others one by one."""
    if len(set(days)) == 7:
        return str(language("every_day"))
    runs: list[list[int]] = []
    for day in sorted(set(days)):
        if runs and day == runs[-1][-1] + 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return str(language.list([part for run in runs for part in _run(run, language)]))


def _run(run: list[int], language: Language) -> list[str]:
    if len(run) < 3:
        return [language.weekday(day) for day in run]
    return [str(language("days_from_to", first=language.weekday(run[0]), last=language.weekday(run[-1])))]


def _joined(pieces: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Touching ranges as one, also around the end of the week; but whole days stay days."""
    found = list(merged(pieces))
    if len(found) > 1 and found[0][0] == 0 and found[-1][1] == WEEK_MINUTES:
        (_, end), (start, _) = found.pop(0), found.pop()
        found.append((start, WEEK_MINUTES + end))
    return [day for piece in found for day in _days(piece)]


def _days(piece: tuple[int, int]) -> list[tuple[int, int]]:
    start, end = piece
    if end - start <= DAY_MINUTES or (start, end) == (0, WEEK_MINUTES) or start % DAY_MINUTES or end % DAY_MINUTES:
        return [piece]
    return [(day, day + DAY_MINUTES) for day in range(start, end, DAY_MINUTES)]


def _clock(minute: int, language: Language) -> str:
    hour, rest = divmod(minute, 60)
    return language.clock(hour, rest or None)
