"""What commands that look at what is stored have in common."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from chatprobe.cli.base import note
from chatprobe.errors import UnknownCasino, did_you_mean

if TYPE_CHECKING:
    from chatprobe.store.store import Store


def tell_simulated(store: Store) -> None:
    """Say it where what follows is told of visits that nobody made."""
    if store.account.simulated():
        note("these visits are simulated: no casino was visited, nothing was measured")


def ensure_known(casino: str | None, store: Store, folder: Path) -> None:
    """Raise UnknownCasino where neither the database nor a scenario in `folder` has this casino; None is any."""
    from chatprobe.scenario.load import load_folder

    stored = store.decisions.casinos()
    if casino is None or casino in stored:
        return
    planned = {scenario.casino for scenario in load_folder(folder)[0]}
    if casino not in planned:
        known = sorted({*stored, *planned})
        hint = did_you_mean(casino, known) or (f"known: {', '.join(known)}" if known else None)
        raise UnknownCasino(f"no casino {casino} in {store.path} or {folder}", hint)
