"""A second opinion: how far a person and the rules agree, and where they do not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from chatprobe.cli.base import note, out, safe
from chatprobe.cli.judging import JUDGED, Answer, Judge
from chatprobe.cli.walk import account, pressed
from chatprobe.errors import Interrupted

if TYPE_CHECKING:
    from chatprobe.analysis.kappa import Agreement
    from chatprobe.probe.review import Opinion


def compare(opinions: Sequence[Opinion]) -> Agreement:
    """The agreement of the rules (first) and the person."""
    from chatprobe.analysis.kappa import agreement

    return agreement([(str(one.rules), str(one.person)) for one in opinions])


def as_data(opinions: Sequence[Opinion]) -> dict[str, Any]:
    """For `--json`."""
    found = compare(opinions)
    return {
        "n": found.n,
        "observed": found.observed,
        "observed_interval": found.observed_interval,
        "kappa": found.kappa,
        "kappa_interval": found.kappa_interval,
        "table": [{"rules": one, "person": other, "n": n} for (one, other), n in sorted(found.table.items())],
        "differ": [
            {"probe_id": one.place[0], "seq": one.place[1], "rules": str(one.rules), "person": str(one.person)}
            for one in opinions
            if one.rules != one.person
        ],
    }


def tell(opinions: Sequence[Opinion]) -> None:
    """Print agreement, table and differences."""
    found = compare(opinions)
    if found.observed is None or found.observed_interval is None:
        note("nothing of this sample has your opinion yet")
        return
    low, high = found.observed_interval
    out(f"{found.n} messages, {found.observed:.1%} judged alike (95 % interval {low:.1%} to {high:.1%})")
    out(_kappa(found))
    out(f"{'rules, then you:':18}" + "".join(f"{name:>9}" for name in JUDGED))
    for one in JUDGED:
        out(f"  {one:16}" + "".join(f"{found.table.get((str(one), str(other)), 0):9}" for other in JUDGED))
    for differing in opinions:
        if differing.rules != differing.person:
            probe_id, seq = differing.place
            out(f"{probe_id} {seq}: rules {differing.rules}, you {differing.person}: {safe(differing.text)[:80]}")


def _kappa(found: Agreement) -> str:
    if found.kappa is None:
        return "Cohen's kappa: not defined, you and the rules gave every message the same name"
    if found.kappa_interval is None:
        why = "nothing differs" if found.observed == 1 else "these are too few messages"
        return f"Cohen's kappa {found.kappa:.2f}, without an interval: {why}"
    low, high = found.kappa_interval
    return f"Cohen's kappa {found.kappa:.2f} (95 % interval {low:.2f} to {high:.2f})"


def offer(opinions: Sequence[Opinion], judge: Judge) -> list[Answer]:
    """Ask, where the person differs, whether the opinion shall be a correction; what was corrected."""
    from chatprobe.probe.review import item

    differing = [one for one in opinions if one.rules != one.person and not one.settled]
    corrected: list[Answer] = []
    try:
        for number, one in enumerate(differing, 1):
            for line in account(item(judge.store, one.place), f"{number} of {len(differing)}", blind=False):
                out(line)
            key = pressed(f"you said {one.person}:  c make it the correction  n leave it  q quit")
            if key in {"q", ""}:
                break
            if key == "c":
                corrected.append(judge.correct(one.place, one.person))
                note(f"  {corrected[-1]}")
    except KeyboardInterrupt:
        raise Interrupted(f"interrupted; {len(corrected)} corrections kept") from None
    return corrected
