"""What the doctor's report comes to in one sentence, for messages and overviews. Light: nothing of the browser."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def problems(told: Any) -> list[Mapping[str, Any]]:
    """The parts of a stored report that are broken or drift, the broken first; none of a damaged one."""
    parts = told.get("parts") if isinstance(told, Mapping) else None
    found = [one for one in parts if isinstance(one, Mapping)] if isinstance(parts, list) else []
    bad = [one for one in found if one.get("state") in ("broken", "drift")]
    return sorted(bad, key=lambda one: str(one.get("state")))


def advice(told: Any) -> str | None:
    """The first problem and the first proposal for it; None where all is well."""
    bad = problems(told)
    if not bad:
        return None
    proposed = next((one for one in bad if _first(one)), None)
    first = bad[0]
    said = f"{first.get('part')} is broken" if first.get("state") == "broken" else f"{first.get('part')} drifts"
    detail = f" ({first['detail']})" if first.get("detail") else ""
    if proposed is None:
        return f"{said}{detail}; nothing on the page takes its place" if _wants(first) else f"{said}{detail}"
    what = "" if proposed is first else f" at {proposed.get('part')}"
    worked = "which worked when it was tried" if _first(proposed)["verified"] else "not tried yet"
    return f"{said}{detail}; write{what}: {_first(proposed)['text']}, {worked}"


def _first(part: Mapping[str, Any]) -> Mapping[str, Any]:
    """The first proposal that was not found wanting; empty where there is none."""
    rows = part.get("proposals") or []
    good = (one for one in rows if isinstance(one, Mapping) and one.get("verified") is not False and one.get("text"))
    return next(good, {})


def _wants(part: Mapping[str, Any]) -> bool:
    """Whether something was looked for: what drifts may go on working as it is."""
    return part.get("state") == "broken" or bool(part.get("proposals"))
