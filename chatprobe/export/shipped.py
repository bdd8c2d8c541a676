"""What is shipped with an export so that it can be understood without us."""

from __future__ import annotations

import chatprobe
from chatprobe.export.writing import Wanted
from chatprobe.store.codebook import Relation, codebook, codebook_relation, markdown
from chatprobe.times import iso, now_ms

CODEBOOK = ".codebook.md"
"""What is put behind the name of a file for that of its codebook."""
_FACTS = """
- Times are UTC. Durations end in `_ms` and are milliseconds.
- Nothing (NULL, in CSV an empty cell) means: not found, not asked, or not so far. It never means zero.
- A wait that nobody answered is censored: it took at least so long. Use the view `waits`, and never a mean of those
  that were answered.
- Statistics rest on planned probes (`origin` plan) whose outcome is the casino's doing (`side` casino).
- `agent` is a pseudonym, and `pseudonym_key` says which secret key it was made with: never compare two keys'.
- In CSV and XLSX an apostrophe stands before texts that a spreadsheet would take for a formula.
"""


def about(one: Relation | None, wanted: Wanted) -> dict[str, str]:
    """What is to be known of the file as a whole."""
    told = {
        "software": f"chatprobe {chatprobe.__version__}",
        "exported_at": iso(now_ms()),
        "rows_of": one.name if one else "all tables",
        "casino": wanted.casino,
        "since": wanted.since,
        "where": wanted.where,
        "names_in_texts": "as they stand" if wanted.internal else "masked",
    }
    return {name: text for name, text in told.items() if text is not None}


def page(one: Relation, wanted: Wanted) -> str:
    """The codebook as a page, what was exported first."""
    facts = "".join(f"- {name.replace('_', ' ')}: {text}\n" for name, text in about(one, wanted).items())
    others = [other for other in codebook() if other.name != one.name]
    first = [] if one == codebook_relation() else [one]
    return markdown(f"# Codebook of {wanted.output.name}\n\n{facts}{_FACTS}", [*first, *others])
