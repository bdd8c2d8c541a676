"""docs/benchmarks-doctor.md, made from the results of one run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.mends.alarms import Alarm
from benchmarks.mends.trial import NOTHING, PATIENCE_S, Result

PAGE = Path(__file__).parent.parent.parent / "docs/benchmarks-doctor.md"
LISTS = {
    "built": "the list he was built on",
    "held-out": "a list written down after he was built",
}
HEAD = """\
# Benchmark of the doctor

<!-- Written by `make bench`. Not edited by hand. -->

Chat widgets that were changed under their scenario, each examined by the [doctor](doctor.md). What must hold: he says
which step broke in every one, and of thirty his first proposal works in twenty-four.
"""
HOW = f"""\
## How

- Each widget is a page of ours with a scenario as an editor would have written it, and a good visit before the change:
  a whole chat. *Without memory* the doctor knows of no good visit.
- The lists: `benchmarks/mends/mutations.py`, which the doctor was built on, and `benchmarks/mends/held_out.py`, other
  changes to other widgets, written down afterwards. At the first try, with memory, the doctor named nine of those
  fourteen, and seven of his first proposals worked; two of the failures were faults of the changes as first written.
  What the others showed was then mended where that holds for any widget: today's figures tell of repairs, too, not only
  of foresight.
- *Named*: the first part that is said to be broken, or else to drift, is the one that the change broke. For each
  mutant the list says which parts those are.
- *The first proposal works*: the one that stood first was right when the doctor tried it, and a dry run with the file
  that he wrote then came to the box, or to the form before it. Where the scenario works on as it is, and he says what
  changed, nothing is proposed, and that counts as well. Without memory he often cannot say that anything changed: what
  then *comes to the box as it is* does so by the generic method, and counts as neither named nor mended.
- *Gone*: no chat is on the page any more; there is nothing to propose, and a proposal that is said to have worked would
  be wrong.
- *False alarms*: one whole chat at each of the lab's casinos, then the doctor, with nothing changed in between.
- Steps look for their element {PATIENCE_S:.0f} s long.
"""

Parts = Mapping[str, Sequence[Result]]
"""Results by the list of their mutants."""


def summary(parts: Parts) -> str:
    """The figures, in Markdown: a line for each list and each memory."""
    head = (
        "| mutants | of the doctor's memory | named | first proposal works | mended in the end |\n" + "|---" * 5 + "|"
    )
    rows = [
        _row(name, "a good visit" if remembered else "nothing", [one for one in found if one.remembered is remembered])
        for name, found in parts.items()
        for remembered in (True, False)
    ]
    return "\n".join([head, *(row for row in rows if row)])


def _row(name: str, memory: str, found: Sequence[Result]) -> str:
    if not found:
        return ""
    findable = [one for one in found if one.mutant.findable]
    named, first, mended = (
        f"{sum(marks)} of {len(marks)}"
        for marks in (
            [one.right for one in found],
            [one.works for one in findable],
            [one.mended for one in findable],
        )
    )
    return f"| {len(found)} of {LISTS[name]} | {memory} | {named} | {first} | {mended} |"


def told(unchanged: Sequence[Alarm]) -> str:
    """Of how many casinos that had not changed the doctor says otherwise, and of which; empty for none."""
    good = [one for one in unchanged if one.good]
    false = [one for one in good if one.said]
    lines = [f"- {one.casino}: {'; '.join(one.said)}" for one in false]
    first = (
        f"False alarms: of {len(good)} casinos of the [lab](lab.md) that had not changed since a good visit,"
        f" {len(false)} are called broken or drifting. At {len(unchanged) - len(good)} more no visit came to a chat."
    )
    return "\n".join([first, "", *lines]).strip() if unchanged else ""


def render(parts: Parts, unchanged: Sequence[Alarm], facts: Mapping[str, str]) -> str:
    """The whole page, in Markdown."""
    about = [f"- {name}: {value}" for name, value in facts.items()]
    tables = [line for name, found in parts.items() for line in _each(name, found)]
    return "\n".join([HEAD, *about, "", summary(parts), "", told(unchanged), "", *tables, HOW])


def _each(name: str, found: Sequence[Result]) -> Iterator[str]:
    """A line for each mutant."""
    if not found:
        return
    yield f"## Each of {LISTS[name]}\n"
    yield "| mutant | what he says is broken | his first proposal | without memory |"
    yield "|---|---|---|---|"
    forgetful = {one.mutant.name: one for one in found if not one.remembered}
    for one in (each for each in found if each.remembered):
        other = forgetful.get(one.mutant.name)
        yield f"| {one.mutant.name} | {_named(one)} | {_mended(one)} | {_both(one, other) if other else ''} |"
    yield ""


def _named(one: Result) -> str:
    return one.named if one.right else f"WRONG: {one.named or 'nothing'}"


def _mended(one: Result) -> str:
    if not one.mutant.findable:
        return "gone" if not one.verified else "WRONG: gone"
    if not one.named and one.mended:
        return "comes to the box as it is"
    proposed = "" if one.first == NOTHING else f": `{one.first.split(' = ')[0]}`"
    return f"works{proposed}" if one.works else f"DOES NOT WORK{proposed}"


def _both(remembered: Result, one: Result) -> str:
    """What he says without memory, where that is something else."""
    same = (one.right, one.works, one.named, one.first) == (
        remembered.right,
        remembered.works,
        remembered.named,
        remembered.first,
    )
    return "the same" if same else f"{_named(one)}; {_mended(one)}"
