"""What the doctor's report comes to in one sentence."""

from __future__ import annotations

from typing import Any

import pytest

from chatprobe.discover.advice import advice


def part(path: str, state: str, *proposals: dict[str, Any], detail: str = "") -> dict[str, Any]:
    return {"part": path, "state": state, "detail": detail, "proposals": list(proposals)}


WORKED = {"text": "#new", "verified": True}
FAILED = {"text": "#bad", "verified": False}
UNTRIED = {"text": ".x", "verified": None}


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ([part("chat.launcher", "ok"), part("chat.messages", "later")], None),
        (
            [part("chat.launcher", "broken", WORKED, detail="nothing matches")],
            "chat.launcher is broken (nothing matches); write: #new, which worked when it was tried",
        ),
        ([part("chat.input", "drift", UNTRIED)], "chat.input drifts; write: .x, not tried yet"),
        (
            [part("chat.input", "drift", WORKED), part("chat.send", "broken", FAILED)],
            "chat.send is broken; write at chat.input: #new, which worked when it was tried",
        ),
        ([part("chat.launcher", "broken", FAILED)], "chat.launcher is broken; nothing on the page takes its place"),
    ],
)
def test_the_first_problem_and_the_first_proposal(parts: list[dict[str, Any]], said: str | None) -> None:
    """The broken before the drifting; what failed when it was tried is no proposal."""
    assert said == advice({"parts": parts})


@pytest.mark.parametrize(
    "damaged", [None, "x", [], {}, {"parts": "x"}, {"parts": [1, None]}, {"parts": [{"state": "broken"}]}]
)
def test_a_damaged_report_is_no_crash(damaged: Any) -> None:
    """What cannot be read says nothing, or little."""
    assert advice(damaged) in (None, "None is broken; nothing on the page takes its place")
