"""docs/benchmarks-daemon.md."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks.soak import kills, memory
from benchmarks.soak.yard import Result

HEAD = """\
# Benchmark of the daemon

<!-- Written by `make soak`. Not edited by hand. -->

A real daemon over the [lab](lab.md), each a process of its own, with everything going wrong that can. Nothing is
simulated but the pace of the first part's plan; in the other two, which measure no waits, chats begin on a machine that
lags, too. Each part is run by itself, and says when and on what.
"""
_MARK = "\n<!-- {} -->\n"


def section(known: dict[str, str], lines: Iterable[str]) -> str:
    """One part: its title, what it was taken on, its findings."""
    title, *rest = lines
    return "\n".join((title, *(f"- {name}: {value}" for name, value in known.items()), *rest)) + "\n"


def renew(file: Path, parts: Sequence[str], part: str, text: str) -> None:
    """Put the section of `part` into the page in place of the one that stands there; `parts` gives their order."""
    old = file.read_text(encoding="utf-8") if file.exists() else ""
    sections = {**{one: _section_of(old, one) for one in parts}, part: text}
    whole = "".join(_MARK.format(one) + sections[one] for one in parts if sections[one])
    file.write_text(HEAD + whole, encoding="utf-8")


def _section_of(page: str, part: str) -> str:
    return page.partition(_MARK.format(part))[2].partition(_MARK.partition("{")[0])[0]


def killed(found: kills.Found) -> Iterable[str]:
    """The lines on the first part."""
    running = [kill.running for kill in found.kills]
    asked = sum(kill.asked for kill in found.kills)
    oldest = max(found.lost_ages_ms, default=None)
    hours, kinds = found.minutes * kills.ACCELERATION / 60, _counted(Counter(kill.what for kill in found.kills))
    yield "## Killed at random moments\n"
    yield (
        f"\n{len(kills.NAMES)} casinos of the lab, two of them with shifts, and the plan of {hours:.0f} hours in"
        f" {found.minutes:g} minutes. `kill -9` at {len(found.kills)} random moments ({kinds}) while"
        f" {min(running, default=0)} to {max(running, default=0)} probes ran; {asked} of them had asked. After each the"
        " daemon is started again.\n"
    )
    yield f"- slots: {_counted(found.ends)}"
    yield f"- probes: {_counted(found.outcomes)}"
    yield f"- questions that a slot had twice, or that nobody had committed: {_none(found.wrong, 'question', 'probes')}"
    lost = sum(age > kills.SAFE_MS for age in found.lost_ages_ms)
    yield (
        f"- rows that pages of killed chats had shown for over {kills.SAFE_MS:.0f} ms: {found.rows_checked},"
        f" lost of them: {lost}; the oldest of all that were lost had been there for"
        f" {'-' if oldest is None else f'{oldest:.0f} ms'}"
    )
    yield f"- last stop: {found.stop_s:.1f} s"
    yield from _verdict(found.wrong)


def endured(found: memory.Found) -> Iterable[str]:
    """The lines on the second."""
    yield f"## {found.looks[-1].probes} probes in one process\n"
    yield (
        "\nChats and looks in turn, at ten casinos. Memory (proportional set size) and open handles with nothing"
        f" running; the browser is replaced after each {memory.BATCH} probes, as by default.\n"
    )
    yield "| after | daemon, driver, browser | of that the daemon | handles of daemon and driver |"
    yield "|---|---|---|---|"
    for look in found.looks:
        yield f"| {look.probes} | {look.pss_mb:.0f} MB | {look.daemon_mb:.0f} MB | {look.handles} |"
    grown = f"{found.growth:.2f} times that after the first {memory.BATCH}"
    yield f"\n- memory at the end: {grown} (allowed: {memory.MOST})"
    yield f"- probes: {_counted(found.outcomes)}"
    yield f"- slots dropped meanwhile, and planned anew: {_counted(found.dropped) or 'none'}"
    yield from _verdict(found.wrong)


def met(results: Sequence[Result]) -> Iterable[str]:
    """The lines on the third."""
    yield "## Troubles\n"
    yield "\nOne daemon lives through all of them, in this order.\n"
    yield "| trouble | what is seen | |"
    yield "|---|---|---|"
    for one in results:
        yield f"| {one.what} | {one.seen} | {'as it should' if one.right else '**wrong**'} |"


def _verdict(wrong: Sequence[str]) -> Iterable[str]:
    if not wrong:
        yield "- wrong: nothing"
        return
    yield "- **wrong**:"
    yield from (f"  - {one}" for one in wrong)


def _none(wrong: Sequence[str], *words: str) -> int:
    return sum(any(word in one for word in words) for one in wrong)


def _counted(counts: Counter[str]) -> str:
    return ", ".join(f"{count} {what}" for what, count in counts.most_common())
