"""How the parts of casinos' chats were made at visits that went well: what `doctor` compares with."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from sqlite_utils import Database

from chatprobe.store.clean import clean_row
from chatprobe.store.connection import Connection
from chatprobe.store.reader import decoded

KEPT = 8
"""How many versions of a part are kept of each casino: enough to see what changes from visit to visit."""
_OF = """
SELECT p.*, probes.started_at FROM parts p JOIN probes ON probes.id = p.probe_id
WHERE probes.casino = ? ORDER BY probes.started_at DESC, p.probe_id DESC, p.seq
"""
_OF_PART = """
SELECT p.probe_id, p.seq, p.selector, p.structure FROM parts p JOIN probes ON probes.id = p.probe_id
WHERE p.part = :part AND probes.casino = (SELECT casino FROM probes WHERE id = :probe)
ORDER BY probes.started_at DESC, p.probe_id DESC
"""
_PASSING = ("box", "view", "visible")
"""What differs from visit to visit without anything having changed."""
_NUMBERS = re.compile(r"\d{2,}|(?<=[_-])[a-z0-9]*\d[a-z0-9]*")
"""What a page counts or draws by lot."""


class Parts:
    """Parts of all casinos."""

    def __init__(self, connection: Connection) -> None:
        """`Store.parts` is one."""
        self._connection = connection

    def of(self, casino: str) -> list[dict[str, Any]]:
        """What is kept of a casino, the newest first: rows of `parts` and when their probe started."""
        with self._connection.reading() as db:
            return decoded("parts", db.query(_OF, [casino]))


def keep(db: Database, probe_id: str, rows: Iterable[Mapping[str, Any]]) -> None:
    """Add what a probe found, as far as it differs from the newest that is known; the oldest beyond `KEPT` go."""
    seq = 0
    for row in rows:
        cleaned = clean_row({"probe_id": probe_id, "seq": seq, **row})
        known = list(db.query(_OF_PART, {"part": row["part"], "probe": probe_id}))
        if known and _same(known[0], cleaned):
            continue
        for old in known[KEPT - 1 :]:
            db.table("parts").delete((old["probe_id"], old["seq"]))
        db.table("parts").insert(cleaned)
        seq += 1


def _same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return bool(one["selector"] == other["selector"]) and _lasting(one["structure"]) == _lasting(other["structure"])


def _lasting(structure: str) -> str:
    """A structure without what is another at each visit."""
    try:
        told = {key: value for key, value in json.loads(structure).items() if key not in _PASSING}
    except (ValueError, AttributeError):  # damaged
        return structure
    return _NUMBERS.sub("#", json.dumps(told, sort_keys=True))
