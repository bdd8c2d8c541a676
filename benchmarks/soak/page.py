"""docs/benchmarks-daemon.md."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain

from benchmarks.soak import kills, memory, troubles

HEAD = """\
# Benchmark of the daemon

<!-- Written by `make soak`. Not edited by hand. -->

A real daemon over the [lab](lab.md), each a process of its own, with everything going wrong that can. Nothing is
simulated but the pace of the first part's plan.
"""


def page(
    known: dict[str, str], killed: kills.Found | None, endured: memory.Found | None, met: Sequence[troubles.Result]
) -> str:
    """The whole page, in Markdown; what was not run is left out."""
    parts = [
        [HEAD, *(f"- {name}: {value}" for name, value in known.items())],
        _killed(killed) if killed else [],
        _endured(endured) if endured else [],
        _met(met) if met else [],
    ]
    return "\n".join(chain.from_iterable(parts)) + "\n"


def _killed(found: kills.Found) -> Iterable[str]:
    running = [kill.running for kill in found.kills]
    asked = sum(kill.asked for kill in found.kills)
    oldest = max(found.lost_ages_ms, default=None)
    hours, kinds = found.minutes * kills.ACCELERATION / 60, _counted(Counter(kill.what for kill in found.kills))
    yield "\n## Killed at random moments\n"
    yield (
        f"{len(kills.NAMES)} casinos of the lab, two of them with shifts, and the plan of {hours:.0f} hours in"
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


def _endured(found: memory.Found) -> Iterable[str]:
    yield f"\n## {found.looks[-1].probes} probes in one process\n"
    yield (
        "Chats and looks by halves, at ten casinos. Memory (proportional set size) and open handles with nothing"
        f" running; the browser is replaced after each {memory.BATCH} probes, as by default.\n"
    )
    yield "| after | daemon, driver, browser | of that the daemon | handles of daemon and driver |"
    yield "|---|---|---|---|"
    for look in found.looks:
        yield f"| {look.probes} | {look.pss_mb:.0f} MB | {look.daemon_mb:.0f} MB | {look.handles} |"
    grown = f"{found.growth:.2f} times that after the first {memory.BATCH}"
    yield f"\n- memory at the end: {grown} (allowed: {memory.MOST})"
    yield f"- probes: {_counted(found.outcomes)}"
    yield from _verdict(found.wrong)


def _met(results: Sequence[troubles.Result]) -> Iterable[str]:
    yield "\n## Troubles\n"
    yield "One daemon lives through all of them, in this order.\n"
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
