"""How the parts of chats were made: what is new is kept, what only counts on is not, the oldest go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from chatprobe.store import Store
from chatprobe.store.parts import KEPT

if TYPE_CHECKING:
    from tests.store.conftest import Begin

FINISHED = "2026-03-02T10:30:00.000Z"


def launcher(selector: str = "#chat", **structure: Any) -> dict[str, Any]:
    return {"part": "chat.launcher", "selector": selector, "structure": {"tag": "button", **structure}}


def keep(begin: Begin, hour: int, *rows: dict[str, Any], casino: str = "lucky") -> None:
    recorder = begin(started_at=f"2026-03-02T{hour:02}:00:00.000Z", casino=casino)
    recorder.finish({"outcome": "online", "finished_at": FINISHED}, found=rows)


def selectors(store: Store) -> list[str]:
    return [row["selector"] for row in store.parts.of("lucky")]


def test_a_part_is_kept_when_it_is_made_otherwise(store: Store, begin: Begin) -> None:
    """Another place, another number drawn by the page and the same again are nothing new; another name is."""
    keep(begin, 1, launcher(name="Chat", box=[1, 2, 3, 4], attributes={"id": "b-17"}))
    keep(begin, 2, launcher(name="Chat", box=[5, 6, 7, 8], attributes={"id": "b-942"}))
    keep(begin, 3, launcher(name="Hilfe"))
    keep(begin, 4, launcher(name="Hilfe"))
    found = [(row["started_at"][11:13], row["structure"]["name"]) for row in store.parts.of("lucky")]
    assert [("03", "Hilfe"), ("01", "Chat")] == found


def test_another_alternative_is_something_new(store: Store, begin: Begin) -> None:
    """Which selector matched counts, whatever the element is."""
    keep(begin, 1, launcher("#chat"))
    keep(begin, 2, launcher("text=Chat"))
    assert ["text=Chat", "#chat"] == selectors(store)


def test_the_oldest_versions_go(store: Store, begin: Begin) -> None:
    """Of each part of each casino only the newest versions stay."""
    box = {"part": "chat.input", "selector": "#box", "structure": {"tag": "input"}}
    for hour in range(KEPT + 3):
        keep(begin, hour, launcher(f"#{hour}"), box)
    keep(begin, 1, launcher("#other"), casino="other")
    own = [f"#{hour}" for hour in reversed(range(3, KEPT + 3))]
    assert [*own, "#box"] == selectors(store)
    assert ["#other"] == [row["selector"] for row in store.parts.of("other")]
